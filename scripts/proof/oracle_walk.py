"""The calculator beside the oracle: where the answers to a question differ."""

from __future__ import annotations

from typing import Any

from calculator import Case, Rulebook
from calculator.evaluate import evaluate
from scripts.proof.breach import Breach
from scripts.proof.line import Question
from scripts.proof.oracle import Oracle

Json = dict[str, Any]


class Both:
    """The calculator beside the oracle. `raw`: the compiled rulebook; `oracle`: another than its own, for tests."""

    def __init__(self, raw: Json, oracle: Oracle | None = None) -> None:
        self.book, self._oracle = Rulebook.load(raw), oracle or Oracle(raw)

    def difference(self, question: Question, case: Case, answer: Json | None = None) -> Breach | None:
        """Where the two differ; None if they agree. `answer`: the full Assessment, else only what the comparison needs."""
        expected = self._oracle.expect(question)
        got = self._got(question, case) if answer is None or _several_readings(answer) else _in_full(answer)
        keys = [key for key in expected if got[key] != expected[key]]
        if not keys:
            return None
        what = f"计算器 { {key: got[key] for key in keys} },另算的 { {key: expected[key] for key in keys} }"
        return Breach("oracle", (question,), "、".join(keys), what)

    def _got(self, question: Question, case: Case) -> Json:
        lapse, found = evaluate(case, self.book)
        wait, resume = found.range("waiting"), found.range("benefits_resume_on")
        retroactive, effect = found.range("retroactive"), found.range("payment_effect")
        unpaid = question.get("paid_on") is None and question.get("registered_on") is None
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
            "retroactive": retroactive.value,
            "payment_effect": None if effect.value is None else effect.value.kind,
        }


def _several_readings(answer: Json) -> bool:
    """Whether bounds span several readings in force, and so are not those of the rule alone."""
    others = answer["waiting"]["alternatives"] + answer["benefits_resume_on"]["alternatives"]
    return any(one["standing"] == "in_force" for one in others)


def _in_full(answer: Json) -> Json:
    wait, effect = answer["waiting"], answer["payment_effect"]["value"]
    return {
        "lapse": {key: answer["lapse"][key] for key in ("length", "unit")},
        "waiting": {**_bounds(wait), "unit": wait["unit"] if wait["low"] or wait["high"] else "month"},
        "benefits_resume_on": _bounds(answer["benefits_resume_on"]),
        "retroactive": answer["retroactive"]["value"],
        "payment_effect": None if effect is None else effect["kind"],
    }


def _bounds(answer: Json) -> Json:
    return {"low": answer["low"], "high": answer["high"]}
