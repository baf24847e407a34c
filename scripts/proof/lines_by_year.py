"""Lines of questions about a lapse counted in insured years, and about switches to residents' insurance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scripts.proof.line import Line, Question, month, paid
from scripts.proof.speaking import AHEAD, Speaking

ALL_YEARS = tuple(range(31))
YEARS = (*range(9), 12, 20, 30)
FEW = (0, 1, 2, 3, 4, 5, 30)
MONTHS = (0, 1, 2, 3, 4, 7, 24, 240)
WINDOWS: tuple[dict[str, bool], ...] = ({"in_window": True}, {"in_window": False}, {})


def lines_by_year(place: str, speaking: Speaking) -> Iterator[Line]:
    """Every line of one place about residents."""
    main = speaking.data_date.year
    base = {"place": place, "scheme": "resident"}
    for year in sorted({*speaking.years, *range(main, main + AHEAD + 1)}):
        yield from _year({**base, "coverage_year": year}, speaking, main)
    groups = bool(speaking.own_topics & {"exemption", "newborn", "waiting"})  # else the place above says who is exempt
    for ahead in range(AHEAD + 1):
        yield from _repairs({**base, "coverage_year": main + ahead}, ALL_YEARS if ahead == 0 else YEARS)
        yield from _groups({**base, "coverage_year": main + ahead}, speaking, (0, 2, 5) if groups and ahead < 2 else (2,))
        yield from _switched({**base, "coverage_year": main + ahead}, speaking, MONTHS if ahead < 2 else MONTHS[3:5])


def _year(asked: Question, speaking: Speaking, main: int) -> Iterator[Line]:
    """One insured year: each day, window and lapse."""
    year = asked["coverage_year"]
    days = days_of_year(speaking, year)
    for day in days:
        yield insured_years({**asked, **paid(day)}, FEW if year >= main else FEW[:5:2])
    if year < main:
        yield Line("paid_on", tuple({**asked, "last_covered_year": year - 3, **paid(day)} for day in days))
        return
    for window in WINDOWS:
        for day in (date(year - 1, 11, 15), date(year, 1, 1), date(year, 7, 3)):
            yield insured_years({**asked, **window, **paid(day)}, ALL_YEARS if year in (main, main + 1) else YEARS)
        for known in ({"last_covered_year": None}, {}, *({"last_covered_year": year - 1 - lapse} for lapse in (0, 1, 4))):
            yield Line("paid_on", tuple({**asked, **window, **known, **paid(day)} for day in days))
    for situation in ("transfer", "first_enrolment"):
        for day in (days[0], date(year, 7, 3)):
            yield insured_years({**asked, "situation": situation, **paid(day)}, YEARS)
    yield insured_years({**asked, "as_of": f"{year}-03-01"}, YEARS)


def insured_years(asked: Question, lapses: tuple[int, ...]) -> Line:
    """The same payment after ever more insured years missed."""
    year = asked["coverage_year"]
    return Line("lapse", tuple({**asked, "last_covered_year": year - 1 - lapse} for lapse in lapses))


def _repairs(asked: Question, lapses: tuple[int, ...]) -> Iterator[Line]:
    """Ever more of the missed years repaid."""
    year = asked["coverage_year"]
    for lapse in lapses[1:]:
        for day in (date(year - 1, 11, 15), date(year, 7, 3)) if lapse <= 8 else (date(year, 7, 3),):
            base = {**asked, **paid(day), "last_covered_year": year - 1 - lapse}
            yield Line("repaid", tuple({**base, "years_repaid": repaid} for repaid in range(lapse + 1)))


def _groups(asked: Question, speaking: Speaking, lapses: tuple[int, ...]) -> Iterator[Line]:
    """Every exempt group, with its event near and far from the payment; newborns registered soon and late."""
    year = asked["coverage_year"]
    for day in (date(year - 1, 12, 15), date(year, 7, 3)):
        events = ({}, *({"event_on": str(day - timedelta(days=days))} for days in (0, 10, 89, 90, 91, 92, 93, 400)))
        for group in speaking.groups:
            for event in events:
                yield insured_years({**asked, **paid(day), "exempt_group": group, **event}, lapses)
    if "newborn" in speaking.groups:
        day = date(year, 7, 3)
        births = [str(day - timedelta(days=days)) for days in (0, 1, 89, 90, 91, 180, 365, 366, 367, 800)]
        newborn = {**asked, **paid(day), "exempt_group": "newborn", "last_covered_year": None}
        yield Line("", tuple({**newborn, "born_on": born, "registered_on": str(day)} for born in births))


def _switched(asked: Question, speaking: Speaking, months: tuple[int, ...]) -> Iterator[Line]:
    """From an employee scheme to the residents' one."""
    year = asked["coverage_year"]
    for day in (date(year - 1, 11, 30), date(year, 1, 31), date(year, 7, 3)):
        for extra in ({}, {"previous_scheme": "employee"}, *speaking.extras("resident")):
            switch = {**asked, "situation": "scheme_switch", **extra, **paid(day)}
            yield Line("lapse", tuple({**switch, "last_paid_month": month(day, -1 - lapse)} for lapse in months))


def days_of_year(speaking: Speaking, year: int) -> list[date]:
    """Payment days for an insured year: ordinary ones, those around the window's edges, and where a value begins."""
    days = {date(year - 1, 8, 15), date(year - 1, 11, 15), date(year - 1, 12, 31), date(year, 1, 1), date(year, 2, 28)}
    days |= {date(year, 3, 1), date(year, 3, 31), date(year, 4, 1), date(year, 7, 3), date(year, 11, 30), date(year, 12, 31)}
    days |= {day + timedelta(days=step) for day in speaking.window_days(year) for step in (-1, 0, 1)}
    return sorted(day for day in days if day <= date(year, 12, 31))
