"""Several lapses: what the earlier ones say need not be asked for again, and they must be able to be true."""

from datetime import date

import pytest

from calculator import Case, CaseError
from calculator.history import EarlierLapse, missed_in_year, missed_this_year
from calculator.values import YearMonth

LAST = {"scheme": "flexible", "place": "CN", "as_of": "2026-03-20", "last_paid_month": "2025-10"}
TWO = [{"from": "2024-03", "to": "2024-05"}, {"from": "2025-01", "to": "2025-02"}]


def parse(rulebook, **keys):
    return Case.parse({**LAST, **keys}, rulebook)


def test_earlier_lapses_are_counted_and_end_the_continuous_months(rulebook):
    case = parse(rulebook, lapses=TWO)
    assert (case.earlier_lapses, case.continuous_months) == (2, 8)  # paid again 2025-03 to 2025-10
    assert case.to_json()["lapses"] == TWO


def test_the_case_as_understood_can_be_asked_again_on_another_day(rulebook):
    understood = parse(rulebook, lapses=TWO).to_json()
    assert Case.parse({**understood, "paid_on": "2027-04-01"}, rulebook).continuous_months == 8


def test_what_is_given_beside_them_is_kept(rulebook):
    case = parse(rulebook, lapses=TWO, earlier_lapses=3, continuous_months=5)
    assert (case.earlier_lapses, case.continuous_months) == (3, 5)


def test_no_list_says_nothing_of_the_past(rulebook):
    assert (parse(rulebook, lapses=[]).earlier_lapses, parse(rulebook).continuous_months) == (None, None)


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        ({"lapses": [{"from": "2024-05", "to": "2024-03"}]}, "lapses.0.to"),
        ({"lapses": [{"from": "2025-09", "to": "2025-10"}]}, "lapses.0.to"),
        ({"lapses": [{"from": "2025-01", "to": "2025-12"}]}, "lapses.0.to"),
        ({"lapses": [TWO[1], {"from": "2024-12", "to": "2025-01"}]}, "lapses.1.to"),
        ({"lapses": [{"from": "2024-03", "to": "2024-12"}, TWO[1]]}, "lapses.0.to"),
        ({"lapses": [{"from": "2024-03"}]}, "lapses.0.to"),
        ({"lapses": [{"from": "2024-3", "to": "2024-05"}]}, "lapses.0.from"),
        ({"lapses": TWO, "earlier_lapses": 1}, "earlier_lapses"),
        ({"lapses": TWO, "continuous_months": 9}, "continuous_months"),
        ({"lapses": TWO, "last_paid_month": None, "situation": "first_enrolment"}, "lapses"),
        ({"lapses": TWO, "scheme": "resident", "coverage_year": 2026}, "lapses"),
        ({"insured_months": 100, "local_insured_months": 101}, "local_insured_months"),
    ],
)
def test_a_history_that_cannot_be_names_the_key(keys, field, rulebook):
    with pytest.raises(CaseError) as wrong:
        parse(rulebook, **keys)
    assert wrong.value.field == field and wrong.value.message


WUHAN = {"scheme": "flexible", "place": "420100", "previous_scheme": "flexible", "as_of": "2026-08-20",
         "last_paid_month": "2026-05", "paid_on": "2026-08-10", "back_paid": True}  # fmt: skip
"""武汉 limits the months missed in a year in all: three are short, four are long."""


@pytest.mark.parametrize(
    ("lapses", "missed", "months"),
    [
        ([{"from": "2026-01", "to": "2026-02"}], 4, 3),
        ([{"from": "2026-02", "to": "2026-02"}], 3, 3),
        ([{"from": "2025-10", "to": "2026-01"}], 3, 4),
        ([{"from": "2025-10", "to": "2025-11"}], 2, 6),
    ],
)
def test_months_missed_this_year_are_the_earlier_ones_and_those_of_this_lapse(lapses, missed, months, ask):
    listed = ask(**WUHAN, lapses=lapses)
    assert listed["waiting"] == ask(**WUHAN, missed_this_year=missed, earlier_lapses=1, continuous_months=months)["waiting"]
    assert (listed["waiting"]["value"] == 0) == (missed < 4)


# ---- months missed in a year


def test_months_missed_in_a_year_are_those_inside_it() -> None:
    lapses = [EarlierLapse(YearMonth(2024, 11), YearMonth(2025, 2)), EarlierLapse(YearMonth(2025, 6), YearMonth(2025, 6))]
    assert [missed_in_year(lapses, year) for year in (2023, 2024, 2025, 2026)] == [0, 2, 3, 0]
    long = [EarlierLapse(YearMonth(2023, 3), YearMonth(2025, 1))]
    assert [missed_in_year(long, year) for year in (2022, 2023, 2024, 2025, 2026)] == [0, 10, 12, 1, 0]


@pytest.mark.parametrize(
    ("day", "lapse", "missed"),
    [
        (date(2025, 12, 31), 2, 5),
        (date(2025, 12, 31), 20, 14),
        (date(2025, 1, 31), 9, 3),
        (date(2025, 2, 28), 9, 4),
        (date(2026, 3, 1), 5, 2),
        (date(2026, 3, 1), 1, 1),
    ],
)
def test_to_the_earlier_months_come_those_of_this_lapse_that_lie_in_the_year(day: date, lapse: int, missed: int) -> None:
    lapses = [EarlierLapse(YearMonth(2024, 11), YearMonth(2025, 2)), EarlierLapse(YearMonth(2025, 6), YearMonth(2025, 6))]
    assert missed_this_year(None, lapses, lapse, day) == missed
    assert missed_this_year(7, lapses, lapse, day) == 7
    assert missed_this_year(None, lapses, None, day) is None and missed_this_year(None, [], lapse, day) is None


@pytest.mark.parametrize("keys", [{"insured_months": 100, "local_insured_months": 100}, {"insured_months": 0}])
def test_all_months_may_have_been_paid_in_the_place_and_none_at_all(keys, rulebook):
    assert parse(rulebook, **keys).insured_months == keys["insured_months"]
