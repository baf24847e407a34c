"""Which rule is heard: by its day, its situation and its level, and what is taken for it instead."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from calculator import words
from tests.unit.small import EMPLOYEE, RESIDENT, ask, book, days, months, rule

Json = dict[str, Any]
HERE = {"situations": ["same_place"]}
MOVED = {**EMPLOYEE, "situation": "transfer"}


def values(answer: Json) -> list[Any]:
    """What is answered, and what is said otherwise."""
    return [answer["value"], *(other["value"] for other in answer["alternatives"])]


def test_a_rule_that_has_always_held_is_changed_from_a_day_on() -> None:
    stops = [[None, {"stop": "this_month"}], ["2025-11-01", {"stop": "next_month"}]]
    changed = rule("330100", "employee", "suspension", stops)
    assert ask(EMPLOYEE, changed)["benefits_stop_on"]["value"] == "2025-12-01"
    assert ask({**EMPLOYEE, "last_paid_month": "2025-09"}, changed)["benefits_stop_on"]["value"] == "2025-10-01"


def test_what_is_written_for_staying_does_not_hold_of_the_account_after_moving() -> None:
    kept = rule("330100", "employee", "account", {"kept": True}, **HERE)
    assert values(ask(EMPLOYEE, kept)["account"]["kept"]) == [True]
    assert values(ask(MOVED, kept)["account"]["kept"]) == [None]


def test_of_a_residents_account_the_same_holds_whatever_the_situation() -> None:
    none = rule("330100", "resident", "account", {"exists": False}, **HERE)
    for situation in ("same_place", "transfer"):
        assert ask({**RESIDENT, "situation": situation}, none)["use_now"]["account"]["value"] is False


def test_who_was_a_resident_before_is_still_asked_about_the_situation() -> None:
    stop = rule("330100", "resident", "suspension", {"stop": "next_month"}, **HERE)
    case = {key: value for key, value in RESIDENT.items() if key != "last_covered_year"}
    case |= {"previous_scheme": "resident", "last_paid_month": "2025-10"}
    for situation, day in (("same_place", "2025-12-01"), ("transfer", None)):
        read = json.loads(json.dumps({**case, "situation": situation}))
        assert ask(read, stop)["benefits_stop_on"]["value"] == day


def test_a_text_for_one_situation_is_not_another_reading_of_the_next() -> None:
    may = {"back_payment": {"person": True}}
    unclear = rule("330100", "employee", "procedure_rule", may, sets_value=False, standing="unclear", **HERE)
    assert values(ask(EMPLOYEE, unclear)["back_payment"]["allowed"]) == [None, True]
    assert values(ask(MOVED, unclear)["back_payment"]["allowed"]) == [None]


def test_what_is_taken_instead_speaks_first_on_its_level_and_not_before_a_nearer_one() -> None:
    def stop(place: str, name: str, **more: Any) -> Json:
        return rule(place, "employee", "suspension", {"stop": "next_month"}, id=name, **more)

    unclear = {"sets_value": False, "standing": "unclear"}
    rules = stop("330100", "city"), stop("330000", "province"), stop("330000", "unclear", **unclear), stop("CN", "nation")
    made = book(*rules)
    (variant,) = made.variants("330100", "employee", "same_place")
    spoken = made.speaking("suspension", "330100", "employee", "same_place", date(2026, 3, 1), variant)
    assert [one.rule.id for one in spoken] == ["city", "unclear", "province", "nation"]


def test_a_day_from_the_province_holds_only_for_the_same_wait() -> None:
    def resume(wait: Json) -> Any:
        near = rule("330100", "employee", "restoration", {"tiers": [{"wait": months(3)}]})
        above = rule("330000", "employee", "restoration", {"tiers": [{"wait": wait, "resume": "wait_from_payment_month"}]})
        return ask({**EMPLOYEE, "paid_on": "2026-03-10"}, near, above)["benefits_resume_on"]["value"]

    assert resume(months(2)) is None
    assert resume(months(3)) == "2026-06-01"


def test_where_no_rule_is_about_newborns_the_list_of_groups_speaks() -> None:
    listed = rule("CN", "resident", "exemption", {"groups": {"newborn": {}}})
    wait = rule("CN", "resident", "waiting", {"fixed": months(3), "start": {"late": "payment_day"}})
    born = {**RESIDENT, "last_covered_year": None, "exempt_group": "newborn", "born_on": "2026-01-10", "paid_on": "2026-03-10"}
    assert ask(born, wait)["waiting"]["value"] is None
    assert ask(born, wait, listed)["waiting"]["value"] == 0


@pytest.mark.parametrize(("registered", "late"), [("2026-01-20", False), ("2026-04-09", False), ("2026-04-10", True)])
def test_only_after_the_last_day_of_another_count_is_a_newborn_late_by_it(registered: str, late: bool) -> None:
    reading = {"id": "first", "title": "出生当天算第1天", "standing": "unclear", "differs": {"within": days(89)}, "sources": []}
    by = rule("CN", "resident", "newborn", {"within": days(90)}, readings=[reading])
    born = {**RESIDENT, "last_covered_year": None, "exempt_group": "newborn", "born_on": "2026-01-10", "paid_on": registered}
    found = ask(born, by)["benefits_resume_on"]
    assert (found["value"], words.NEWBORN_EDGE in str(found["note"])) == ("2026-01-10", late)


def test_the_next_years_window_is_announced_where_this_years_is_not_known() -> None:
    window = rule("330100", "resident", "window", [["2027-01-01", {"start": "09-01", "end": "12-31"}]])
    due = [(one["key"], one["date"]) for one in ask(RESIDENT, window)["deadlines"]]
    assert due == [("window_opens", "2026-09-01"), ("window_closes", "2026-12-31")]


def test_a_note_on_the_premium_is_for_residents() -> None:
    price = rule("330100", "resident", "contribution", {"individual": "400"}, notes=["以当地公布的为准。"])
    assert "以当地公布的为准。" in ask(RESIDENT, price)["warnings"]


def test_a_text_that_is_silent_on_persons_says_nothing_of_their_deferral() -> None:
    text = rule("CN", "employee", "deferral", {"employer": True, "at_most": months(12)})
    found = ask({**EMPLOYEE, "deferral_on": "2026-01-10"}, text)["deferral"]
    assert (found["employer"]["value"], found["person"]["value"]) == (True, None)
    assert "本人申请" not in str(found["person"]["note"])
    both = rule("CN", "employee", "deferral", {"employer": True, "person": False})
    assert "本人申请" in ask({**EMPLOYEE, "deferral_on": "2026-01-10"}, both)["deferral"]["person"]["note"]


def test_an_account_open_in_the_wait_is_explained_also_where_only_the_most_of_the_wait_is_known() -> None:
    tier = {"wait": {"at_most": months(6)}, "account_in_wait": True}
    text = rule("330100", "employee", "restoration", {"tiers": [tier]})
    found = ask({**EMPLOYEE, "paid_on": "2026-03-10"}, text)
    assert found["account"]["in_wait"]["value"] is True
    assert any("个人账户" in step["sentence"] for step in found["steps"])


def test_a_rule_for_a_place_that_a_cut_down_rulebook_leaves_out_is_never_heard() -> None:
    elsewhere = rule("110000", "resident", "waiting", {"fixed": months(3)})
    assert ask(RESIDENT, elsewhere) == ask(RESIDENT)
