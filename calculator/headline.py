"""The one sentence that a worried reader reads first: restored when."""

from __future__ import annotations

from datetime import date

from calculator import words
from calculator.assessment import Answer, range_words
from calculator.case import Case
from calculator.lapse import Lapse


def headline(case: Case, lapse: Lapse, answers: dict[str, Answer], place: str, missing: tuple[str, ...]) -> str:
    """Restored when, or why that cannot be said. missing: questions left open on which a rule that speaks depends."""
    if lapse.length == 0 and lapse.unit == "month" and case.situation != "first_enrolment":
        return words.HEADLINE_STOPPED if case.stopped_unpaid else words.HEADLINE_NO_LAPSE
    resume = answers["benefits_resume_on"].range
    note = answers["benefits_resume_on"].note or ""
    if words.NO_COVER_OUTSIDE in note:
        return words.HEADLINE_NO_COVER.format(year=case.coverage_year)
    if case.coverage_year is not None and resume.low is None and _in_vain(case, None):
        return words.HEADLINE_YEAR_OVER.format(year=case.coverage_year)
    if case.coverage_year is not None and _in_vain(case, resume.low):
        return words.HEADLINE_TOO_LATE.format(year=case.coverage_year)
    if resume.low is None and resume.high is None and missing:
        return words.HEADLINE_DEPENDS.format(questions="、".join(missing))
    if resume.low is None and resume.high is None:
        return words.HEADLINE_UNKNOWN.format(place=place)
    if case.open_ended:
        return words.HEADLINE_UNPAID.format(today=words.day_words(case.as_of), day=words.day_words(resume.low))
    if resume.high is None:
        return words.HEADLINE_EARLIEST.format(day=words.day_words(resume.low))
    if not resume.known:
        return words.HEADLINE_BETWEEN.format(range=range_words(resume))
    if case.as_of >= resume.value:
        return words.HEADLINE_DONE.format(day=words.day_words(resume.value))
    return words.HEADLINE.format(day=words.day_words(resume.value))


def _in_vain(case: Case, resume: date | None) -> bool:
    """The insured year is over before benefits begin; a newborn's begin at birth, even if paid for after the year."""
    return (resume or case.day).year > (case.coverage_year or 0)
