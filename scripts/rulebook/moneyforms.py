"""What rules on money may say: contributions, late fees, fines and the personal account."""

from __future__ import annotations

from scripts.rulebook.decisions import RATIO
from scripts.rulebook.kinds import Field, Keys, ListOf, MapOf, default, required
from scripts.rulebook.scalars import Bool, Choice, Number, Reference
from scripts.rulebook.vocabulary import MONTH_DAY, PAYERS, SENTENCE

LATE_PRICE = Keys(
    "晚缴的价",
    (
        required("from", MONTH_DAY, "参保年度里从哪天起", '"07-01"'),
        required("individual", Number(), "从这天起个人缴多少元", '"1100"'),
        default("at_least", Bool(), False, "只知道不会更低", "true"),
    ),
)

CONTRIBUTION = (
    Field("individual", Number(), "个人每年缴多少元", '"400"'),
    default("at_least", Bool(), False, "只是最低标准,实际可以更高", "true"),
    Field("late", ListOf(LATE_PRICE, 1), "晚缴更贵时,从早到晚每一档", '[{from: "07-01", individual: "1100"}]'),
    Field("subsidy", Number(), "财政补助多少元", '"670"'),
    Field("groups", MapOf(Reference("group"), Number(), 1), "这些人群个人缴多少元", '{medical_assistance: "80"}'),
    Field("helped", ListOf(Reference("group"), 1), "这些人群由政府全额或定额资助,个人少缴或不缴", "[newborn]"),
    Field("rate", RATIO, "灵活就业每月按缴费基数的多少缴", '"0.10"'),
    Field("monthly", Number(), "灵活就业每月缴多少元", '"450.00"'),
    Field("says", ListOf(SENTENCE), "给读者看的说明"),
)

LATE_FEE = (
    Field("daily_rate", Number("0.01"), "每天按欠费的多少加收", '"0.0005"'),
    Field("none", Bool(), "不收滞纳金", "true"),
    Field("payer", Choice(PAYERS), "由谁付", "employer"),
    Field("cap", Choice({"principal": "不超过欠费本身"}), "最多收多少", "principal"),
)

FINE = (
    required("min_multiple", Number("10"), "罚款最低几倍", '"1"'),
    required("max_multiple", Number("10"), "罚款最高几倍", '"3"'),
    required("payer", Choice(PAYERS), "由谁付", "employer"),
)

ACCOUNT = (
    Field("exists", Bool(), "有没有个人账户", "false"),
    Field("kept", Bool(), "断缴后余额还是不是自己的", "true"),
    Field("usable", Bool(), "断缴后余额能不能用", "true"),
    Field("cash_out", Bool(), "能不能取现", "false"),
    Field("family_use", Bool(), "能不能给家里人用", "true"),
)
