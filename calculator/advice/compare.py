"""Answer every option and set them side by side: restored when, costs what, loses what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from calculator.advice import words
from calculator.advice.last_days import LastDay, last_days
from calculator.advice.options import Option, options
from calculator.assess import some_answers
from calculator.assessment import Answer
from calculator.case import Case
from calculator.resume import ONE_DAY, no_wait
from calculator.rulebook import NATION, Rulebook
from calculator.window import dates_of
from calculator.words import AFTER_YEAR_END, NO_COVER_OUTSIDE, PAID_AFTER_YEAR, day_words, payment_words

Json = dict[str, Any]
Answers = Mapping[str, Answer]
SHOWN = {
    "restored": "benefits_resume_on",
    "waiting": "waiting",
    "retroactive": "retroactive",
    "payment_effect": "payment_effect",
    "cost": "cost.total",
}
READ = ("benefits_stop_on", *SHOWN.values())
IMPOSSIBLE = (NO_COVER_OUTSIDE, PAID_AFTER_YEAR)


class Row(NamedTuple):
    """One option and what `assess` answers to its Case, by `READ`. loses: what it costs beside money, in sentences."""

    option: Option
    found: Answers
    loses: tuple[str, ...]

    def to_json(self) -> Json:
        """`restored` is the Assessment's `benefits_resume_on`, `cost` its `cost.total`."""
        shown = {name: self.found[key].to_json() for name, key in SHOWN.items()}
        about = {"id": self.option.id, "title": self.option.title, "case": self.option.case.to_json()}
        return {**about, **shown, "loses": list(self.loses), "notes": list(self.option.notes)}


class Advice(NamedTuple):
    """All rows by day. earliest, cheapest: ids of the rows that are so for certain. note: why rows are missing."""

    rows: tuple[Row, ...]
    earliest: tuple[str, ...]
    cheapest: tuple[str, ...]
    last_days: tuple[LastDay, ...]
    note: str | None

    def to_json(self) -> Json:
        return {
            "rows": [row.to_json() for row in self.rows],
            "earliest": list(self.earliest),
            "cheapest": list(self.cheapest),
            "last_days": [day.to_json() for day in self.last_days],
            "note": self.note,
        }


def advise(case: Case, rulebook: Rulebook) -> Advice:
    """Compare the ways still open on `as_of`. Each row equals what `assess` says of the row's own Case.

    An option by which nothing of the insured year can be had any more is not listed.
    """
    answered = [(option, some_answers(option.case, rulebook, READ)) for option in options(case, rulebook)]
    possible = [(option, found) for option, found in answered if not _impossible(option.case, found)]
    rows = tuple(Row(option, found, _loses(option, found, possible)) for option, found in possible)
    return Advice(
        rows,
        _least(rows, "benefits_resume_on", case.born_on),
        _least(rows, "cost.total", None),
        last_days(case, rulebook) if rows else (),
        _note(case, rows, rulebook),
    )


def _impossible(case: Case, found: Answers) -> bool:
    """Nothing of the insured year is had by it: the year is shut, or over (and the benefits do not reach back into it)."""
    resume = found["benefits_resume_on"]
    reached: date = resume.range.low or case.day
    return any(reason in (resume.note or "") for reason in IMPOSSIBLE) or (case.paid_after_year and case.year_over(reached))


def _note(case: Case, rows: Sequence[Row], rulebook: Rulebook) -> str | None:
    if case.settled:
        return words.ALREADY_PAID
    if case.coverage_year is None or case.place == NATION:
        return words.ONLY_THE_GAP if rows and case.coverage_year is None else None if rows else words.NOTHING_OPEN
    ahead = (dates_of(case.place, year, rulebook) for year in (case.coverage_year, case.coverage_year + 1))
    known = any(dates is not None and dates[1] >= case.as_of for dates in ahead)
    said = ([] if rows else [words.NOTHING_OPEN]) + ([] if known else [words.NO_WINDOW])
    return "".join(said) or None


def _loses(option: Option, found: Answers, others: Sequence[tuple[Option, Answers]]) -> tuple[str, ...]:
    in_vain = [AFTER_YEAR_END] if _in_vain(option.case, found) else []
    return (*in_vain, *_gap(option.case, found), *_in_wait(found), *_repair_in_vain(option.case, found, others))


def _in_vain(case: Case, found: Answers) -> bool:
    """Whether the insured year that is paid for is over before benefits can begin."""
    resume: date | None = found["benefits_resume_on"].range.low
    return resume is not None and case.year_over(resume)


def _gap(case: Case, found: Answers) -> list[str]:
    """The days still to come without benefits; where the gap is made good, only those of the wait."""
    stop: date | None = found["benefits_stop_on"].range.value
    if stop is None:
        return []
    first = max(stop, case.as_of)
    resume = found["benefits_resume_on"].range
    low, high = resume.low, resume.high
    if high is not None and high <= first:
        return []
    if found["retroactive"].range.value is True:
        if high is None or high <= case.day + ONE_DAY:
            return [words.GAP_LATER]
        then = words.NOT_YET_RESTORED if no_wait(found["waiting"].range) else words.ONLY_WAIT
        return [words.GAP_LATER, then.format(last=day_words(high - ONE_DAY))]
    start = day_words(first)
    if low is None:
        return [words.GAP_UNTIL.format(first=start)]
    least = max((low - first).days, 0)
    if high is None:
        return [words.GAP_LEAST.format(first=start, least=least)]
    most = (high - first).days
    if least == most:
        return [words.GAP_DAYS.format(first=start, last=day_words(high - ONE_DAY), days=most)]
    return [words.GAP_RANGE.format(first=start, least=least, most=most)]


def _in_wait(found: Answers) -> list[str]:
    effect = found["payment_effect"].range.value
    wait = found["waiting"].range.high
    waits = wait is None or wait.n > 0
    return [words.IN_WAIT.format(effect=payment_words(effect))] if effect and effect.kind != "none" and waits else []


def _repair_in_vain(case: Case, found: Answers, others: Sequence[tuple[Option, Answers]]) -> list[str]:
    """Whether repaying fewer years on the same day comes to the same wait."""
    wait = found["waiting"].range
    same = any(
        other.case.paid_on == case.paid_on
        and other.case.coverage_year == case.coverage_year
        and other.case.years_repaid < case.years_repaid
        and answered["waiting"].range == wait
        for other, answered in others
    )
    return [words.REPAIR_NO_USE] if same and wait.known else []


def _least(rows: Sequence[Row], key: str, bottom: date | None) -> tuple[str, ...]:
    """The rows whose value is known and not above what any other may come to; none where that is not certain.

    A payment that comes too late for its year is no winner of anything. bottom: no row can have less; None = not known.
    """
    useful = [row for row in rows if not _in_vain(row.option.case, row.found)]
    spans = [(row.option.id, row.found[key].span) for row in useful]
    known = [(name, span.high) for name, span in spans if span.known]
    if len(spans) < 2 or not known:
        return ()
    best = min(high for _, high in known)
    if best != bottom and any(not span.known and (span.low is None or span.low < best) for _, span in spans):
        return ()
    return tuple(name for name, high in known if high == best)
