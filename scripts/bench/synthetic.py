"""Rulebooks with more places than there are: real places and their rules under new codes, made in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from scripts.rulebook.compiled import canonical
from scripts.site.book import Book, Json

FIRST_CODE = 900001
"""No real code begins with 9."""


def grown(rulebook: Json, places: int) -> dict[str, Any]:
    """The compiled rulebook with so many place pages (provinces and places with rules of their own, without the nation).

    Every place below a province is copied in turn, with its rules, beside itself. Documents and claims stay as they are.
    Raises ValueError if the real rulebook has more place pages already, or none to copy.
    """
    book = Book(rulebook)
    more = places - pages_of(rulebook)
    if more < 0 or not book.local:
        raise ValueError(f"{pages_of(rulebook)} place pages, {len(book.local)} places to copy: cannot make {places}")
    copied = [_copy_of(book.local[index % len(book.local)], index, len(book.local)) for index in range(more)]
    new_rules = [rule for original, copy in copied for rule in _rules_of(book, original, copy)]
    found = {
        **rulebook,
        "places": [*rulebook["places"], *(copy for _, copy in copied)],
        "rules": [*rulebook["rules"], *new_rules],
    }
    del found["hash"]
    return {**found, "hash": "sha256:" + hashlib.sha256(canonical(found).encode("utf-8")).hexdigest()}


def pages_of(rulebook: Json) -> int:
    """How many provinces and places with rules of their own have a page."""
    book = Book(rulebook)
    return len(book.provinces) + len(book.local)


def _copy_of(original: Json, index: int, originals: int) -> tuple[Json, dict[str, Any]]:
    """(a real place, the same place under the code and with a name of its own)."""
    name = f"{original['name']}{index // originals + 2}号"
    return original, {**original, "code": str(FIRST_CODE + index), "name": name}


def _rules_of(book: Book, original: Mapping[str, Any], copy: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for rule in book.select(place=original["code"]):
        identifier = str(rule["id"]).replace(original["code"], copy["code"], 1)
        yield {**rule, "id": identifier, "place": copy["code"], "title": f"{copy['name']}，{rule['title']}"}
