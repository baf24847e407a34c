"""The oracle for a lapse counted in insured years."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from scripts.proof.oracle_days import (
    NOTHING,
    UNKNOWN,
    Length,
    Span,
    at_least,
    landing,
    last_day,
    later,
    length_of,
    minus,
    plus,
)
from scripts.proof.oracle_outcome import SILENT, Outcome, hull
from scripts.proof.oracle_rules import Levels

Json = dict[str, Any]


class Year(NamedTuple):
    """A payment for an insured year. `begins`: its 1 January."""

    case: Json
    levels: Levels
    paid: date
    begins: date

    def says(self, topic: str, key: str) -> Any:
        """A field as the nearest level states it for this insured year."""
        return self.levels.field(topic, self.begins, key)


def never_insured(case: Json) -> bool:
    """Null for the last insured year says that there was none, unless something else says that the person was insured."""
    if "last_covered_year" not in case or case["last_covered_year"] is not None:
        return False
    if case.get("situation") == "scheme_switch" or case.get("exempt_group") == "left_employee":
        return False
    before = ("last_paid_month", "previous_scheme", "benefits_stopped_on", "continuous_months")
    return not any(case.get(key) for key in before)


def insured_year(case: Json, levels: Levels, paid: date, missed: int | None) -> Outcome:
    """The ordinary answer. `missed`: the insured years missed, None if not known."""
    year = Year(case, levels, paid, date(case["coverage_year"], 1, 1))
    inside = _inside(year)
    return hull([_either(year, missed, one) for one in ([True, False] if inside is None else [inside])])


def _inside(year: Year) -> bool | None:
    """Whether the payment lies in the enrolment window; None if that cannot be told."""
    for window in year.levels.speaking("window", year.begins):
        if window.get("end") is not None:
            return year.paid <= _window_end(window, year.begins.year)
    closed = year.says("window", "closed_after")
    if closed is not None and year.paid > _day(closed, year.begins.year):
        return False
    given = year.case.get("in_window")
    return None if given is None else bool(given)


def _window_end(window: Json, year: int) -> date:
    """The last day of a window or of its extension."""
    if window.get("extension_end") is not None:
        return _day(window["extension_end"], year)
    return _day(window["end"], year - 1)


def _day(text: str, year: int) -> date:
    """An ISO day, or a day (`02-28`) or month's end (`02-end`) of a year."""
    if len(text) == 10:
        return date.fromisoformat(text)
    if text.endswith("-end"):
        return last_day((year, int(text[:2])))
    return date(year, int(text[:2]), int(text[3:]))


def _either(year: Year, missed: int | None, inside: bool) -> Outcome:
    """The answer for a payment inside or outside the window."""
    never = never_insured(year.case)
    if year.paid.year > year.begins.year:  # the year is over: no text speaks of paying for it now
        return SILENT
    if _shut(year, inside):  # no cover at all in that year, so no bill of it is ever paid
        return Outcome(UNKNOWN, UNKNOWN, False, None)
    wait = _wait(year, missed, never, inside)
    start = year.says("waiting", "start.in_window" if inside else "start.late")
    if start is None:
        resume = UNKNOWN
    else:
        low, high = (None if length is None else _after(year, length, start, inside=inside) for length in wait)
        resume = (None if low is None else low[0], None if high is None else high[1])
    nothing = wait[0] is not None and wait[1] is not None and wait[0][0] == wait[1][0] == 0
    retroactive = year.says("effect", "retroactive")
    if nothing and missed == 0 and not never and year.paid < year.begins:
        retroactive = None
    if not missed and year.paid >= year.begins and resume[0] == year.begins:
        retroactive = True if resume[1] == year.begins else None  # cover reaches back to 1 January, or may: so do the bills
    effect = year.says("effect", "in_wait")  # where no text speaks of the year, nothing is known of what is paid in it
    if effect is not None and nothing:
        effect = "none"
    elif wait[0] is None or wait[0][0] == 0:
        effect = None
    return Outcome(wait, resume, retroactive, effect)


def _shut(year: Year, inside: bool) -> bool:
    """Whether a payment outside the window comes too late for any cover in the year."""
    if inside:
        return False
    last = year.says("window", "no_cover_after")
    return bool(year.says("window", "no_cover_outside")) or bool(last and year.paid > _day(last, year.begins.year))


def _wait(year: Year, missed: int | None, never: bool, inside: bool) -> Span:
    """The span of the waiting period.

    Who enrols for the first time and leaves the last insured year out has not said "never": the contract has null for
    that, and takes a key left out as not known.
    """
    fixed_said = year.says("waiting", "fixed")
    if fixed_said is None:  # no text speaks of the year
        return (NOTHING, NOTHING) if inside and missed == 0 and not never else UNKNOWN
    fixed: Span = (length_of(fixed_said), length_of(fixed_said))
    if never:
        return _first_enrolment(year) if inside else fixed
    if missed is None:
        return (NOTHING, None) if inside else (fixed[0], None)
    counted = _counted(year, missed)
    if counted == 0:
        return (NOTHING, NOTHING) if inside else fixed
    wait = plus(fixed, _variable(year, counted))
    floor = year.says("waiting", "floor")
    if floor is not None and counted >= floor["lapsed_years"]:
        total = length_of(floor["total"])
        wait = at_least(wait, (total, total))
    return wait


def _first_enrolment(year: Year) -> Span:
    """The wait of someone never insured who enrols in the window."""
    said = year.says("waiting", "in_window_first_enrolment")
    if said is None:
        return UNKNOWN
    if "at_most" in said:
        return (NOTHING, length_of(said["at_most"]))
    return (length_of(said), length_of(said))


def _counted(year: Year, missed: int) -> int:
    """The missed years that count: a place may count from some year on."""
    since = year.says("waiting", "count_from_year") or 0
    counted = 0
    for back in range(1, missed + 1):
        if year.begins.year - back >= since:
            counted += 1
    return counted


def _variable(year: Year, counted: int) -> Span:
    """What the years missed add, less what the years repaid take off; nothing where no text adds any."""
    variable = year.says("waiting", "variable")
    if variable is None:
        return (NOTHING, NOTHING)
    grown = _times(length_of(variable["per_year"]), max(0, counted - variable.get("beyond_year", 0)))
    repair = year.says("waiting", "repair")
    if repair is None:
        return grown
    return minus(grown, _times(length_of(repair["per_year"]), year.case.get("years_repaid") or 0))


def _times(length: Length, times: int) -> Span:
    """A length so many times over."""
    n = 0
    for _ in range(times):
        n += length[0]
    return ((n, length[1]), (n, length[1]))


def at_once(year: Year, resume: str | None) -> Span:
    """The earliest and the latest day on which benefits may begin where a group waits for nothing. `resume`: a landing."""
    if year.paid < year.begins:
        return year.begins, year.begins
    if resume is None:
        return year.paid, year.paid + timedelta(days=1)
    return landing(resume, year.paid), landing(resume, year.paid)


def _after(year: Year, wait: Length, start: str, *, inside: bool) -> Span:
    """The earliest and the latest day on which benefits may begin after a wait. `start`: where the text has it begin."""
    if year.paid < year.begins:
        return later(year.begins, wait), later(year.begins, wait)
    if not inside:
        day = later(max(landing(start, year.paid), year.begins), wait)
        return (day, day) if start in ("payment_month", "next_month") else _ended(year, day)
    said = year.says("window", "within_year_resume")
    if said == "year_start":
        return later(year.begins, wait), later(year.begins, wait)
    if wait[0] == 0:
        if said is None:
            return year.begins, landing("next_month", year.paid)
        return landing(said, year.paid), landing(said, year.paid)
    return later(year.begins, wait), _ended(year, later(year.paid, wait))[1]


def _ended(year: Year, day: date) -> Span:
    """The earliest and the latest day of benefits when a wait that ends on a day is over."""
    end = year.says("waiting", "end")
    next_day = day + timedelta(days=1)
    return (next_day if end == "next_day" else day), (day if end == "same_day" else next_day)
