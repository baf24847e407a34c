"""A whole run over all mutants takes an hour and more: one that was cut goes on."""

from __future__ import annotations

import pytest

from scripts.fingerprint import digest, files_under
from tests.kept.take_away import cases
from tests.mutation import journal as journal_module
from tests.mutation.journal import ENDLESS, Journal
from tests.mutation.mutants import ROOT, Mutant
from tests.mutation.run import Outcome, unlike

FIRST = Mutant("calculator/values.py", "none", (3, 4), (3, 8), "False", (3, 3), "f", "return True")
SECOND = FIRST._replace(start=(9, 4), end=(9, 8))
"""The same line of the same function once more: by name they are one."""
ANSWER = f"kept {min(cases())}"
VALUES, YEARS = "tests/unit/test_values.py::test_months", "tests/unit/test_years.py::test_a_year"
JUDGES = (ANSWER, "case 1", "case 2", "tests/unit/test_values.py", VALUES, YEARS)


@pytest.fixture(autouse=True)
def judges_are_looked_at_anew():
    journal_module.state_of.cache_clear()
    yield
    journal_module.state_of.cache_clear()


@pytest.fixture
def run(tmp_path):
    """Opens the journal as the next run does, the one before being over."""
    opened = []

    def begin(judges=JUDGES):
        for one in opened:
            one.close()
        opened.append(Journal(judges, tmp_path))
        return opened[-1]

    yield begin
    for one in opened:
        one.close()


def test_what_was_judged_is_known_to_the_next_run(run):
    journal = run()
    journal.killed(FIRST, VALUES)
    journal.survived(SECOND, JUDGES)
    again = run()
    assert again.killer(FIRST) == VALUES
    assert again.killer(SECOND) is None and again.left(SECOND, JUDGES) == []
    other = FIRST._replace(new="True")
    assert again.killer(other) is None and again.left(other, JUDGES) == list(JUDGES)


def test_a_line_that_was_cut_is_judged_again(run, tmp_path):
    journal = run()
    journal.killed(FIRST, "case 1")
    journal.killed(SECOND, "case 2")
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-5])
    again = run()
    assert again.killer(FIRST) == "case 1" and again.killer(SECOND) is None
    again.killed(SECOND, "case 2")
    assert run().killer(SECOND) == "case 2"


def test_once_the_calculator_is_another_nothing_counts(run, monkeypatch):
    run().killed(FIRST, "case 1")
    monkeypatch.setattr("tests.mutation.journal.RESTS_ON", ("tests/mutation/journal.py",))
    assert run().killer(FIRST) is None


@pytest.mark.parametrize("part", ["requirements.txt", "pyproject.toml", "calculator", "rules", "tests/mutation/journal.py"])
def test_all_verdicts_rest_on(part, run, monkeypatch):
    run().killed(FIRST, "case 1")
    as_if_another(next(str(file.relative_to(ROOT)) for file in files_under(ROOT / part)), monkeypatch)
    assert run().killer(FIRST) is None


def test_another_python_judges_anew(run, monkeypatch):
    run().killed(FIRST, "case 1")
    monkeypatch.setattr("platform.python_version", lambda: "3.99.0")
    assert run().killer(FIRST) is None


@pytest.mark.parametrize("killer", ["signal 9", "signal 14", "MemoryError", "OSError", "exit 1", "collection", "pytest exit 3"])
def test_what_the_machine_may_have_done_is_asked_again(killer, run):
    run().killed(FIRST, killer)
    assert run().killer(FIRST) is None


def test_a_mutant_without_end_stays_found_out(run):
    run().killed(FIRST, ENDLESS)
    assert run().killer(FIRST) == ENDLESS


def test_a_second_run_at_the_same_time_is_refused(run, tmp_path):
    run()
    with pytest.raises(BlockingIOError):
        Journal(JUDGES, tmp_path)


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        ("tests/unit/test_values.py", {"kept", "case", "test_years"}),
        ("tests/unit/small.py", {"kept", "case"}),
        (f"tests/kept/answers/{min(cases())}.txt", {"case", "test_values", "test_years"}),
    ],
)
def test_a_kill_holds_until_its_own_killer_is_another_one(changed, left, run, monkeypatch):
    killers = {
        "kept": ANSWER,
        "case": "case 1",
        "test_values": VALUES,
        "test_years": YEARS,
    }
    mutants = {name: FIRST._replace(new=name) for name in killers}
    journal = run()
    for name, killer in killers.items():
        journal.killed(mutants[name], killer)
    journal.survived(SECOND, JUDGES)
    again = run()
    assert all(again.killer(one) for one in mutants.values()) and not again.left(SECOND, JUDGES)

    as_if_another(changed, monkeypatch)
    once_more = run()
    assert {name for name, one in mutants.items() if once_more.killer(one)} == left
    assert once_more.left(SECOND, JUDGES)


def test_a_survivor_meets_only_judges_that_are_new_or_another(run, monkeypatch):
    run(JUDGES[:-1]).survived(FIRST, JUDGES[:-1])
    journal = run()
    assert journal.left(FIRST, JUDGES) == [JUDGES[-1]]
    assert journal.left(SECOND, JUDGES) == list(JUDGES)

    as_if_another("tests/unit/test_values.py", monkeypatch)
    assert run().left(FIRST, JUDGES) == list(JUDGES[3:])


def test_whom_a_survivor_was_not_given_to_it_has_not_met(run):
    run().survived(FIRST, [ANSWER, VALUES])
    journal = run()
    assert journal.left(FIRST, JUDGES) == ["case 1", "case 2", JUDGES[3], YEARS]
    journal.survived(FIRST, journal.left(FIRST, JUDGES))
    assert run().left(FIRST, JUDGES) == []


def test_the_list_of_survivors_must_name_all_of_them_and_none_that_is_gone():
    lived, killed = Outcome(FIRST, None, []), Outcome(FIRST._replace(new="True"), "case 1", [])
    assert unlike([lived, killed], [lived.mutant.name]) == []
    assert unlike([lived, killed], [lived.mutant.name, killed.mutant.name]) == []
    (line,) = unlike([lived, killed], [])
    assert lived.mutant.name in line
    (line,) = unlike([lived, killed], [lived.mutant.name, "calculator/gone.py:f: 1 ⇒ 2"])
    assert "calculator/gone.py" in line


def as_if_another(changed, monkeypatch):
    """As if this file had other contents."""
    def other_digest(root, names, extra, *, without=()):
        files = {str(file.relative_to(root)) for name in names for file in files_under(root / name)}
        return digest(root, names, {**extra, "changed": "yes"} if changed in files else extra, without=without)

    monkeypatch.setattr(journal_module, "digest", other_digest)
    journal_module.state_of.cache_clear()
