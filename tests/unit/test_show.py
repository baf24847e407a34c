"""The picture, the calendar and the text to send: whatever the question, they tell what the Assessment tells."""

import re
import xml.etree.ElementTree as ET
from datetime import date

import icalendar
import pytest

from calculator import Case
from calculator.show import asked_for, calendar, summary, timeline
from calculator.show.story import story_of
from calculator.show.wrap import NOT_FIRST, lines, width
from calculator.text import whole
from tests import prepared

SVG = "{http://www.w3.org/2000/svg}"
VISIT = {"date": "2026-04-05", "kind": "inpatient", "amount": "1000.00", "normal_ratio": "0.85"}
LAPSED = {"scheme": "flexible", "place": "370200", "as_of": "2026-03-20", "last_paid_month": "2025-10",
          "paid_on": "2026-03-10", "back_paid": True}
RESIDENT = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2022,
            "years_repaid": 1, "paid_on": "2026-03-12", "in_window": False}
NOT_PAID = {"scheme": "resident", "place": "310000", "as_of": "2025-11-20", "coverage_year": 2026, "last_covered_year": 2025}
ARREARS = {"scheme": "employee", "place": "420100", "as_of": "2026-03-20", "last_paid_month": "2025-10",
           "situation": "employer_arrears", "order_deadline": "2026-04-10", "monthly_amount": "800.00"}


@pytest.fixture(scope="module")
def told(rulebook):
    return lambda case: whole(Case.parse(case, rulebook), rulebook)


@pytest.fixture(scope="module", params=[12, pytest.param(1, marks=pytest.mark.slow)])
def every(request, told):
    """The Assessments of the cases that stand beside the rules: of every twelfth, nightly of all."""
    return [told(case) for case in prepared.asked()[:: request.param]]


def kinds(assessment):
    return [(str(stretch.first), stretch.kind) for stretch in story_of(assessment).stretches[1:]]


def happenings(assessment, kind):
    return [(str(event.day), event.text) for event in story_of(assessment).events if event.kind == kind]


def texts(svg):
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


def test_a_lapse_is_told_as_gap_wait_restored(told):
    assessment = told(LAPSED)
    resume = assessment["benefits_resume_on"]["value"]
    assert kinds(assessment) == [("2025-11-01", "lapsed"), ("2026-03-10", "wait"), (resume, "covered")]


def test_years_missed_are_a_gap_from_the_day_benefits_stopped_to_the_payment(told):
    assert kinds(told(RESIDENT))[:2] == [("2023-01-01", "gap"), ("2026-03-12", "wait")]


def test_bounds_are_told_as_earliest_and_latest_and_what_lies_between_as_open(told):
    assessment = told(RESIDENT)
    low, high = assessment["benefits_resume_on"]["low"], assessment["benefits_resume_on"]["high"]
    assert low < high
    assert kinds(assessment)[2:4] == [(low, "maybe"), (high, "covered")]
    events = {str(event.day): event for event in story_of(assessment).events if event.kind == "resume"}
    assert "最早" in events[low].text and "最晚" in events[high].text and not events[low].sure


def test_the_insured_year_ends_the_story_of_a_resident(told):
    assert kinds(told(RESIDENT))[-1] == ("2027-01-01", "maybe")
    late = told({**RESIDENT, "last_covered_year": 2020, "paid_on": "2026-11-12", "as_of": "2026-11-12"})
    assert "covered" not in [kind for _, kind in kinds(late)]
    assert "年度已经过完" in timeline(late)


def test_who_never_stopped_being_insured_has_one_stretch(told):
    assessment = told({"scheme": "employee", "place": "420100", "as_of": "2026-03-20", "last_paid_month": "2026-02"})
    assert kinds(assessment) == []
    assert "没有断缴" in timeline(assessment)


def test_a_payment_not_made_is_told_as_an_assumption(told):
    story = story_of(told(NOT_PAID))
    (paid,) = [event for event in story.events if event.kind == "paid"]
    assert "假设" in paid.text and not paid.sure
    assert story.stretches[0].kind == "covered"


def test_half_benefits_are_told_as_a_part(told):
    assessment = told({**LAPSED, "scheme": "employee", "place": "350000", "back_paid": False, "treatments": [VISIT]})
    assert "part" in [kind for _, kind in kinds(assessment)]
    assert "50%" in timeline(assessment)
    (visit,) = [event for event in story_of(assessment).events if event.kind == "visit"]
    assert (str(visit.day), visit.text) == ("2026-04-05", "住院：能报")


def test_other_readings_of_the_day_stand_beside_it(every):
    beside = 0
    for assessment in every:
        others = {o["value"] for o in assessment["benefits_resume_on"]["alternatives"] if o["value"]}
        drawn = {str(event.day) for event in story_of(assessment).events if event.kind == "other"}
        assert drawn <= others
        beside += len(drawn)
    assert beside > len(every) / 60


def test_deadlines_and_windows_are_on_it(told):
    assert ("2026-04-10", "责令补缴的最后期限") in happenings(told(ARREARS), "deadline")
    assessment = told(NOT_PAID)
    last_days = [(last["date"], last["text"]) for last in assessment["advice"]["last_days"]]
    assert last_days and set(last_days) < set(happenings(assessment, "deadline"))
    (closes,) = [due for due in assessment["deadlines"] if due["key"] == "window_closes"]
    assert (closes["date"], "2026年度集中参保期最后一天") in happenings(assessment, "deadline")
    before = told({**NOT_PAID, "as_of": "2025-10-20"})
    assert happenings(before, "window") == [("2025-11-11", "2026年度集中参保开始")]
    assert "20251111" in calendar(before)


def test_of_many_visits_some_are_drawn_and_the_rest_are_counted(told):
    visits = [{**VISIT, "date": f"2026-04-{day:02d}"} for day in range(1, 21)]
    assessment = told({**LAPSED, "treatments": visits})
    assert "还有8次就医没有画出来" in timeline(assessment)
    assert "还有16次" in summary(assessment)


def test_every_picture_is_well_formed_named_and_told(every):
    for number, assessment in enumerate(every):
        svg = timeline(assessment, f"t{number}")
        root = ET.fromstring(svg)
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids)) and all(name.startswith(f"t{number}-") for name in ids)
        assert root.get("role") == "img"
        title, desc = (root.find(f"{SVG}{name}") for name in ("title", "desc"))
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        shown = "".join(texts(svg))
        assert all(day in desc.text for day in re.findall(r"\d{4}年\d+月\d+日", shown))
        resume = assessment["benefits_resume_on"]
        day = resume["value"] or resume["low"]
        if day and "没有断缴" not in assessment["headline"]:
            assert f"{date.fromisoformat(day):%Y年}{int(day[5:7])}月{int(day[8:])}日" in texts(svg)
        assert " style=" not in svg and "<style" not in svg and "<script" not in svg and "href" not in svg


def test_every_line_of_text_fits_beside_the_bar_on_the_narrowest_phone(every):
    for assessment in every:
        for text in ET.fromstring(timeline(assessment)).iter(f"{SVG}text"):
            assert int(text.get("x")) + 17 * width(text.text) <= 259, text.text


def test_the_same_question_gives_the_same_bytes(told):
    for make in (timeline, calendar, summary, asked_for):
        assert make(told(LAPSED)) == make(told(LAPSED))


def test_text_from_outside_is_text(told):
    assessment = told(NOT_PAID)
    assessment["advice"]["last_days"][0]["text"] = "<b>&"
    ET.fromstring(timeline(assessment))
    assert "&lt;b&gt;&amp;" in timeline(assessment)


def test_lines_break_between_sentences_and_never_before_a_comma():
    text = "等待期6个月。医保基金不付，看病先自己付。共184天。"
    found = list(lines(text, 12))
    assert found == ["等待期6个月。", "医保基金不付，看病先自己", "付。", "共184天。"]
    assert not any(line[0] in NOT_FIRST for line in found)
    assert list(lines("a" * 50, 12)) == ["a" * 20, "a" * 20, "a" * 10]
    assert list(lines("", 12)) == []


# ---- the calendar


def read(text):
    return icalendar.Calendar.from_ical(text)


def test_a_calendar_library_reads_every_calendar(every):
    seen = 0
    for assessment in every:
        text = calendar(assessment)
        if text is None:
            continue
        seen += 1
        read_back = read(text)
        assert not read_back.errors
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
        events = read_back.walk("VEVENT")
        assert len({str(event["UID"]) for event in events}) == len(events) > 0
        for event in events:
            assert not event.errors
            assert str(event["DTSTAMP"].dt.date()) == assessment["case"]["as_of"]
            assert type(event["DTSTART"].dt) is date and (event["DTEND"].dt - event["DTSTART"].dt).days == 1
            for alarm in event.walk("VALARM"):
                assert alarm["ACTION"] == "DISPLAY" and alarm["DESCRIPTION"]
            assert len(event.walk("VALARM")) == (str(event["DTSTART"].dt) >= assessment["case"]["as_of"])
            assert "不是官方答复" in event["DESCRIPTION"]
    assert seen > len(every) / 6


def test_the_day_of_restoration_is_in_the_calendar(told):
    assessment = told(LAPSED)
    days = [str(event["DTSTART"].dt) for event in read(calendar(assessment)).walk("VEVENT")]
    assert assessment["benefits_resume_on"]["value"] in days


def test_deadlines_remind_three_days_before_and_at_nine(told):
    (event,) = [e for e in read(calendar(told(ARREARS))).walk("VEVENT") if str(e["DTSTART"].dt) == "2026-04-10"]
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt.total_seconds() == -3 * 86400 + 9 * 3600


def test_a_deadline_too_near_for_three_days_reminds_at_nine_that_day_and_a_past_day_not_at_all(told):
    near = {**ARREARS, "as_of": "2026-04-08"}
    (event,) = [e for e in read(calendar(told(near))).walk("VEVENT") if str(e["DTSTART"].dt) == "2026-04-10"]
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt.total_seconds() == 9 * 3600
    past = read(calendar(told({**ARREARS, "as_of": "2026-04-11"})))
    (event,) = [e for e in past.walk("VEVENT") if str(e["DTSTART"].dt) == "2026-04-10"]
    assert event.walk("VALARM") == []


def test_who_had_nothing_before_begins_in_the_picture_too(told):
    baby = {"scheme": "resident", "place": "CN", "as_of": "2026-04-10", "coverage_year": 2026, "exempt_group": "newborn",
            "born_on": "2026-01-01", "registered_on": "2026-03-01"}
    drawn = "".join(story_of(told(baby)).sentences())
    assert "开始享受待遇" in drawn and "恢复" not in drawn


def test_a_new_rule_moves_the_entry_instead_of_adding_one(told):
    assessment = told(LAPSED)
    moved = {**assessment, "benefits_resume_on": {**assessment["benefits_resume_on"], "value": "2026-12-01"}}
    uids = [[str(e["UID"]) for e in read(calendar(one)).walk("VEVENT")] for one in (assessment, moved)]
    assert uids[0] == uids[1]


def test_marks_of_the_format_inside_a_text_are_escaped(told):
    assessment = {**told(LAPSED), "headline": "a,b;c\\d\ne"}
    (event, *_) = read(calendar(assessment)).walk("VEVENT")
    assert "a,b;c\\d\ne" in event["DESCRIPTION"]


def test_no_day_to_keep_no_calendar(told):
    nothing = {"scheme": "employee", "place": "130400", "as_of": "2026-03-20", "last_paid_month": "2025-10",
               "paid_on": "2026-03-10"}
    assert calendar(told(nothing)) is None


# ---- the text to send


def test_every_text_is_short_and_says_the_headline_whom_to_ask_and_that_it_is_not_official(every):
    for assessment in every:
        text = summary(assessment)
        told = text.split("\n")
        assert len(told) <= 25 and all(told)
        assert told[0] == assessment["headline"]
        assert told[1] == asked_for(assessment)
        assert assessment["verify_with"][0] in text
        assert "不是官方答复" in text


def test_the_text_names_what_is_due_and_who_owes_it(told):
    text = summary(told({**LAPSED, "monthly_amount": "500.00"}))
    assert "2000.00元（本人出）" in text


def test_what_nobody_says_stands_on_one_line(told):
    text = summary(told(ARREARS))
    assert text.count("没查到") == 1
    assert "先打电话问清楚" in text


def test_the_text_names_the_way_to_the_earliest_restoration(told):
    assessment = told({**NOT_PAID, "as_of": "2026-11-20", "coverage_year": 2027, "last_covered_year": 2022})
    best = [row["title"] for row in assessment["advice"]["rows"] if row["id"] in assessment["advice"]["earliest"]]
    assert best and f"最早能用的办法：{best[0]}" in summary(assessment)


def test_of_two_ways_to_the_same_day_the_text_names_the_cheaper(told):
    asked = {"scheme": "flexible", "place": "310000", "as_of": "2026-11-22", "last_paid_month": "2026-06"}
    assessment = told({**asked, "monthly_amount": "900.00"})
    assert assessment["advice"]["earliest"][0] == "today.back_paid"
    assert "最早能用的办法：今天（11月22日）缴，不补断缴的月份" in summary(assessment)
