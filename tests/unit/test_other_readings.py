"""What is read or ruled otherwise: it is worked out anew only where it bears on the answer, and shown as its own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calculator import Case, Rulebook, answers, assess
from calculator.alternatives import alternatives_of
from calculator.findings import Finding, Other
from calculator.ranges import exact
from calculator.trace import trace
from calculator.values import NO_WAIT, Length
from tests.unit.small import EMPLOYEE, PLACES, RESIDENT, ask, book, days, months, rule

Json = dict[str, Any]
UNCLEAR = {"sets_value": False, "standing": "unclear"}
PAID = {**EMPLOYEE, "paid_on": "2026-02-15", "back_paid": True}


def reading(name: str, differs: Json, **more: Any) -> Json:
    return {"id": name, "title": name, "standing": "unclear", "differs": differs, "sources": [], **more}


def test_where_there_may_be_no_account_it_may_be_of_no_use_today() -> None:
    none = rule("330100", "employee", "account", {"exists": False}, **UNCLEAR)
    account = ask(EMPLOYEE, none)["use_now"]["account"]
    assert account["value"] is None
    assert [one["value"] for one in account["alternatives"]] == [False]


def test_the_answers_alone_leave_every_note_of_another_reading_empty() -> None:
    made = book(rule("330100", "employee", "account", {"exists": False}, **UNCLEAR))
    case = Case.parse(EMPLOYEE, made)
    told, bare = (found["use_now.account"].alternatives for found in (assess(case, made).answers, answers(case, made)))
    assert len(told) == len(bare) == 1 and told[0].note != "" and bare[0] == told[0]._replace(note="")
    other = Other(exact(NO_WAIT), "x", "unclear", "a title")
    assert [one.note for one in alternatives_of(Finding(exact(Length(1, "month")), others=(other,)), (), silent=True)] == [""]


def test_a_stop_read_otherwise_changes_the_wait_that_is_counted_from_it() -> None:
    soon = {"when": {"since_stop": {"within": months(3)}}, "wait": months(0), "resume": "payment_day"}
    tiers = [soon, {"wait": months(6), "resume": "wait_from_payment_month"}]
    stop = rule("330100", "employee", "suspension", {"stop": "next_month"}, readings=[reading("at once", {"stop": "this_month"})])
    found = ask(PAID, stop, rule("330100", "employee", "restoration", {"tiers": tiers}))
    assert (found["benefits_stop_on"]["value"], found["waiting"]["value"]) == ("2025-12-01", 0)
    assert [one["value"] for one in found["benefits_stop_on"]["alternatives"]] == ["2025-11-01"]
    assert [one["value"] for one in found["waiting"]["alternatives"]] == [6]


def test_each_of_two_readings_is_traced_to_its_own_words_and_source() -> None:
    def source(clause: str) -> list[Json]:
        return [{"document": "d", "clause": clause, "grade": "official_text", "confidence": "high", "seen": "2026-01-01"}]

    def waits(n: int) -> Json:
        return {"tiers": [{"wait": months(n), "resume": "wait_from_payment_month"}]}

    readings = [reading(name, waits(n), sources=source(name)) for name, n in (("one", 1), ("two", 2))]
    made = book(rule("330100", "employee", "restoration", waits(3), readings=readings))
    told = next(one for one in trace(Case.parse(PAID, made), made)["answers"] if one["key"] == "waiting")
    said = {}
    for other in told["alternatives"]:
        (read,) = other["rules"]
        (used,) = read["used"]
        said[read["rule"]] = used["value"]["tiers"][0]["wait"]["length"]["n"], [one["clause"] for one in read["sources"]]
    assert said == {"330100.employee.restoration#one": (1, ["one"]), "330100.employee.restoration#two": (2, ["two"])}


@pytest.mark.parametrize(("nearer", "farther"), [
    (days(29), months(1)), (months(1), days(31)), (days(364), {"n": 1, "unit": "year"}), ({"n": 1, "unit": "year"}, days(366)),
    (days(20), months(1)),
])
def test_of_other_waits_the_longest_stands_first(nearer: Json, farther: Json) -> None:
    others = tuple(Other(exact(Length(**one)), f"{one['n']}", "in_force", "") for one in (nearer, farther))
    found = alternatives_of(Finding(exact(NO_WAIT), others=others), ())
    assert [one.range.value for one in found] == [Length(**farther), Length(**nearer)]


def test_the_nation_stands_once_at_the_end_of_every_way_up() -> None:
    places = [{"code": code, "name": name, "parent": parent, "level": level} for code, name, parent, level in PLACES]
    empty: Json = {name: [] for name in ("groups", "channels", "claims", "rules")}
    made = Rulebook.load(json.loads(json.dumps({"version": "1", "hash": "sha256:0", "documents": {}, "places": places, **empty})))
    for code, up in (("CN", ["CN"]), ("330000", ["330000", "CN"]), ("330100", ["330100", "330000", "CN"])):
        assert [place.code for place in made.chain(code)] == up


def test_of_a_residents_account_read_from_json_the_same_holds_whatever_the_situation() -> None:
    none = rule("330100", "resident", "account", {"exists": False}, situations=["same_place"])
    moved = json.loads(json.dumps({**RESIDENT, "situation": "transfer"}))
    assert ask(moved, none)["use_now"]["account"]["value"] is False


def test_a_window_read_otherwise_lets_in_who_paid_in_it() -> None:
    wait = rule("CN", "resident", "waiting", {"fixed": months(3), "start": {"in_window": "payment_day", "late": "payment_day"}})
    longer = reading("longer", {"extension_end": "02-28"})
    window = rule("CN", "resident", "window", {"start": "09-01", "end": "12-31"}, readings=[longer])
    waiting = ask({**RESIDENT, "paid_on": "2026-01-15"}, wait, window)["waiting"]
    assert (waiting["value"], [one["value"] for one in waiting["alternatives"]]) == (3, [0])


def test_what_is_asked_of_residents_whatever_the_situation_is_read_otherwise_so_too() -> None:
    start, only = {"in_window": "payment_day", "late": "payment_day"}, {"situations": ["same_place"]}
    shorter, paid = reading("shorter", {"fixed": months(1)}), reading("paid", {"retroactive": True})
    wait = rule("CN", "resident", "waiting", {"fixed": months(3), "start": start}, readings=[shorter], **only)
    gap = rule("CN", "resident", "effect", {"retroactive": False, "in_wait": "zero"}, readings=[paid], **only)
    found = ask({**RESIDENT, "situation": "transfer", "in_window": False}, wait, gap)
    for key, main, other in (("waiting", 3, 1), ("retroactive", False, True)):
        assert (found[key]["value"], [one["value"] for one in found[key]["alternatives"]]) == (main, [other])
