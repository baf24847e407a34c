"""What the articles say: each claim with its verdict, its reason and what to do instead, found by its words and by its id."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

LABELS = yaml.safe_load((Path(__file__).parents[2] / "docs" / "templates" / "labels.yaml").read_text("utf-8"))
VERDICTS = {"成立", "仅部分地区", "已过时", "不成立", "无法核实"}


@pytest.fixture(scope="module")
def found(homes: dict[str, Path]) -> dict[str, str]:
    """Address of a section → its title and text in the search index, without the marks between words."""
    index = json.loads((homes["hosted"] / "search" / "search_index.json").read_text("utf-8"))
    return {doc["location"]: plain(doc["title"] + doc["text"]) for doc in index["docs"]}


def plain(text: str) -> str:
    return re.sub(r"<[^>]+>|[\s​]", "", text)


def test_verdicts_are_of_five_kinds() -> None:
    assert set(LABELS["verdict"].values()) == VERDICTS


def test_search_finds_each_claim_with_its_verdict_its_reason_and_what_to_do(
    found: dict[str, str], rulebook: dict[str, Any]
) -> None:
    lacking = []
    for claim in rulebook["claims"]:
        text = found.get(f"claims/{claim['article']}/#{claim['id'].lower()}", "")
        wanted = (claim["says"], f"结论：{LABELS['verdict'][claim['verdict']]}", claim["why"], claim["instead"])
        lacking += [(claim["id"], words) for words in wanted if plain(words) not in text]
    assert lacking == []


def test_search_finds_each_disagreement_with_all_its_sides(found: dict[str, str], rulebook: dict[str, Any]) -> None:
    lacking = []
    for conflict in rulebook["conflicts"]:
        text = found.get(f"conflicts/#{conflict['id'].lower()}", "")
        sides = [side["reading"] for side in conflict["sides"]]
        wanted = (conflict["title"], *sides, conflict["matters_when"], conflict["who_decides"], conflict["our_choice"])
        lacking += [(conflict["id"], words) for words in wanted if plain(words) not in text]
    assert lacking == []


def test_a_claim_shows_the_document_of_each_rule_that_decides(found: dict[str, str], rulebook: dict[str, Any]) -> None:
    rules = {rule["id"]: rule for rule in rulebook["rules"]}
    lacking = []
    for claim in rulebook["claims"]:
        text = found[f"claims/{claim['article']}/#{claim['id'].lower()}"]
        for rule in (rules[one] for one in claim["decides"]):
            titles = [rulebook["documents"][source["document"]]["title"] for source in rule["sources"]]
            lacking += [(claim["id"], title) for title in titles if plain(title) not in text]
    assert lacking == []


def test_each_procedure_stands_on_the_page_that_claims_lead_to(homes: dict[str, Path], rulebook: dict[str, Any]) -> None:
    for procedure in rulebook["procedures"]:
        page = homes["staged"] / LABELS["procedure_page"][procedure["id"]]
        text = page.read_text("utf-8")
        assert all(step["do"] in text for step in procedure["steps"]), procedure["id"]
