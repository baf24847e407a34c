"""Where the picture, the calendar and the text turn: one fewer, just so many, one more."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from calculator import Case, CaseError, Rulebook
from calculator.show import calendar, summary, timeline
from calculator.show.story import story_of
from calculator.show.wrap import lines, width
from calculator.text import MOST_DEPTH, read_json, whole

Json = dict[str, Any]
LAPSED = {"scheme": "flexible", "place": "370200", "as_of": "2026-03-20", "last_paid_month": "2025-10",
          "paid_on": "2026-03-10", "back_paid": True}  # fmt: skip


@pytest.fixture(scope="module")
def told(rulebook: Rulebook) -> Json:
    return whole(Case.parse(LAPSED, rulebook), rulebook)


def changed(told: Json, **parts: Json) -> Json:
    return {**told, **{key: {**told[key], **part} for key, part in parts.items()}}


def others(*days: str) -> list[Json]:
    return [{"value": day, "standing": "unclear", "text": day} for day in days]


def test_of_other_days_three_are_drawn_beside_the_bounds_and_none_twice(told: Json) -> None:
    days = [f"2026-07-{day:02d}" for day in range(1, 9)]
    sure = changed(told, benefits_resume_on={"alternatives": others(*days)})
    unsure = changed(sure, benefits_resume_on={"value": None, "low": "2026-07-02", "high": "2026-08-01"})
    drawn = [[str(e.day) for e in story_of(one).events if e.kind == "other"] for one in (sure, unsure)]
    assert drawn == [days[:4], [days[0], *days[2:4]]]
    unclear = changed(told, benefits_resume_on={"alternatives": [{"value": None, "standing": "unclear", "text": ""}]})
    assert not [e for e in story_of(unclear).events if e.kind == "other"]


def test_the_text_names_two_other_sayings_and_no_more(told: Json) -> None:
    said = summary(changed(told, benefits_resume_on={"alternatives": others("甲", "乙", "甲", "丙")}))
    assert "也有别的说法：甲；乙\n" in said


def test_the_text_names_three_last_days_and_three_offices(told: Json) -> None:
    days = [{"text": f"第{n}个。", "date": "2026-04-01"} for n in range(1, 6)]
    said = summary({**told, "advice": {**told["advice"], "last_days": days}, "verify_with": ["一", "二", "三", "四"]})
    assert said.count("别错过：") == 3 and "第3个。" in said and "第4个。" not in said
    assert "问谁：一；二；三\n" in said


@pytest.mark.parametrize(("low", "high", "drawn"), [
    ("2026-06-01", "2026-06-01", [("2026-06-01", "resume", True)]),
    ("2026-06-01", "2026-07-01", [("2026-06-01", "resume", False), ("2026-07-01", "resume", False)]),
    ("2026-06-01", None, [("2026-06-01", "resume", False)]),
    (None, "2026-07-01", [("2026-07-01", "resume", False)]), (None, None, []),
])  # fmt: skip
def test_one_day_is_sure_and_a_bound_is_not(told: Json, low: str | None, high: str | None, drawn: list[Any]) -> None:
    value = low if low == high else None
    one = changed(told, benefits_resume_on={"value": value, "low": low, "high": high, "alternatives": []})
    assert [(str(e.day), e.kind, e.sure) for e in story_of(one).events if e.kind == "resume"] == drawn


def test_a_deadline_that_is_over_is_told_only_if_the_person_named_it(told: Json) -> None:
    due = {"key": "transfer", "date": "2026-03-19", "days_left": -1, "text": "转移：过了", "exact": True, "rules": []}
    shown = [
        [(str(e.day), e.text) for e in story_of({**told, "deadlines": [{**due, **more}]}).events if e.kind == "deadline"]
        for more in ({}, {"days_left": 0}, {"key": "order_deadline"}, {"key": "review", "days_left": 9})
    ]
    assert shown == [[], [("2026-03-19", "转移")], [("2026-03-19", "转移")], []]


def test_events_of_one_day_stand_in_the_order_of_their_kinds(told: Json) -> None:
    visits = [{"date": "2026-03-10", "kind": "inpatient", "amount": "1.00"}]
    answered = [{"date": "2026-03-10", "covered": {"value": True}, "self_pay": {"text": ""}}]
    due = [{"key": "transfer", "date": "2026-03-10", "days_left": 3, "text": "转移", "exact": False, "rules": []}]
    one = {**told, "case": {**told["case"], "treatments": visits}, "treatments": answered, "deadlines": due}
    kinds = [e.kind for e in story_of(one).events if str(e.day) == "2026-03-10"]
    assert kinds == ["deadline", "paid", "visit"]


def test_a_wait_paid_in_steps_is_drawn_step_by_step_the_first_from_the_payment(told: Json) -> None:
    steps = [("2026-03-15", "0.50"), ("2026-04-01", "0"), ("2026-05-01", "0.70"), ("2026-07-01", "0.90")]
    schedule = [{"from": day, "to": None, "ratio": ratio} for day, ratio in steps]
    resume = {"value": "2026-06-01", "low": "2026-06-01", "high": "2026-06-01", "alternatives": []}
    one = changed(told, payment_effect={"value": {"kind": "ratio", "schedule": schedule}}, benefits_resume_on=resume)
    drawn = [
        (str(s.first), s.kind) for s in story_of(one).stretches if s.kind in ("part", "wait", "covered") and s.first is not None
    ]
    assert drawn == [("2026-03-10", "part"), ("2026-04-01", "wait"), ("2026-05-01", "part"), ("2026-06-01", "covered")]


# ---- lines


@pytest.mark.parametrize(("text", "room", "found"), [
    ("a" * 50, 12.3, ["a" * 20, "a" * 20, "a" * 10]), ("一二", 0.5, ["一", "二"]), ("abc", 0.5, ["a", "b", "c"]),
    ("一" * 13, 12, ["一" * 12, "一"]),
    ("一" * 12, 12, ["一" * 12]), ("一二。三四。", 6, ["一二。三四。"]), ("一二。三四。", 5, ["一二。", "三四。"]),
    ("一二三四，五", 4, ["一二三", "四，五"]), ("一二（三四", 3, ["一二", "（三四"]), ("第12个月", 3, ["第12", "个月"]),
    ("一 二", 1, ["一", "二"]), ("  一", 5, ["一"]), ("一；二；", 2, ["一；", "二；"]), ("。。", 1, ["。", "。"]),
])  # fmt: skip
def test_lines_are_as_long_as_there_is_room(text: str, room: float, found: list[str]) -> None:
    assert list(lines(text, room)) == found


def test_a_letter_is_narrower_than_a_character() -> None:
    assert width("a") == width("~") == 0.6 and width("一") == width("\x7f") == 1.0 and width("a一") == 1.6


# ---- depth of JSON


def test_brackets_may_stand_twenty_deep_and_no_deeper() -> None:
    deep = {n: "[" * n + "]" * n for n in (MOST_DEPTH, MOST_DEPTH + 1)}
    assert read_json(deep[MOST_DEPTH]) == json.loads(deep[MOST_DEPTH])
    with pytest.raises(CaseError):
        read_json(deep[MOST_DEPTH + 1])
    wide = "[" + ",".join(["[]", "{}"] * 30) + "]"
    assert read_json(wide) == json.loads(wide)
    told = json.dumps(["[" * 30 + "{" * 30, '"[', "]" * 30])
    assert read_json(told) == json.loads(told)
    inner = "[" + "[]," * 25 + "{" + '"a":[' * (MOST_DEPTH - 1)
    with pytest.raises(CaseError):
        read_json(inner)


# ---- the calendar's lines


def test_a_line_of_75_octets_is_whole_and_a_longer_one_is_folded_between_characters(told: Json) -> None:
    for size in range(20, 32):
        text = calendar({**told, "headline": "字" * size + "a"})
        assert text is not None
        found = text.encode().split(b"\r\n")
        assert all(len(line) <= 75 for line in found)
        full = [line for line, after in pairwise(found) if after.startswith(b" ")]
        assert all(73 <= len(line) <= 75 for line in full), size
        assert f"：{'字' * size}a".encode() in b"".join(found).replace(b" ", b"")


def test_the_picture_has_the_name_it_is_given(told: Json) -> None:
    svg = timeline(told, "x")
    assert 'id="x-title"' in svg and "url(#x-" in svg and "yb-timeline-" not in svg
