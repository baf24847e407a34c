"""What is due, and who owes it."""

import pytest

ARREARS = {"scheme": "employee", "situation": "employer_arrears"}


def fee(ask, due_on, paid_on, amount="500.00", **more):
    month = due_on[:7]
    year, number = int(month[:4]), int(month[5:])
    before = f"{year - (number == 1):04d}-{(number - 2) % 12 + 1:02d}"
    got = ask(**ARREARS, last_paid_month=before, paid_on=paid_on,
              missed=[{"month": month, "amount": amount, "due_on": due_on}], **more)
    return got["cost"]


def test_thirty_days_at_five_in_ten_thousand(ask):
    cost = fee(ask, "2025-11-15", "2025-12-15")
    assert cost["late_fee"]["value"] == "7.50"
    assert cost["late_fee"]["payer"] == "employer"
    assert (cost["principal"]["value"], cost["total"]["value"]) == ("500.00", "507.50")


def test_arrears_before_july_2011_follow_the_old_rate(ask):
    assert fee(ask, "2011-05-15", "2011-06-14")["late_fee"]["value"] == "30.00"


def test_whether_the_fee_may_pass_the_principal_is_shown_as_disputed(ask):
    late = fee(ask, "2019-01-15", "2025-11-19", amount="1000.00")["late_fee"]
    assert late["value"] == "1250.00"
    assert [(a["value"], a["standing"]) for a in late["alternatives"]] == [("1000.00", "unclear")]


def test_a_fee_is_rounded_once_half_up(ask):
    assert fee(ask, "2025-11-15", "2025-11-16", amount="10.00")["late_fee"]["value"] == "0.01"
    assert fee(ask, "2025-11-15", "2025-11-16", amount="9.99")["late_fee"]["value"] == "0.00"


def test_paid_in_time_costs_nothing_more(ask):
    assert fee(ask, "2025-11-15", "2025-12-01", amount="0.00")["late_fee"]["value"] == "0.00"


def test_the_fine_needs_an_order_that_was_not_followed(ask):
    late = fee(ask, "2025-11-15", "2025-12-20", amount="5000.00", order_deadline="2025-12-10")["fine"]
    assert (late["value"], late["low"], late["high"]) == (None, "5000.00", "15000.00")
    assert fee(ask, "2025-11-15", "2026-01-10", order_deadline="2026-02-01")["fine"]["value"] == "0.00"


def test_a_fine_on_months_of_which_only_some_are_listed_has_no_upper_bound(ask):
    late = fee(ask, "2025-11-15", "2026-03-10", amount="5000.00", order_deadline="2026-02-01")["fine"]
    assert (late["value"], late["low"], late["high"]) == (None, "5000.00", None)


def test_no_due_day_means_no_fee_can_be_named(ask):
    cost = ask(**ARREARS, last_paid_month="2025-10", paid_on="2026-01-10", monthly_amount="500.00")["cost"]
    assert cost["principal"]["value"] == "1000.00"
    assert (cost["late_fee"]["value"], cost["late_fee"]["low"], cost["late_fee"]["high"]) == (None, "0.00", None)


@pytest.mark.parametrize("back_paid, expected", [(True, "1000.00"), (False, "0.00"), (None, None)])
def test_a_flexible_worker_owes_what_he_chooses_to_repay(ask, back_paid, expected):
    cost = ask(scheme="flexible", last_paid_month="2025-10", paid_on="2026-01-10", monthly_amount="500.00",
               back_paid=back_paid)["cost"]
    assert cost["principal"]["value"] == expected
    assert cost["late_fee"]["value"] == "0.00"
    assert cost["principal"]["payer"] == "person"


def test_a_total_of_some_months_only_says_so(ask):
    keys = {"scheme": "flexible", "as_of": "2026-03-20", "last_paid_month": "2025-10", "back_paid": True}
    for name in ("principal", "total"):
        some = ask(**keys, missed=[{"month": "2025-11", "amount": "300.00"}])["cost"][name]
        assert (some["value"], some["low"], some["high"]) == (None, "300.00", None)
        assert some["text"] == "至少300.00元" and some["note"].startswith("只算了列出的月份，没列的月份还要另加。")
    assert "列出" not in (ask(**keys, monthly_amount="300.00")["cost"]["total"]["note"] or "")


def test_listed_months_that_cover_the_lapse_are_the_whole_sum_whatever_else_is_listed(ask):
    keys = {"scheme": "flexible", "as_of": "2026-01-20", "last_paid_month": "2025-10", "back_paid": True}
    both = [{"month": month, "amount": "300.00"} for month in ("2025-11", "2025-12")]
    assert ask(**keys, missed=both)["cost"]["total"]["value"] == "600.00"
    other = [both[0], {"month": "2024-01", "amount": "300.00"}]
    assert ask(**keys, missed=other)["cost"]["total"]["value"] is None


def test_whoever_may_skip_the_gap_and_lists_some_of_it_has_no_upper_bound(ask):
    keys = {"scheme": "flexible", "as_of": "2026-03-20", "last_paid_month": "2025-10"}
    owed = ask(**keys, missed=[{"month": "2025-11", "amount": "300.00"}])["cost"]["principal"]
    assert (owed["low"], owed["high"]) == ("0.00", None)
    assert "可以补也可以不补" in owed["note"] and "没列的月份还要另加" in owed["note"]


def test_an_employers_fee_on_some_months_says_that_it_is_of_those(ask):
    late = fee(ask, "2025-11-15", "2026-03-10")["late_fee"]
    assert late["value"] == "28.75" and late["note"].startswith("只算了列出的月份的滞纳金。")


def test_a_resident_who_only_pays_late_has_missed_no_whole_year(ask):
    assert ask(coverage_year=2026, last_covered_year=2025)["lapse"]["text"] == "没有整年断保"
