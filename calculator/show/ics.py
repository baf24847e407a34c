"""The days to keep in mind as a calendar file (RFC 5545): restoration, deadlines, the next window.

No clock: DTSTAMP is the day of the question. An event keeps its UID as long as the question is the same, on whatever day
it is asked, so that a calendar that is given the file again, after a rule has changed, moves the entry instead of adding one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from calculator.show import words
from calculator.show.asked import payment_day
from calculator.show.story import ONE_DAY, Event, Json, story_of

PRODUCT = "-//yibao-lapse-guide//calculator//ZH"
FOLD_AT = 75
KEPT = ("resume", "deadline", "window")
THAT_DAY, BEFORE = (0, "PT9H"), (3, "-P2DT15H")
ALARMS = {"resume": (THAT_DAY,), "window": (THAT_DAY,), "deadline": (BEFORE, THAT_DAY)}
"""When the calendar reminds, by days before: at nine three days before a deadline, else, where that is past, at nine that day."""
IDENTIFYING = ("scheme", "place", "situation", "last_paid_month", "coverage_year", "last_covered_year", "paid_on", "born_on")


def calendar(assessment: Json) -> str | None:
    """The calendar file for an Assessment (as JSON), lines ended by CRLF; None where there is no day to put in it."""
    events = [event for event in story_of(assessment).events if event.kind in KEPT]
    if not events:
        return None
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_escaped(words.CALENDAR_NAME)}")
    for event in events:
        lines += _event(event, events, assessment)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(event: Event, events: list[Event], assessment: Json) -> Iterator[str]:
    summary = _escaped(_summary(event, assessment))
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(event, events, assessment)}"
    yield f"DTSTAMP:{assessment['case']['as_of'].replace('-', '')}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + ONE_DAY:%Y%m%d}"
    yield f"SUMMARY:{summary}"
    yield f"DESCRIPTION:{_escaped(_description(event, assessment))}"
    yield "TRANSP:TRANSPARENT"
    asked = date.fromisoformat(assessment["case"]["as_of"])
    for trigger in [trigger for days, trigger in ALARMS[event.kind] if event.day - days * ONE_DAY >= asked][:1]:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{trigger}", f"DESCRIPTION:{summary}", "END:VALARM")
    yield "END:VEVENT"


def _summary(event: Event, assessment: Json) -> str:
    day, given = payment_day(assessment["case"])
    if event.kind == "resume" and not given:
        return words.IF_PAID.format(day=words.day_words(day), text=event.text)
    return words.LAST_CALL if _is_last_call(event) else words.IN_CALENDAR.format(text=event.text)


def _is_last_call(event: Event) -> bool:
    """A last day of better terms: a whole sentence, which counts the days from the day of the question."""
    return event.kind == "deadline" and event.text.endswith("。")


def _description(event: Event, assessment: Json) -> str:
    """What is meant, as of when, whom to ask. A text may count days from the day of the question, so that day is said."""
    asked = words.iso_words(assessment["case"]["as_of"])
    what = event.text if _is_last_call(event) else assessment["headline"]
    version = words.VERSION.format(version=assessment["rulebook"]["version"])
    told = words.WORKED_OUT.format(day=asked, text=what)
    return "\n".join((told, *assessment["verify_with"][:2], words.NOT_OFFICIAL, version))


def _uid(event: Event, events: list[Event], assessment: Json) -> str:
    """What is asked, and which of its events this is: not its day, which a new rule may move, nor its place in the list."""
    case = assessment["case"]
    asked = "-".join(re.sub(r"[^A-Za-z0-9]", "", str(case[key])) for key in IDENTIFYING if key in case)
    alike = [other for other in events if (other.kind, other.key) == (event.kind, event.key)]
    parts = (event.kind, event.key, f"{event.day:%Y%m%d}" if len(alike) > 1 else "", asked)
    return "-".join(part for part in parts if part) + "@yibao-lapse-guide.invalid"


def _escaped(text: str) -> str:
    """Text as a property value has it (RFC 5545, 3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A content line in lines of at most 75 octets, never inside a character; a continuation begins with a space."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > FOLD_AT:
            yield part
            part, size = " ", 1
        part += letter
        size += octets
    yield part
