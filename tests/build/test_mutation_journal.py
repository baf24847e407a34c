"""A whole run over all mutants takes an hour and more: one that was cut goes on."""

from __future__ import annotations

import pytest

from scripts.fingerprint import digest, files_under
from tests.kept.take_away import cases
from tests.mutation import journal as journal_module
from tests.mutation.journal import Journal
from tests.mutation.mutants import Mutant

FIRST = Mutant("calculator/values.py", "none", (3, 4), (3, 8), "False", (3, 3), "f", "return True")
SECOND = FIRST._replace(start=(9, 4), end=(9, 8))
"""The same line of the same function once more: by name they are one."""
ANSWER = f"kept {min(cases())}"
VALUES, YEARS = "tests/unit/test_values.py::test_months", "tests/unit/test_years.py::test_a_year"
JUDGES = (ANSWER, "case 1", "case 2", "fixture tests/unit/test_values.py", VALUES, YEARS)


@pytest.fixture(autouse=True)
def judges_are_looked_at_anew():
    journal_module.state_of.cache_clear()
    yield
    journal_module.state_of.cache_clear()


def test_what_was_judged_is_known_to_the_next_run(tmp_path):
    journal = Journal(JUDGES, tmp_path)
    journal[FIRST], journal[SECOND] = "tests/unit/test_values.py::test_months", None
    again = Journal(JUDGES, tmp_path)
    assert (again[FIRST], again[SECOND]) == ("tests/unit/test_values.py::test_months", None)
    assert FIRST._replace(new="True") not in again


def test_a_line_that_was_cut_is_judged_again(tmp_path):
    journal = Journal(JUDGES, tmp_path)
    journal[FIRST], journal[SECOND] = "case 1", "case 2"
    journal.path.write_bytes(journal.path.read_bytes()[:-5])
    again = Journal(JUDGES, tmp_path)
    assert FIRST in again and SECOND not in again
    again[SECOND] = "case 3"
    assert Journal(JUDGES, tmp_path)[SECOND] == "case 3"


def test_once_the_calculator_is_another_nothing_counts(tmp_path, monkeypatch):
    Journal(JUDGES, tmp_path)[FIRST] = "case 1"
    monkeypatch.setattr("tests.mutation.journal.RESTS_ON", ("tests/mutation/journal.py",))
    assert FIRST not in Journal(JUDGES, tmp_path)


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        ("tests/unit/test_values.py", {"kept", "case", "test_years"}),
        ("tests/unit/small.py", {"kept", "case"}),
        (f"tests/kept/answers/{min(cases())}.txt", {"case", "test_values", "test_years"}),
    ],
)
def test_a_kill_holds_until_its_own_killer_is_another_one(changed, left, tmp_path, monkeypatch):
    killers = {
        "kept": ANSWER,
        "case": "case 1",
        "test_values": VALUES,
        "test_years": YEARS,
    }
    mutants = {name: FIRST._replace(new=name) for name in killers}
    journal = Journal(JUDGES, tmp_path)
    for name, killer in killers.items():
        journal[mutants[name]] = killer
    journal[SECOND] = None
    assert all(one in Journal(JUDGES, tmp_path) for one in (*mutants.values(), SECOND))

    as_if_another(changed, monkeypatch)
    assert {name for name, one in mutants.items() if one in Journal(JUDGES, tmp_path)} == left
    assert SECOND not in Journal(JUDGES, tmp_path)


def test_a_survivor_meets_only_judges_that_are_new_or_another(tmp_path, monkeypatch):
    Journal(JUDGES[:-1], tmp_path)[FIRST] = None
    journal = Journal(JUDGES, tmp_path)
    assert FIRST not in journal
    assert journal.left(FIRST, JUDGES) == [JUDGES[-1]]
    assert journal.left(SECOND, JUDGES) == list(JUDGES)

    as_if_another("tests/unit/test_values.py", monkeypatch)
    assert Journal(JUDGES, tmp_path).left(FIRST, JUDGES) == list(JUDGES[3:])


def test_a_survivor_that_met_the_new_ones_later_has_met_them_all(tmp_path):
    Journal(JUDGES[:-1], tmp_path)[FIRST] = None
    Journal(JUDGES, tmp_path)[FIRST] = None
    assert FIRST in Journal(JUDGES, tmp_path)


def as_if_another(changed, monkeypatch):
    """As if this file had other contents."""
    def other_digest(root, names, extra, *, without=()):
        files = {str(file.relative_to(root)) for name in names for file in files_under(root / name)}
        return digest(root, names, {**extra, "changed": "yes"} if changed in files else extra, without=without)

    monkeypatch.setattr(journal_module, "digest", other_digest)
    journal_module.state_of.cache_clear()


def test_nobody_asks_for_what_is_not_there(tmp_path):
    with pytest.raises(KeyError):
        Journal(JUDGES, tmp_path)[FIRST]
