"""What the calculator's headline says of a payment day, taken apart: sentences with holes, and the dates for the holes.

The sentences are the calculator's own, whatever it says; only the dates in them that move are cut out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from calculator import words
from calculator.assessment import Answer
from calculator.case import Case
from calculator.evaluate import terms_of
from calculator.findings import Findings
from calculator.headline import headline
from calculator.lapse import Lapse
from calculator.ranges import Range
from calculator.rulebook import Rulebook
from scripts.instant.recipes import ONE_DAY

PLACE, LOW, HIGH, TODAY = "{place}", "{low}", "{high}", "{today}"
KEY = "benefits_resume_on"


class Sentences(NamedTuple):
    """What is said where nothing is paid yet, where the day of restoration is still to come, and where it has come."""

    unpaid: str
    coming: str
    done: str


class Said(NamedTuple):
    """Restored on a day from `low` to `high`; equal: on that very day; None: not bounded. sentences: None = no recipe says it."""

    sentences: Sentences | None
    low: date | None
    high: date | None


SILENT = Said(None, None, None)
Ask = Callable[[date], Said]
"""What is said of a payment on that day."""


class Told(NamedTuple):
    """What the calculator found of a Case that is paid, ready to be told on any day."""

    case: Case
    lapse: Lapse
    found: Findings

    def sentence(self, case: Case, bounds: Range) -> str:
        answer = Answer(bounds, "date", "none", (), (), self.found.answers[KEY].note, "")
        return headline(case, self.lapse, {KEY: answer}, PLACE, self.found)


def said(case: Case, rulebook: Rulebook) -> Said:
    """What the headline says of a Case that is paid, and of the same Case before it is paid, asked on that day."""
    assert case.paid_on is not None
    told = Told(case, *terms_of(case, rulebook))
    low, high = told.found.answers[KEY].range
    unpaid = case._replace(paid_on=None, as_of=case.paid_on)
    if low is None:
        if high is not None:
            return SILENT
        one = told.sentence(case, Range(None, None))
        return Said(Sentences(told.sentence(unpaid, Range(None, None)), one, one), None, None)
    apart = low if low != unpaid.as_of else _another_day_of_the_year(low)
    return Said(
        Sentences(
            _cut(told.sentence(unpaid, Range(apart, None)), {LOW: apart, TODAY: unpaid.as_of}),
            _cut(told.sentence(case._replace(as_of=low - ONE_DAY), Range(low, high)), {LOW: low, HIGH: high}),
            _cut(told.sentence(case._replace(as_of=high or low), Range(low, high)), {LOW: low, HIGH: high}),
        ),
        low,
        high,
    )


def day_pattern() -> str:
    """How the calculator writes a day, with holes for its numbers."""
    text = words.day_words(date(2001, 4, 3))
    return text.replace("2001", "{year}").replace("4", "{month}").replace("3", "{day}")


def _another_day_of_the_year(day: date) -> date:
    """So that two dates in a sentence can be told apart. The year alone decides what is said of it."""
    return day.replace(month=1, day=1) if (day.month, day.day) != (1, 1) else day.replace(day=2)


def _cut(sentence: str, dates: dict[str, date | None]) -> str:
    for hole, day in dates.items():
        sentence = sentence if day is None else sentence.replace(words.day_words(day), hole)
    return sentence
