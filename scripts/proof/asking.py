"""Asks questions and holds the answers against every law."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from calculator import Case, assess
from scripts.proof.breach import ALONG, Breach
from scripts.proof.laws import of_one
from scripts.proof.laws_along import of_line
from scripts.proof.line import Line, Question, in_order
from scripts.proof.oracle_walk import Both
from scripts.proof.smallest import Asked, smallest
from scripts.proof.speaking import Speaking

Json = dict[str, Any]


class Asking:
    """Questions about one place."""

    def __init__(self, both: Both, speaking: Speaking) -> None:
        self.both, self.speaking = both, speaking

    def case(self, question: Question) -> Case:
        """The Case as understood; CaseError for what is none."""
        return Case.parse(question, self.both.book)

    def answer(self, question: Question) -> tuple[Json | None, list[Breach]]:
        """The Assessment of a question, None if there was none, and what it breaks by itself."""
        try:
            case = self.case(question)
            answer = assess(case, self.both.book).to_json()
        except Exception as error:  # a crash of any kind is what is looked for
            return None, [_crash(question, error)]
        difference = self.both.difference(question, case, answer)
        return answer, [*of_one(question, answer, self.speaking), *([difference] if difference else [])]

    def line(self, line: Line) -> Iterator[Breach]:
        """Ask all of a line: what each answer breaks, and what they break together."""
        answers = []
        for question in line.questions:
            answer, breaches = self.answer(question)
            yield from breaches
            if answer is None:
                return
            answers.append(answer)
        yield from of_line(line, answers)

    def compare(self, question: Question) -> Iterator[Breach]:
        """Only set the calculator against the oracle."""
        try:
            difference = self.both.difference(question, self.case(question))
        except Exception as error:  # as above
            difference = _crash(question, error)
        if difference is not None:
            yield difference

    def small(self, breach: Breach) -> Breach:
        """The same breach of the same answer, shown by the smallest questions."""
        asked = smallest(breach.questions, lambda asked: self._same(breach, asked) is not None)
        return self._same(breach, asked) or breach

    def _same(self, breach: Breach, asked: Asked) -> Breach | None:
        """The breach of the same law in the same answer by these questions."""
        wanted = (breach.law, breach.about)
        return next((one for one in self._again(breach.law, asked) if (one.law, one.about) == wanted), None)

    def _again(self, law: str, asked: Asked) -> Iterator[Breach]:
        if law in ALONG:
            if in_order(ALONG[law], asked):
                yield from self.line(Line(ALONG[law], asked))
            return
        self.case(asked[0])  # what is no Case is no smaller question either
        yield from self.answer(asked[0])[1]


def _crash(question: Question, error: Exception) -> Breach:
    return Breach("answered", (question,), type(error).__name__, f"{type(error).__name__}: {error}")
