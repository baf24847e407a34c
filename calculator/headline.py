"""The one sentence that a worried reader reads first: restored when."""

from __future__ import annotations

from calculator import words
from calculator.assessment import Answer, range_words
from calculator.case import Case
from calculator.lapse import Lapse


def headline(case: Case, lapse: Lapse, answers: dict[str, Answer], place: str) -> str:
    """Restored when, or why that cannot be said."""
    if lapse.length == 0 and lapse.unit == "month" and case.situation != "first_enrolment":
        return words.HEADLINE_NO_LAPSE
    resume = answers["benefits_resume_on"].range
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
