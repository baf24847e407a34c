"""The cases that stand beside the rules, wherever the calculator runs."""

from __future__ import annotations

from calculator import Case, Rulebook, assess
from scripts.rulebook.expect import unmet_of
from tests import prepared


def test_every_case_beside_a_rule_is_answered_as_its_author_expects(rulebook: Rulebook) -> None:
    cases = prepared.expected()
    assert len(cases) > 1000
    wrong = []
    for one in cases:
        answer = assess(Case.parse(one["case"], rulebook), rulebook).to_json()
        wrong += [(one["name"], *unmet) for unmet in unmet_of(one["expect"], answer)]
    assert wrong == []
