"""Every claim of the articles that needs an answer: some Case makes the Assessment show it, with our verdict beside it.

Each row of a table (slot_tables.py) holds, by claim, the Case to ask and what must be shown:
`claims` (by the answer's key: what the article comes to) or `answers` (by dotted path: a value that stands in the answer
or among its alternatives). Of the Case may be left out: `place: CN`, `as_of: 2026-03-20`. Amounts are quoted.
"""

from __future__ import annotations

from typing import Any

import pytest

from calculator import Case, Rulebook, assess
from tests.unit.slot_tables import INDEX, ROWS

Json = dict[str, Any]


def _shown(assessment: Json, path: str) -> list[Any]:
    """The value of an answer, its bounds and its alternatives."""
    answer: Any = assessment
    for step in path.split("."):
        answer = answer[int(step) if step.isdigit() else step]
    if not isinstance(answer, dict) or "alternatives" not in answer:
        return [answer]
    return [answer["value"], answer["low"], answer["high"], *(other["value"] for other in answer["alternatives"])]


def _comes_to(entry: Json) -> Any:
    """What a claim says: one value, or the bounds of a range."""
    return {"low": entry["low"], "high": entry["high"]} if entry["value"] is None and "low" in entry else entry["value"]


@pytest.mark.parametrize(("claim", "row"), ROWS, ids=[claim for claim, _ in ROWS])
def test_a_case_shows_what_the_article_comes_to(claim: str, row: Json, rulebook: Rulebook, compiled: Json) -> None:
    case = {"place": "CN", "as_of": "2026-03-20", **row["case"]}
    assessment = assess(Case.parse(case, rulebook), rulebook).to_json()
    verdict = next(known["verdict"] for known in compiled["claims"] if known["id"] == claim)
    said = [entry for entry in assessment["claims"] if claim in (entry["id"], *entry["also"])]
    assert row.get("claims") or row.get("answers"), "a row says what must be shown"
    for key, value in row.get("claims", {}).items():
        found = [(_comes_to(entry), entry["verdict"]) for entry in said if entry["key"] == key]
        assert found == [(value, verdict)], said
    for path, value in row.get("answers", {}).items():
        assert value in _shown(assessment, path)


def test_no_claim_stands_in_two_tables() -> None:
    assert len({claim for claim, _ in ROWS}) == len(ROWS)


def test_every_claim_that_is_listed_has_its_case() -> None:
    listed = {claim for claims in INDEX.values() for claim in claims}
    assert {claim for claim, _ in ROWS} >= listed
