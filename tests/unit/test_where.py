"""Where to look and to pay: by scheme, situation and place, what is sure first."""

from __future__ import annotations


def needs(ask, **case):
    return {one["need"]: one["channels"] for one in ask(**case)["where"]}


def test_a_resident_pays_and_enrols_but_has_no_balance_to_look_up(ask) -> None:
    found = needs(ask, coverage_year=2026)
    assert {"pay_premium", "enrol_resident", "consult"} <= set(found)
    assert not {"balance", "transfer"} & set(found)


def test_an_employee_can_look_up_the_balance_and_transfer(ask) -> None:
    case = {"scheme": "employee", "last_paid_month": "2025-12"}
    assert {"balance", "transfer", "payment_records"} <= set(needs(ask, **case))
    first = needs(ask, scheme="employee", situation="first_enrolment")
    assert "transfer" not in first


def test_what_serves_everywhere_comes_first_and_what_does_not_serve_is_left_out(ask, rulebook) -> None:
    channels = {channel["id"]: channel for channel in rulebook.channels}
    for need, listed in needs(ask, scheme="employee", last_paid_month="2025-12").items():
        sure = [one["everywhere"] for one in listed]
        assert sure == sorted(sure, reverse=True)
        assert all(channels[one["id"]]["does"][need] in ("yes", "partly") for one in listed)
        assert not any(one["id"] == "hotline-12333" for one in listed)


def test_the_counter_is_the_places_own(ask) -> None:
    listed = needs(ask, scheme="employee", place="350100", last_paid_month="2025-12")["balance"]
    [counter] = [one for one in listed if one["id"] == "medical-insurance-counter"]
    assert counter["name"].startswith("福州市") and counter["how"]
