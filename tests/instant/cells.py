"""The whole of what tables hold, cell by cell, written without looking at them: a Case for each lapse, and its headlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any, NamedTuple

from calculator.case import Case
from calculator.evaluate import terms_of
from calculator.ranges import Range
from calculator.rulebook import Rulebook
from calculator.values import YearMonth
from scripts.instant.bearing import bearing, counts_months
from scripts.instant.saying import KEY, PLACE, Told
from scripts.instant.tables import AS, QUESTIONS

Json = dict[str, Any]
MONTHS = (*range(15), 24, 25, 36, 60, 61, 120, 240, 600)
YEARS = (*range(8), 25)
BEFORE = (None, "employee", "resident")
MOST_REPAID = 6
FLAG = (None, True, False)


class Cell(NamedTuple):
    """given: a Case without days. lapse: whole months, None = the Case says what there is to say."""

    given: Json
    lapse: int | None

    @property
    def asked(self) -> Json:
        """As told.mjs reads it."""
        return self.given if self.lapse is None else {**self.given, "lapse": self.lapse}

    @property
    def expected(self) -> bool:
        """Whether a table must have an answer; it may keep silent of very long lapses."""
        covered = self.given.get("last_covered_year")
        return covered is None or self.given["coverage_year"] - covered - 1 <= MOST_REPAID

    def cases(self, first: date, last: date, rulebook: Rulebook) -> Iterator[Case]:
        """The Case paid on each of these days, and asked on that day."""
        whole = {**self.given, "as_of": str(first), "paid_on": str(first)}
        if self.lapse is not None:
            whole["last_paid_month"] = str(YearMonth.of(first).plus(-1 - self.lapse))
        case = Case.parse(whole, rulebook)
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            case = case._replace(as_of=day, paid_on=day)
            if self.lapse is not None:
                case = case._replace(last_paid_month=YearMonth.of(day).plus(-1 - self.lapse))
            yield case


def cells(rulebook: Rulebook, years: Iterable[int]) -> Iterator[Cell]:
    """Every cell, once for all places with the same rules, and once for questions with the same answers.

    years: insured years.
    """
    seen = set()
    for asked, code in product(QUESTIONS, sorted(rulebook.places)):
        key = (asked, bearing(rulebook, code, *asked))
        if key in seen or rulebook.places[code].outside or asked in AS:
            continue
        seen.add(key)
        scheme, situation = asked
        base = {"scheme": scheme, "place": code, "situation": situation}
        yield from _months(base, years) if counts_months(scheme, situation) else _years(base, years)


def _months(base: Json, years: Iterable[int]) -> Iterator[Cell]:
    resident = base["scheme"] == "resident"
    insured: list[Json] = [{"coverage_year": year} for year in years] if resident else [{"back_paid": flag} for flag in FLAG]
    before = BEFORE if base["situation"] in ("transfer", "scheme_switch") else (None,)
    for more, previous in product(insured, before):
        given = _without_none({**base, **more, "previous_scheme": previous})
        yield from (Cell(given, lapse) for lapse in MONTHS)
        if resident or base["situation"] == "first_enrolment":
            yield Cell(given, None)


def _years(base: Json, years: Iterable[int]) -> Iterator[Cell]:
    for year, inside in product(years, FLAG):
        given = _without_none({**base, "coverage_year": year, "in_window": inside})
        yield Cell(given, None)
        for previous in BEFORE:
            yield Cell({**_without_none({**given, "previous_scheme": previous}), "last_covered_year": None}, None)
        if base["situation"] != "first_enrolment":
            for lapsed in YEARS:
                for repaid in range(min(lapsed, MOST_REPAID) + 1):
                    yield Cell({**given, "last_covered_year": year - 1 - lapsed, "years_repaid": repaid}, None)


def headlines(cell: Cell, rulebook: Rulebook, first: date, last: date, ends: tuple[date, date]) -> list[str]:
    """The calculator's headlines in the order of told.mjs: by day, unpaid, paid and asked on the first of `ends`, on the last."""
    name, found = rulebook.places[cell.given["place"]].name, []
    for case in cell.cases(first, last, rulebook):
        told = Told(case, *terms_of(case, rulebook))
        bounds = told.found.answers[KEY].range
        unpaid = case._replace(paid_on=None)
        found.append(told.sentence(unpaid, Range(bounds.low, None) if bounds.low else bounds))
        found += [told.sentence(case._replace(as_of=end), bounds) for end in ends]
    return [sentence.replace(PLACE, name) for sentence in found]


def _without_none(given: Json) -> Json:
    return {key: value for key, value in given.items() if value is not None}
