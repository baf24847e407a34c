"""Our side; the argument is the compiled rulebook. A task as JSON on standard input, figures as JSON on standard output."""

from __future__ import annotations

import sys

from scripts.bench.rivals.timing import now, per_call, since

start = now()
import json  # noqa: E402 - reading JSON is part of what it takes to begin

from calculator import Case, Rulebook, answers, assess  # noqa: E402

imported = since(start)
with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123 - pathlib is not ours to load before the clock stops
    rulebook = Rulebook.load(json.load(file))
begun = since(start)

from collections.abc import Callable  # noqa: E402
from typing import Any  # noqa: E402

from calculator.lapse import lapse_of  # noqa: E402
from calculator.resident import Terms, wait_range  # noqa: E402
from calculator.text import whole  # noqa: E402
from calculator.values import first_of  # noqa: E402
from scripts.bench.rivals.questions import wait_case  # noqa: E402


def wait_alone(case: Case) -> Any:
    """The waiting rule without the rest of the Assessment: what the other engines are asked."""
    assert case.coverage_year is not None and case.in_window is not None
    speakers = rulebook.speaking("waiting", case.place, case.scheme, None, first_of(case.coverage_year))
    return wait_range(case, lapse_of(case), case.in_window, Terms(list(speakers))).value.n


def one_pass(ask: Callable[[Case], Any], given: list[Any]) -> Callable[[], int]:
    """A pass over all questions, each a fresh Case."""

    def run() -> int:
        for one in given:
            ask(Case.parse(one, rulebook))
        return len(given)

    return run


def main() -> None:
    """Answer the task on standard input."""
    task = json.load(sys.stdin)
    seconds, cases = task["seconds"], task["cases"]
    waits = [wait_case(*one) for one in task["waits"]]
    timed = [wait_case(*one) for one in task["timed_waits"]]
    print(json.dumps({
        "import": imported,
        "begin": begun,
        "assess": per_call(one_pass(lambda case: assess(case, rulebook), cases), seconds),
        "to_json": per_call(one_pass(lambda case: assess(case, rulebook).to_json(), cases), seconds),
        "whole": per_call(one_pass(lambda case: whole(case, rulebook), cases), seconds),
        "answers": per_call(one_pass(lambda case: answers(case, rulebook), cases), seconds),
        "wait": per_call(one_pass(wait_alone, timed), seconds),
        "months": [assess(Case.parse(one, rulebook), rulebook).answers["waiting"].range.value.n for one in waits],
    }))


main()
