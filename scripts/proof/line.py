"""Lines of questions: along a line one thing grows and the rest stays as it is.

A question is a Case as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

Question = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """Questions in the order of what grows: `lapse`, `repaid`, `paid_on`, or nothing in particular."""

    grows: str
    questions: tuple[Question, ...]


GROWING = {"lapse": ("last_paid_month", "last_covered_year"), "repaid": ("years_repaid",), "paid_on": ("paid_on", "as_of")}
"""What differs between two questions of a line."""


def in_order(grows: str, questions: tuple[Question, ...]) -> bool:
    """Whether these questions could stand on such a line: each grown from the one before, all else the same."""
    keys = GROWING[grows]
    rest = [{key: value for key, value in question.items() if key not in keys} for question in questions]
    grown = [tuple(question.get(key) for key in keys) for question in questions]
    if any(one != rest[0] for one in rest[1:]) or any(_known(one) != _known(grown[0]) for one in grown[1:]):
        return False
    falls = grows == "lapse"  # a longer lapse has an earlier last month or year
    known = [tuple(value for value in one if value is not None) for one in grown]
    return all((later < earlier) if falls else (earlier < later) for earlier, later in pairwise(known))


def _known(values: tuple[Any, ...]) -> tuple[bool, ...]:
    return tuple(value is not None for value in values)


def paid(day: date) -> dict[str, str]:
    """Paid on a day, and asked on it."""
    return {"as_of": str(day), "paid_on": str(day)}


def month(day: date, later: int) -> str:
    """The month `later` months after that of `day`, as YYYY-MM."""
    index = day.year * 12 + day.month - 1 + later
    return f"{index // 12:04d}-{index % 12 + 1:02d}"
