"""The one sentence that a worried reader reads first: restored when, or, for who had nothing before, from when."""

from __future__ import annotations

from datetime import date

from calculator import words
from calculator.assessment import Answer, range_words
from calculator.case import Case
from calculator.findings import Findings
from calculator.lapse import Lapse
from calculator.ranges import Range
from calculator.words import day_words


def headline(case: Case, lapse: Lapse, answers: dict[str, Answer], place: str, found: Findings) -> str:
    """Restored when, or why that cannot be said. Of `found`: what is left open, and a window that is still shut."""
    if lapse.length == 0 and lapse.unit == "month" and case.situation != "first_enrolment":
        return words.HEADLINE_STOPPED if case.stopped_unpaid else words.HEADLINE_NO_LAPSE
    resume = answers["benefits_resume_on"].range
    note = answers["benefits_resume_on"].note or ""
    by = found.range("registration.newborn_by").value
    if by is not None and case.open_ended:
        return (words.HEADLINE_NEWBORN if case.as_of <= by else words.HEADLINE_NEWBORN_LATE).format(day=day_words(by))
    if words.NO_COVER_OUTSIDE in note:
        return words.HEADLINE_NO_COVER.format(year=case.coverage_year)
    if case.year_over(resume.low or case.day):  # a newborn's begin at birth, even if paid for after the year
        waits = resume.low is not None and case.exempt_group != "newborn"
        pattern = words.HEADLINE_TOO_LATE if waits else words.HEADLINE_YEAR_OVER
        assert case.coverage_year is not None
        return pattern.format(year=case.coverage_year, next=case.coverage_year + 1)
    return _when(case, resume, place, found)


def _when(case: Case, resume: Range, place: str, found: Findings) -> str:
    """The day, or its bounds."""
    begins, has = words.BEGINS[case.new], words.HAS[case.new]
    if resume.low is None:
        if found.missing:
            return words.HEADLINE_DEPENDS.format(questions="、".join(found.missing), begins=begins)
        return words.HEADLINE_UNKNOWN.format(place=place, begins=begins)
    first: date = resume.low
    day = day_words(first)
    if found.opens is not None:
        opens = day_words(found.opens)
        return words.HEADLINE_SHUT.format(year=case.coverage_year, opens=opens, day=day, has=has)
    if case.open_ended:
        return words.HEADLINE_UNPAID.format(today=day_words(case.as_of), day=day, has=has)
    if resume.high is None:
        return words.HEADLINE_EARLIEST.format(day=day, has=has)
    if not resume.known:
        return words.HEADLINE_BETWEEN.format(range=range_words(resume), begins=begins)
    pattern = words.HEADLINE_DONE if case.as_of >= resume.value else words.HEADLINE
    return pattern.format(day=day, has=has)
