"""What may kill a mutant: the kept answers, then the cases beside the rules, then the calculator's own tests.

A killer is named `kept employee-unpaid`, `case 17` or by its pytest id. Nothing of `calculator` is imported before it is
needed: whoever forks first and changes the package then, has these killers judge the change.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests import prepared
from tests.kept import take_away

ROOT = Path(__file__).resolve().parents[2]
SUITE = ("tests/unit", "tests/property", "-m", "not slow", "--ignore=tests/unit/test_plain_words.py")
"""Without what reads every sentence of every case for its style: it takes as long as all the rest."""
KEPT, CASE = "kept ", "case "
QUIET = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:faulthandler", "--no-header", "--no-summary")


def no_notice(_: str) -> None:
    """Whoever measures hears which killer is at work; nobody else needs to."""


def changed_answer(names: Iterable[str], told: Callable[[str], None] = no_notice) -> str | None:
    """The first of these kept answers that is another one now, None where all are as they were."""
    told("load")
    book = take_away.rulebook()
    questions = take_away.cases()
    for name in names:
        told(KEPT + name)
        try:
            if take_away.take_away(questions[name], book) != take_away.kept(name):
                return KEPT + name
        except Exception:  # a mutant may raise anything
            return KEPT + name
    return None


def failing_case(numbers: Iterable[int], told: Callable[[str], None] = no_notice) -> str | None:
    """The first of these cases that is not answered as its author expects, None where all are."""
    told("load")
    from calculator import Case, Rulebook, assess
    from scripts.rulebook.expect import unmet_of

    book = Rulebook.load(prepared.rulebook())
    cases = prepared.expected()
    for number in numbers:
        told(name_of_case(number))
        one = cases[number]
        try:
            if unmet_of(one["expect"], assess(Case.parse(one["case"], book), book).to_json()):
                return name_of_case(number)
        except Exception:  # a mutant may raise anything
            return name_of_case(number)
    return None


def name_of_case(number: int) -> str:
    return f"{CASE}{number}"


class FirstFailure:
    """Remembers what failed."""

    def __init__(self) -> None:
        self.found: str | None = None

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed and self.found is None:
            self.found = report.nodeid

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed and self.found is None:
            self.found = report.nodeid or "collection"


class Chosen:
    """Only these tests, the quick files and the quick tests of a file first. seconds: how long each took before."""

    def __init__(self, names: Collection[str], seconds: Mapping[str, float]) -> None:
        self.names, self.seconds = set(names), seconds

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        chosen = [item for item in items if item.nodeid in self.names or file_of(item.nodeid) in self.names]
        whole: Counter[str] = Counter()
        for item in chosen:
            whole[file_of(item.nodeid)] += self.seconds.get(item.nodeid, 0)
        items[:] = sorted(chosen, key=lambda one: (whole[file_of(one.nodeid)], file_of(one.nodeid), self._time(one)))

    def _time(self, item: Any) -> float:
        return self.seconds.get(item.nodeid, 0)


def file_of(name: str) -> str:
    return name.split("::")[0]


def failing_test(names: Collection[str], seconds: Mapping[str, float]) -> str | None:
    """The first of these tests that fails, None where all pass. A name may be that of a file: all its tests."""
    first = FirstFailure()
    code = run_tests(("-x", "-m", "not slow", *sorted({file_of(name) for name in names})), [first, Chosen(names, seconds)])
    return first.found or (f"pytest exit {int(code)}" if code else None)


def run_tests(arguments: Sequence[str], plugins: list[Any]) -> int:
    """pytest in this process, saying nothing, with no plugin that happens to be installed."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        return int(pytest.main([*QUIET, *arguments], plugins=plugins))
