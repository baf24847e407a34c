"""A small rulebook that a test may change and publish again and again."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.rulebook import build_rulebook
from scripts.rulebook.compiled import canonical

SMALL = Path(__file__).parents[1] / "rules" / "small" / "rules"
FUJIAN = "350000.employee.restoration"

Json = dict[str, Any]


def hashed(book: Json) -> Json:
    rest = {key: value for key, value in book.items() if key != "hash"}
    return {**rest, "hash": "sha256:" + hashlib.sha256(canonical(rest).encode("utf-8")).hexdigest()}


def rule(book: Json, identifier: str = FUJIAN) -> Json:
    return next(one for one in book["rules"] if one["id"] == identifier)


@pytest.fixture(scope="session")
def small() -> Json:
    return build_rulebook(SMALL)


@pytest.fixture
def later(small: Json) -> Callable[..., Json]:
    """later(version, day, change): a copy of the small rulebook, changed by `change(copy)`, with its own hash."""

    def made(version: str, day: str, change: Callable[[Json], object] = lambda book: None, of: Json | None = None) -> Json:
        book = copy.deepcopy(small if of is None else of)
        book |= {"version": version, "data_date": day}
        change(book)
        return hashed(book)

    return made
