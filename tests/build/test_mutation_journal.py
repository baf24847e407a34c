"""A whole run over all mutants takes an hour and more: one that was cut goes on."""

from __future__ import annotations

import pytest

from tests.mutation.journal import Journal
from tests.mutation.mutants import Mutant

FIRST = Mutant("calculator/values.py", "none", (3, 4), (3, 8), "False", (3, 3), "f", "return True")
SECOND = FIRST._replace(start=(9, 4), end=(9, 8))
"""The same line of the same function once more: by name they are one."""


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


def test_once_a_judge_is_another_nothing_counts(tmp_path, monkeypatch):
    Journal(tmp_path)[FIRST] = "case 1"
    monkeypatch.setattr("tests.mutation.journal.JUDGED_BY", ("tests/mutation/journal.py",))
    assert FIRST not in Journal(tmp_path)


def test_nobody_asks_for_what_is_not_there(tmp_path):
    with pytest.raises(KeyError):
        Journal(tmp_path)[FIRST]
