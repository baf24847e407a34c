"""One hostile rulebook for all tests of this room."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

import pytest

from scripts.rulebook import build_rulebook
from tests.hostile.texts import poisoned

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def rulebook():
    compiled = ROOT / "calculator" / "rulebook.json"
    whole = json.loads(compiled.read_text("utf-8")) if compiled.is_file() else build_rulebook(ROOT / "rules")
    return poisoned(whole, count())
