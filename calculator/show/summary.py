"""The answer as a short text to paste into a chat: one fact a line."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.show import words
from calculator.show.asked import Json, in_vain, new, payment_day, unbroken
from calculator.words import CANNOT_TELL_TEXT, NO_USE_TEXT, UNKNOWN_TEXT, WINDOW_UNKNOWN

MOST_VISITS, MOST_DEADLINES, MOST_OFFICES = 4, 3, 3
NO_MONEY = "0.00"
NOTHING_KNOWN = {UNKNOWN_TEXT: words.NOT_FOUND, CANNOT_TELL_TEXT: words.NOT_TOLD}
"""How the answers that say the same nothing share a line. What is of no use is said in the headline."""


def summary(assessment: Json) -> str:
    """The text for an Assessment (as JSON); at most 25 lines."""
    return "\n".join(_lines(assessment))


def asked_for(assessment: Json) -> str:
    """What the answer was worked out from, in one sentence."""
    case = assessment["case"]
    paid, given = payment_day(case)
    facts = [words.ASKED_ON.format(day=words.iso_words(case["as_of"])), words.SCHEMES[case["scheme"]]]
    if "coverage_year" in case:
        facts.append(words.FOR_YEAR.format(year=case["coverage_year"]))
    facts.append(assessment["lapse"]["text"])
    done = words.PAID_ON if "paid_on" in case else words.REGISTERED_ON
    facts.append(done.format(day=words.day_words(paid)) if given else words.UNPAID)
    return words.ASKED_FOR.format(facts="；".join(facts))


def _lines(assessment: Json) -> Iterator[str]:
    yield assessment["headline"]
    yield asked_for(assessment)
    if not unbroken(assessment):
        yield from _found(assessment)
        if WINDOW_UNKNOWN in (assessment["benefits_resume_on"]["note"] or ""):
            yield WINDOW_UNKNOWN
        yield from _otherwise(assessment)
        yield from _cost(assessment)
    yield from _visits(assessment)
    advice = assessment.get("advice", {})
    for last in advice.get("last_days", ())[:MOST_DEADLINES]:
        yield words.DEADLINE.format(text=last["text"])
    yield _what_to_do(assessment)
    yield words.WHOM.format(offices="；".join(assessment["verify_with"][:MOST_OFFICES]))
    yield words.NOT_OFFICIAL
    yield words.VERSION.format(version=assessment["rulebook"]["version"])


def _found(assessment: Json) -> Iterator[str]:
    """The main answers, a line each; those that nobody gives share one."""
    labels = words.LINES[new(assessment["case"])]
    if in_vain(assessment):
        labels = {**labels, "benefits_resume_on": words.WAITED}
    told = {label: _said(key, assessment[key]) for key, label in labels.items()}
    yield from (f"{label}：{text}" for label, text in told.items() if text not in (*NOTHING_KNOWN, NO_USE_TEXT))
    for nothing, pattern in NOTHING_KNOWN.items():
        if silent := [label for label, text in told.items() if text == nothing]:
            yield pattern.format(what="、".join(silent))


def _said(key: str, answer: Json) -> str:
    text: str = answer["text"]
    return words.RETROACTIVE.get(answer["value"], text) if key == "retroactive" else text


def _otherwise(assessment: Json) -> Iterator[str]:
    said = list(dict.fromkeys(other["text"] for other in assessment["benefits_resume_on"]["alternatives"]))
    if said and not in_vain(assessment):
        yield words.OTHERWISE.format(says="；".join(said[:2]))


def _cost(assessment: Json) -> Iterator[str]:
    """What is due, unless that is nothing, or is for a year that is of no use any more."""
    total, scheme = assessment["cost"]["total"], assessment["case"]["scheme"]
    known = total["low"] is not None or total["high"] is not None
    if known and not in_vain(assessment) and (scheme == "resident" or total["value"] != NO_MONEY):
        yield words.COST[scheme].format(amount=total["text"], payer=words.PAYERS[total["payer"]])


def _visits(assessment: Json) -> Iterator[str]:
    visits = list(zip(assessment["treatments"], assessment["case"].get("treatments", ()), strict=True))
    for answer, visit in visits[:MOST_VISITS]:
        covered = words.VISIT_COVERED[answer["covered"]["value"]]
        said = words.VISIT.format(kind=words.VISIT_KINDS[visit["kind"]], covered=covered)
        day = words.iso_words(visit["date"])
        yield words.VISITED.format(day=day, visit=said, self_pay=answer["self_pay"]["text"])
    if len(visits) > MOST_VISITS:
        yield words.VISITS_LEFT_OUT.format(count=len(visits) - MOST_VISITS)


def _what_to_do(assessment: Json) -> str:
    """The way to the earliest restoration where ways were compared; else what holds for anyone in this position."""
    advice = assessment.get("advice", {})
    earliest = [row for row in advice.get("rows", ()) if row["id"] in advice["earliest"]]
    if earliest:
        best = _best(earliest, advice["cheapest"])
        return words.BEST.format(title=best["title"]) + "".join(f"。{note.removesuffix('。')}" for note in best["notes"])
    case, resume = assessment["case"], assessment["benefits_resume_on"]
    _, given = payment_day(case)
    if in_vain(assessment):
        return words.NEXT_YEARS.format(year=case["coverage_year"])
    if unbroken(assessment) or given or case.get("account_status") == "deceased":
        return words.KEEP
    return words.ASK_FIRST if resume["low"] is None else words.PAY_SOON


def _best(earliest: list[Json], cheapest: list[str]) -> Json:
    """Of the ways that restore first, the first; or one that makes good as much and costs least."""
    first = earliest[0]
    alike = (row for row in earliest if row["retroactive"]["value"] == first["retroactive"]["value"])
    return next((row for row in alike if row["id"] in cheapest), first)
