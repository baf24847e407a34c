"""What must hold of every answer, and of answers along a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scripts.proof.questions import Line, Question
from scripts.proof.speaking import Speaking
from scripts.rulebook.vocabulary import LAWS as EXCEPTABLE

Json = dict[str, Any]

LAWS = {
    "answered": "每个问题都有回答,不出错",
    "bounds": "下界不大于答案,答案不大于上界",
    "money": "金额不是负数,报销不超过费用",
    "silent": "没有规则的地方,不给等待期和恢复日的数字",
    "sourced": "有答案就有带出处的规则",
    **EXCEPTABLE,
}


@dataclass(frozen=True, order=True)
class Breach:
    """One law that one question breaks. `rules`: those that the answer rests on."""

    law: str
    question: str
    what: str
    rules: tuple[str, ...] = ()


def answers_in(assessment: Json) -> Iterator[tuple[str, Json]]:
    """Every answer of an Assessment with its dotted key."""
    for key, value in assessment.items():
        if not isinstance(value, dict):
            continue
        if "basis" in value:
            yield key, value
        elif key in ("cost", "account"):
            yield from ((f"{key}.{name}", answer) for name, answer in value.items())
    for index, visit in enumerate(assessment["treatments"]):
        yield from (
            (f"treatments.{index}.{name}", answer) for name, answer in visit.items() if isinstance(answer, dict)
        )


def of_one(question: Question, assessment: Json, speaking: Speaking) -> Iterator[Breach]:
    """Laws on one answer. `speaking`: the rules that speak for the place."""
    sourced = speaking.sourced
    for key, answer in answers_in(assessment):
        rules = tuple(answer["rules"])
        low, value, high = (_comparable(answer[part]) for part in ("low", "value", "high"))
        known = [bound for bound in (low, value, high) if bound is not None]
        if any(type(one) is not type(known[0]) for one in known) or known != sorted(known):
            shown = f"{key}:{answer['low']} ≤ {answer['value']} ≤ {answer['high']}"
            yield Breach("bounds", str(question), shown, rules)
        if key.startswith("cost.") and known and min(known) < 0:
            yield Breach("money", str(question), f"{key}:{known}", rules)
        if answer["value"] is not None and answer["basis"] != "none" and not sourced.issuperset(rules or ("",)):
            yield Breach("sourced", str(question), f"{key} = {answer['value']} 没有出处", rules)
    if assessment["lapse"]["length"] and not speaking.restores(question):
        for key in ("waiting", "benefits_resume_on"):
            if assessment[key]["value"] is not None:
                yield Breach("silent", str(question), f"{key} = {assessment[key]['value']},却没有规则")
    yield from _visits(question, assessment)


def _visits(question: Question, assessment: Json) -> Iterator[Breach]:
    """The fund pays between nothing and the expense."""
    for given, visit in zip(question.get("treatments") or [], assessment["treatments"], strict=True):
        for key in ("fund_pays", "self_pay"):
            value = visit[key]["value"]
            if value is not None and not 0 <= float(value) <= float(given["amount"]):
                yield Breach(
                    "money", str(question), f"{key} = {value},费用 {given['amount']}", tuple(visit[key]["rules"])
                )


def _comparable(value: Any) -> Any:
    """A bound that can be put in order: money as a number; what has no order (yes or no, an effect) as None."""
    if isinstance(value, str):
        return value if value[4:5] == "-" else float(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def of_line(line: Line, assessments: list[Json]) -> Iterator[Breach]:
    """Laws on what grows along a line."""
    if line.grows in ("lapse", "paid_on"):
        law = "longer_never_earlier" if line.grows == "lapse" else "sooner_never_later"
        yield from _never_falls(law, "benefits_resume_on", line, assessments)
    elif line.grows == "repaid":
        yield from _never_falls("repair_never_longer", "waiting", Line("", line.questions[::-1]), assessments[::-1])


def _never_falls(law: str, key: str, line: Line, assessments: list[Json]) -> Iterator[Breach]:
    """A known answer is never below a known answer before it, as long as both are in the same unit."""
    highest: Json | None = None
    for question, assessment in zip(line.questions, assessments, strict=True):
        answer = assessment[key]
        if answer["value"] is None:
            continue
        if highest is not None and answer["unit"] == highest["unit"] and answer["value"] < highest["value"]:
            rules = tuple(sorted({*answer["rules"], *highest["rules"]}))
            yield Breach(law, str(question), f"{key} 从 {highest['value']} 退回 {answer['value']}", rules)
        else:
            highest = answer
