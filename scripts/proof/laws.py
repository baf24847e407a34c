"""What must hold of every answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts.proof.breach import Breach
from scripts.proof.line import Question
from scripts.proof.overlap import overlaps
from scripts.proof.speaking import Speaking

Json = dict[str, Any]
MAIN = ("waiting", "benefits_resume_on", "retroactive", "payment_effect")
ASK = ("12393", "经办机构", "当地", "填")
"""A word of these tells the reader whom to ask, or what to fill in."""
NOT_ARISING = ("没有断缴", "没有中断", "没有个人账户", "谈不上", "不能享受待遇", "才会罚")
"""A word of these says why there is nothing to tell."""
OWN_SUMS = ("cost.principal", "cost.total", "fund_pays", "self_pay", ".ratio", "spendable_up_to")
"""Sums of the reader's own amounts and shares: where no rule takes part they need none."""


def answers_in(assessment: Json) -> Iterator[tuple[str, Json]]:
    """Every answer of an Assessment with its dotted key."""
    for key, value in assessment.items():
        if isinstance(value, dict) and "basis" in value:
            yield key, value
        elif isinstance(value, dict):
            yield from ((f"{key}.{name}", answer) for name, answer in value.items() if _is_answer(answer))
    for index, visit in enumerate(assessment["treatments"]):
        yield from ((f"treatments.{index}.{name}", answer) for name, answer in visit.items() if _is_answer(answer))


def _is_answer(value: Any) -> bool:
    return isinstance(value, dict) and "basis" in value


def of_one(question: Question, assessment: Json, speaking: Speaking) -> Iterator[Breach]:
    """Laws on one answer. `speaking`: the rules that speak for the place."""
    asked = (question,)
    for key, answer in answers_in(assessment):
        rules = tuple(answer["rules"])
        for law, what in _of_answer(key, answer, question, speaking):
            yield Breach(law, asked, key, what, rules)
    for step in assessment["steps"]:
        if step["rule"] not in speaking.sourced or not step["document"]:
            yield Breach("sourced", asked, "steps", f"“{step['sentence']}”没有出处", (step["rule"],))
    if assessment["lapse"]["length"] and not speaking.restores(question):
        for key in ("waiting", "benefits_resume_on"):
            if assessment[key]["value"] is not None:
                yield Breach("silent", asked, key, f"{key} = {assessment[key]['value']},却没有规则")
    if not any("经办机构" in office for office in assessment["verify_with"]):
        yield Breach("declared", asked, "verify_with", "没有说可以问谁")
    yield from _heard(question, assessment, speaking)
    for topic, rules in overlaps(speaking, question):
        yield Breach("overlap", asked, topic, f"{'、'.join(rules)} 同时说了 {topic}", rules)
    yield from _visits(question, assessment)


def _of_answer(key: str, answer: Json, question: Question, speaking: Speaking) -> Iterator[tuple[str, str]]:
    """What one answer breaks, as (law, words)."""
    low, value, high = answer["low"], answer["value"], answer["high"]
    if low is None and value is None and high is None:
        said = f"{answer['text']}{answer['note']}"
        if not any(word in said for word in (*ASK, *NOT_ARISING)):
            yield "declared", f"{key} 答不出,只说了“{said}”"
        return
    known = [bound for bound in (comparable(low), comparable(value), comparable(high)) if bound is not None]
    if any(type(one) is not type(known[0]) for one in known) or known != sorted(known):
        yield "bounds", f"{key}:{low} ≤ {value} ≤ {high}"
    if answer["unit"] == "CNY" and known and min(known) < 0:
        yield "money", f"{key}:{known}"
    if not _sourced(key, answer, question, speaking):
        yield "sourced", f"{key} = {value if value is not None else f'{low} 到 {high}'} 没有出处"


def _sourced(key: str, answer: Json, question: Question, speaking: Speaking) -> bool:
    """Whether a number reaches a source: a rule that has one, or, for want of a rule, the Case itself."""
    others = [rule.split("#")[0] for other in answer["alternatives"] for rule in other["rules"]]
    if not speaking.sourced.issuperset((*answer["rules"], *others)):
        return False
    if answer["rules"]:
        return True
    numbers = {answer[part] for part in ("low", "value", "high")} - {None} if answer["unit"] != "effect" else set()
    given = numbers == {"0.00"} or key.endswith(OWN_SUMS) or numbers == {question.get("benefits_stopped_on")}
    least = key == "cost.late_fee" and numbers == {answer["low"]} == {"0.00"}
    said = answer["note"] or ""
    return given or least or any(word in said for word in ("没有断缴", "待遇还没停", "您填了"))


def _heard(question: Question, assessment: Json, speaking: Speaking) -> Iterator[Breach]:
    """A rule of the place itself whose words fit this very Case is among those that the answer rests on."""
    length = assessment["lapse"]["length"]
    if not length or question.get("exempt_group") is not None:
        return
    used = {rule for key in MAIN for rule in assessment[key]["rules"]}
    if assessment["lapse"]["unit"] == "month":
        unheard = [rule for rule in speaking.fitting(question, length) if rule not in used]
    else:  # a rule on the window may have the last word
        unheard = [] if used else list(speaking.waiting(question))
    for rule in unheard:
        yield Breach("heard", (question,), "waiting", f"{rule} 写了这种情况,回答没有用它", (rule,))


def _visits(question: Question, assessment: Json) -> Iterator[Breach]:
    """The fund pays between nothing and the expense."""
    for given, visit in zip(question.get("treatments") or [], assessment["treatments"], strict=True):
        for key in ("fund_pays", "self_pay"):
            for bound in (visit[key]["low"], visit[key]["value"], visit[key]["high"]):
                if bound is not None and not 0 <= float(bound) <= float(given["amount"]):
                    what = f"{key} = {bound},费用 {given['amount']}"
                    yield Breach("money", (question,), key, what, tuple(visit[key]["rules"]))


def comparable(value: Any) -> Any:
    """A bound that can be put in order: money as a number; what has no order (yes or no, an effect) as None."""
    if isinstance(value, str):
        return value if value[4:5] == "-" else float(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
