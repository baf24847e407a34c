"""Every claim of the articles that needs an answer: some Case makes the Assessment show it, with our verdict beside it.

`slots/index.yaml` lists the claims. Every other table there holds, by claim, the Case to ask and what must be shown:
`claims` (by the answer's key: what the article comes to) or `answers` (by dotted path: a value that stands in the answer
or among its alternatives). Of the Case may be left out: `place: CN`, `as_of: 2026-03-20`. Amounts are quoted.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from calculator import Case, Rulebook, assess

SLOTS = Path(__file__).parent / "slots"
Json = dict[str, Any]


def _plain(value: Any) -> Any:
    """What YAML reads, as JSON holds it: days are strings."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return str(value) if isinstance(value, date) else value


def _read(name: str) -> Json:
    found: Json = _plain(yaml.safe_load((SLOTS / name).read_text("utf-8")))
    return found


INDEX = _read("index.yaml")
TABLES = {path.name: _read(path.name) for path in sorted(SLOTS.glob("*.yaml")) if path.name != "index.yaml"}
ROWS = [(claim, row) for table in TABLES.values() for claim, row in table.items()]


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
