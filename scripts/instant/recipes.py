"""Date recipes: how a day of restoration follows from the day of payment, said so plainly that a script can repeat it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from calculator.resume import month_start
from calculator.values import Length

Anchor = Literal["day", "month", "next"]
"""The day of payment, the first of its month, the first of the month after."""
ONE_DAY = timedelta(days=1)


class Recipe(NamedTuple):
    """From the anchor so many months on (the last day of a month that is too short), then so many days."""

    anchor: Anchor
    months: int
    days: int

    def on(self, paid: date) -> date:
        return Length(self.months, "month").after(_anchored(self.anchor, paid)) + timedelta(days=self.days)

    def to_json(self) -> list[str | int]:
        return [self.anchor, self.months, self.days]


class Fixed(NamedTuple):
    """One day of the calendar, whenever it was paid."""

    day: date

    def on(self, _paid: date) -> date:
        return self.day

    def to_json(self) -> str:
        return str(self.day)


AnyRecipe = Recipe | Fixed


def explanations(paid: date, resumed: date) -> frozenset[AnyRecipe]:
    """Every recipe of the kinds that texts use which leads from one day to the other."""
    found: set[AnyRecipe] = {Fixed(resumed)}
    anchors: tuple[Anchor, ...] = ("day", "month", "next")
    for anchor in anchors:
        start = _anchored(anchor, paid)
        if resumed >= start:
            found.add(Recipe(anchor, 0, (resumed - start).days))
    for anchor in anchors[:2]:  # months from the next month are months from this one, one more
        for extra in (0, 1):
            start, end = _anchored(anchor, paid), resumed - extra * ONE_DAY
            months = (end.year - start.year) * 12 + end.month - start.month
            if months > 0 and (recipe := Recipe(anchor, months, extra)).on(paid) == resumed:
                found.add(recipe)
    return frozenset(found)


def plainest(recipes: frozenset[AnyRecipe]) -> AnyRecipe | None:
    """Of several that come to the same, always the same one; None of none."""
    if not recipes:
        return None
    fixed = [one for one in recipes if isinstance(one, Fixed)]
    return fixed[0] if fixed else min(one for one in recipes if isinstance(one, Recipe))


def _anchored(anchor: Anchor, paid: date) -> date:
    return paid if anchor == "day" else month_start(paid, 1 if anchor == "next" else 0)
