"""A fixed set of questions about one place, each with the words that tell it to a reviewer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from calculator.fields import BY_NAME
from calculator.values import YearMonth
from scripts.proof.speaking import Speaking
from scripts.rulebook.vocabulary import SITUATIONS

Case = dict[str, Any]

LAPSES = (1, 2, 3, 4, 6, 7, 12, 13)
ORDINARY = (1, 3, 4, 7)
FEW = (2, 5)
"""Lapses around the usual grace period, where many circumstances are asked about."""
YEARS = (0, 1, 2, 3, 4, 6)
PAID_BACK = {True: "补上中断的月份", False: "不补，接着缴"}
IN_WINDOW = {True: "集中参保期内缴费", False: "集中参保期以后缴费"}


@dataclass(frozen=True)
class Question:
    """A Case; `circumstances` in words, and `length`, the words for the length of the lapse."""

    case: Case
    circumstances: str
    length: str


def questions(
    place: str, scheme: str, books: Iterable[Speaking], starts: frozenset[date] | None = None
) -> Iterator[Question]:
    """Every question about one scheme at one place. books: who speaks for the place, before and after the change.

    Besides today, the days asked about are those on which any value there begins, and the day before each. With `starts`, only
    these days, and only ordinary circumstances.
    """
    seen: set[str] = set()
    found = _resident if scheme == "resident" else _by_month
    for speaking in books:
        for question in found({"place": place, "scheme": scheme}, speaking, starts):
            key = str(sorted(question.case.items(), key=str))
            if key not in seen:
                seen.add(key)
                yield question


def _mentioned(value: Any, key: str) -> Iterator[Any]:
    """Whatever stands under a key, anywhere inside a rule's values."""
    if isinstance(value, dict):
        yield from (inner for name, inner in value.items() if name == key)
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in children:
        yield from _mentioned(child, key)


def _said(speaking: Speaking, scheme: str, key: str) -> list[Any]:
    """Whatever stands under a key in the values and readings of the rules for a scheme."""
    rules = [rule for rule in speaking.rules if scheme in rule["schemes"]]
    return [found for rule in rules for found in _mentioned([rule["values"], rule["readings"]], key)]


def _edges(speaking: Speaking, scheme: str) -> set[int]:
    """Months of lapse on both sides of every limit that some rule names."""
    limits = {limit for bounds in _said(speaking, scheme, "lapse") for limit in bounds.values()}
    return {limit + step for limit in limits for step in (-1, 0, 1) if limit + step > 0}


def _deadlines(speaking: Speaking, day: date) -> list[date]:
    """Events that lie just within and just beyond every time limit (`within`) for residents, before a payment on `day`."""
    found = {day - timedelta(days=30), day - timedelta(days=120)}
    for length in _said(speaking, "resident", "within"):
        if length["unit"] == "day":
            found |= {day - timedelta(days=length["n"] + step) for step in (0, 1)}
        else:
            months = length["n"] * (12 if length["unit"] == "year" else 1)
            limit = YearMonth.of(day).plus(-months).first_day().replace(day=day.day)
            found |= {limit, limit - timedelta(days=1)}
    return sorted(found)


def _by_month(base: Case, speaking: Speaking, starts: frozenset[date] | None) -> Iterator[Question]:
    scheme, today = str(base["scheme"]), speaking.data_date
    days = speaking.days(scheme) if starts is None else sorted(starts)
    lapses = sorted({*LAPSES, *_edges(speaking, scheme)}) if starts is None else ORDINARY
    arrears = ("employer_arrears",) if scheme == "employee" else ()
    for situation in ("same_place", *arrears, "transfer", "scheme_switch"):
        asked = {**base, "situation": situation, "monthly_amount": "500.00"}
        if situation == "scheme_switch":
            asked["previous_scheme"] = "resident"
        for back in PAID_BACK:
            yield from _lapses({**asked, "back_paid": back}, today, lapses)
            for day in days:
                yield from _lapses({**asked, "back_paid": back}, day, FEW)
            for extra in speaking.extras(scheme) if starts is None else ():
                yield from _lapses({**asked, "back_paid": back, **extra}, today, FEW)
    first = {**base, "situation": "first_enrolment", **_paid(today)}
    yield Question(first, f"{SITUATIONS['first_enrolment']}，{today} 缴费", "")


def _lapses(asked: Case, day: date, lapses: Iterable[int]) -> Iterator[Question]:
    words = [SITUATIONS[asked["situation"]], f"{day} 缴费", PAID_BACK[asked["back_paid"]], *_extra_words(asked)]
    for lapse in lapses:
        last = YearMonth.of(day).plus(-1 - lapse)
        yield Question({**asked, **_paid(day), "last_paid_month": str(last)}, "，".join(words), f"{lapse}个月")


def _extra_words(asked: Case) -> list[str]:
    known = ("place", "scheme", "situation", "monthly_amount", "back_paid")
    return [f"{BY_NAME[key].title} {_plain(value)}" for key, value in asked.items() if key not in known]


def _plain(value: Any) -> str:
    return {True: "是", False: "不是"}[value] if isinstance(value, bool) else str(value)


def _resident(base: Case, speaking: Speaking, starts: frozenset[date] | None) -> Iterator[Question]:
    main = speaking.data_date.year
    years = speaking.years if starts is None else [day.year for day in starts]
    for year in sorted({*years, main, main + 1}):
        for in_window, day in ((True, date(year - 1, 11, 15)), (False, date(year, 7, 3))):
            asked = {**base, "coverage_year": year, "in_window": in_window, **_paid(day)}
            words = f"缴 {year} 年的，{day} 缴费，{IN_WINDOW[in_window]}"
            for lapsed in YEARS:
                for repaid in range(min(lapsed, 2) + 1):
                    case = {**asked, "last_covered_year": year - 1 - lapsed, "years_repaid": repaid}
                    yield Question(case, f"{words}{f'，修复{repaid}年' if repaid else ''}", f"{lapsed}年")
        for day in (date(year, 1, 1), date(year, 2, 28), date(year, 3, 1)):
            case = {**base, "coverage_year": year, "last_covered_year": year - 3, **_paid(day)}
            yield Question(case, f"缴 {year} 年的，{day} 缴费", "2年")
        yield Question(
            {**base, "coverage_year": year, "last_covered_year": None, "situation": "first_enrolment", **_paid(day)},
            f"{SITUATIONS['first_enrolment']}，缴 {year} 年的，{day} 缴费",
            "",
        )
    yield from _groups({**base, "coverage_year": main}, main, speaking)
    yield from _switches({**base, "coverage_year": main, "situation": "scheme_switch"}, date(main, 7, 3))


def _groups(asked: Case, year: int, speaking: Speaking) -> Iterator[Question]:
    day = date(year, 7, 3)
    for group in speaking.groups:
        for happened in _deadlines(speaking, day):
            event = str(happened)
            case = {**asked, **_paid(day), "exempt_group": group, "last_covered_year": year - 3, "event_on": event}
            if group == "newborn":
                case |= {"born_on": event, "registered_on": str(day), "last_covered_year": None}
                del case["event_on"]
            yield Question(case, f"人群 {group}，{event} 发生，{day} 缴费", "" if group == "newborn" else "2年")


def _switches(asked: Case, day: date) -> Iterator[Question]:
    for months in (12, 36):
        for lapse in (1, 3, 4, 7):
            last = str(YearMonth.of(day).plus(-1 - lapse))
            case = {**asked, **_paid(day), "previous_scheme": "employee", "continuous_months": months}
            words = f"职工转居民，此前连续参保{months}个月，{day} 缴费"
            yield Question({**case, "last_paid_month": last}, words, f"{lapse}个月")


def _paid(day: date) -> Case:
    return {"as_of": str(day), "paid_on": str(day)}
