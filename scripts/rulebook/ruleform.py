"""The form of a rule file; what its values may hold depends on its topic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from scripts.rulebook.examples import CASE
from scripts.rulebook.kinds import Anything, Field, FirstWord, Keys, ListOf, MapOf, Maybe, default, required
from scripts.rulebook.positions import Mapping, Node, Scalar
from scripts.rulebook.scalars import Choice, Day, Kind, Reference, Report, Text
from scripts.rulebook.sources import SOURCES
from scripts.rulebook.topics import TOPICS, Topic
from scripts.rulebook.vocabulary import FACT, LAWS, SCHEME, SENTENCE, SITUATION, SITUATIONS, SLUG, STANDINGS, TITLE

EXCEPTION = Keys(
    "例外",
    (
        required("law", Choice(LAWS), "哪一条道理", "longer_never_earlier"),
        required("why", SENTENCE, "原文为什么会这样"),
    ),
)

CHANGE = Keys(
    "改动",
    (
        required("on", Day(), "我们哪天改的", "2026-11-21"),
        required("was", SENTENCE, "原来怎么说", "等待期写的是6个月"),
        required("why", SENTENCE, "为什么改", "看到了新的文件"),
        Field("facts", ListOf(FACT, 1), "资料库里的事实编号", "[N-040]"),
    ),
)


@cache
def rule_form(topic_id: str) -> Keys:
    """The form of a rule on one topic."""
    topic = TOPICS[topic_id]
    return Keys("规则", (*_head(topic), *_content(topic)))


def _head(topic: Topic) -> tuple[Field, ...]:
    """What a rule is called, where, whom and what it is about."""
    schemes = Choice({scheme: SCHEME.options[scheme] for scheme in topic.schemes})
    situations = ListOf(SITUATION, 1)
    if topic.id in ("restoration", "ceiling"):
        when = required("situations", situations, "什么情形", "[same_place]")
    else:
        when = default("situations", situations, list(SITUATIONS), "什么情形;不写就是全部", "[same_place]")
    shape = Text(r"[A-Za-z0-9]+(\.[a-z0-9_-]+){2,3}", "编号,写成 350000.employee.restoration")
    return (
        required("id", shape, "规则编号,和文件路径一致", "350000.employee.restoration"),
        required("title", TITLE, "标题", "福建:职工医保断缴后的待遇"),
        required("place", Reference("place"), "哪里:CN、XPCC 或六位代码", '"350000"'),
        required("schemes", ListOf(schemes, 1), "哪些人", "[employee]"),
        when,
        required("topic", Choice({key: item.title for key, item in TOPICS.items()}), "主题", topic.id),
        default("standing", Choice(STANDINGS), "in_force", "在用还是不确定", "in_force"),
        default("conflict", Maybe(Reference("conflict")), None, "冲突编号", "X-012"),
    )


def _content(topic: Topic) -> tuple[Field, ...]:
    """What it says since when, on what authority, what else is said, and its cases."""
    keyed = FirstWord({"undated": "不知道从哪天起"}, Day())
    since = "从哪天起是什么值;undated 管第一个日期之前;null 表示那天废止"
    return (
        required("values", MapOf(keyed, Maybe(topic.value()), 1), since),
        required("sources", SOURCES, "出处,第一个最要紧"),
        default("readings", ListOf(_reading(topic)), [], "别的读法,各有出处"),
        default("notes", ListOf(SENTENCE), [], "用到这条规则时要提醒的话"),
        required("review_by", Day(), "最晚哪天再核对一次", "2027-03-31"),
        Field("history", ListOf(CHANGE, 1), "以前怎么说、为什么改,从早到晚", "[{on: 2026-11-21, was: …, why: …}]"),
        default("exceptions", ListOf(EXCEPTION), [], "这条规则为什么可以违反一条普遍的道理"),
        default("cases", ListOf(CASE), [], "可以执行的案例"),
    )


def _reading(topic: Topic) -> Keys:
    example = "{variable: {per_year: 1 month, beyond_year: 0}}"
    return Keys(
        "读法",
        (
            required("id", SLUG, "读法编号", "every-year-counts"),
            required("title", TITLE, "这种读法说什么", "断保第一年也算1个月"),
            default("standing", Choice(STANDINGS), "unclear", "在用还是不确定", "unclear"),
            required("differs", topic.differing(), "与规则的值不同的键", example),
            required("sources", SOURCES, "出处"),
            default("conflict", Maybe(Reference("conflict")), None, "冲突编号", "X-001"),
            Field("note", SENTENCE, "说明"),
        ),
    )


@dataclass(frozen=True)
class RuleKind(Kind):
    """A rule: what its values may hold depends on its topic."""

    def compile(self, node: Node, report: Report) -> Any:
        topic = node.entries.get("topic") if isinstance(node, Mapping) else None
        name = topic.text if isinstance(topic, Scalar) else ""
        if name not in TOPICS:
            form = Keys(
                "规则", tuple(item for item in rule_form("scope").fields if item.key not in ("values", "readings"))
            )
            loose = (*form.fields, Field("values", Anything(), ""), Field("readings", Anything(), ""))
            return Keys("规则", loose).compile(node, report)
        return rule_form(name).compile(node, report)

    def schema(self) -> dict[str, Any]:
        general = rule_form("scope").schema()
        for key in ("values", "readings", "schemes"):
            general["properties"][key] = {"description": general["properties"][key]["description"]}
        general["required"] = [key for key in general["required"] if key != "situations"]
        branches = []
        for topic in TOPICS.values():
            own = rule_form(topic.id).schema()
            kept = {key: own["properties"][key] for key in ("values", "readings", "schemes")}
            then = {"properties": kept, "required": own["required"]}
            branches.append({"if": {"properties": {"topic": {"const": topic.id}}}, "then": then})
        return {**general, "allOf": branches}

    def words(self) -> str:
        return "一条规则"
