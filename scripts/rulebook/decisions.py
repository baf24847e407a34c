"""A decision table on a lapse: which tier a question falls into, and what that tier says."""

from __future__ import annotations

from scripts.rulebook import tiers
from scripts.rulebook.kinds import ByShape, Field, FirstWord, Keys, ListOf, default, required
from scripts.rulebook.scalars import Bool, Choice, Int, Length, Number, Reference
from scripts.rulebook.vocabulary import PAYERS, RESUMES, SCHEME

TIMED = Length(("day", "month"))
RATIO = Number("1")
AT_MOST = Keys("上限", (required("at_most", TIMED, "文件只给了上限", "6 months"),))


def _range(name: str, unit: str, highest: int = 600) -> Keys:
    bounds = (
        Field("min", Int(0, highest), f"至少(含),单位{unit}", "4"),
        Field("max", Int(0, highest), f"至多(含),单位{unit}", "3"),
    )
    return Keys(name, bounds, least=1, afterwards=tiers.check_range)


MONTHS = _range("月数范围", "月")

WHEN = Keys(
    "条件",
    (
        Field("lapse", MONTHS, "断缴月数", "{max: 3}"),
        Field(
            "since_stop",
            Keys("停待遇后的期限", (required("within", TIMED, "多久以内", "3 months"),)),
            "停止待遇后多久以内缴费",
            "{within: 3 months}",
        ),
        Field("back_paid", Bool(), "是否补缴", "true"),
        Field("in_waiting", Bool(), "断缴时是否还在等待期", "true"),
        Field("missed_this_year", MONTHS, "本年度累计断缴月数", "{max: 3}"),
        Field("continuous_months", _range("月数范围", "月", 1200), "断缴前连续参保月数", "{min: 60}"),
        Field("earlier_lapses", _range("次数范围", "次"), "此前断缴过几次", "{max: 0}"),
        Field("previous_scheme", ListOf(SCHEME, 1), "断缴前参加的医保", "[resident]"),
        Field("paid_by_order_deadline", Bool(), "是否在责令补缴的期限内缴清", "true"),
        Field("quarter_month", ListOf(Int(1, 3), 1), "缴费月是本季度第几个月", "[1]"),
        Field("earlier_quarter", Bool(), "第一个没缴的月是不是在更早的季度", "true"),
    ),
)

STEP = Keys(
    "阶梯",
    (
        Field("months", Int(1, 600), "持续几个月;最后一段可以不写", "6"),
        Field("days", Int(1, 3660), "持续几天", "30"),
        Field("ratio", RATIO, "按平时的几成报销", '"0.50"'),
        Field("cap", Number(), "这一段最多报销多少元", '"10000"'),
    ),
    afterwards=tiers.check_step,
)

EFFECT = ByShape(
    word=Choice({"none": "不打折", "zero": "完全不报销"}),
    keys=Keys(
        "打折方式",
        (
            Field("ratio", RATIO, "整段按几成报销", '"0.50"'),
            Field("schedule", ListOf(STEP, 1), "分段打折", '[{months: 12, ratio: "0.50"}]'),
        ),
        exactly_one=("ratio", "schedule"),
        afterwards=tiers.check_schedule,
    ),
)

TIER = Keys(
    "档",
    (
        default("when", WHEN, {}, "什么条件下用这一档;不写就是都用", "{lapse: {max: 3}}"),
        Field("wait", ByShape(FirstWord({"unstated": "有等待期但没说多长"}, TIMED), AT_MOST), "待遇等待期", "6 months"),
        Field("resume", Choice(RESUMES), "从哪天起恢复全部待遇;文件没说就不写", "payment_month"),
        Field("retroactive", Bool(), "中断期间看病的钱事后报不报;文件没说就不写", "true"),
        Field("effect", EFFECT, "缴费后到恢复前怎么报销;不写时:没有等待期就是不打折", "zero"),
        Field("account_in_wait", Bool(), "等待期里个人账户能不能用", "true"),
        Field("liable", Choice({**PAYERS, "fund": "医保基金"}), "中断期间的医疗费由谁出", "employer"),
        Field("source", Reference("document"), "这一档另有出处时写文件编号", "fj-ybj-qa-2024"),
    ),
)
