"""Counts distinct questions, and keeps one small example of each kind of breach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from scripts.proof.asking import Asking
from scripts.proof.breach import ALONG, LAWS, Breach
from scripts.proof.line import Line, Question
from scripts.proof.speaking import INFORMATION

IN_FULL, COMPARED = "in full", "compared"
SHOWN = 4
"""Of so many kinds of breach of one law in one place the smallest question is looked for."""


@dataclass
class Walked:
    """What the walk of one place came to.

    `counts_as`: the place by which its questions count. `asked`: the distinct questions, each by the hash of its Case as
    understood, under how they were asked: in full, only compared with the oracle, along a line on which something grows.
    `breaches`: one of each kind, and how many of it there were.
    """

    place: str
    counts_as: str
    asked: dict[str, set[int]] = field(default_factory=dict)
    breaches: list[tuple[Breach, int]] = field(default_factory=list)

    def add(self, piece: Walked) -> None:
        """Put a piece of the place to the rest of it."""
        for how, forms in piece.asked.items():
            self.asked.setdefault(how, set()).update(forms)
        self.breaches += piece.breaches


def counted_as(book: dict[str, Any], place: str) -> str:
    """The nearest place, upwards, with a rule of its own that computes: it answers for those without any."""
    parents = {one["code"]: one["parent"] for one in book["places"]}
    speaking = {rule["place"] for rule in book["rules"] if rule["topic"] not in INFORMATION}
    while place not in speaking and parents.get(place):
        place = parents[place]
    return place if place in speaking else "CN"


def distinct(walked: list[Walked], *ways: str) -> int:
    """How many distinct questions were asked, in these ways (in any, where none is named)."""
    forms: dict[str, set[int]] = {}
    for one in walked:
        for how in ways or (IN_FULL, COMPARED):
            forms.setdefault(one.counts_as, set()).update(one.asked.get(how, ()))
    return sum(len(found) for found in forms.values())


def checked(walked: list[Walked]) -> dict[str, int]:
    """On how many distinct questions each law was checked."""
    ways = {law: (ALONG[law],) if law in ALONG else () if law == "oracle" else (IN_FULL,) for law in LAWS}
    counts = {way: distinct(walked, *way) for way in set(ways.values())}
    return {law: counts[way] for law, way in ways.items()}


class Counting:
    """Notes, for one place, what is asked and what breaks."""

    def __init__(self, walked: Walked, asking: Asking) -> None:
        self._walked, self._asking = walked, asking
        self._kinds: dict[tuple[Any, ...], Breach] = {}
        self._counts: Counter[tuple[Any, ...]] = Counter()

    def note_line(self, line: Line) -> None:
        """Count the questions of a line."""
        forms = {self._form(question) for question in line.questions}
        for how in (IN_FULL, line.grows) if line.grows else (IN_FULL,):
            self._walked.asked.setdefault(how, set()).update(forms)

    def is_new(self, question: Question) -> bool:
        """Count a question that is only compared; whether it was not asked before."""
        form = self._form(question)
        compared = self._walked.asked.setdefault(COMPARED, set())
        if form in compared or form in self._walked.asked.get(IN_FULL, ()):
            return False
        compared.add(form)
        return True

    def note_breaches(self, breaches: Iterable[Breach]) -> None:
        """Count breaches by kind."""
        for breach in breaches:
            self._kinds.setdefault(breach.kind, breach)
            self._counts[breach.kind] += 1

    def done(self) -> Walked:
        """The walk of the place, the first few kinds of each law with their smallest questions."""
        seen: Counter[str] = Counter()
        for kind, breach in self._kinds.items():
            seen[breach.law] += 1
            small = self._asking.small(breach) if seen[breach.law] <= SHOWN else breach
            self._walked.breaches.append((small, self._counts[kind]))
        return self._walked

    def _form(self, question: Question) -> int:
        """The question as it is understood, whatever it leaves out or says twice; for the place by which it counts."""
        try:
            return hash(self._asking.case(question)._replace(place=self._walked.counts_as))
        except ValueError:  # asking it will show that it is no Case
            return hash(str(question))
