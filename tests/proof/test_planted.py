"""What is planted in the rules, the walk finds, and shows it by the smallest Case."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from scripts import check
from scripts.proof.asking import Asking
from scripts.proof.breach import Breach
from scripts.proof.oracle import Oracle
from scripts.proof.oracle_walk import Both
from scripts.proof.smallest import smallest as shrunk
from scripts.proof.speaking import Speaking
from scripts.proof.walk import walk
from scripts.rulebook import build_rulebook

RULES = Path(__file__).resolve().parents[1] / "rules" / "small" / "rules"
RULE = "350000.employee.restoration"
SILENT: Any = None


@pytest.fixture
def book() -> dict[str, Any]:
    return build_rulebook(RULES)


def tiers(book: dict[str, Any]) -> list[dict[str, Any]]:
    rule = next(rule for rule in book["rules"] if rule["id"] == RULE)
    found: list[dict[str, Any]] = rule["values"][0][1]["tiers"]
    return found


def found(book: dict[str, Any], law: str) -> list[tuple[Breach, int]]:
    walked = walk(book, ["350000"], lambda _: None, most=1_000)
    return [one for place in walked for one in place.breaches if one[0].law == law]


def smallest(breaches: list[tuple[Breach, int]]) -> Breach:
    return min((breach for breach, _ in breaches), key=lambda one: len(str(one.questions)))


def lapses(breach: Breach) -> list[int]:
    """How many months each of the questions of a breach missed."""
    made = []
    for question in breach.questions:
        paid, last = (question.get("paid_on") or question["as_of"]), question["last_paid_month"]
        made.append((int(paid[:4]) - int(last[:4])) * 12 + int(paid[5:7]) - int(last[5:7]) - 1)
    return made


def test_two_rules_that_say_the_same_on_one_day(book: dict[str, Any]) -> None:
    twin = deepcopy(next(rule for rule in book["rules"] if rule["id"] == RULE))
    book["rules"].append({**twin, "id": f"{RULE}.twin"})
    breach = smallest(found(book, "overlap"))
    assert breach.rules == (RULE, f"{RULE}.twin")
    assert set(breach.questions[0]) <= {"place", "scheme", "as_of", "last_paid_month", "situation"}


def test_two_rules_that_part_by_a_condition_do_not_overlap(book: dict[str, Any]) -> None:
    twin = deepcopy(next(rule for rule in book["rules"] if rule["id"] == RULE))
    for tier in tiers(book):
        tier["when"]["continuous_months"] = {"min": 60}
    for tier in twin["values"][0][1]["tiers"]:
        tier["when"]["continuous_months"] = {"max": 59}
    book["rules"].append({**twin, "id": f"{RULE}.twin"})
    assert found(book, "overlap") == []


def test_lapses_that_fall_between_two_tiers(book: dict[str, Any]) -> None:
    tiers(book)[1]["when"]["lapse"] = {"min": 6}
    breach = smallest(found(book, "hole"))
    short, silent, long = lapses(breach)
    assert (short, silent, long) == (1, 4, 6)
    assert breach.rules == (RULE,)


def test_a_longer_lapse_that_restores_earlier(book: dict[str, Any]) -> None:
    tiers(book)[1:1] = [{"when": {"lapse": {"min": 12}}, "wait": {"n": 0, "unit": "month"}, "resume": "payment_month"}]
    breach = smallest(found(book, "longer_never_earlier"))
    assert lapses(breach) == [4, 12]
    assert all(set(question) <= {"place", "scheme", "as_of", "paid_on", "last_paid_month"} for question in breach.questions)


def test_a_rule_whose_source_is_no_document(book: dict[str, Any]) -> None:
    rule = next(rule for rule in book["rules"] if rule["id"] == RULE)
    del book["documents"][rule["sources"][0]["document"]]
    asking = Asking(Both(book), Speaking(book, "350000"))
    sourced = asking.speaking.sourced
    assert RULE not in sourced


def test_a_second_computation_that_differs(book: dict[str, Any]) -> None:
    other = deepcopy(book)
    tiers(other)[1]["wait"] = {"n": 5, "unit": "month"}
    asking = Asking(Both(book, Oracle(other)), Speaking(book, "350000"))
    asked = {
        "place": "350000", "scheme": "employee", "situation": "transfer", "as_of": "2026-06-15", "paid_on": "2026-06-15",
        "last_paid_month": "2024-01", "back_paid": True, "continuous_months": 7, "earlier_lapses": 2,
    }  # fmt: skip
    breach = next(one for one in asking.answer(asked)[1] if one.law == "oracle")
    small = asking.small(breach)
    assert set(small.questions[0]) == {"place", "scheme", "as_of", "last_paid_month"}
    assert lapses(small) == [4]
    assert "'low': 6" in small.what and "'low': 5" in small.what


def test_a_crash_is_an_answer_that_is_not_there(book: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(case: Any, _: Any) -> Any:
        if case.back_paid:
            raise ZeroDivisionError("nothing to divide")
        return SILENT

    monkeypatch.setattr("scripts.proof.asking.assess", broken)
    asking = Asking(Both(book), Speaking(book, "350000"))
    asked = {"place": "350000", "scheme": "employee", "as_of": "2026-06-15", "last_paid_month": "2024-01", "back_paid": True,
             "continuous_months": 7}  # fmt: skip
    _, (breach,) = asking.answer(asked)
    assert (breach.law, breach.about) == ("answered", "ZeroDivisionError")
    assert set(asking.small(breach).questions[0]) == {"place", "scheme", "as_of", "last_paid_month", "back_paid"}


def test_the_report_shows_the_smallest_once_and_counts_all(book: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    tiers(book)[1]["when"]["lapse"] = {"min": 6}
    walked = walk(book, ["350000"], lambda _: None, most=1_000)
    count = sum(count for one in walked for _, count in one.breaches)
    assert check.report(walked, frozenset()) == count > 0
    said = capsys.readouterr().out
    asked = [line for line in said.splitlines() if line.startswith("      问题")]
    assert asked and len(asked) == len(set(asked))
    excused = check.report(walked, frozenset({(RULE, "hole")}))
    assert excused == sum(count for one in walked for breach, count in one.breaches if breach.law != "hole")
    assert "是规则声明的例外" in capsys.readouterr().out


def test_a_breach_by_one_visit_of_two_is_shown_by_that_visit_alone() -> None:
    visits = [{"date": "2026-11-28", "kind": "inpatient", "amount": "10.00"}, {"date": "2027-08-28", "kind": "inpatient"}]
    asked = ({"place": "210200", "scheme": "employee", "as_of": "2026-11-21", "treatments": visits},)

    def shows_it(questions: tuple[dict[str, Any], ...]) -> bool:
        return any(visit.get("date") == "2027-08-28" for visit in questions[0].get("treatments", ()))

    assert shrunk(asked, shows_it)[0]["treatments"] == [{"date": "2027-08-28"}]
