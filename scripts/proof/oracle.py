"""The oracle: what the answer to a Case must be, worked out a second time and as plainly as possible.

It shares no code with the calculator. `Oracle(rulebook).expect(case)` takes a Case as JSON and gives
`{"lapse": {length, unit}, "waiting": {low, high, unit}, "benefits_resume_on": {low, high}, "retroactive", "payment_effect"}`:
dates as ISO strings, null for what is not known, the effect as its kind. The Case must be one that the calculator accepts.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from scripts.proof.oracle_days import (
    NOTHING,
    Length,
    Span,
    landing,
    later,
    length_of,
    month_of,
    months_between,
)
from scripts.proof.oracle_months import Gap, restoration
from scripts.proof.oracle_outcome import NO_LAPSE, SILENT, Outcome, hull
from scripts.proof.oracle_rules import Levels
from scripts.proof.oracle_years import Year, at_once, insured_year, never_insured

Json = dict[str, Any]


def expect(case: Json, rulebook: Json) -> Json:
    """What the answer to one Case must be."""
    return Oracle(rulebook).expect(case)


class Oracle:
    """Keeps the rules of each place at hand. `rulebook`: compiled."""

    def __init__(self, rulebook: Json) -> None:
        self._rulebook = rulebook
        self._levels: dict[tuple[str, str], Levels] = {}

    def expect(self, case: Json) -> Json:
        """See the module."""
        key = (case["place"], case["scheme"])
        if key not in self._levels:
            self._levels[key] = Levels(self._rulebook, *key)
        levels = self._levels[key]
        paid = date.fromisoformat(case.get("paid_on") or case["as_of"])
        if _counts_years(case):
            length, unit = _missed_years(case), "year"
            outcome = _exempted(case, levels, paid, insured_year(case, levels, paid, length))
        else:
            gap = _gap(case, paid)
            length, unit = None if gap is None else len(gap), "month"
            outcome = _by_month(case, levels, paid, gap)
        low, high = outcome.resume
        if case.get("paid_on") is None and case.get("registered_on") is None:
            high = None
        return {
            "lapse": {"length": length, "unit": unit},
            "waiting": _waiting(outcome.wait),
            "benefits_resume_on": {"low": _iso(low), "high": _iso(high)},
            "retroactive": outcome.retroactive,
            "payment_effect": outcome.effect,
        }


def _counts_years(case: Json) -> bool:
    """Whether the lapse is counted in insured years."""
    if case["scheme"] != "resident" or case.get("situation") == "scheme_switch":
        return False
    return case.get("last_covered_year") is not None or case.get("last_paid_month") is None


def _missed_years(case: Json) -> int | None:
    """The whole insured years between the last one and the one being paid for; None if the last one is not known."""
    if case.get("last_covered_year") is None:
        return 0 if never_insured(case) else None
    missed, year = 0, case["last_covered_year"] + 1
    while year < case["coverage_year"]:
        missed += 1
        year += 1
    return missed


def _gap(case: Json, paid: date) -> Gap | None:
    """The months missed, without those at its start for which the unemployment fund paid; None if not known."""
    if case.get("last_paid_month") is None:
        return [] if case.get("situation") == "first_enrolment" else None
    missed = months_between(month_of(case["last_paid_month"]), (paid.year, paid.month))
    return missed[case.get("unemployment_months") or 0 :]


def _by_month(case: Json, levels: Levels, paid: date, gap: Gap | None) -> Outcome:
    """A lapse counted in months."""
    situation = case.get("situation") or "same_place"
    if case["scheme"] == "resident" and situation != "scheme_switch":
        return _exempted(case, levels, paid, insured_year(case, levels, paid, None))
    nothing_missed = gap == [] and situation != "first_enrolment"
    if _year_is_over(case, paid) and not nothing_missed:
        return _exempted(case, levels, paid, SILENT)
    ordinary = NO_LAPSE if nothing_missed else restoration(case, levels, paid, gap)
    if case["scheme"] != "resident":
        return ordinary
    new_year = date(case["coverage_year"], 1, 1)
    low, high = (None if day is None else max(day, new_year) for day in ordinary.resume)
    retroactive = None if paid < new_year else ordinary.retroactive
    return _exempted(case, levels, paid, Outcome(ordinary.wait, (low, high), retroactive, ordinary.effect))


def _year_is_over(case: Json, paid: date) -> bool:
    """Whether the insured year that is paid for had ended before the payment: no text speaks of that."""
    return "coverage_year" in case and paid > date(case["coverage_year"], 12, 31)


def _exempted(case: Json, levels: Levels, paid: date, ordinary: Outcome) -> Outcome:
    """What becomes of the ordinary answer for a resident of an exempt group.

    A year that is over frees nobody; but the text on newborns names the day of birth and no year, so a child born in the
    year before the one paid for is covered from birth, and one registered in time after the year's end as well.
    """
    group = case.get("exempt_group")
    if group is None:
        return ordinary
    new_year = date(case["coverage_year"], 1, 1)
    if group == "newborn" and levels.speaking("newborn", new_year):  # else they are a group that no text lists
        return _newborn(case, levels, new_year)
    if _year_is_over(case, paid):
        return ordinary
    terms = next((value["groups"][group] for value in levels.speaking("exemption", new_year) if group in value["groups"]), None)
    begins = at_once(Year(case, levels, paid, new_year), (terms or {}).get("resume"))
    free = Outcome((NOTHING, NOTHING), begins, ordinary.retroactive, "none")
    met = None if terms is None else _meets(case, terms, paid)
    if met is None:
        return hull([free, ordinary])
    return free if met else ordinary


def _meets(case: Json, terms: Json, paid: date) -> bool | None:
    """Whether a member of the group keeps the terms of its exemption; None if that cannot be told.

    Where a rule says that its terms are not settled, not even those it names bind everyone: 保山 has only one county's page,
    and for whoever misses that county's term the rest of the prefecture may still have another.
    """
    if terms.get("unsettled"):
        return None
    kept: list[bool | None] = []
    event = None if case.get("event_on") is None else date.fromisoformat(case["event_on"])
    if "within" in terms:
        kept.append(None if event is None else paid <= later(event, length_of(terms["within"])))
    if terms.get("same_year"):
        kept.append(None if event is None else paid.year == event.year)
    if "lapse_max" in terms:
        last = case.get("last_paid_month")
        months = None if last is None else months_between(month_of(last), (paid.year, paid.month))
        kept.append(None if months is None else len(months) <= int(terms["lapse_max"]))
    if False in kept:
        return False
    return None if None in kept else True


def _newborn(case: Json, levels: Levels, new_year: date) -> Outcome:
    """From birth if registered and paid in time; later as the place says, as long as it says so."""
    within = levels.field("newborn", new_year, "within")
    steps = [case[key] for key in ("registered_on", "paid_on") if case.get(key)]
    if within is None or not steps or case.get("born_on") is None:
        return SILENT
    born, registered = date.fromisoformat(case["born_on"]), date.fromisoformat(max(steps))
    if registered <= later(born, length_of(within)):
        return Outcome((NOTHING, NOTHING), (born, born), True, "none")
    resume = levels.field("newborn", new_year, "after_resume")
    until = levels.field("newborn", new_year, "after_until")
    if resume is None or (until is not None and registered > later(born, length_of(until))):
        return SILENT
    day = landing(resume, registered)
    return Outcome((NOTHING, NOTHING), (day, day), False, "none")


def _waiting(wait: Span) -> Json:
    """The span of a wait as JSON; its unit is that of what is known and not zero."""
    known: list[Length] = [length for length in wait if length is not None]
    unit = next((unit for n, unit in known if n), "month")
    low, high = (None if length is None else length[0] for length in wait)
    return {"low": low, "high": high, "unit": unit}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
