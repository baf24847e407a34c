"""What the comparison with other engines asks and how it judges. Nothing here depends on how fast the machine is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from calculator import Case, Rulebook, answers, assess
from scripts.bench.rivals.questions import YEARS, cases, wait_case, wait_terms, waits
from scripts.bench.rivals.rounds import HERE, NAMES, agree, least
from scripts.bench.rivals.timing import per_call
from scripts.bench.rivals.verdict import bounds, table
from scripts.rulebook import build_rulebook
from scripts.rulebook.compiled import canonical

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def real() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(canonical(build_rulebook(ROOT / "rules")))
    return found


def test_the_questions_are_of_all_schemes_and_some_have_other_readings(real: dict[str, Any]) -> None:
    book = Rulebook.load(real)
    asked = cases(real)
    assert {case["scheme"] for case in asked} == {"employee", "flexible", "resident"}
    assert {rule["place"] for rule in real["rules"]} == {case["place"] for case in asked}
    told = [assess(Case.parse(case, book), book).answers for case in asked]
    assert sum(any(answer.alternatives for answer in found.values()) for found in told) > len(asked) / 2


def test_answers_alone_are_those_of_the_assessment_without_sentences(real: dict[str, Any]) -> None:
    book = Rulebook.load(real)
    for given in cases(real):
        case = Case.parse(given, book)
        whole = assess(case, book).answers
        alone = answers(case, book)
        assert list(alone) == list(whole)
        for key, answer in whole.items():
            others = tuple(other._replace(note="") for other in answer.alternatives)
            assert alone[key] == answer._replace(text="", note=None, alternatives=others)


def test_the_rule_the_engines_share_is_ours_number_by_number(real: dict[str, Any]) -> None:
    book = Rulebook.load(real)
    terms = wait_terms(real)
    months = [answers(Case.parse(wait_case(*one), book), book)["waiting"].range.value.n for one in waits()]
    assert len(months) == (YEARS + 1) * (YEARS + 2)
    for (lapsed, repaid, inside), found in zip(waits(), months, strict=True):
        added = max(0, max(0, lapsed - terms["beyond_year"]) * terms["per_year"] - repaid * terms["repair_per_year"])
        least = terms["floor_total"] if lapsed >= terms["floor_years"] else 0
        assert found == (0 if inside and not lapsed else max(terms["fixed"] + added, least))
    agree({"ours": months, "theirs": months})
    with pytest.raises(RuntimeError, match="theirs says"):
        agree({"ours": months, "theirs": [*months[:-1], months[-1] + 1]})


def test_no_number_of_the_rule_is_written_for_publicodes() -> None:
    written = yaml.safe_load((HERE / "resident_wait.publicodes.yaml").read_text("utf-8"))
    assert not set(NAMES.values()) & set(written)
    assert {value for value in written.values() if isinstance(value, int | float)} <= {0}


def test_what_is_slower_than_promised_is_not_held() -> None:
    def side(**figures: float) -> dict[str, dict[str, float]]:
        return {name: {"cpu": value, "wall": 2 * value} for name, value in figures.items()}

    theirs = side(begin=400, **{"import": 350}, example=600, couple=500, single=400, wait=300)
    figures = {
        "ours": side(begin=90, **{"import": 70}, assess=500, to_json=601, whole=900, answers=300, wait=20),
        "openfisca": theirs,
        "publicodes": side(begin=30, **{"import": 20}, wait=200),
    }
    assert [bound.holds for bound in bounds(figures)] == [True, False, True]
    assert "0.601(1.202)" in table(figures)
    assert least([{"begin": {"cpu": n, "wall": n}, "months": []} for n in (3.0, 1.0, 2.0)]) == side(begin=1) | {
        "begin": {"cpu": 1.0, "wall": 1.0}
    }


def test_a_call_is_timed_by_the_quickest_of_many_passes() -> None:
    passes = []

    def ask() -> int:
        passes.append(sum(range(2000)))
        return 10

    found = per_call(ask, 0.0)
    assert len(passes) == 8
    assert 0 < found["cpu"] < 1e5
