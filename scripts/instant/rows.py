"""The finite part of a question, walked: what holds for each lapse, on every day of a stretch, in one place and situation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import product
from typing import Any, NamedTuple

from calculator.case import Case
from calculator.fields import SCHEMES
from calculator.rulebook import Rule, Rulebook
from calculator.values import YearMonth
from scripts.instant.bearing import bearing, conditions, counts_months, days_to_ask, lapses
from scripts.instant.fit import Spans, fit
from scripts.instant.saying import Ask, Said, said

MOST_YEARS = 6
"""Of lapsed years, and of years repaid: whoever has more waits for Python, unless more makes no difference."""
MANY_YEARS = 40
FLAG = (None, True, False)
YEARLY = ("last_covered_year", "years_repaid", "previous_scheme")
Value = str | int | bool | None
Picks = dict[str, tuple[Value, ...]]
Keyed = Mapping[tuple[Value, ...], "Row"]


class MonthRow(NamedTuple):
    """A lapse in months. by_length: from that many whole months on. unknown: the last paid month was not given."""

    by_length: tuple[tuple[int, Spans], ...]
    unknown: Spans | None


class YearRow(NamedTuple):
    """A lapse in insured years. by_years[lapsed][repaid]; one entry for all repaid where it makes no difference.

    endless: still more lapsed years come to the same as the most. never: never insured before.
    unknown: the last year was not given.
    """

    by_years: tuple[tuple[Spans, ...], ...]
    endless: bool
    never: Spans
    unknown: Spans


Row = MonthRow | YearRow


class Sheet(NamedTuple):
    """All of one scheme and situation. keys: what of the Case picks the row. takes: what else of it is counted with.

    idle: keys that may stand there without effect, and the values they may have. With any other key the sheet is of no use.
    """

    keys: tuple[str, ...]
    takes: tuple[str, ...]
    rows: Keyed
    idle: Picks


class Stretch(NamedTuple):
    """The days of payment, both included, for which the tables are made."""

    first: date
    last: date

    @property
    def years(self) -> range:
        """Insured years that anyone pays for in these days."""
        return range(self.first.year, self.last.year + 2)


class Walk(NamedTuple):
    """One scheme and situation in one place."""

    rulebook: Rulebook
    place: str
    scheme: str
    situation: str
    stretch: Stretch

    @property
    def rules(self) -> tuple[Rule, ...]:
        return bearing(self.rulebook, self.place, self.scheme, self.situation)

    def sheet(self) -> Sheet:
        return _by_month(self) if counts_months(self.scheme, self.situation) else _by_year(self)

    def case(self, more: Mapping[str, Any]) -> Case:
        """A Case as `Case.parse` would understand it, paid on the first day."""
        given = {"scheme": self.scheme, "place": self.place, "situation": self.situation, **more}
        day = str(self.stretch.first)
        filled = {"as_of": day, "paid_on": day}
        if self.scheme != "resident" and self.situation != "first_enrolment":
            filled["last_paid_month"] = str(YearMonth.of(self.stretch.first).plus(-1))
        return Case.parse({**filled, **{k: v for k, v in given.items() if v is not None}}, self.rulebook)

    def ask(self, case: Case, lapse: int | None = None) -> Ask:
        """lapse: whole months before the month of payment; None = the case says what there is to say."""

        def on(day: date) -> Said:
            moved = case._replace(as_of=day, paid_on=day)
            if lapse is not None:
                moved = moved._replace(last_paid_month=YearMonth.of(day).plus(-1 - lapse))
            return said(moved, self.rulebook)

        return on

    def fitted(self, ask: Ask) -> Spans:
        return fit(ask, days_to_ask(self.rules, *self.stretch))


def _by_month(walk: Walk) -> Sheet:
    """Only what the tiers ask about picks the row."""
    asked, resident = conditions(walk.rules), walk.scheme == "resident"
    picks: Picks = {"coverage_year": tuple(walk.stretch.years)} if resident else {"back_paid": FLAG}
    picks |= {"previous_scheme": (None, *SCHEMES)}
    matters = {"previous_scheme", "since_stop"} if resident else {"previous_scheme"}  # by it another rule stops their benefits
    idle = {"back_paid": "back_paid" not in asked, "previous_scheme": not asked & matters}
    kept = {key: values for key, values in picks.items() if not idle.get(key)}
    rows = {values: _month_row(walk, kept, values) for values in product(*kept.values())}
    never = {"in_window": FLAG} if resident else {}
    takes = ("last_paid_month", *(("last_covered_year", "years_repaid") if resident else ()))
    return Sheet(tuple(kept), takes, rows, {key: values for key, values in picks.items() if key not in kept} | never)


def _month_row(walk: Walk, keys: Iterable[str], values: tuple[Value, ...]) -> MonthRow:
    case = walk.case(dict(zip(keys, values, strict=True)))
    by_length = [(n, walk.fitted(walk.ask(case, n))) for n in lapses(walk.rules, walk.stretch.last)]
    kept = [one for index, one in enumerate(by_length) if index == 0 or by_length[index - 1][1] != one[1]]
    needed = walk.scheme != "resident" and walk.situation != "first_enrolment"
    return MonthRow(tuple(kept), None if needed else walk.fitted(walk.ask(case)))


def _by_year(walk: Walk) -> Sheet:
    """Whether the payment was in the window picks the row only if for some year the rules do not tell."""
    rows: dict[tuple[Value, ...], Row] = {}
    for year in walk.stretch.years:
        shared = Shared(walk, year)
        ways = {inside: YearWalk(walk, shared, walk.case({"coverage_year": year, "in_window": inside})) for inside in FLAG}
        same = ways[None].glimpse() == ways[True].glimpse() == ways[False].glimpse()
        made = {inside: ways[None if same else inside].row() for inside in ways if not same or inside is None}
        rows |= {(year, inside): made.get(inside, made[None]) for inside in FLAG}
    if all(row == rows[year, None] for (year, _), row in rows.items()):
        return Sheet(("coverage_year",), YEARLY, {(year,): rows[year, None] for year in walk.stretch.years}, {"in_window": FLAG})
    return Sheet(("coverage_year", "in_window"), YEARLY, rows, {})


class YearWalk(NamedTuple):
    """One insured year and one way to have paid in it."""

    walk: Walk
    shared: Shared
    case: Case

    def row(self) -> YearRow:
        most = -1 if self.walk.situation == "first_enrolment" else MOST_YEARS
        grid = tuple([self._repaid(years) for years in range(most + 1)])
        endless = bool(grid) and all(self._lapsed(MANY_YEARS, repaid) == spans for repaid, spans in enumerate(grid[-1]))
        return YearRow(grid, endless, self._never(), self.shared(self.walk.ask(self.case)))

    def glimpse(self) -> tuple[Spans, ...]:
        """Enough to tell whether two ways differ at all."""
        return (self._never(), self.shared(self.walk.ask(self.case)), self._lapsed(0, 0), self._lapsed(1, 0))

    def _lapsed(self, years: int, repaid: int) -> Spans:
        last = (self.case.coverage_year or 0) - 1 - years
        return self.shared(self.walk.ask(self.case._replace(last_covered_year=last, years_repaid=repaid)))

    def _repaid(self, years: int) -> tuple[Spans, ...]:
        """By years repaid; only the first where repaying all comes to the same as repaying none."""
        none = self._lapsed(years, 0)
        if years == 0 or self._lapsed(years, years) == none:
            return (none,)
        return (none, *[self._lapsed(years, repaid) for repaid in range(1, years + 1)])

    def _never(self) -> Spans:
        said = {**self.case.to_json(), "last_covered_year": None}
        return self.shared(self.walk.ask(Case.parse(said, self.walk.rulebook)))


class Shared:
    """Fits anew only where a few days across the insured year tell that it is not like one fitted before.

    Before the insured year every wait shows; in the middle of it the payment is late.
    """

    def __init__(self, walk: Walk, year: int) -> None:
        probes = (date(year - 1, 12, 1), date(year, 6, 10))
        self.fit: Callable[[Ask], Spans] = walk.fitted
        self.probes = [min(max(day, walk.stretch.first), walk.stretch.last) for day in probes]
        self.made: dict[tuple[Said, ...], Spans] = {}

    def __call__(self, ask: Ask) -> Spans:
        told = tuple([ask(day) for day in self.probes])
        if told not in self.made:
            self.made[told] = self.fit(ask)
        return self.made[told]
