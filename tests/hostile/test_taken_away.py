"""What a reader takes away (drawing, calendar, text, JSON) of an answer whose rules hold hostile texts: text, no more."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest

from calculator import Rulebook, answer
from calculator.show import calendar, summary, timeline

CASES = [
    {"scheme": "resident", "place": "350000", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2022,
     "paid_on": "2026-03-12"},
    {"scheme": "employee", "place": "350200", "as_of": "2026-03-20", "last_paid_month": "2025-08", "paid_on": "2026-03-10"},
    {"scheme": "flexible", "place": "CN", "as_of": "2026-03-20", "last_paid_month": "2025-08"},
]  # fmt: skip
SCHEMES = ("resident", "employee", "flexible")
DRAWN = {"svg", "title", "desc", "g", "rect", "path", "line", "circle", "text", "tspan", "polygon", "style", "defs", "pattern"}
LINES = {
    "", "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "X-WR-TIMEZONE", "UID", "DTSTAMP", "DTSTART",
    "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP", "TRIGGER", "ACTION", "CATEGORIES", "URL",
    "SEQUENCE", "STATUS", "CLASS", "DURATION",
}  # fmt: skip


@pytest.fixture(scope="module")
def told(rulebook):
    """The answers, as the JSON that readers get."""
    hostile = Rulebook.load(rulebook)
    return {case["scheme"]: answer(json.dumps(case), hostile) for case in CASES}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_drawing_is_whole_and_has_only_shapes_and_words(scheme, told):
    for one in ET.fromstring(timeline(json.loads(told[scheme]))).iter():
        assert one.tag.split("}")[-1] in DRAWN, one.tag
        assert not any(name.startswith("on") or "hack" in value for name, value in one.attrib.items()), one.attrib


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_calendar_has_only_its_own_lines(scheme, told):
    made = calendar(json.loads(told[scheme])) or "BEGIN:VCALENDAR\r\n"
    lines = re.sub("\r\n[ \t]", "", made).split("\r\n")
    assert lines[-1] == "" and not any(sign in line for line in lines for sign in "\r\n")
    assert {re.match(r"[A-Z-]*", line)[0] for line in lines} <= LINES


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_text_and_the_json_say_it_and_are_whole(scheme, told):
    assert "hack()" in told[scheme] and json.loads(told[scheme])["case"]["scheme"] == scheme
    assert 1 < len(summary(json.loads(told[scheme])).splitlines()) <= 60
