"""Sheets kept from one build to the next, each by what it was made of: its rules, the calculator, and this room."""

from __future__ import annotations

import contextlib
import hashlib
import json
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import calculator
from calculator.rulebook import Rule
from scripts.fingerprint import digest
from scripts.instant.rows import Sheet, Stretch

MADE_BY = {"calculator": Path(calculator.__file__).parent, "instant": Path(__file__).parent}
What = tuple[tuple[str, str], tuple[Rule, ...], Stretch]
"""Scheme and situation, the rules that bear on it, the days of payment."""


class Kept:
    """One file a sheet, in a folder of the build's cache."""

    def __init__(self, cache: Path, data: Mapping[str, Any]) -> None:
        """data: the compiled rulebook, from which the rules come."""
        self.home = cache / "instant"
        self.rules = {rule["id"]: json.dumps(rule, sort_keys=True, ensure_ascii=False) for rule in data["rules"]}
        self.by = [digest(folder.parent, [folder.name], {}, without=["calculator/rulebook.json"]) for folder in MADE_BY.values()]

    def read(self, what: What) -> Sheet | None:
        """None where it is not there, or cannot be read."""
        with contextlib.suppress(OSError, pickle.UnpicklingError, EOFError, AttributeError):
            found = pickle.loads(self._path(what).read_bytes())
            return found if isinstance(found, Sheet) else None
        return None

    def write(self, what: What, sheet: Sheet) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        path = self._path(what)
        beside = path.with_suffix(".tmp")
        beside.write_bytes(pickle.dumps(sheet))
        beside.replace(path)

    def _path(self, what: What) -> Path:
        asked, rules, stretch = what
        made_of = [*self.by, *asked, *map(str, stretch), *(self.rules[rule.id] for rule in rules)]
        return self.home / f"{hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:32]}.pickle"
