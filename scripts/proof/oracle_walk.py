"""Asks the calculator and the oracle the same questions about a place, and gathers where they differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from calculator import Case, Rulebook, assess
from calculator.evaluate import evaluate
from scripts.proof.oracle import Oracle
from scripts.proof.oracle_questions import Question, questions
from scripts.proof.speaking import Speaking

Json = dict[str, Any]
WHOLE = 40
"""Each so many questions one is answered in full, not only as far as the comparison needs."""


@dataclass(frozen=True)
class Difference:
    """The smallest of the questions that differ in the same keys. `got` and `expected`: those keys alone."""

    question: Question
    got: Json
    expected: Json


@dataclass
class Compared:
    """What one place came to. `differing`: how many questions; `smallest`: one for each set of keys that differs."""

    place: str
    asked: int = 0
    differing: int = 0
    smallest: dict[str, Difference] = field(default_factory=dict)

    def note(self, both: Both, difference: Difference | None, *, whole: bool) -> None:
        """Count a difference, and keep it in its smallest form if it is the first of its kind."""
        if difference is None:
            return
        self.differing += 1
        question = difference.question
        kind = f"{question['scheme']} {question.get('situation')} {question.get('exempt_group')} {[*difference.expected]}"
        if kind not in self.smallest:
            self.smallest[kind] = both.smallest(difference, whole=whole)


class Both:
    """The calculator beside the oracle. `raw`: the compiled rulebook."""

    def __init__(self, raw: Json) -> None:
        self.raw, self._book, self._oracle = raw, Rulebook.load(raw), Oracle(raw)

    def difference(self, question: Question, *, whole: bool = False, answer: Json | None = None) -> Difference | None:
        """Where the two differ on a question; None if they agree. `whole`: by way of the full Assessment; `answer`: that one."""
        expected = self._oracle.expect(question)
        if whole and answer is None:
            answer = assess(Case.parse(question, self._book), self._book).to_json()
        got = self._got(question) if answer is None else self._in_full(question, answer)
        keys = [key for key in expected if got[key] != expected[key]]
        if not keys:
            return None
        return Difference(question, {key: got[key] for key in keys}, {key: expected[key] for key in keys})

    def _got(self, question: Question) -> Json:
        lapse, found = evaluate(Case.parse(question, self._book), self._book)
        wait, resume = found.range("waiting"), found.range("benefits_resume_on")
        retroactive, effect = found.range("retroactive"), found.range("payment_effect")
        unpaid = question.get("paid_on") is None and question.get("registered_on") is None
        kinds = {None if bound is None else bound.kind for bound in (effect.low, effect.high)}
        known = [length for length in (wait.low, wait.high) if length is not None]
        return {
            "lapse": {"length": lapse.length, "unit": lapse.unit},
            "waiting": {
                "low": None if wait.low is None else wait.low.n,
                "high": None if wait.high is None else wait.high.n,
                "unit": next((length.unit for length in known if length.n), "month"),
            },
            "benefits_resume_on": {
                "low": None if resume.low is None else str(resume.low),
                "high": None if resume.high is None or unpaid else str(resume.high),
            },
            "retroactive": retroactive.low if retroactive.low == retroactive.high else None,
            "payment_effect": kinds.pop() if len(kinds) == 1 else None,
        }

    def _in_full(self, question: Question, answer: Json) -> Json:
        spans = answer["waiting"]["alternatives"] + answer["benefits_resume_on"]["alternatives"]
        if any(one["standing"] == "in_force" for one in spans):
            return self._got(question)  # bounds that span several readings are not those of the rule
        wait, effect = answer["waiting"], answer["payment_effect"]
        kinds = {None if effect[bound] is None else effect[bound]["kind"] for bound in ("low", "high")}
        retroactive = answer["retroactive"]
        return {
            "lapse": {key: answer["lapse"][key] for key in ("length", "unit")},
            "waiting": {**_bounds(wait), "unit": wait["unit"] if wait["low"] or wait["high"] else "month"},
            "benefits_resume_on": _bounds(answer["benefits_resume_on"]),
            "retroactive": retroactive["low"] if retroactive["low"] == retroactive["high"] else None,
            "payment_effect": kinds.pop() if len(kinds) == 1 else None,
        }

    def smallest(self, difference: Difference, *, whole: bool) -> Difference:
        """The same difference with as little said in the question as will still show it."""
        keys = list(difference.expected)
        tried = True
        while tried:
            tried = False
            for question in _smaller(difference.question):
                try:
                    found = self.difference(question, whole=whole)
                except ValueError:  # what is left is no Case
                    continue
                if found and list(found.expected) == keys:
                    difference, tried = found, True
                    break
        return difference


def _bounds(answer: Json) -> Json:
    return {"low": answer["low"], "high": answer["high"]}


def _smaller(question: Question) -> list[Question]:
    """The question without one of the things it need not say."""
    needed = ("place", "scheme", "as_of", "coverage_year")
    return [{key: question[key] for key in question if key != left} for left in question if left not in needed]


def compare_place(both: Both, place: str, share: int | None = None) -> Compared:
    """Ask everything about one place, or with a `share` about so many questions, spread over all of it."""
    compared = Compared(place)
    asked = list({repr(sorted(one.items())): one for one in questions(place, Speaking(both.raw, place))}.values())
    for question in asked[:: max(1, len(asked) // share) if share else 1]:
        compared.asked += 1
        whole = compared.asked % WHOLE == 0
        compared.note(both, both.difference(question, whole=whole), whole=whole)
    return compared
