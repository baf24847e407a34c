"""The smallest questions that still show a breach: less is said in them, and the numbers are smaller."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from scripts.proof.line import Question, month
from scripts.proof.oracle_days import first_day, month_of, months_between

Asked = tuple[Question, ...]
NEEDED = ("place", "scheme", "as_of", "coverage_year")
LISTS = ("treatments", "missed")
COUNTS = ("years_repaid", "unemployment_months", "missed_this_year", "continuous_months", "earlier_lapses")


def smallest(asked: Asked, still: Callable[[Asked], bool]) -> Asked:
    """Make the questions smaller, step by step, while they still show it. `still` need not be true of what is no Case."""
    tried = True
    while tried:
        tried = False
        for smaller in _smaller(asked):
            if _holds(smaller, still):
                asked, tried = smaller, True
                break
    return asked


def _holds(asked: Asked, still: Callable[[Asked], bool]) -> bool:
    try:
        return still(asked)
    except ValueError:  # what is left is no Case
        return False


def _smaller(asked: Asked) -> Iterator[Asked]:
    """The questions without one of the keys they need not say, then with one smaller number in one of them, or in all."""
    for left in dict.fromkeys(key for question in asked for key in question):
        if left not in NEEDED:
            yield tuple({key: question[key] for key in question if key != left} for question in asked)
    for index in range(len(asked)):
        for less in _less(asked[index]):
            yield (*asked[:index], less, *asked[index + 1 :])
    if len(asked) > 1:
        yield from zip(*(list(_less(question)) for question in asked), strict=False)


def _less(question: Question) -> Iterator[Question]:
    """The question with one item less, an item that says less, or one number smaller: nothing, half, or one less."""
    for key in LISTS:
        yield from ({**question, key: items} for items in _shorter(question.get(key) or []))
    for key in COUNTS:
        if question.get(key):
            yield from ({**question, key: n} for n in _down(question[key]))
    if question.get("last_covered_year") is not None:
        lapse = question["coverage_year"] - 1 - question["last_covered_year"]
        yield from ({**question, "last_covered_year": question["coverage_year"] - 1 - n} for n in _down(lapse))
    if question.get("last_paid_month"):
        until = month_of(question.get("paid_on") or question["as_of"])
        lapse = len(months_between(month_of(question["last_paid_month"]), until))
        yield from ({**question, "last_paid_month": month(first_day(until), -1 - n)} for n in _down(lapse))


def _shorter(items: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The list without one of its items, unless it is the only one, or without one key of an item."""
    for index, item in enumerate(items):
        before, after = items[:index], items[index + 1 :]
        if before or after:
            yield [*before, *after]
        yield from ([*before, {key: item[key] for key in item if key != left}, *after] for left in item)


def _down(number: int) -> list[int]:
    return sorted({n for n in (0, number // 2, number - 1) if 0 <= n < number})
