"""Two rules of one place that say the same thing on one day: nothing would say which of them holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

from scripts.proof.line import Question
from scripts.proof.speaking import Speaking, value_on

Json = dict[str, Any]
TERMS = ("wait", "resume", "retroactive", "effect", "account_in_wait", "liable")
"""What a tier may say."""


def overlaps(speaking: Speaking, question: Question) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(topic, rules) of all that overlap for the situation and on the day of a question."""
    year = question.get("coverage_year")
    day = question.get("paid_on") or question["as_of"] if year is None else f"{year}-01-01"
    key = (question["scheme"], question.get("situation", "same_place"), day)
    if key not in speaking.overlapping:
        speaking.overlapping[key] = tuple(_found(speaking.rules, *key))
    return speaking.overlapping[key]


def _found(rules: list[Json], scheme: str, situation: str, day: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    groups: dict[tuple[str, str], list[tuple[str, Json]]] = {}
    for rule in rules:
        if rule["sets_value"] and scheme in rule["schemes"] and situation in rule["situations"]:
            value = value_on(rule, date.fromisoformat(day))
            if value is not None:
                groups.setdefault((rule["place"], rule["topic"]), []).append((rule["id"], value))
    for (_, topic), speaking in groups.items():
        for (one, says), (other, says_too) in combinations(speaking, 2):
            if _clash(says, says_too):
                yield topic, (one, other)


def _clash(one: Json, other: Json) -> bool:
    """Whether two values state the same thing; of tiers, whether two of them can hold together and do."""
    if "tiers" not in one or "tiers" not in other:
        return any(one[key] is not None and other.get(key) is not None for key in one)
    pairs = ((a, b) for a in one["tiers"] for b in other["tiers"] if _together(a.get("when") or {}, b.get("when") or {}))
    return any(a.get(term) is not None and b.get(term) is not None for a, b in pairs for term in TERMS)


def _together(one: Json, other: Json) -> bool:
    """Whether no condition that both have keeps them apart."""
    return all(_meet(one[key], other[key]) for key in one if key in other)


def _meet(one: Any, other: Any) -> bool:
    if isinstance(one, list):
        return bool(set(one) & set(other))
    if isinstance(one, dict) and "within" not in one:
        most = min(one.get("max", 10_000), other.get("max", 10_000))
        return bool(max(one.get("min", 0), other.get("min", 0)) <= most)
    return isinstance(one, dict) or bool(one == other)
