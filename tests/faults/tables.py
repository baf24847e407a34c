"""Faults as tables: each a test case with an id; some only at night, where others of their kind are tried by day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pytest


def rows(names: str, table: Iterable[tuple[object, ...]], at_night: Collection[str] = ()) -> pytest.MarkDecorator:
    """Parametrize by rows of (id, value, …). at_night: ids that are left to `make nightly`."""
    found = list(table)
    assert set(at_night) <= {str(row[0]) for row in found}
    marks = {True: (pytest.mark.slow,), False: ()}
    cases = [pytest.param(*row[1:], id=str(row[0]), marks=marks[row[0] in at_night]) for row in found]
    return pytest.mark.parametrize(names, cases)


def named(name: str, table: Mapping[str, object], at_night: Collection[str] = ()) -> pytest.MarkDecorator:
    """Parametrize by a table of id → value."""
    return rows(name, table.items(), at_night)
