"""The oracle for a lapse counted in months: tiers, in every world that the Case leaves possible."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

from scripts.proof.oracle_days import (
    NOTHING,
    UNKNOWN,
    Length,
    Month,
    Span,
    first_day,
    following,
    landing,
    later,
    length_of,
)
from scripts.proof.oracle_outcome import Outcome, hull
from scripts.proof.oracle_rules import Levels

Json = dict[str, Any]
Gap = list[Month]
FLAGS = ("back_paid", "in_waiting", "paid_by_order_deadline", "since_stop", "earlier_quarter")
NUMBERS = ("lapse", "missed_this_year", "continuous_months", "earlier_lapses")


def restoration(case: Json, levels: Levels, paid: date, gap: Gap | None) -> Outcome:
    """What the tiers make of a gap. `gap`: the months missed, None if not known."""
    day = date(case["coverage_year"], 1, 1) if case["scheme"] == "resident" else paid
    rules = levels.speaking("restoration", day, case.get("situation") or "same_place")
    facts = _facts(case, levels, paid, gap)
    asked: dict[str, set[int]] = {}
    for rule in rules:
        for tier in rule["tiers"]:
            for key, condition in (tier.get("when") or {}).items():
                asked.setdefault(key, set()).update(_edges(key, condition))
    open_keys = [key for key in asked if facts[key] is None]
    least = {"missed_this_year": _missed_in_the_year(gap or [], paid)}
    choices = [
        _schemes_before(case) if key == "previous_scheme" else _possible(key, asked[key], least.get(key, 0)) for key in open_keys
    ]
    worlds = [{**facts, **dict(zip(open_keys, world, strict=True))} for world in product(*choices)]
    return hull([_in_world(rules, world, paid) for world in worlds])


def _facts(case: Json, levels: Levels, paid: date, gap: Gap | None) -> Json:
    """What the Case says of each condition; None if it does not say."""
    back_paid = case.get("back_paid")
    if back_paid is None and case.get("situation") == "employer_arrears":
        back_paid = True
    deadline = case.get("order_deadline")
    return {
        "lapse": None if gap is None else len(gap),
        "back_paid": back_paid,
        "in_waiting": case.get("in_waiting"),
        "missed_this_year": case.get("missed_this_year"),
        "continuous_months": case.get("continuous_months"),
        "earlier_lapses": case.get("earlier_lapses"),
        "previous_scheme": case.get("previous_scheme"),
        "paid_by_order_deadline": None if deadline is None else paid <= date.fromisoformat(deadline),
        "quarter_month": (paid.month - 1) % 3 + 1,
        "earlier_quarter": None if gap is None else _in_earlier_quarter(gap, paid),
        "since_stop": _stopped(case, levels, gap),
        "paid": paid,
    }


def _stopped(case: Json, levels: Levels, gap: Gap | None) -> date | None:
    """The day benefits stopped: as known, else as the first unpaid month makes it."""
    if case.get("benefits_stopped_on"):
        return date.fromisoformat(case["benefits_stopped_on"])
    if not gap:
        return None
    speaking = levels.speaking("suspension", first_day(gap[0]), case.get("situation") or "same_place")
    stop = next((value["stop"] for value in speaking if "stop" in value), None)
    if stop not in ("this_month", "next_month"):
        return None
    return first_day(gap[0] if stop == "this_month" else following(gap[0]))


def _in_earlier_quarter(gap: Gap, paid: date) -> bool:
    """Whether the first month missed lies in a quarter before that of the payment."""
    return bool(gap) and gap[0] < (paid.year, paid.month - (paid.month - 1) % 3)


def _missed_in_the_year(gap: Gap, paid: date) -> int:
    """How many months of the gap lie in the year of the payment: at least so many have been missed "in a year".

    No upper bound: the text (武汉) says 一年里, not which year, so months of the year before may count as well.
    """
    return len([month for month in gap if month[0] == paid.year])


def _edges(key: str, condition: Any) -> set[int]:
    """Numbers on both sides of each edge of a condition."""
    if key not in NUMBERS:
        return set()
    found = set()
    if "min" in condition:
        found |= {condition["min"] - 1, condition["min"]}
    if "max" in condition:
        found |= {condition["max"], condition["max"] + 1}
    return found


def _possible(key: str, edges: set[int], least: int) -> list[Any]:
    """What an input that is not known may be, as far as any tier can tell."""
    if key in FLAGS:
        return [True, False]
    return sorted({least} | {edge for edge in edges if edge > least})


def _schemes_before(case: Json) -> list[str]:
    """The schemes that someone in this situation can come from: a switch is one between residents' and employees' insurance."""
    switched = case.get("situation") == "scheme_switch"
    if (case["scheme"] == "resident") == switched:
        return ["employee", "flexible"]
    return ["resident"]


def _in_world(rules: list[Json], world: Json, paid: date) -> Outcome:
    """The answer when everything that matters is known."""
    chosen = []
    for rule in rules:
        for tier in rule["tiers"]:
            if _holds(tier.get("when") or {}, rule.get("count"), world):
                chosen.append(tier)
                break
    wait_said = next((tier["wait"] for tier in chosen if "wait" in tier), None)
    agreeing = [tier for tier in chosen if "wait" not in tier or tier["wait"] == wait_said]
    wait = _wait(wait_said)
    resume = next((tier["resume"] for tier in agreeing if "resume" in tier), None)
    retroactive = next((tier["retroactive"] for tier in chosen if "retroactive" in tier), None)
    said = next((tier["effect"] for tier in agreeing if "effect" in tier), None)
    return Outcome(wait, _resume(resume, wait, paid), retroactive, _kind(said, wait))


def _holds(when: Json, count: str | None, world: Json) -> bool:
    """Whether every condition of a tier holds."""
    for key, condition in when.items():
        known = world[key]
        if key in NUMBERS:
            if key == "lapse" and count == "lapse_and_payment_month":
                known += 1
            if known < condition.get("min", 0) or known > condition.get("max", known):
                return False
        elif key in ("previous_scheme", "quarter_month"):
            if known not in condition:
                return False
        elif key == "since_stop":
            if isinstance(known, date):
                known = world["paid"] <= later(known, length_of(condition["within"]))
            if not known:
                return False
        elif known != condition:
            return False
    return True


def _wait(said: Any) -> Span:
    """A tier's wait as a span."""
    if said is None or said == "unstated":
        return UNKNOWN
    if "at_most" in said:
        return (NOTHING, length_of(said["at_most"]))
    return (length_of(said), length_of(said))


def _kind(said: Any, wait: Span) -> str | None:
    """The kind of a tier's effect; where none is stated, what its wait makes of it."""
    if isinstance(said, str):
        return said
    if said is not None:
        return "cap" if any("cap" in step for step in said.get("schedule", [])) else "ratio"
    if wait[0] is None or wait[0] != wait[1]:
        return None
    return "none" if wait[0][0] == 0 else "zero"


def _resume(said: str | None, wait: Span, paid: date) -> Span:
    """The span of the day on which benefits begin again."""
    if said in ("payment_day", "next_day", "payment_month", "next_month"):
        return (landing(said, paid), landing(said, paid))
    first, last = (None if length is None else _days_after(said, length, paid) for length in wait)
    return (None if first is None else first[0], None if last is None else last[1])


def _days_after(said: str | None, wait: Length, paid: date) -> tuple[date, date]:
    """The earliest and the latest day that a wait of this length can mean."""
    this_month, next_month = landing("payment_month", paid), landing("next_month", paid)
    if said is None:
        if wait[1] == "day" and wait[0] > 0:
            return later(paid, wait), later(paid, wait) + timedelta(days=1)
        return later(this_month, wait), later(next_month, wait)
    if said == "wait_from_payment_day_or_next":
        return later(paid, wait), later(paid, wait) + timedelta(days=1)
    if said == "wait_from_payment_day":
        day = later(paid, wait)
    elif said == "day_after_wait_from_payment_day":
        day = later(paid, wait) + timedelta(days=1)
    elif said == "wait_from_payment_month":
        day = later(this_month, wait)
    elif said == "wait_from_next_month":
        day = later(next_month, wait)
    else:
        raise ValueError(said)
    return day, day
