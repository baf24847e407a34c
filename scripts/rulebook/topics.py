"""What a rule may say on each topic: one schema a topic, the only place where its keys are declared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scripts.rulebook import tiers
from scripts.rulebook.kinds import (
    Anything,
    ByShape,
    Field,
    FirstWord,
    Keys,
    ListOf,
    MapOf,
    Maybe,
    default,
    required,
)
from scripts.rulebook.positions import Mapping
from scripts.rulebook.scalars import Bool, Choice, Day, Int, Kind, Length, Number, Reference, Report, Text
from scripts.rulebook.vocabulary import BY_MONTH, PAYERS, RESUMES, SCHEME, SCHEMES, SENTENCE, SHORT_RESUMES

ANYONE = tuple(SCHEMES)
RESIDENT = ("resident",)

TIMED = Length(("day", "month"))
RATIO = Number("1")
AT_MOST = Keys("上限", (required("at_most", TIMED, "文件只给了上限", "6 months"),))


def _range(name: str, unit: str, highest: int = 600) -> Keys:
    bounds = (Field("min", Int(0, highest), f"至少(含),单位{unit}", "4"), Field("max", Int(0, highest), f"至多(含),单位{unit}", "3"))
    return Keys(name, bounds, least=1, afterwards=tiers.check_range)


MONTHS = _range("月数范围", "月")

WHEN = Keys(
    "条件",
    (
        Field("lapse", MONTHS, "断缴月数", "{max: 3}"),
        Field("since_stop", Keys("停待遇后的期限", (required("within", TIMED, "多久以内", "3 months"),)), "停止待遇后多久以内缴费", "{within: 3 months}"),
        Field("back_paid", Bool(), "是否补缴", "true"),
        Field("in_waiting", Bool(), "断缴时是否还在等待期", "true"),
        Field("missed_this_year", MONTHS, "本年度累计断缴月数", "{max: 3}"),
        Field("continuous_months", _range("月数范围", "月", 1200), "断缴前连续参保月数", "{min: 60}"),
        Field("earlier_lapses", _range("次数范围", "次"), "此前断缴过几次", "{max: 0}"),
        Field("previous_scheme", ListOf(SCHEME, 1), "断缴前参加的医保", "[resident]"),
        Field("paid_by_order_deadline", Bool(), "是否在责令补缴的期限内缴清", "true"),
        Field("quarter_month", ListOf(Int(1, 3), 1), "缴费月是本季度第几个月", "[1]"),
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

RESTORATION = (
    default("count", Choice({"lapse": "只数断缴的月", "lapse_and_payment_month": "连缴费当月也数"}), "lapse", "断缴月数怎么数", "lapse"),
    required("tiers", ListOf(TIER, 1), "从上往下,第一个符合的档算数", "[{when: {lapse: {max: 3}}, wait: 0 months}]"),
)

WAITING = (
    Field("fixed", TIMED, "固定等待期", "3 months"),
    Field(
        "variable",
        Keys("变动等待期", (
            required("per_year", TIMED, "每多断一年加多久", "1 month"),
            required("beyond_year", Int(0, 30), "从第几年之后起加;0 表示第一年也加", "1"),
        )),
        "变动等待期", "{per_year: 1 month, beyond_year: 1}",
    ),
    Field("repair", Keys("修复", (required("per_year", TIMED, "每补缴一年减多久", "1 month"),)), "补缴可以减少的变动等待期", "{per_year: 1 month}"),
    Field(
        "floor",
        Keys("下限", (
            required("lapsed_years", Int(1, 60), "断保满几年起有下限", "4"),
            required("total", TIMED, "等待期合计不少于", "6 months"),
        )),
        "断保年数多时等待期的下限", "{lapsed_years: 4, total: 6 months}",
    ),
    Field("count_from_year", Int(1990, 2100), "从哪一年起数断保年数", "2025"),
    Field(
        "start",
        Keys("起算日", (
            Field("in_window", Choice({"year_start": "参保年度1月1日", "payment_day": "缴费当天"}), "在集中参保期缴费", "year_start"),
            Field("late", Choice({"year_start": "参保年度1月1日", **SHORT_RESUMES}), "过了集中参保期缴费", "payment_day"),
        ), least=1),
        "等待期从哪天起算", "{in_window: year_start, late: payment_day}",
    ),
    Field("end", Choice({"same_day": "等待期满的同一日(7月3日加3个月是10月3日)", "next_day": "同一日的次日"}), "等待期满后哪天起享受待遇", "same_day"),
    Field("in_window_first_enrolment", ByShape(TIMED, AT_MOST), "首次参保又在集中参保期缴费的等待期", "{at_most: 3 months}"),
)

MONTH_DAY = Text(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]|end)", "月-日,写成 \"09-01\" 或 \"02-end\"")


@dataclass(frozen=True)
class WindowDay(Kind):
    """A calendar day, or month and day of a yearly pattern."""

    def compile(self, node: Any, report: Report) -> str | None:
        yearly = len(getattr(node, "text", "")) < 9
        return MONTH_DAY.compile(node, report) if yearly else Day().compile(node, report)

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}

    def words(self) -> str:
        return "日期,写成 2025-10-15,或每年都一样时写成 \"09-01\"、\"02-end\""


WINDOW = (
    Field("start", WindowDay(), "集中参保期第一天;不知道就不写", '"2025-10-15"'),
    required("end", WindowDay(), "集中参保期最后一天", '"2026-02-28"'),
    Field("extension_end", WindowDay(), "延长期最后一天", '"02-end"'),
    Field("within_year_resume", Choice(SHORT_RESUMES), "参保年度里、窗口内缴费,哪天起享受待遇", "next_day"),
)

GROUP_TERMS = Keys(
    "人群条件",
    (
        Field("within", TIMED, "事情发生后多久以内缴费", "90 days"),
        Field("lapse_max", Int(0, 60), "原来的医保断缴不超过几个月", "3"),
        Field("resume", Choice(SHORT_RESUMES), "哪天起享受待遇", "next_day"),
    ),
)

NEWBORN = (
    required("within", TIMED, "出生后多久以内参保", "90 days"),
    default("from", Choice({"birth": "出生当天"}), "birth", "待遇从哪天起", "birth"),
    Field("after_resume", Choice(SHORT_RESUMES), "过了这个期限参保,哪天起享受待遇", "next_day"),
    Field("after_until", Length(), "这样的待遇到出生后多久为止", "1 year"),
)

CONTRIBUTION = (
    Field("individual", Number(), "个人每年缴多少元", '"400"'),
    default("at_least", Bool(), False, "只是全国最低标准,地方可以更高", "true"),
    Field("subsidy", Number(), "财政补助多少元", '"670"'),
    Field("groups", MapOf(Reference("group"), Number(), 1), "这些人群个人缴多少元", '{medical_assistance: "80"}'),
    Field("rate", RATIO, "灵活就业的费率", '"0.10"'),
    Field("monthly", Anything(), "灵活就业每月缴多少(只供展示)", '"450.00"'),
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

INFORMATION = (
    default("facts", MapOf(Text(says="事实的名称"), Anything()), {}, "不参与计算的事实", '{years_male: "30"}'),
    default("says", ListOf(SENTENCE), [], "给读者看的说明", "[满30年可以退休后不再缴费。]"),
)


@dataclass(frozen=True)
class Topic:
    """One topic. `schemes`: whom it can be about. `by_year`: its dates are insured years, so each is a 1 January.

    `check` looks at a whole value once its keys are right.
    """

    id: str
    title: str
    schemes: tuple[str, ...]
    fields: tuple[Field, ...]
    by_year: bool = False
    least: int = 1
    exactly_one: tuple[str, ...] = ()
    check: Any = None

    def value(self) -> Keys:
        """The kind of one value of this topic."""
        return Keys(f"{self.title}的值", self.fields, self.exactly_one, self.least, self.check)

    def differing(self) -> Keys:
        """The kind of a reading's `differs`: any of the same keys, none required, no defaults."""
        loose = tuple(Field(item.key, Maybe(item.kind), item.meaning, item.example) for item in self.fields)
        return Keys(f"{self.title}的另一种读法", loose, (), 1, self.check)


def _information(topic: str, title: str) -> Topic:
    return Topic(topic, title, ANYONE, INFORMATION, check=_says_something)


def _says_something(node: Mapping, value: dict[str, Any], report: Report) -> None:
    if not value.get("facts") and not value.get("says"):
        report.error(node, "什么也没说;应当至少写一条 facts 或 says")


TOPICS: dict[str, Topic] = {
    topic.id: topic
    for topic in (
        Topic("restoration", "断缴后的待遇", ANYONE, RESTORATION, check=tiers.check_tiers),
        Topic("suspension", "停止待遇", BY_MONTH, (required("stop", Choice({"next_month": "欠费次月1日", "this_month": "欠费当月1日"}), "从哪天起停", "next_month"),)),
        Topic("waiting", "居民等待期", RESIDENT, WAITING, check=tiers.check_one_unit),
        Topic("effect", "居民等待期内的待遇", RESIDENT, (
            Field("retroactive", Bool(), "等待期内看病的钱事后报不报", "false"),
            Field("in_wait", EFFECT, "等待期内怎么报销", "zero"),
        )),
        Topic("window", "集中参保期", RESIDENT, WINDOW, by_year=True, check=tiers.check_window),
        Topic("exemption", "免等待期的人群", RESIDENT, (required("groups", MapOf(Reference("group"), GROUP_TERMS, 1), "人群和条件", "{veteran: {within: 3 months}}"),)),
        Topic("newborn", "新生儿", RESIDENT, NEWBORN),
        Topic("contribution", "缴费标准", ANYONE, CONTRIBUTION, by_year=True),
        Topic("late_fee", "滞纳金", ANYONE, LATE_FEE, exactly_one=("daily_rate", "none"), check=tiers.check_late_fee),
        Topic("fine", "罚款", ANYONE, FINE),
        Topic("account", "个人账户", ANYONE, ACCOUNT),
        Topic("unemployment", "领失业金期间", BY_MONTH, (required("counts_as_lapse", Bool(), "算不算断缴", "false"),)),
        Topic("ceiling", "等待期上限", ANYONE, (required("wait_at_most", TIMED, "地方的等待期不得超过", "6 months"),)),
        _information("incentive", "连续参保激励"),
        _information("retirement", "退休与年限"),
        _information("enrolment", "参保登记"),
        _information("deferral", "缓缴"),
        _information("registration", "登记手续"),
        _information("collection", "征缴"),
        _information("procedure_rule", "办理规定"),
        _information("portability", "转移接续"),
        _information("inquiry", "查询"),
        _information("authority", "谁说了算"),
        _information("scope", "适用范围"),
    )
}
