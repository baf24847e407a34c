"""Was the payment in the place's enrolment window (集中参保期) for that insured year?"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from calculator import words
from calculator.case import Case
from calculator.findings import Findings
from calculator.model import Plain
from calculator.rulebook import Rulebook, Spoken, Variant
from calculator.values import first_of


@dataclass(frozen=True, slots=True)
class Window:
    """inside: None = not known. landing: when benefits begin for a payment inside the insured year, None = unwritten."""

    inside: bool | None
    landing: str | None
    spoken: Spoken | None
    inferred: bool = False


def window_of(case: Case, rulebook: Rulebook, variant: Variant | None, found: Findings) -> Window:
    """The rulebook's window where it knows one, else what the Case says, else what the calendar allows.

    Before the insured year begins only its own window is open for paying it; later, nothing follows from the calendar.
    """
    assert case.coverage_year is not None
    year_start = first_of(case.coverage_year)
    for spoken in rulebook.speaking("window", case.place, case.scheme, None, year_start, variant):
        says = _says(spoken)
        if says.get("end") is None:
            continue
        first, last = _bounds(says, case.coverage_year)
        found.explain(words.window_sentence(first, last), spoken)
        inside = case.day <= last and (first is None or first <= case.day)
        return Window(inside, says.get("within_year_resume"), spoken)
    if case.in_window is not None:
        return Window(case.in_window, None, None)
    before = case.day < year_start
    return Window(True if before else None, None, None, inferred=before)


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
    last = calendar.monthrange(year, int(month))[1]
    return date(year, int(month), last if day == "end" else min(int(day), last))
