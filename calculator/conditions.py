"""Does a tier hold for this person? What the person does not know is tried both ways: each way is a possible world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

from calculator.case import Case
from calculator.fields import INSURED_BY_MONTH
from calculator.history import missed_this_year
from calculator.model import Json, Tier
from calculator.values import Length, YearMonth

World = Mapping[str, Any]

FLAGS = ("back_paid", "in_waiting", "paid_by_order_deadline", "earlier_quarter")
COUNTS = ("lapse", "missed_this_year", "continuous_months", "earlier_lapses")
LONG_AGO = date(1, 1, 1)


def known_world(case: Case, lapse: int | None, stopped_on: date | None) -> dict[str, Any]:
    """All that the Case says about what tiers ask; None = not known.

    lapse: whole months. stopped_on: when benefits stopped.
    """
    day = case.day
    return {
        "scheme": case.scheme,
        "situation": case.situation,
        "lapse": lapse,
        "back_paid": case.back_paid,
        "in_waiting": case.in_waiting,
        "missed_this_year": missed_this_year(case.missed_this_year, case.lapses, lapse, day),
        "continuous_months": case.continuous_months,
        "earlier_lapses": case.earlier_lapses,
        "previous_scheme": case.previous_scheme,
        "paid_by_order_deadline": None if case.order_deadline is None else day <= case.order_deadline,
        "quarter_month": (day.month - 1) % 3 + 1,
        "since_stop": stopped_on,
        "earlier_quarter": None if lapse is None else _earlier_quarter(day, lapse),
        "day": day,
    }


def _earlier_quarter(day: date, lapse: int) -> bool:
    """The first unpaid month lies in an earlier quarter than the payment."""
    first = YearMonth.of(day).plus(-lapse)
    return (first.year, (first.month - 1) // 3) != (day.year, (day.month - 1) // 3)


def worlds(known: World, tiers: Sequence[Tier]) -> list[World]:
    """Every way the unknown inputs that these tiers ask about could be."""
    unknown = sorted(key for key in set().union(*[tier.when for tier in tiers]) if known[key] is None)
    if not unknown:
        return [known]
    choices = [_candidates(key, known, tiers) for key in unknown]
    return [{**known, **dict(zip(unknown, combination, strict=True))} for combination in product(*choices)]


def deciding(possible: Sequence[World], outcomes: Sequence[object]) -> list[str]:
    """The unknown inputs on which the outcome really depends: some two worlds differ in that input and in the outcome."""
    keys = [key for key in possible[0] if len({world[key] for world in possible}) > 1]
    found = []
    for key in keys:
        seen: dict[tuple[object, ...], object] = {}
        for world, outcome in zip(possible, outcomes, strict=True):
            others = tuple(world[other] for other in keys if other != key)
            if seen.setdefault(others, outcome) != outcome:
                found.append(key)
                break
    return found


def _candidates(key: str, known: World, tiers: Sequence[Tier]) -> list[Any]:
    if key in FLAGS:
        return [True, False]
    if key == "previous_scheme":  # 跨制度 is between employee (or flexible) and resident; nobody else came from there
        switched = known["situation"] == "scheme_switch" and known["scheme"] != "resident"
        return ["resident"] if switched else list(INSURED_BY_MONTH)
    if key == "since_stop":
        return [known["day"], LONG_AGO]
    edges = {0}
    for tier in tiers:
        asked = tier.when.get(key) or {}
        low, high = asked.get("min", 0), asked.get("max")
        edges |= {n for n in (low, low - 1, high) if n is not None and n >= 0}
        if "max" in asked:
            edges.add(asked["max"] + 1)
    least = _missed_at_least(known) if key == "missed_this_year" else 0
    return sorted({max(n, least) for n in edges})


def _missed_at_least(known: Mapping[str, Any]) -> int:
    """Months of this lapse that fall in the year of payment: the year's total cannot be less."""
    before = YearMonth.of(known["day"]).month - 1
    return min(known["lapse"] or 0, before)


def holds(when: Json, world: World, counts_payment_month: bool) -> bool:
    """Whether every condition of `when` is true in a world."""
    for key, asked in when.items():  # noqa: SIM110 - a generator takes longer than what it asks
        if not _holds(key, asked, world, counts_payment_month):
            return False
    return True


def _holds(key: str, asked: Any, world: World, counts_payment_month: bool) -> bool:
    value = world[key]
    if key in COUNTS:
        if key == "lapse" and counts_payment_month:
            value += 1
        return bool(asked.get("min", 0) <= value <= asked.get("max", value))
    if key in FLAGS:
        return bool(value == asked)
    if key == "since_stop":
        # 民法典 第二百零一条、第二百零二条: the first day is not counted, the corresponding last day still is
        return bool(world["day"] <= Length(**asked["within"]).after(value))
    return value in asked
