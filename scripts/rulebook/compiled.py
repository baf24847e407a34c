"""Checked items → the compiled rulebook: what calculator, pages and browser read. Always in the same order."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from scripts.rulebook.load import Item
from scripts.rulebook.sameclaims import resolved

LISTS = {
    "channels": "channel",
    "procedures": "procedure",
    "groups": "group",
    "claims": "claim",
    "conflicts": "conflict",
}
_TRUSTED = ("high", "medium")


def canonical(data: Any) -> str:
    """The one way to write compiled data down."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def compile_rulebook(items: list[Item]) -> dict[str, Any]:
    """The compiled rulebook; its `hash` covers everything else in it."""
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for item in sorted(items, key=_place_in_order):
        by_kind.setdefault(item.kind, []).append(item.data)
    head = by_kind["rulebook"][0]
    book: dict[str, Any] = {
        **{key: head[key] for key in ("version", "data_date", "title", "removed") if key in head},
        "places": by_kind.get("place", []),
        "rules": [_rule(rule) for rule in by_kind.get("rule", [])],
        "documents": {one["id"]: one for one in by_kind.get("document", [])},
    }
    for name, kind in LISTS.items():
        book[name] = by_kind.get(kind, [])
    book["claims"] = resolved(book["claims"], book["conflicts"])
    if "calendar" in by_kind:
        book["calendar"] = by_kind["calendar"][0]
    digest = hashlib.sha256(canonical(book).encode("utf-8")).hexdigest()
    return {**book, "hash": f"sha256:{digest}"}


def _place_in_order(item: Item) -> tuple[str, str]:
    """By kind and id; the nation is the first place, and groups keep the order that their one file gives them."""
    return item.kind, "" if item.kind == "group" or item.id == "CN" else item.id


def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in rule.items() if key not in ("cases", "exceptions")}
    kept["values"] = [
        [None if day == "undated" else day, rule["values"][day]] for day in sorted(rule["values"], key=_order)
    ]
    kept["sets_value"] = sets_value(rule)
    kept["readings"] = [{**reading, "sets_value": sets_value(reading)} for reading in rule["readings"]]
    return kept


def _order(day: str) -> str:
    return "" if day == "undated" else day


def sets_value(said: dict[str, Any]) -> bool:
    """Only what is in force, on a source that deserves some confidence, sets a value."""
    return said["standing"] == "in_force" and any(source["confidence"] in _TRUSTED for source in said["sources"])
