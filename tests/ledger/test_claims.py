"""Each claim of the articles stands in our words, with a verdict, a reason and what to do instead."""

from __future__ import annotations

import re
from typing import Any

HALF_WIDTH = re.compile(r"[一-鿿][,:;?()!]|[,:;?()!][一-鿿]")

Claims = dict[str, dict[str, Any]]


def _claims(rulebook: dict[str, Any]) -> Claims:
    return {claim["id"]: claim for claim in rulebook["claims"]}


def test_every_claim_says_what_why_and_what_to_do(rulebook: dict[str, Any]) -> None:
    missing = [
        (claim["id"], key) for claim in rulebook["claims"] for key in ("says", "verdict", "why", "instead") if not claim[key]
    ]
    assert missing == []


def test_a_claim_that_repeats_another_has_its_verdict_and_its_reason(rulebook: dict[str, Any]) -> None:
    claims = _claims(rulebook)
    repeats = [claim for claim in claims.values() if claim["same_as"]]
    assert len(repeats) > 50
    for claim in repeats:
        first = claims[claim["same_as"]]
        assert (claim["verdict"], claim["why"], claim["decides"]) == (first["verdict"], first["why"], first["decides"])
        assert claim["id"] in first["restated_by"] and claim["says"] != first["says"]


def test_an_answer_quotes_a_statement_once_however_many_articles_repeat_it(rulebook: dict[str, Any]) -> None:
    assert [claim["id"] for claim in rulebook["claims"] if claim["same_as"] and "value" in claim] == []


def test_a_claim_belongs_to_the_article_its_id_names(rulebook: dict[str, Any]) -> None:
    assert all(claim["article"] == f"00{claim['id'][1]}" for claim in rulebook["claims"])


def test_a_claim_that_is_not_left_open_names_what_decides_it(rulebook: dict[str, Any]) -> None:
    """An outdated, wrong or local claim rests on a rule, or on the channel or the steps that took its place."""
    bare = [
        claim["id"]
        for claim in rulebook["claims"]
        if claim["verdict"] in ("outdated", "wrong", "local_only")
        and not (claim["decides"] or claim["channels"] or claim["procedures"])
    ]
    assert bare == []


def test_chinese_has_chinese_punctuation(rulebook: dict[str, Any]) -> None:
    wrong = [
        (claim["id"], key) for claim in rulebook["claims"] for key in ("says", "why", "instead") if HALF_WIDTH.search(claim[key])
    ]
    assert wrong == []


def test_each_group_of_disagreeing_claims_shows_the_claims_on_each_side(rulebook: dict[str, Any]) -> None:
    groups = [conflict for conflict in rulebook["conflicts"] if conflict["id"].startswith("CF")]
    assert len(groups) == 38
    assert all(side["claims"] for group in groups for side in group["sides"])
