"""What a rule may say on each topic: one schema a topic, the only place where its keys are declared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scripts.rulebook import tiers
from scripts.rulebook.decisions import AT_MOST, EFFECT, TIER, TIMED
from scripts.rulebook.furtherforms import ACCOUNT_MORE, MORE
from scripts.rulebook.kinds import (
    Anything,
    ByShape,
    Field,
    Keys,
    ListOf,
    MapOf,
    Maybe,
    default,
    required,
)
from scripts.rulebook.moneyforms import ACCOUNT, CONTRIBUTION, FINE, LATE_FEE
from scripts.rulebook.positions import Mapping
from scripts.rulebook.scalars import Bool, Choice, Day, Int, Kind, Length, Reference, Report, Text
from scripts.rulebook.vocabulary import BY_MONTH, MONTH_DAY, SCHEMES, SENTENCE, SHORT_RESUMES

ANYONE = tuple(SCHEMES)
RESIDENT = ("resident",)

RESTORATION = (
    default(
        "count",
        Choice({"lapse": "只数断缴的月", "lapse_and_payment_month": "连缴费当月也数"}),
        "lapse",
        "断缴月数怎么数",
        "lapse",
    ),
    required("tiers", ListOf(TIER, 1), "从上往下,第一个符合的档算数", "[{when: {lapse: {max: 3}}, wait: 0 months}]"),
)

WAITING = (
    Field("fixed", TIMED, "固定等待期", "3 months"),
    Field(
        "variable",
        Keys(
            "变动等待期",
            (
                required("per_year", TIMED, "每多断一年加多久", "1 month"),
                required("beyond_year", Int(0, 30), "从第几年之后起加;0 表示第一年也加", "1"),
            ),
        ),
        "变动等待期",
        "{per_year: 1 month, beyond_year: 1}",
    ),
    Field(
        "repair",
        Keys("修复", (required("per_year", TIMED, "每补缴一年减多久", "1 month"),)),
        "补缴可以减少的变动等待期",
        "{per_year: 1 month}",
    ),
    Field(
        "floor",
        Keys(
            "下限",
            (
                required("lapsed_years", Int(1, 60), "断保满几年起有下限", "4"),
                required("total", TIMED, "等待期合计不少于", "6 months"),
            ),
        ),
        "断保年数多时等待期的下限",
        "{lapsed_years: 4, total: 6 months}",
    ),
    Field("count_from_year", Int(1990, 2100), "从哪一年起数断保年数", "2025"),
    Field(
        "start",
        Keys(
            "起算日",
            (
                Field(
                    "in_window",
                    Choice({"year_start": "参保年度1月1日", "payment_day": "缴费当天"}),
                    "在集中参保期缴费",
                    "year_start",
                ),
                Field(
                    "late",
                    Choice({"year_start": "参保年度1月1日", **SHORT_RESUMES}),
                    "过了集中参保期缴费",
                    "payment_day",
                ),
            ),
            least=1,
        ),
        "等待期从哪天起算",
        "{in_window: year_start, late: payment_day}",
    ),
    Field(
        "end",
        Choice({"same_day": "等待期满的同一日(7月3日加3个月是10月3日)", "next_day": "同一日的次日"}),
        "等待期满后哪天起享受待遇",
        "same_day",
    ),
    Field(
        "in_window_first_enrolment",
        ByShape(TIMED, AT_MOST),
        "首次参保又在集中参保期缴费的等待期",
        "{at_most: 3 months}",
    ),
)

@dataclass(frozen=True)
class WindowDay(Kind):
    """A calendar day, or month and day of a yearly pattern."""

    def compile(self, node: Any, report: Report) -> str | None:
        yearly = len(getattr(node, "text", "")) < 9
        return MONTH_DAY.compile(node, report) if yearly else Day().compile(node, report)

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}

    def words(self) -> str:
        return '日期,写成 2025-10-15,或每年都一样时写成 "09-01"、"02-end"'


WINDOW = (
    Field("start", WindowDay(), "集中参保期第一天;不知道就不写", '"2025-10-15"'),
    Field("end", WindowDay(), "集中参保期最后一天", '"2026-02-28"'),
    Field("extension_end", WindowDay(), "延长期最后一天", '"02-end"'),
    Field("closed_after", MONTH_DAY, "不知道当地日期时:参保年度里这一天以后,肯定都已结束", '"03-31"'),
    Field(
        "within_year_resume",
        Choice({"year_start": "参保年度1月1日", **SHORT_RESUMES}),
        "参保年度里、窗口内缴费,哪天起享受待遇",
        "next_day",
    ),
    Field("no_cover_outside", Bool(), "窗口和延长期以外缴费,这一年没有待遇", "true"),
    Field("no_cover_after", WindowDay(), "过了这天才缴费,这一年没有待遇(窗口和这天之间要等)", '"2026-02-28"'),
)

GROUP_TERMS = Keys(
    "人群条件",
    (
        Field("within", TIMED, "事情发生后多久以内缴费", "90 days"),
        Field("same_year", Bool(), "事情发生在缴费的同一个自然年,例如当年退役", "true"),
        Field("lapse_max", Int(0, 60), "原来的医保断缴不超过几个月", "3"),
        Field("resume", Choice(SHORT_RESUMES), "哪天起享受待遇", "next_day"),
        Field("unsettled", Bool(), "文件点了名,但条件没看全:只给上下界", "true"),
    ),
)

NEWBORN = (
    required("within", TIMED, "出生后多久以内参保", "90 days"),
    default("from", Choice({"birth": "出生当天"}), "birth", "待遇从哪天起", "birth"),
    Field("after_resume", Choice(SHORT_RESUMES), "过了这个期限参保,哪天起享受待遇", "next_day"),
    Field("after_until", Length(), "这样的待遇到出生后多久为止", "1 year"),
)

STOPS = {"next_month": "欠费次月1日", "this_month": "欠费当月1日", "year_start": "居民:没缴费的年度1月1日"}

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

    @property
    def informs(self) -> bool:
        """Whether it is there to be read: its answers stand beside those of restoration and cost."""
        return self.fields[: len(INFORMATION)] == INFORMATION

    def value(self) -> Keys:
        """The kind of one value of this topic."""
        return Keys(f"{self.title}的值", self.fields, self.exactly_one, self.least, self.check)

    def differing(self) -> Keys:
        """The kind of a reading's `differs`: any of the same keys, none required, no defaults."""
        loose = tuple(Field(item.key, Maybe(item.kind), item.meaning, item.example) for item in self.fields)
        return Keys(f"{self.title}的另一种读法", loose, (), 1, self.check)


def _information(topic: str, title: str) -> Topic:
    """Sentences for the reader; of some topics the calculator also reads a few keys."""
    return Topic(topic, title, ANYONE, (*INFORMATION, *MORE.get(topic, ())), check=_says_something)


def _says_something(node: Mapping, value: dict[str, Any], report: Report) -> None:
    if not value.get("facts") and not value.get("says"):
        report.error(node, "什么也没说;应当至少写一条 facts 或 says")


TOPICS: dict[str, Topic] = {
    topic.id: topic
    for topic in (
        Topic("restoration", "断缴后的待遇", ANYONE, RESTORATION, check=tiers.check_tiers),
        Topic(
            "suspension",
            "停止待遇",
            ANYONE,
            (required("stop", Choice(STOPS), "从哪天起停", "next_month"),),
        ),
        Topic("waiting", "居民等待期", RESIDENT, WAITING, check=tiers.check_one_unit),
        Topic(
            "effect",
            "居民等待期内的待遇",
            RESIDENT,
            (
                Field("retroactive", Bool(), "等待期内看病的钱事后报不报", "false"),
                Field("in_wait", EFFECT, "等待期内怎么报销", "zero"),
            ),
        ),
        Topic("window", "集中参保期", RESIDENT, WINDOW, by_year=True, check=tiers.check_window),
        Topic(
            "exemption",
            "免等待期的人群",
            RESIDENT,
            (
                required(
                    "groups", MapOf(Reference("group"), GROUP_TERMS, 1), "人群和条件", "{veteran: {within: 3 months}}"
                ),
            ),
        ),
        Topic("newborn", "新生儿", RESIDENT, NEWBORN),
        Topic("contribution", "缴费标准", ANYONE, CONTRIBUTION, by_year=True),
        Topic("late_fee", "滞纳金", ANYONE, LATE_FEE, exactly_one=("daily_rate", "none"), check=tiers.check_late_fee),
        Topic("fine", "罚款", ANYONE, FINE),
        Topic("account", "个人账户", ANYONE, (*ACCOUNT, *ACCOUNT_MORE)),
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
