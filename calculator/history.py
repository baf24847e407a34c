"""Earlier stretches without payment (Case: `lapses`), and what follows from them without being asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from calculator.values import YearMonth


class EarlierLapse(NamedTuple):
    """Unpaid months, the first and the last of them, that were followed by paid ones."""

    from_: YearMonth
    to: YearMonth


def contradiction(lapses: Sequence[EarlierLapse], last_paid: YearMonth | None) -> tuple[str, str] | None:
    """(path of the key, what is wrong with it), or None. Stretches may come in any order, but lie apart."""
    if last_paid is None:
        return "lapses", "没有填“最后足额缴到哪个月”，就不能填更早的断缴；请删掉其中一项"
    for index, lapse in enumerate(lapses):
        if lapse.to < lapse.from_:
            return f"lapses.{index}.to", f"断缴的最后一个月不能早于第一个月 {lapse.from_}"
        if lapse.to >= last_paid:
            return f"lapses.{index}.to", f"更早的断缴应当在 {last_paid} 之前就接上了：这个月已经缴清"
    in_order = sorted(range(len(lapses)), key=lambda index: lapses[index].from_)
    for index, following in pairwise(in_order):
        if lapses[index].to.plus(1) >= lapses[following].from_:
            return f"lapses.{index}.to", f"和从 {lapses[following].from_} 开始的那一条重叠或相连，请合并成一条"
    return None


def continuous_months(lapses: Sequence[EarlierLapse], last_paid: YearMonth) -> int:
    """Months paid without a break up to `last_paid`, itself included. At least one lapse."""
    return max(lapse.to for lapse in lapses).until(last_paid)


def missed_in_year(lapses: Sequence[EarlierLapse], year: int) -> int:
    """Months of the earlier lapses that lie in a calendar year."""
    first, last = YearMonth(year, 1), YearMonth(year, 12)
    return sum(max(0, max(lapse.from_, first).until(min(lapse.to, last)) + 1) for lapse in lapses)


def missed_this_year(given: int | None, lapses: Sequence[EarlierLapse], lapse: int | None, day: date) -> int | None:
    """Months missed in the year of `day`: as given, else the earlier ones and those of this lapse; None = not known."""
    if given is not None or not lapses or lapse is None:
        return given
    return missed_in_year(lapses, day.year) + min(lapse, day.month - 1)
