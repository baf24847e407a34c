"""What an evaluation finds: ranges, each with the rules it rests on, and the sentences that explain it."""

from __future__ import annotations

from dataclasses import dataclass, field

from calculator.ranges import UNKNOWN, Range
from calculator.rulebook import Rule, Spoken

NEAREST = ("city", "province", "national")


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence and the rule it comes from. document: the source it names, None = the rule's first."""

    sentence: str
    spoken: Spoken
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """What another rule or reading with a source says instead. standing: in_force or unclear."""

    range: Range
    id: str
    standing: str
    title: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A range with its grounds. note: what the reader must know beside it. others: what else is said, if known already."""

    range: Range
    rules: tuple[Rule, ...] = ()
    note: str | None = None
    others: tuple[Other, ...] = ()


NOTHING = Finding(UNKNOWN)


@dataclass(slots=True)
class Findings:
    """One evaluation of a Case: each answer's finding by its key, and the steps in order.

    liable: who bears bills of the gap. missing: the questions left open that change the answer. payments: what the fund
    pays until full benefits, in each possible world.
    Filled part by part while a Case is evaluated, and only read afterwards.
    """

    answers: dict[str, Finding] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    liable: str | None = None
    missing: tuple[str, ...] = ()
    payments: tuple[Range, ...] = ()

    def explain(self, sentence: str, spoken: Spoken, document: str | None = None) -> None:
        step = Step(sentence, spoken, document)
        if step not in self.steps:
            self.steps.append(step)

    def range(self, key: str) -> Range:
        return self.answers.get(key, NOTHING).range
