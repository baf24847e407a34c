"""Site, offline bundle and command line give the same Assessment, byte for byte."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from calculator.fields import FIELDS, SITUATIONS
from tests.browser.asking import Calculator, link
from tests.browser.cases import spread
from tests.browser.command import assess, assess_all
from tests.browser.homes import ROOT

pytestmark = pytest.mark.browser

COUNT = 200


@pytest.fixture(scope="module")
def cases():
    rulebook = json.loads((ROOT / "site" / "api" / "rulebook.json").read_text("utf-8"))
    return spread(rulebook, COUNT)


@pytest.fixture(scope="module")
def expected(cases):
    return assess_all(cases)


def test_the_cases_are_many_different_ones_and_all_have_answers(cases, expected):
    keys = Counter(key for case in cases for key in case)
    assert len({json.dumps(case, sort_keys=True) for case in cases}) == COUNT
    assert min(keys[field.name] for field in FIELDS) >= 5, keys
    assert {case.get("situation", SITUATIONS[0]) for case in cases} == set(SITUATIONS)
    assert len({case["place"] for case in cases}) > 80
    answers = [json.loads(text) for text in expected]
    assert not [answer for answer in answers if "error" in answer]
    bases = Counter(answer["benefits_resume_on"]["basis"] for answer in answers)
    assert min(bases[basis] for basis in ("city", "province", "national", "none")) >= 5, bases


def test_one_case_alone_prints_what_a_line_of_many_prints(cases, expected):
    assert assess(cases[0]) == expected[0]


@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
def test_200_links_give_the_command_lines_bytes(home, cases, expected, open_page):
    calculator = Calculator(open_page(home, "calculator"))
    different = []
    for case, wanted in zip(cases, expected, strict=True):
        state, assessment, trouble = calculator.open_link(link(case))
        if (state, assessment) != ("ready", wanted):
            different.append((case, state, trouble or _first_difference(assessment, wanted)))
    assert different == []


def _first_difference(found: str, wanted: str) -> str:
    at = next((n for n, (one, other) in enumerate(zip(found, wanted, strict=False)) if one != other), 0)
    return f"at {at}: …{found[at - 40 : at + 40]}… instead of …{wanted[at - 40 : at + 40]}…"
