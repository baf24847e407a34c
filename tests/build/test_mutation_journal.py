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


@pytest.fixture(autouse=True)
def judges_are_looked_at_anew():
    journal_module.judge.cache_clear()
    yield
    journal_module.judge.cache_clear()


def test_what_was_judged_is_known_to_the_next_run(tmp_path):
    journal = Journal(tmp_path)
    journal[FIRST], journal[SECOND] = "tests/unit/test_values.py::test_months", None
    again = Journal(tmp_path)
    assert (again[FIRST], again[SECOND]) == ("tests/unit/test_values.py::test_months", None)
    assert FIRST._replace(new="True") not in again


def test_a_line_that_was_cut_is_judged_again(tmp_path):
    journal = Journal(tmp_path)
    journal[FIRST], journal[SECOND] = "case 1", "case 2"
    journal.path.write_bytes(journal.path.read_bytes()[:-5])
    again = Journal(tmp_path)
    assert FIRST in again and SECOND not in again
    again[SECOND] = "case 3"
    assert Journal(tmp_path)[SECOND] == "case 3"


def test_once_the_calculator_is_another_nothing_counts(tmp_path, monkeypatch):
    Journal(tmp_path)[FIRST] = "case 1"
    monkeypatch.setattr("tests.mutation.journal.RESTS_ON", ("tests/mutation/journal.py",))
    assert FIRST not in Journal(tmp_path)


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
        "kept": f"kept {min(cases())}",
        "case": "case 1",
        "test_values": "tests/unit/test_values.py::test_months",
        "test_years": "tests/unit/test_years.py::test_a_year",
        "survivor": None,
        "without end": "time",
    }
    mutants = {name: FIRST._replace(new=name) for name in killers}
    journal = Journal(tmp_path)
    for name, killer in killers.items():
        journal[mutants[name]] = killer
    assert {name for name, one in mutants.items() if one in Journal(tmp_path)} == {*killers}

    def as_if_changed(root, names, extra, *, without=()):
        files = {str(file.relative_to(root)) for name in names for file in files_under(root / name)}
        return digest(root, names, {**extra, "changed": "yes"} if changed in files else extra, without=without)

    monkeypatch.setattr(journal_module, "digest", as_if_changed)
    journal_module.judge.cache_clear()
    assert {name for name, one in mutants.items() if one in Journal(tmp_path)} == left


def test_nobody_asks_for_what_is_not_there(tmp_path):
    with pytest.raises(KeyError):
        Journal(tmp_path)[FIRST]
