"""The questions put to both the calculator and the oracle: every combination of what the rules of a place look at.

Short and long lapses, each day a value begins and the days around it, to three years ahead, and every condition on both
sides of its edges, or not known, each together with each other. (`questions` has every lapse, with one condition each.)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

from scripts.proof.oracle_days import length_of
from scripts.proof.speaking import AHEAD, Speaking

Question = dict[str, Any]

LAPSES = (0, 1, 2, 3, 4, 6, 7, 12, 13, 60, 240)
SHORT = (0, 1, 3, 4, 7)
FEW = 12
"""As many combinations of circumstances go with every day; more, only with short lapses on some days."""
YEARS = (*range(7), 12, 30)
ORDINARY = ("2025-01-31", "2026-02-28", "2026-05-15", "2027-08-31", "2028-02-29")
OPEN: Question = {}


def questions(place: str, speaking: Speaking) -> Iterator[Question]:
    """Every question about a place on which it speaks itself; on the rest it answers as the place above it does."""
    for scheme in sorted(speaking.schemes - {"resident"}):
        yield from _by_month(place, scheme, speaking)
    if speaking.own_topics & {"waiting", "window", "effect"}:
        yield from _by_year(place, speaking)
    if speaking.speaks_itself("resident", "scheme_switch"):
        yield from _switched(place, speaking)
    if speaking.own_topics & {"exemption", "newborn", "waiting"}:
        yield from _exempt(place, speaking)


def _by_month(place: str, scheme: str, speaking: Speaking) -> Iterator[Question]:
    """Lapses counted in months."""
    situations = ["same_place", "transfer", "scheme_switch", "first_enrolment"]
    if scheme == "employee":
        situations.append("employer_arrears")
    situations = [situation for situation in situations if speaking.speaks_itself(scheme, situation)]
    days = [day for day in _days(speaking, scheme) if day.year >= 2005]
    for situation in situations:
        base = {"place": place, "scheme": scheme, "situation": situation}
        known = list(_circumstances(speaking, scheme, situation))
        for number, day in enumerate(days):
            for lapse, back, extra in _combined(situation, known, everything=number % 3 == 0):
                yield _question(base, day, lapse, {} if back is None else {"back_paid": back}, _dated(extra, day))
        day = speaking.data_date
        for lapse, back in product(SHORT if situation != "first_enrolment" else (), (True, False, None)):
            asked = _question(base, day, lapse, {} if back is None else {"back_paid": back})
            yield _unpaid(asked)
            for months in sorted({1, lapse // 2, lapse} - {0}) if lapse else ():
                yield {**asked, "unemployment_months": months}


def _combined(situation: str, known: list[Question], *, everything: bool) -> Iterator[tuple[int | None, bool | None, Question]]:
    """Lapses, back-payment and circumstances together. `everything`: for a day on which all of them are asked."""
    lapses: tuple[int | None, ...] = LAPSES if everything else SHORT
    if situation == "first_enrolment":
        lapses = (None, 0, 4)
    yield from product(lapses, (True, False, None), known[:FEW])
    if everything:
        yield from product(SHORT, (True, False, None), known[FEW:])


def _question(base: Question, day: date, lapse: int | None, *known: Question) -> Question:
    """A payment on a day after a lapse of so many months (None: the last month is not known)."""
    question = {**base, "as_of": str(day), "paid_on": str(day)}
    if lapse is not None:
        month = day.year * 12 + day.month - 2 - lapse
        question["last_paid_month"] = f"{month // 12:04d}-{month % 12 + 1:02d}"
    for one in known:
        question.update(one)
    return question


def _unpaid(question: Question) -> Question:
    """The question as it is before anything has been paid."""
    return {key: value for key, value in question.items() if key != "paid_on"}


def _days(speaking: Speaking, scheme: str) -> list[date]:
    """The days values begin and the days around them, and some ordinary ones."""
    begins = {
        date.fromisoformat(day)
        for rule in speaking.rules
        if scheme in rule["schemes"] and rule["topic"] in ("restoration", "suspension")
        for day, _ in rule["values"]
        if day is not None
    }
    around = {day + timedelta(days=step) for day in begins for step in (-1, 0, 1)}
    return sorted({*around, speaking.data_date, _last_day(speaking), *(date.fromisoformat(day) for day in ORDINARY)})


def _last_day(speaking: Speaking) -> date:
    """The last day of the walk."""
    return date(speaking.data_date.year + AHEAD, 12, 31)


def _circumstances(speaking: Speaking, scheme: str, situation: str) -> Iterator[Question]:
    """Every combination of what the tiers for a situation ask, beside the lapse and back-payment."""
    asked: dict[str, list[Question]] = {}
    for rule in speaking.rules:
        if rule["topic"] != "restoration" or scheme not in rule["schemes"] or situation not in rule["situations"]:
            continue
        for tier in [tier for _, value in rule["values"] if value for tier in value["tiers"]]:
            for key, condition in tier.get("when", {}).items():
                found = asked.setdefault(key, [OPEN])
                found += [one for one in _around(key, condition) if one not in found]
    for combination in product(*asked.values()):
        merged: Question = {}
        for one in combination:
            merged.update(one)
        yield merged


def _around(key: str, condition: Any) -> list[Question]:
    """Both sides of a condition. A day is given as how long before the payment it lies; see `_dated`."""
    if key in ("continuous_months", "earlier_lapses", "missed_this_year"):
        edge = condition.get("min", condition.get("max", 0) + 1)
        return [{key: value} for value in (edge - 1, edge) if value >= 0]
    if key == "in_waiting":
        return [{key: True}, {key: False}]
    if key == "previous_scheme":
        return [{key: scheme} for scheme in ("employee", "flexible", "resident")]
    if key == "paid_by_order_deadline":
        return [{"order_deadline": 0}, {"order_deadline": 1}]
    if key == "since_stop":
        length = length_of(condition["within"])
        days = length[0] if length[1] == "day" else 30 * length[0]
        return [{"benefits_stopped_on": days + step} for step in (-1, 0, 1, 2, 3)]
    return []


def _dated(known: Question, day: date) -> Question:
    """The days in a circumstance, counted back from the payment."""
    return {
        key: str(day - timedelta(days=value)) if key in ("order_deadline", "benefits_stopped_on") else value
        for key, value in known.items()
    }


def _by_year(place: str, speaking: Speaking) -> Iterator[Question]:
    """Lapses counted in insured years, repaid or not, paid inside the window or outside."""
    for year in _years(speaking):
        base = {"place": place, "scheme": "resident", "coverage_year": year}
        for number, day in enumerate(_days_of_year(speaking, year)):
            for window in ({"in_window": True}, {"in_window": False}, OPEN) if number % 3 == 0 else (OPEN,):
                asked = _question(base, day, None, window)
                yield asked
                yield {**asked, "last_covered_year": None}
                for lapsed in YEARS if number % 2 == 0 else YEARS[:6]:
                    question = {**asked, "last_covered_year": year - 1 - lapsed}
                    yield question
                    for repaid in sorted({1, 2, lapsed - 1, lapsed}) if number % 2 == 0 else ():
                        if 0 < repaid <= lapsed:
                            yield {**question, "years_repaid": repaid}
            for situation in ("transfer", "first_enrolment"):
                for lapsed in (0, 2, 4):
                    yield _question(base, day, None, {"situation": situation, "last_covered_year": year - 1 - lapsed})
            yield _question(base, day, 2)
            yield _unpaid(_question(base, day, None, {"last_covered_year": year - 3}))


def _years(speaking: Speaking) -> list[int]:
    """Insured years in which values begin, those before and after, this one and the next, and the last of the walk."""
    main = speaking.data_date.year
    last = _last_day(speaking).year
    around = {year + step for year in speaking.years for step in (0, 1)}
    return sorted({year for year in around if main - 7 <= year <= last} | {main, main + 1, last})


def _days_of_year(speaking: Speaking, year: int) -> list[date]:
    """Payment days around the edges of a year and of every window."""
    days = {date(year - 1, 8, 15), date(year - 1, 12, 31), date(year, 1, 1), date(year, 2, 28), date(year, 3, 1)}
    days |= {date(year, 3, 31), date(year, 4, 1), date(year, 7, 3), date(year, 11, 30), date(year, 12, 31)}
    for rule in speaking.rules:
        if rule["topic"] == "window":
            for value in [value for _, value in rule["values"] if value]:
                for text in (value.get("start"), value.get("end"), value.get("extension_end")):
                    if text and len(text) == 10 and abs(int(text[:4]) - year) <= 1:
                        days |= {date.fromisoformat(text) + timedelta(days=step) for step in (-1, 0, 1)}
    return sorted(days)


def _switched(place: str, speaking: Speaking) -> Iterator[Question]:
    """From an employee scheme to the residents' one."""
    known = list(_circumstances(speaking, "resident", "scheme_switch"))
    for year in _years(speaking):
        base = {"place": place, "scheme": "resident", "situation": "scheme_switch", "coverage_year": year}
        for day in (date(year - 1, 11, 30), date(year, 1, 31), date(year, 7, 3)):
            for lapse, extra in product((None, *LAPSES), known):
                yield _question(base, day, lapse, _dated(extra, day))


def _exempt(place: str, speaking: Speaking) -> Iterator[Question]:
    """Every exempt group, its event near and far; newborns registered in time, late and very late."""
    for year in [year for year in _years(speaking) if year >= speaking.data_date.year - 1]:
        base = {"place": place, "scheme": "resident", "coverage_year": year}
        for day in (date(year - 1, 12, 15), date(year, 7, 3)):
            for group in speaking.groups:
                yield from _newborns(base, day) if group == "newborn" else _members(base, day, group)


def _members(base: Question, day: date, group: str) -> Iterator[Question]:
    """Someone of a group other than newborns."""
    year = base["coverage_year"]
    for last in (year - 1, year - 3, None):
        asked = _question(base, day, None, {"exempt_group": group, "last_covered_year": last})
        yield asked
        if last == year - 3:
            edges = {day - timedelta(days=days) for days in (10, 89, 90, 91, 92, 93, 400)}
            yield from ({**asked, "event_on": str(event)} for event in sorted(edges))
            yield from (_question(asked, day, months) for months in (0, 3, 4))
    for months in (0, 3, 4):
        yield _question(base, day, months, {"situation": "scheme_switch", "exempt_group": group})


def _newborns(base: Question, day: date) -> Iterator[Question]:
    """Born so many days before the payment, registered then or half-way."""
    asked = _question(base, day, None, {"exempt_group": "newborn", "last_covered_year": None})
    yield asked
    for days in (0, 1, 89, 90, 91, 180, 182, 365, 366, 367, 800):
        born = {"born_on": str(day - timedelta(days=days))}
        yield {**asked, **born}
        yield {**asked, **born, "registered_on": str(day)}
        yield {**asked, **born, "registered_on": str(day - timedelta(days=days // 2))}
