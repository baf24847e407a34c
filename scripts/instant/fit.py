"""From the calculator's answers on some days to what holds on every day of a stretch: spans of days with one recipe each.

Where two days that were asked need different recipes, halving finds the day between them on which the change falls.
Where several recipes explain all that was asked, the calculator is asked on a day on which they differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from scripts.instant.recipes import ONE_DAY, AnyRecipe, explanations, plainest
from scripts.instant.saying import Ask, Said, Sentences

Recipes = frozenset[AnyRecipe]
NONE: Recipes = frozenset()


class Rule(NamedTuple):
    """What holds in a span: the sentences, and a recipe for each bound that there is."""

    sentences: Sentences | None
    low: AnyRecipe | None
    high: AnyRecipe | None

    def on(self, paid: date) -> Said:
        return Said(self.sentences, self.low and self.low.on(paid), self.high and self.high.on(paid))


Spans = tuple[tuple[date, Rule], ...]
"""By the first day of each span; the last holds to the end of the stretch."""


@dataclass
class Run:
    """Days in a row that one rule may explain, with all the recipes still possible for each bound; none where it has none."""

    first: date
    last: date
    said: Said
    low: Recipes
    high: Recipes

    @classmethod
    def of(cls, day: date, said: Said) -> Run:
        return cls(day, day, said, *_explained(day, said))

    def takes(self, day: date, said: Said) -> bool:
        """Whether the day fits in; if so it is taken in."""
        if said.sentences != self.said.sentences or bool(said.low) != bool(self.low) or bool(said.high) != bool(self.high):
            return False
        low, high = _explained(day, said)
        low, high = self.low & low, self.high & high
        if bool(low) != bool(said.low) or bool(high) != bool(said.high):
            return False
        self.low, self.high, self.last = low, high, max(self.last, day)
        return True

    def doubt(self, until: date) -> date | None:
        """A day of the run (to `until`) on which recipes that are still possible differ."""
        pairs = [pair for bound in (self.low, self.high) for pair in pairwise(bound)]
        for n in range((until - self.first).days + 1) if pairs else ():
            day = self.first + timedelta(days=n)
            if any(one.on(day) != other.on(day) for one, other in pairs):
                return day
        return None

    @property
    def rule(self) -> Rule:
        return Rule(self.said.sentences, plainest(self.low), plainest(self.high))


def fit(ask: Ask, days: Iterable[date]) -> Spans:
    """The spans from the first of `days` to the last. `days`: those to ask on to begin with, in any order."""
    remembered = cache(ask)
    looked_at = set(days)
    end = max(looked_at)
    while True:
        runs = _runs(remembered, sorted(looked_at))
        ends = [run.first - ONE_DAY for run in runs[1:]] + [end]
        doubts = {day for run, last in zip(runs, ends, strict=True) if (day := run.doubt(last)) is not None}
        if not doubts:
            return _joined((run.first, run.rule) for run in runs)
        looked_at |= doubts


def holds_on(spans: Spans, day: date) -> Said:
    """What the spans say of a day."""
    return next(rule for first, rule in reversed(spans) if first <= day).on(day)


def _runs(ask: Ask, days: list[date]) -> list[Run]:
    runs = [Run.of(days[0], ask(days[0]))]
    for day in days[1:]:
        while not runs[-1].takes(day, ask(day)):
            change = _halved(runs[-1], ask, day)
            runs.append(Run.of(change, ask(change)))
    return runs


def _halved(run: Run, ask: Ask, beyond: date) -> date:
    """The first day after the run that does not belong to it; `beyond` is one. Takes in those before."""
    while (beyond - run.last).days > 1:
        middle = run.last + (beyond - run.last) // 2
        if not run.takes(middle, ask(middle)):
            beyond = middle
    return beyond


def _explained(day: date, said: Said) -> tuple[Recipes, Recipes]:
    low = explanations(day, said.low) if said.low else NONE
    return low, low if said.high == said.low else explanations(day, said.high) if said.high else NONE


def _joined(spans: Iterable[tuple[date, Rule]]) -> Spans:
    made: list[tuple[date, Rule]] = []
    for first, rule in spans:
        if not made or made[-1][1] != rule:
            made.append((first, rule))
    return tuple(made)
