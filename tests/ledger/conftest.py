"""The real rulebook and its ledger, built once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scripts.ledger import build_ledger
from scripts.rulebook import build_rulebook

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def rules_dir() -> Path:
    return ROOT / "rules"


@pytest.fixture(scope="session")
def rulebook(rules_dir: Path) -> dict[str, Any]:
    return build_rulebook(rules_dir)


@pytest.fixture(scope="session")
def ledger(rulebook: dict[str, Any], rules_dir: Path) -> dict[str, dict[str, Any]]:
    return build_ledger(rulebook, rules_dir)
