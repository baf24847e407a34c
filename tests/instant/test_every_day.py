"""Over the whole table, on every payment day of the next 400, the page's script says the calculator's own headline."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from random import Random

import pytest

from calculator.rulebook import Rulebook
from scripts.instant import stretch_of
from tests import prepared
from tests.instant.cells import Cell, cells, headlines
from tests.instant.conftest import Json, Tell

DAYS = timedelta(days=400)
SAMPLE = 100
AT_ONCE = 100
SEED = 20261122

_rulebook: list[Rulebook] = []


def said_by_the_calculator(cell: Cell, first: date, last: date, ends: tuple[date, date]) -> list[str]:
    if not _rulebook:
        _rulebook.append(Rulebook.load(prepared.rulebook()))
    return headlines(cell, _rulebook[0], first, last, ends)


def differing(chosen: list[Cell], data: Json, tell: Tell) -> Iterator[str]:
    """Every difference in these cells, as words; a cell that must be there and is not is one."""
    first = date.fromisoformat(data["data_date"])
    last, ends = first + DAYS, tuple(stretch_of(first))
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawn) as pool:
        for at in range(0, len(chosen), AT_ONCE):
            some = chosen[at : at + AT_ONCE]
            wanted = [pool.submit(said_by_the_calculator, cell, first, last, ends) for cell in some]
            told = tell([cell.asked, str(first), str(last)] for cell in some)
            for cell, said, want in zip(some, told, wanted, strict=True):
                yield from compared(cell, said, want.result())


def compared(cell: Cell, said: list[str | None], wanted: list[str]) -> Iterator[str]:
    assert len(said) == len(wanted)
    for index, (one, want) in enumerate(zip(said, wanted, strict=True)):
        if one != want and (one is not None or cell.expected):
            yield f"{cell.asked}, day {index // 3}, way {index % 3}: {one} instead of {want}"


def all_cells(data: Json, rulebook: Rulebook) -> list[Cell]:
    first = date.fromisoformat(data["data_date"])
    return list(cells(rulebook, range(first.year, (first + DAYS).year + 2)))


def test_a_sample_of_all_lapses_says_the_same_on_every_day(data: Json, rulebook: Rulebook, tell: Tell) -> None:
    chosen = Random(SEED).sample(all_cells(data, rulebook), SAMPLE)
    assert next(differing(chosen, data, tell), None) is None


@pytest.mark.slow
def test_every_lapse_says_the_same_on_every_day(data: Json, rulebook: Rulebook, tell: Tell) -> None:
    assert next(differing(all_cells(data, rulebook), data, tell), None) is None
