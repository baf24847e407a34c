"""Who judges which mutant: whoever ran its line, as many as there is patience for."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from tests.mutation import killers
from tests.mutation.cover import FIXTURE, LOADED
from tests.mutation.mutants import Mutant

MOST_SECONDS = 3.0
PATIENCE = 5.0
"""Seconds of tests, as measured, that one mutant gets."""
MOST_CASES = 250
NOBODY = {"", LOADED}
"""No killer's turn: while the calculator or what all tests share is loaded."""
KEPT_ANSWER, CASE = killers.KEPT, killers.CASE
Json = dict[str, Any]


class Judges:
    """Who judges which line."""

    def __init__(self, cover: Json) -> None:
        self.lines = cover["lines"]
        self.seconds = _with_files(cover["seconds"])
        everyone = {name for file in self.lines.values() for names in file.values() for name in names}
        self.everyone = sorted(name for name in everyone if name not in NOBODY)

    def of(self, mutant: Mutant) -> list[str]:
        """Who judges it: every kept answer that runs its line, of the cases so many, of the tests as many as patience allows."""
        names = self._running(mutant)
        answers = [name for name in names if name.startswith(KEPT_ANSWER)]
        cases = sorted((name for name in names if name.startswith(CASE)), key=_anyhow)  # neighbours are alike
        tests = [name for name in names if not name.startswith((KEPT_ANSWER, CASE))]
        return [*sorted(answers, key=_anyhow), *cases[:MOST_CASES], *self._patient(tests, self._at_home(mutant))]

    def _running(self, mutant: Mutant) -> list[str]:
        by_line = self.lines.get(mutant.path, {})
        first, last = mutant.lines
        names = {name for line in range(first, last + 1) for name in by_line.get(str(line), ())}
        if not names - NOBODY or names & NOBODY:
            names = {*names, *self.everyone} if names else set()
        return sorted({name.removeprefix(FIXTURE) for name in names - NOBODY if not self._slow(name)})

    def _at_home(self, mutant: Mutant) -> set[str]:
        """Who runs any line of its file: of a line that runs at loading, which everyone may judge, these know most."""
        return {name.removeprefix(FIXTURE) for names in self.lines.get(mutant.path, {}).values() for name in names}

    def _slow(self, name: str) -> bool:
        """A test that takes long, with what its file prepares, judges nobody: it would be the whole cost of each survivor."""
        prepares = self.seconds.get(FIXTURE + name.removeprefix(FIXTURE).split("::")[0], 0.0)
        return self.seconds.get(name, 0.0) + prepares > MOST_SECONDS

    def time(self, names: Iterable[str]) -> float:
        return sum(self.seconds.get(name, 0.0) for name in names)

    def _patient(self, tests: Iterable[str], at_home: Collection[str]) -> list[str]:
        """The quickest of these tests, as many as there is patience for; those at home in the mutant's file go first."""
        quickest = sorted(tests, key=lambda name: (name not in at_home, self.seconds.get(name, 0.0)))
        chosen, taken = [], 0.0
        for name in quickest:
            if taken + self.seconds.get(name, 0.0) <= PATIENCE:
                taken += self.seconds.get(name, 0.0)
                chosen.append(name)
        return chosen


def _with_files(seconds: Mapping[str, float]) -> dict[str, float]:
    """How long each test took, and by the name of its file all of a file together."""
    found = Counter(seconds)
    for name, taken in seconds.items():
        if "::" in name and not name.startswith(FIXTURE):
            found[name.split("::")[0]] += taken
    return dict(found)


def _anyhow(name: str) -> int:
    """An order in which neighbours are not alike, the same each time."""
    return zlib.crc32(name.encode())
