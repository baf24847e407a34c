"""The executable cases beside a rule: a Case, and what is expected of its Assessment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calculator.fields import BY_NAME
from calculator.schema import assessment_schema
from scripts.rulebook.kinds import Anything, ByShape, Field, Keys, ListOf, MapOf, Maybe, required
from scripts.rulebook.positions import Mapping, Node, Scalar
from scripts.rulebook.scalars import Bool, Choice, Kind, Report, remedy
from scripts.rulebook.vocabulary import CASE_ID, FACT, SENTENCE, TITLE

ANSWERS = tuple(assessment_schema()["properties"])

PARTS = Keys(
    "期望",
    (
        Field("value", Anything(), "答案"),
        Field("low", Anything(), "下界"),
        Field("high", Anything(), "上界"),
        Field("basis", Choice({"city": "市", "province": "省", "national": "全国", "none": "没有依据"}), "依据的层级"),
        Field("alternatives", ListOf(Anything()), "其他读法的答案;[] 表示没有"),
        Field("note", Maybe(SENTENCE), "说明"),
    ),
    least=1,
)


@dataclass(frozen=True)
class CaseKeys(Kind):
    """The Case of an executable example: keys of the contract, scheme and place from the rule where left out."""

    def compile(self, node: Node, report: Report) -> Any:
        if isinstance(node, Mapping):
            for key, mark in node.keys.items():
                if key not in BY_NAME:
                    report.error(mark, f"案例没有 {key} 这个键;{remedy(key, BY_NAME, '应当是 Case 的键')}")
            return Anything().compile(node, report)
        self.wrong(node, report)
        return None

    def schema(self) -> dict[str, Any]:
        properties = {name: {"description": item.title} for name, item in BY_NAME.items()}
        return {"type": "object", "properties": properties, "additionalProperties": False}

    def words(self) -> str:
        return "一组 Case 的键"


@dataclass(frozen=True)
class AnswerPath(Kind):
    """A key of the Assessment, or a dotted path into it (`cost.late_fee`, `treatments.0.covered`)."""

    def compile(self, node: Node, report: Report) -> str:
        text = node.text if isinstance(node, Scalar) else ""
        head = text.split(".")[0]
        if head not in ANSWERS:
            choices = f"应当是 {'、'.join(ANSWERS)} 之一"
            report.error(node, f"结果里没有 {head} 这一项;{remedy(head, ANSWERS, choices)}")
        return text

    def schema(self) -> dict[str, Any]:
        return {"pattern": f"^({'|'.join(ANSWERS)})(\\.[a-z0-9_N]+)*$"}

    def words(self) -> str:
        return "结果里的键,可以用点深入,例如 cost.late_fee"


CASE = Keys(
    "案例",
    (
        required("name", TITLE, "一句话说清楚这个案例", "断缴4个月不补缴,六个月半额"),
        Field("facts", ListOf(FACT, 1), "试的是哪条事实;不写就是规则的全部事实", "[E-FJ-01]"),
        Field("origin", CASE_ID, "资料库里的案例编号", "W-036"),
        Field("official", Bool(), "是官方自己举的算例", "true"),
        required(
            "case", CaseKeys(), "问题;scheme、place 不写就用规则的", "{as_of: 2025-06-01, last_paid_month: 2024-12}"
        ),
        required("expect", MapOf(AnswerPath(), ByShape(Anything(), PARTS), 1), "期望的答案", "{waiting: 6 months}"),
    ),
)
