"""Questions made of the table of fields itself: every key, every scheme, every place; whole, left out, null and nearly right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from calculator.case import MOST_COUNT
from calculator.fields import BY_NAME, FIELDS, INSURED_BY_MONTH, SCHEMES, SITUATIONS, Field
from calculator.values import FIRST_YEAR, LAST_YEAR

Json = dict[str, Any]
FIRST, LAST = date(2019, 1, 1), date(2029, 12, 31)
NEAR = st.dates(FIRST, LAST)
DAYS = st.one_of(NEAR, NEAR, NEAR, st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))).map(str)
MONTHS = DAYS.map(lambda day: day[:7])
CENTS = st.one_of(st.integers(0, 10**8), st.sampled_from([0, 1, 10**14 - 1]))
MONEY = CENTS.map(lambda cents: f"{cents // 100}.{cents % 100:02d}")
RATIOS = st.sampled_from(["0", "0.5", "0.85", "0.333333", "1", "1.0"])
COUNTS = st.one_of(st.integers(0, 30), st.sampled_from([60, 119, 120, 239, 240, 300, 360, MOST_COUNT]))
YEARS = st.integers(2019, 2029)
WRONG_TEXTS = ("", "0", "2026-02-30", "2026-13", "-1.00", "1.001", "CN ", "成都")
RUBBISH = st.sampled_from([*WRONG_TEXTS, [], {}, [[]], [None], True, -1, 1.5, MOST_COUNT + 1, float("nan")])


def value_of(field: Field, places: list[str], groups: list[str]) -> st.SearchStrategy[Any]:
    """Values that a field may hold."""
    if field.kind == "list":
        needed = {item.name: value_of(item, places, groups) for item in field.items if item.required}
        free = {item.name: st.none() | value_of(item, places, groups) for item in field.items if not item.required}
        return st.lists(st.fixed_dictionaries(needed, optional=free), max_size=3)
    kinds: Mapping[str, st.SearchStrategy[Any]] = {
        "choice": st.sampled_from(field.choices or ("",)), "place": st.sampled_from(places), "group": st.sampled_from(groups),
        "date": DAYS, "month": MONTHS, "money": MONEY, "ratio": RATIOS, "count": COUNTS, "year": YEARS, "flag": st.booleans(),
    }  # fmt: skip
    return kinds[field.kind]


@st.composite
def likely(draw: st.DrawFn, places: list[str], groups: list[str]) -> Json:
    """Keys that belong together, in a time that fits: nearly always a Case."""
    scheme = draw(st.sampled_from(SCHEMES))
    situations = [one for one in SITUATIONS if one != "employer_arrears" or scheme == "employee"]
    case: Json = {"scheme": scheme, "place": draw(st.sampled_from(places)), "as_of": draw(DAYS)}
    free = [field for field in FIELDS if scheme in field.schemes and field.name not in case]
    for field in free:
        if field.required or draw(st.integers(0, 3)) == 0:
            case[field.name] = draw(value_of(field, places, groups))
    if "situation" in case:
        case["situation"] = draw(st.sampled_from(situations))
    _fit(draw, case)
    return case


def _fit(draw: st.DrawFn, case: Json) -> None:
    """Put right what could hardly be right by chance."""
    paid = date.fromisoformat(case.get("paid_on") or case["as_of"])
    if case["scheme"] in INSURED_BY_MONTH:
        case["last_paid_month"] = _month_before(paid, 1 + draw(st.one_of(st.integers(0, 13), st.sampled_from([24, 40, 120]))))
        case.pop("unemployment_months", None)
    else:
        case["coverage_year"] = min(max(paid.year + draw(st.sampled_from([0, 0, 0, 1])), FIRST_YEAR), LAST_YEAR)
        lapsed = draw(st.sampled_from([0, 1, 2, 3, 5, 12, None]))
        if case.get("last_covered_year") is not None and lapsed is not None:
            case["last_covered_year"] = max(FIRST_YEAR, case["coverage_year"] - 1 - lapsed)
        case["years_repaid"] = draw(st.integers(0, min(3, lapsed or 0)))
        if "last_paid_month" in case:
            case["last_paid_month"] = _month_before(paid, draw(st.integers(1, 20)))
        if "born_on" in case:
            case["registered_on"] = max(case["born_on"], case.get("registered_on", case["born_on"]))
    for name in ("lapses", "missed"):
        case.pop(name, None) if draw(st.integers(0, 2)) else None
    if "lapses" in case:
        case["lapses"] = _earlier(draw, date.fromisoformat(case["last_paid_month"] + "-01"))
        case.pop("earlier_lapses", None)
        case.pop("continuous_months", None)
    if "insured_months" in case and "local_insured_months" in case:
        case["local_insured_months"] = min(case["local_insured_months"], case["insured_months"])


def _earlier(draw: st.DrawFn, last: date) -> list[Json]:
    end = draw(st.integers(1, 30))
    return [{"from": _month_before(last, end + draw(st.integers(0, 5))), "to": _month_before(last, end)}]


def _month_before(day: date, months: int) -> str:
    at = max(FIRST_YEAR * 12, day.year * 12 + day.month - 1 - months)
    return f"{at // 12}-{at % 12 + 1:02d}"


@st.composite
def nearly(draw: st.DrawFn, places: list[str], groups: list[str]) -> Json:
    """A likely one with one to three keys changed, added, emptied or taken away."""
    case = draw(likely(places, groups))
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from([*BY_NAME, "paid", "treatments.0"]))
        what = draw(st.sampled_from(["rubbish", "null", "gone", "other"]))
        if what == "gone":
            case.pop(name, None)
        elif what == "null":
            case[name] = None
        elif what == "other" and name in BY_NAME:
            case[name] = draw(value_of(BY_NAME[name], places, groups))
        else:
            case[name] = draw(RUBBISH)
    return case
