"""The rulebook again and again while its files are being written: only the files that changed are read anew."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scripts.rulebook import RuleErrors
from scripts.rulebook.compiled import compile_rulebook
from scripts.rulebook.cross import check_all
from scripts.rulebook.load import Item, files, load_file
from scripts.rulebook.scalars import Report

Stamp = tuple[int, int]


class QuickReader:
    """Does what `build_rulebook` does, keeping what each file said as long as it stays the same."""

    def __init__(self, rules: Path) -> None:
        self._rules = rules
        self._known: dict[Path, tuple[Stamp, list[Item], Report]] = {}

    def read(self) -> dict[str, Any]:
        """The compiled rulebook. Raises RuleErrors."""
        found = {path: self._one(path) for path in files(self._rules)}
        self._known = found
        whole, items = Report(), []
        for _, own, report in found.values():
            items += own
            whole.errors += report.errors
            whole.references += report.references
            whole.unread |= report.unread
        check_all(items, whole)
        if whole.errors:
            raise RuleErrors(whole.errors)
        return compile_rulebook(items)

    def items(self, paths: Iterable[Path]) -> list[Item]:
        """What some of the files hold."""
        return [item for path in paths if path in self._known for item in self._known[path][1]]

    def _one(self, path: Path) -> tuple[Stamp, list[Item], Report]:
        seen = path.stat()
        stamp = (seen.st_mtime_ns, seen.st_size)
        if path in self._known and self._known[path][0] == stamp:
            return self._known[path]
        report = Report()
        return stamp, load_file(self._rules, path, report), report
