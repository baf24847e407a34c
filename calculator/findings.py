"""What an evaluation finds: ranges, each with the rules it rests on, and the sentences that explain it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from calculator.ranges import UNKNOWN, Range
from calculator.rulebook import Rule, Spoken, Variant

if TYPE_CHECKING:  # both are found, and put in here
    from calculator.treatments import Verdict
    from calculator.window import Window


class Step(NamedTuple):
    """One sentence and the rule it comes from. document: the source it names, None = the rule's first."""

    sentence: str
    spoken: Spoken
    document: str | None = None


class Other(NamedTuple):
    """What another rule or reading with a source says instead. standing: in_force or unclear."""

    range: Range
    id: str
    standing: str
    title: str


class Finding(NamedTuple):
    """A range with its grounds. note: what the reader must know beside it. others: what else is said, if known already."""

    range: Range
    rules: tuple[Rule, ...] = ()
    note: str | None = None
    others: tuple[Other, ...] = ()


NOTHING = Finding(UNKNOWN)


class Findings:
    """One evaluation of a Case: each answer's finding by its key, and the steps in order.

    liable: who bears bills of the gap. missing: the questions left open that change the answer. payments: what the fund
    pays until full benefits, in each possible world. arrears: what is owed month by month, as the Assessment shows it.
    variants: what every other reading comes to, once that is worked out. opens: when the enrolment window does, where it is
    still shut on the day of payment.
    changed: of a variant, the answers that it makes others. silent: nobody will read the steps, nor what further answers note.
    window: of a resident's payment. asked_stop: restoration depends on when benefits stopped. verdicts: on each visit.
    These three are kept so that another reading is not asked again what it cannot change.
    Filled part by part while a Case is evaluated, and only read afterwards.
    """

    __slots__ = (
        "answers", "arrears", "asked_stop", "changed", "liable", "missing", "opens", "payments", "silent", "steps", "variants",
        "verdicts", "window",
    )  # fmt: skip

    def __init__(self, silent: bool) -> None:
        self.silent = silent
        self.changed: dict[str, Finding] = {}
        self.answers: dict[str, Finding] = {}
        self.steps: list[Step] = []
        self.arrears: list[dict[str, Any]] = []
        self.variants: list[tuple[Variant, Findings]] = []
        self.liable: str | None = None
        self.missing: tuple[str, ...] = ()
        self.opens: date | None = None
        self.payments: tuple[Range, ...] = ()
        self.window: Window | None = None
        self.asked_stop = False
        self.verdicts: tuple[Verdict, ...] = ()

    def explain(self, sentence: str, spoken: Spoken, document: str | None = None) -> None:
        if self.silent:
            return
        step = Step(sentence, spoken, document)
        if step not in self.steps:
            self.steps.append(step)

    def range(self, key: str) -> Range:
        return self.answers.get(key, NOTHING).range
