"""What is not known is not guessed, and where an answer comes from is always said."""

import json

import pytest

MONTHS = ("waiting", "benefits_resume_on", "retroactive")


@pytest.fixture(scope="module")
def silent_city(rulebook):
    """A prefecture for which neither it nor its province has any rule."""
    return next(
        code for code, place in rulebook.places.items()
        if place.level == "prefecture"
        and not any(rulebook.by_place.get(level.code) for level in rulebook.chain(code) if level.code != "CN")
    )


@pytest.mark.parametrize("keys", [
    {"paid_on": "2025-12-27"},
    {"paid_on": "2026-05-10"},
    {"in_window": True},
    {"in_window": False, "paid_on": "2026-02-10"},
])
def test_a_city_without_rules_always_says_whose_text_it_is(ask, silent_city, keys):
    got = ask(place=silent_city, coverage_year=2026, last_covered_year=2025, as_of="2026-05-20", **keys)
    for key in ("waiting", "benefits_resume_on", "benefits_stop_on"):
        if got[key]["basis"] == "national":
            assert "国家" in got[key]["note"], key


@pytest.mark.parametrize("paid_on", ["2025-12-27", "2026-02-10", "2026-06-10"])
def test_leaving_the_window_out_holds_both_ways(ask, silent_city, paid_on):
    keys = {"place": silent_city, "coverage_year": 2026, "last_covered_year": 2025, "paid_on": paid_on}
    unknown = ask(**keys)["waiting"]
    known = [ask(**keys, in_window=way)["waiting"]["value"] for way in (True, False)]
    assert (unknown["low"], unknown["high"]) == (min(known), max(known))


def test_paid_before_the_window_opens_counts_as_inside_it(ask):
    got = ask(place="310000", coverage_year=2026, last_covered_year=2025, as_of="2025-11-01")
    assert got["waiting"]["value"] == 0
    assert "2026年1月1日" in got["headline"]


def test_a_premium_paid_after_its_year_covers_nothing(ask):
    got = ask(coverage_year=2026, last_covered_year=2025, paid_on="2027-02-01", as_of="2027-02-01", in_window=False)
    assert got["benefits_resume_on"]["value"] is None
    assert "2026年度" in got["headline"]


def test_a_newborn_is_insured_when_both_registered_and_paid(ask):
    keys = {"place": "360000", "coverage_year": 2026, "exempt_group": "newborn", "born_on": "2026-01-01",
            "last_covered_year": None, "registered_on": "2026-02-10"}
    assert ask(**keys, paid_on="2026-03-01")["benefits_resume_on"]["value"] == "2026-01-01"
    assert ask(**keys, paid_on="2026-08-10")["benefits_resume_on"]["value"] == "2026-08-11"


def test_the_headline_names_the_question_that_decides(ask):
    got = ask(scheme="employee", place="330000", last_paid_month="2025-10", paid_on="2026-03-10")
    assert "补缴" in got["headline"]
    assert "还要看" in got["waiting"]["note"]


def test_unemployment_benefit_is_cited(ask):
    got = ask(scheme="employee", last_paid_month="2025-10", paid_on="2026-03-10", unemployment_months=4)
    assert got["waiting"]["rules"] == ["CN.all.unemployment"]
    assert any("失业" in step["sentence"] for step in got["steps"])


def test_a_fine_is_spoken_of_only_where_the_employer_is_in_arrears(ask):
    keys = {"scheme": "employee", "last_paid_month": "2025-10", "paid_on": "2026-03-10", "monthly_amount": "500.00"}
    assert "fine" not in ask(**keys)["cost"]
    assert "fine" in ask(**keys, situation="employer_arrears")["cost"]


def test_the_place_of_arrival_does_not_say_when_benefits_stopped_elsewhere(ask):
    got = ask(scheme="flexible", place="321200", situation="transfer", last_paid_month="2025-12", paid_on="2026-03-10")
    assert got["benefits_stop_on"]["value"] is None


def test_both_ways_at_half_benefits_are_half_benefits(ask):
    visit = {"date": "2026-04-20", "kind": "inpatient", "amount": "1000.00", "normal_ratio": "0.85"}
    got = ask(scheme="flexible", place="350100", last_paid_month="2025-10", paid_on="2026-03-10", treatments=[visit])
    assert got["waiting"]["value"] is None
    assert got["treatments"][0]["fund_pays"]["value"] == "425.00"


def test_answers_do_not_depend_on_the_order_of_keys(rulebook):
    from calculator import answer

    case = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2020}
    assert answer(json.dumps(case), rulebook) == answer(json.dumps(dict(reversed(case.items()))), rulebook)


def test_a_byte_order_mark_is_no_error(rulebook):
    from calculator import answer

    case = json.dumps({"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026})
    assert answer("\ufeff" + case, rulebook) == answer(case, rulebook)
