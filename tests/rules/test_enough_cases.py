"""Every place that has rules asks ten questions of them, and each question is tied to the facts that it tries."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from scripts.rulebook import build_rulebook, run_cases
from scripts.rulebook.load import load
from scripts.rulebook.scalars import Report

RULES = Path(__file__).parents[2] / "rules"
A_PLACE = 10
IN_ALL = 600
OFFICIAL_EXAMPLES = {"210900", "360000", "370200", "450400", "520600", "530500"}
"""Places whose offices worked examples out themselves: 阜新, 江西, 青岛, 梧州, 铜仁 and 保山."""


@cache
def rules() -> list[dict[str, Any]]:
    return [item.data for item in load(RULES, Report()) if item.kind == "rule"]


def facts_of(rule: dict[str, Any]) -> set[str]:
    """Every fact that the rule or one of its readings rests on."""
    said = [*rule["sources"], *(source for reading in rule["readings"] for source in reading["sources"])]
    return {fact for source in said for fact in source.get("facts") or []}


def test_ten_a_place_and_six_hundred_in_all() -> None:
    asked = Counter({rule["place"]: 0 for rule in rules()})
    for rule in rules():
        asked[rule["place"]] += len(rule["cases"])
    assert {place: count for place, count in asked.items() if count < A_PLACE} == {}
    assert asked.total() >= IN_ALL


def test_every_case_is_tied_to_a_fact_of_its_rule() -> None:
    loose = [
        (rule["id"], case["name"], case.get("facts"))
        for rule in rules()
        for case in rule["cases"]
        if not facts_of(rule) or not set(case.get("facts", ())) <= facts_of(rule)
    ]
    assert loose == []


def test_names_tell_the_cases_of_a_rule_apart() -> None:
    for rule in rules():
        names = [case["name"] for case in rule["cases"]]
        assert len(set(names)) == len(names), rule["id"]


def test_official_worked_examples_are_marked() -> None:
    marked = {rule["place"] for rule in rules() for case in rule["cases"] if case.get("official")}
    assert marked == OFFICIAL_EXAMPLES


def test_every_case_holds() -> None:
    assert run_cases(build_rulebook(RULES), RULES) == []


def test_no_case_asks_about_another_place() -> None:
    for rule in rules():
        elsewhere = {case["case"].get("place", rule["place"]) for case in rule["cases"]} - {rule["place"]}
        assert not elsewhere, rule["id"]
