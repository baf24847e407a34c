"""What rules on years, deferral, registration, transfer, rewards and limits may say beyond their sentences."""

from __future__ import annotations

from scripts.rulebook.decisions import RATIO, TIMED
from scripts.rulebook.kinds import ByShape, Field, Keys, ListOf, required
from scripts.rulebook.scalars import Bool, Int, Length, Number, Text

_YEARS = Length(("year",))
_WORKING_DAYS = Int(1, 365)
_YUAN = Number()
_REWARD = ByShape(_YUAN, Keys("最低数", (required("at_least", _YUAN, "文件只给了最低数", '"1000"'),)))
_MONTH_DAY = Text(r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])", '月-日，写成 "01-20"')

BY_SEX = Keys("男女不同的年限", (required("men", _YEARS, "男", "30 years"), required("women", _YEARS, "女", "25 years")))

RETIREMENT = (
    Field("years", ByShape(_YEARS, BY_SEX), "累计要缴满多少年；没写具体几年就不写", "20 years"),
    Field("local_years", _YEARS, "在享受待遇的地方要缴满多少年", "10 years"),
    Field("pay_on", Bool(), "不够的，可以接着缴到规定年限", "true"),
    Field("lump_sum", Bool(), "不够的，可以一次缴足", "true"),
)

DEFERRAL = (
    Field("person", Bool(), "个人能不能申请缓缴", "false"),
    Field("employer", Bool(), "单位能不能缓缴（条件写在 says 里）", "true"),
    Field("at_most", TIMED, "最长缓多久", "12 months"),
)

REGISTRATION = (Field("within", TIMED, "单位从用工那天起多久以内办登记", "30 days"),)

PORTABILITY = (
    Field("working_days", _WORKING_DAYS, "转移多少个工作日办结", "15"),
    Field("cumulative_kept", Bool(), "断缴以后，以前的累计年限还在不在", "true"),
)

BACK_PAYMENT = Keys(
    "补缴",
    (
        Field("employer", Bool(), "单位欠的，由单位补", "true"),
        Field("person", Bool(), "个人能不能补", "true"),
        Field("lapse_max", Int(0, 240), "断缴不超过几个月的才能补", "3"),
    ),
    least=1,
)

PROCEDURE = (
    Field("back_payment", BACK_PAYMENT, "断缴的月份能不能补", "{person: true, lapse_max: 3}"),
    Field("registration_working_days", _WORKING_DAYS, "登记多少个工作日办结", "10"),
    Field("claim_working_days", _WORKING_DAYS, "手工报销多少个工作日办结", "30"),
    Field("claim_by", _MONTH_DAY, "手工报销要在看病的下一年几月几日前申报", '"01-20"'),
)

INCENTIVE = (
    Field("after_years", Int(0, 30), "连续参保满几年以后开始加", "4"),
    Field("per_year", _REWARD, "每多连续参保一年，大病保险限额加多少元", '"3000"'),
    Field("zero_claim", _REWARD, "一年没报销过，第二年加多少元", '"3000"'),
    Field("most", _YUAN, "加的钱合计最多多少元", '"80000"'),
    Field("years_reset", Bool(), "断保以后，连续年数从头数", "true"),
    Field("accrued_kept", Bool(), "断保以后，以前攒下的还在不在", "true"),
    Field("penalty_per_year", _YUAN, "每断保一年，限额减多少元", '"4000"'),
    Field("penalty_most", _YUAN, "减的钱合计最多多少元", '"80000"'),
)

SCOPE = (
    Field(
        "limit",
        ListOf(
            Keys(
                "一档限额",
                (
                    required("from_months", Int(0, 1200), "连续参保满几个月起", "72"),
                    Field("below_months", Int(1, 1200), "不满几个月；没有上一档就不写", "72"),
                    required("multiple", Number("100"), "年度最高限额是平均工资的几倍", '"6"'),
                ),
            ),
            1,
        ),
        "年度最高限额按连续参保月数分档",
        '[{from_months: 72, multiple: "6"}]',
    ),
)

ACCOUNT_MORE = (
    Field("inheritance", Bool(), "本人去世后能不能继承", "true"),
    Field("transferable", Bool(), "换参保地时余额能不能跟着转", "true"),
    Field("credit_rate", RATIO, "在职时每月记入缴费基数的多少", '"0.02"'),
)

MORE = {
    "retirement": RETIREMENT,
    "deferral": DEFERRAL,
    "registration": REGISTRATION,
    "portability": PORTABILITY,
    "procedure_rule": PROCEDURE,
    "incentive": INCENTIVE,
    "scope": SCOPE,
}
"""By topic, what the calculator reads of it."""
