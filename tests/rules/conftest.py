"""A small rulebook of one's own: a copy that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.rulebook import RuleErrors, build_rulebook

SMALL = Path(__file__).parent / "small" / "rules"

FILES = {
    "rulebook": "rulebook.yaml",
    "groups": "groups.yaml",
    "places": "places/all.yaml",
    "documents": "documents/all.yaml",
    "channels": "channels/all.yaml",
    "procedures": "procedures/all.yaml",
    "claims": "claims/all.yaml",
    "conflicts": "conflicts/all.yaml",
    "waiting": "CN/resident-waiting.yaml",
    "ceiling": "CN/all-ceiling.yaml",
    "window": "CN/resident-window.yaml",
    "late_fee": "CN/employee-late_fee.yaml",
    "fujian": "350000-福建/employee-restoration.yaml",
    "xiamen": "350000-福建/350200-厦门/resident-exemption.yaml",
}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the small rulebook."""
    return Path(shutil.copytree(SMALL, tmp_path / "rules"))


@pytest.fixture
def spoil(rules: Path) -> Callable[[str, str, str], list[str]]:
    """spoil(file, old, new): what the check says once `old` is replaced in that file."""

    def spoiled(name: str, old: str, new: str) -> list[str]:
        path = rules / FILES[name]
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {FILES[name]}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return complaints(rules)

    return spoiled


def complaints(rules: Path) -> list[str]:
    """The lines of the check; none for a sound rulebook."""
    try:
        build_rulebook(rules)
    except RuleErrors as errors:
        return str(errors).splitlines()
    return []
