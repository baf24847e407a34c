"""The real rules, and a checkout of one's own that a test may spoil."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from scripts.rulebook import build_rulebook

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def compiled() -> dict[str, Any]:
    return build_rulebook(ROOT / "rules")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a copy of the real rules and of the pages' words."""
    for part in ("rules", "docs/templates"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path
