"""An Assessment as a story in time: stretches (covered, gap, wait …) and what happens on single days.

Reads the Assessment's JSON alone and knows no rule: picture, calendar and text tell the same story from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from calculator.show import words
from calculator.show.asked import new, payment_day, unbroken
from calculator.values import parse_ratio
from calculator.words import percent

Json = Mapping[str, Any]
ONE_DAY = timedelta(days=1)
MOST_VISITS, MOST_OTHERS = 12, 3
NAMED = ("order_deadline",)
"""Deadlines that the person named: told even when they are over."""
NEWBORN = "newborn"
AFTER_THE_STORY = ("review", "retirement", "years_reached")
"""Dates that have nothing to do with this lapse."""
KINDS = ("stop", "asked", "deadline", "window", "paid", "resume", "other", "visit")
"""Of what happens on one day, in the order in which it is told."""


class Event(NamedTuple):
    """Something on one day. kind: one of KINDS. sure: False for a bound, an assumption or another reading.

    key: which of its kind it is, whatever its day and whenever it is asked for.
    """

    day: date
    kind: str
    text: str
    sure: bool = True
    key: str = ""


class Stretch(NamedTuple):
    """From `first` (None = from before) until the next stretch.

    kind: covered, gap (lapsed: unpaid, and not known since when uncovered), wait, part (paid in part) or maybe.
    """

    first: date | None
    kind: str
    text: str


class Story(NamedTuple):
    """stretches: in order, the first from before. events: by day, then as in KINDS."""

    stretches: tuple[Stretch, ...]
    events: tuple[Event, ...]

    def days(self) -> list[date]:
        """Every day on which something happens or a stretch begins, in order."""
        return sorted({event.day for event in self.events} | {s.first for s in self.stretches if s.first is not None})

    def on(self, day: date) -> tuple[Event, ...]:
        return tuple(event for event in self.events if event.day == day)

    def begins(self, day: date | None) -> Stretch | None:
        return next((stretch for stretch in self.stretches if stretch.first == day), None)

    def sentences(self) -> Iterator[str]:
        """The whole story, for whoever cannot see the picture."""
        yield words.UNTIL_THEN + self.stretches[0].text
        for day in self.days():
            events = "；".join(event.text.removesuffix("。") for event in self.on(day))
            if events:
                yield f"{words.day_words(day)}：{events}。"
            stretch = self.begins(day)
            if stretch is not None:
                yield words.SINCE.format(day=words.day_words(day)) + stretch.text


def story_of(assessment: Json) -> Story:
    """assessment: the Assessment as JSON."""
    events = sorted(_events(assessment), key=lambda event: (event.day, KINDS.index(event.kind)))
    stretches = _told_once(sorted(_stretches(assessment), key=lambda s: s.first or date.min))
    return Story(tuple(_with_days(stretches)), tuple(events))


def day_of(text: str | None) -> date | None:
    """An ISO day, or None for none."""
    return None if text is None else date.fromisoformat(text)


def bounds(answer: Json) -> tuple[date | None, date | None]:
    """The days between which an answer lies; where it has a value, that day twice."""
    value = answer["value"]
    return (day_of(value), day_of(value)) if value is not None else (day_of(answer["low"]), day_of(answer["high"]))


def _year(assessment: Json) -> int | None:
    """The insured year, for those who are insured by the year."""
    year: int | None = assessment["case"].get("coverage_year")
    return year


def _events(assessment: Json) -> Iterator[Event]:
    case = assessment["case"]
    paid, given = payment_day(case)
    asked = date.fromisoformat(case["as_of"])
    if not unbroken(assessment):
        yield from _bounded(assessment["benefits_stop_on"], "stop", words.STOPS, words.STOPS_EARLIEST, words.STOPS_LATEST)
        label = words.PAYS if case.get("paid_on") == str(paid) else words.REGISTERS if given else words.PAYS_IF
        yield Event(paid, "paid", label, given)
        yield from _resumes(assessment)
    if asked != paid:
        yield Event(asked, "asked", words.ASKED)
    yield from _deadlines(assessment)
    yield from _visits(assessment)


def _resumes(assessment: Json) -> Iterator[Event]:
    resume, year = assessment["benefits_resume_on"], _year(assessment)
    low, _ = bounds(resume)
    if low is not None and year is not None and low.year > year:
        yield Event(low, "resume", words.RESUMES_IN_VAIN.format(year=year), sure=False)
        return
    yield from _bounded(resume, "resume", *words.RESUMES[new(assessment["case"])])
    yield from _others(resume)


def _bounded(answer: Json, kind: str, sure: str, earliest: str, latest: str) -> Iterator[Event]:
    low, high = bounds(answer)
    if low is not None and low == high:
        yield Event(low, kind, sure)
        return
    if low is not None:
        yield Event(low, kind, earliest, sure=False)
    if high is not None:
        yield Event(high, kind, latest, sure=False, key="latest")


def _others(resume: Json) -> Iterator[Event]:
    """What other readings say of the day of restoration; those that disagree most come first."""
    told = {day for day in bounds(resume) if day is not None}
    for other in resume["alternatives"]:
        day = day_of(other["value"])
        if day is None or day in told or len(told) >= MOST_OTHERS + 2:
            continue
        told.add(day)
        yield Event(day, "other", words.OTHER_SAYS.format(standing=words.STANDING[other["standing"]]), sure=False)


def _deadlines(assessment: Json) -> Iterator[Event]:
    """The last days of better terms, the windows to come, the days of offices: what lies ahead and touches the lapse."""
    dues, ends = assessment.get("deadlines", ()), assessment.get("advice", {}).get("last_days", ())
    from_birth = {due["date"] for due in dues if due["key"] == NEWBORN}
    for last in ends:
        key = NEWBORN if last["date"] in from_birth else words.ending(last["text"])
        yield Event(date.fromisoformat(last["date"]), "deadline", last["text"], key=key)
    for due in dues:
        if due["key"] in AFTER_THE_STORY or (due["days_left"] < 0 and due["key"] not in NAMED):
            continue
        if due["key"] == NEWBORN and due["date"] in {last["date"] for last in ends}:  # told above, with what comes after
            continue
        kind = "window" if due["key"] == "window_opens" else "deadline"
        text = due["text"].partition("：")[0]
        year = text[:4] if text[:4].isdigit() else ""  # a window is that of an insured year
        yield Event(date.fromisoformat(due["date"]), kind, text, due["exact"], due["key"] + year)


def _visits(assessment: Json) -> Iterator[Event]:
    """The first visits; of the rest only how many."""
    visits = sorted(
        zip(assessment["treatments"], assessment["case"].get("treatments", ()), strict=True), key=lambda v: v[0]["date"]
    )
    for answer, visit in visits[:MOST_VISITS]:
        covered = words.VISIT_COVERED[answer["covered"]["value"]]
        text = words.VISIT.format(kind=words.VISIT_KINDS[visit["kind"]], covered=covered)
        yield Event(date.fromisoformat(visit["date"]), "visit", text, answer["covered"]["value"] is not None)
    if len(visits) > MOST_VISITS:
        more = words.MORE_VISITS.format(count=len(visits) - MOST_VISITS)
        yield Event(date.fromisoformat(visits[MOST_VISITS][1]["date"]), "visit", more)


def _stretches(assessment: Json) -> Iterator[Stretch]:
    """From before until the end. A stretch with an earlier beginning than the payment may follow it: benefits reach back."""
    if unbroken(assessment):
        yield Stretch(None, "covered", words.NO_LAPSE)
        return
    paid, given = payment_day(assessment["case"])
    low, high = bounds(assessment["benefits_resume_on"])
    yield from (s for s in _before(assessment) if s.first is None or high is None or s.first < high)
    year = _year(assessment)
    start = paid if year is None else max(paid, date(year, 1, 1))
    end = None if year is None else date(year + 1, 1, 1)
    if end is not None and start >= end:
        start, low, high = paid, None, None
        end = None
    if low is None or start < low:
        yield from _waiting(assessment, start, low, end)
    if low is not None and (end is None or low < end):
        if high != low:
            yield Stretch(low, "maybe", words.MAYBE_RESTORED if given else words.RESTORED_IF_PAID)
        if high is not None and (end is None or high < end):
            yield Stretch(high, "covered", words.RESTORED[new(assessment["case"])])
    if end is not None and year is not None:
        yield Stretch(end, "maybe", words.NEXT_YEAR.format(year=year + 1))


def _before(assessment: Json) -> Iterator[Stretch]:
    """Until payment: covered, then not."""
    case, lapse, stop = assessment["case"], assessment["lapse"], assessment["benefits_stop_on"]
    low, high = bounds(stop)
    gap = Stretch(high, "gap", words.GAP[assessment["retroactive"]["value"]])
    if low is not None:
        yield Stretch(None, "covered", _last_covered(case))
        if high != low:
            yield Stretch(low, "maybe", words.MAYBE_STOPPED)
        if high is not None:
            yield gap
    elif lapse["from"] is not None:
        yield Stretch(None, "covered", _last_covered(case))
        begun = lapse["from"] + ("-01-01" if lapse["unit"] == "year" else "-01")
        yield Stretch(date.fromisoformat(begun), "lapsed", words.STOP_UNKNOWN)
    elif new(case):
        yield Stretch(None, "gap", words.NOT_YET)
    elif lapse["length"] == 0:
        yield Stretch(None, "covered", _last_covered(case))
    else:
        yield Stretch(None, "maybe", words.BEFORE_UNKNOWN)


def _last_covered(case: Json) -> str:
    month, year = case.get("last_paid_month"), case.get("last_covered_year")
    if year is not None:
        return words.COVERED + words.LAST_YEAR.format(year=year)
    return words.COVERED + (words.LAST_MONTH.format(month=words.month_words(month)) if month else "")


def _waiting(assessment: Json, start: date, resume: date | None, end: date | None) -> Iterator[Stretch]:
    """Paid and not restored: one stretch, or one for each change of what the fund pays."""
    effect = assessment["payment_effect"]["value"]
    length = _wait_words(assessment)
    resume_answer = assessment["benefits_resume_on"]
    if resume is None:
        unsettled = words.UNSETTLED if resume_answer["alternatives"] else None
        yield Stretch(start, "maybe", unsettled or resume_answer["note"] or resume_answer["text"])
        return
    if effect is None or effect["kind"] not in ("ratio", "cap"):
        kind = None if effect is None else effect["kind"]
        how = words.IN_WAIT[kind] if length not in words.NOT_RESTORED.values() else ""
        yield Stretch(start, "wait", length + how)
        return
    last = resume if end is None else min(resume, end)
    parts = [part for part in effect["schedule"] if date.fromisoformat(part["from"]) < last]
    for index, part in enumerate(parts):
        kind, how = _part(part)
        first = min(start, date.fromisoformat(part["from"])) if index == 0 else date.fromisoformat(part["from"])
        yield Stretch(first, kind, (length if index == 0 else "") + how)


def _part(part: Json) -> tuple[str, str]:
    """What the fund pays in one stretch of the wait: the kind of the stretch, and the words."""
    if "cap" in part:
        return "part", words.PART_CAP.format(amount=part["cap"])
    share = parse_ratio(part["ratio"])
    return ("part", words.PART_RATIO.format(share=percent(share))) if share else ("wait", words.PART_NOTHING)


def _wait_words(assessment: Json) -> str:
    wait = assessment["waiting"]
    if wait["value"] == 0:
        paid, given = payment_day(assessment["case"])
        return words.NOT_RESTORED[given and paid <= date.fromisoformat(assessment["case"]["as_of"])]
    if wait["low"] is None and wait["high"] is None:
        return words.WAIT_UNKNOWN
    return words.WAITS.format(length=wait["text"])


def _told_once(stretches: list[Stretch]) -> list[Stretch]:
    """Of two that begin together the later one holds: the earlier has no length."""
    kept: list[Stretch] = []
    for stretch in stretches:
        if kept and kept[-1].first == stretch.first:
            kept.pop()
        kept.append(stretch)
    return kept


def _with_days(stretches: list[Stretch]) -> Iterator[Stretch]:
    """Each stretch between two certain days says how many days it has."""
    for stretch, after in zip(stretches, [*stretches[1:], None], strict=True):
        open_ended = after is None or after.first is None or after.kind == "maybe"
        if stretch.first is None or open_ended or stretch.kind in ("covered", "maybe", "lapsed"):
            yield stretch
            continue
        assert after is not None and after.first is not None
        days = words.DAYS.format(days=(after.first - stretch.first).days)
        yield Stretch(stretch.first, stretch.kind, stretch.text + days)
