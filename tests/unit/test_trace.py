"""How every answer came about: the tree of rules, values, days, sources and conditions."""

import json

import jsonschema
import pytest

from calculator import Case, assess
from calculator.schema import trace_schema
from calculator.trace import trace
from tests import prepared

FUJIAN = {"scheme": "employee", "place": "350000", "as_of": "2026-03-20", "last_paid_month": "2025-10",
          "paid_on": "2026-03-10", "back_paid": False}
RESIDENT = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2022}


@pytest.fixture(scope="module")
def tree(rulebook):
    return lambda case: trace(Case.parse(case, rulebook), rulebook)


def answer(tree, key):
    (found,) = [one for one in tree["answers"] if one["key"] == key]
    return found


def test_the_tree_names_the_line_of_the_table_that_holds_and_why_the_others_do_not(tree):
    (rule,) = answer(tree(FUJIAN), "waiting")["rules"]
    (used,) = rule["used"]
    assert (rule["rule"], used["picked_by"]) == ("350000.employee.restoration", "2026-03-10")
    assert [line["holds"] for line in used["conditions"]] == [False, False, True]
    holding = used["conditions"][2]["when"]
    assert {(one["says"], one["met"]) for one in holding} == {("没有补缴", True), ("断缴满4个月", True)}
    assert rule["sources"][0]["confidence"] == "high"


def test_what_is_not_known_is_neither_met_nor_unmet(tree):
    unknown = {key: value for key, value in FUJIAN.items() if key != "back_paid"}
    (rule,) = answer(tree(unknown), "waiting")["rules"]
    lines = rule["used"][0]["conditions"]
    assert [line["holds"] for line in lines] == [False, None, None]  # four months: the line for up to three is out
    assert {one["met"] for line in lines for one in line["when"] if one["key"] == "back_paid"} == {None}


def test_a_residents_value_is_picked_by_the_insured_year(tree):
    for rule in answer(tree(RESIDENT), "waiting")["rules"]:
        assert {used["picked_by"] for used in rule["used"]} == {"2026-01-01"}


def test_another_reading_has_its_own_value(tree):
    others = [other for other in answer(tree(RESIDENT), "waiting")["alternatives"] if "#" in other["rules"][0]["rule"]]
    assert others
    for other in others:
        (rule,) = other["rules"]
        main = next(r for r in answer(tree(RESIDENT), "waiting")["rules"] if r["rule"] == rule["rule"].partition("#")[0])
        assert rule["used"] and rule["used"][0]["value"] != main["used"][0]["value"]


@pytest.mark.parametrize("step", [25, pytest.param(1, marks=pytest.mark.slow)])
def test_every_tree_has_its_shape_and_tells_the_assessment(tree, rulebook, step):
    shape = jsonschema.Draft202012Validator(trace_schema())
    for case in prepared.asked()[::step]:
        found = tree(case)
        shape.validate(found)
        assessment = assess(Case.parse(case, rulebook), rulebook)
        assert {one["key"]: one["text"] for one in found["answers"]} == {k: a.text for k, a in assessment.answers.items()}
        assert {one["key"]: [r["rule"] for r in one["rules"]] for one in found["answers"]} == {
            key: list(a.rules) for key, a in assessment.answers.items()
        }
        for one in found["answers"]:
            for rule in one["rules"]:
                assert rule["used"], (one["key"], rule["rule"], case)
                assert rule["sources"]
        assert json.dumps(found) == json.dumps(tree(case))


def test_every_step_says_how_sure_it_is(tree, rulebook):
    for step in assess(Case.parse(FUJIAN, rulebook), rulebook).to_json()["steps"]:
        assert step["confidence"] in ("high", "medium", "low")
