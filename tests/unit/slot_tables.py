"""The tables of `slots/`: index.yaml lists the claims that need an answer, every other one holds rows by claim."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

SLOTS = Path(__file__).parent / "slots"
Json = dict[str, Any]


def plain(value: Any) -> Any:
    """What YAML reads, as JSON holds it: days are strings."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    return str(value) if isinstance(value, date) else value


def _read(name: str) -> Json:
    found: Json = plain(yaml.safe_load((SLOTS / name).read_text("utf-8")))
    return found


INDEX = _read("index.yaml")
TABLES = {path.name: _read(path.name) for path in sorted(SLOTS.glob("*.yaml")) if path.name != "index.yaml"}
ROWS = [(claim, row) for table in TABLES.values() for claim, row in table.items()]
