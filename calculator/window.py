"""Was the payment in the place's enrolment window (集中参保期) for that insured year?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from calculator import words
from calculator.case import Case
from calculator.findings import Findings
from calculator.model import Plain
from calculator.rulebook import Rule, Rulebook, Spoken, Variant
from calculator.values import days_of, first_of


class Window(NamedTuple):
    """inside: None = not known. landing: when benefits begin for a payment inside the insured year, None = unwritten.

    spoken: the rule that settled it, None = the Case did. note: what the reader must know of it. shut: whoever pays
    outside has no cover in that year.
    """

    inside: bool | None
    landing: str | None = None
    spoken: Spoken | None = None
    note: str | None = None
    shut: bool = False


def window_of(case: Case, rulebook: Rulebook, variant: Variant | None, found: Findings) -> Window:
    """The rulebook's window where it knows one, else what the Case says, else nothing: both ways are then tried."""
    assert case.coverage_year is not None
    year_start = first_of(case.coverage_year)
    for spoken in rulebook.speaking("window", case.place, case.scheme, None, year_start, variant):
        says = _says(spoken)
        if "closed_after" in says and case.day > _day(says["closed_after"], case.coverage_year):
            return Window(False, None, spoken, _contradiction(case, False))
        if says.get("end") is None:
            continue
        first, last = _bounds(says, case.coverage_year)
        if not found.silent:
            found.explain(words.window_sentence(first, last), spoken)
        if first is not None and case.day < first:
            found.opens = first  # nothing can be paid yet; who pays when it opens is inside
            return Window(True, None, spoken, words.WINDOW_NOT_OPEN.format(day=words.day_words(first)))
        inside = case.day <= last
        over = says.get("no_cover_after")
        shut = not inside and (
            bool(says.get("no_cover_outside"))
            or (over is not None and case.day > _day(over, case.coverage_year))
        )
        return Window(inside, says.get("within_year_resume"), spoken, _contradiction(case, inside), shut)
    return Window(case.in_window)


def dates_of(place: str, coverage_year: int, rulebook: Rulebook) -> tuple[date | None, date] | None:
    """First day (None = not known) and last day of the window for an insured year; None where no rule tells."""
    window = window_rule(place, coverage_year, rulebook)
    return None if window is None else window[:2]


def window_rule(place: str, coverage_year: int, rulebook: Rulebook) -> tuple[date | None, date, Rule] | None:
    """`dates_of`, and the rule that tells."""
    for spoken in rulebook.speaking("window", place, "resident", None, first_of(coverage_year)):
        says = _says(spoken)
        if says.get("end") is not None:
            return *_bounds(says, coverage_year), spoken.rule
    return None


def _contradiction(case: Case, inside: bool) -> str | None:
    return words.WINDOW_CONTRADICTS if case.in_window not in (None, inside) else None


def _says(spoken: Spoken) -> Mapping[str, Any]:
    assert isinstance(spoken.value, Plain)
    return spoken.value.says


def _bounds(says: Mapping[str, Any], coverage_year: int) -> tuple[date | None, date]:
    """First day (None = not known) and last day, the extension included."""
    start = says.get("start")
    first = None if start is None else _day(start, coverage_year - 1)
    extension = says.get("extension_end")
    last = _day(extension, coverage_year) if extension else _day(says["end"], coverage_year - 1)
    return first, last


def _day(text: str, year: int) -> date:
    """`2025-10-15`, or `12-31` / `02-end` of `year`."""
    if len(text) == 10:
        return date.fromisoformat(text)
    month, day = text.split("-")
    last = days_of(year, int(month))
    return date(year, int(month), last if day == "end" else min(int(day), last))
