"""Whatever is asked, in every place: the instant answer is the full answer's headline, or there is none."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from calculator import Case, CaseError, assess
from calculator.fields import SCHEMES, SITUATIONS
from calculator.rulebook import Rulebook
from calculator.values import YearMonth
from scripts.instant import stretch_of
from scripts.instant.tables import way_up
from tests import prepared
from tests.instant.conftest import Json, Tell

SEED = 20261122
QUICK, MANY = 500, 20_000
MOST_BYTES, MOST_AT_ALL = 20_000, 1_200_000
LAPSES = (*range(14), 0, 1, 2, 3, 4, 24, 36, 60, 120, 240)
LAPSED_YEARS = (None, "never", 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 12, 40)
BEYOND = ({"continuous_months": 24}, {"exempt_group": "student"}, {"monthly_amount": "500"}, {"nonsense": 1}, {"in_window": 1})


def question(chance: Random, places: list[str], first: date) -> Json:
    """Mostly whole and sensible; sometimes not."""
    scheme, situation = chance.choice(SCHEMES), chance.choice([None, *SITUATIONS])
    asked_on = first + timedelta(days=chance.randrange(1000))
    case: Json = {"scheme": scheme, "place": chance.choice(places), "as_of": str(asked_on)}
    case |= {"situation": situation} if situation else {}
    case |= {"paid_on": str(asked_on + timedelta(days=chance.randrange(-300, 300)))} if chance.random() < 0.6 else {}
    paid = date.fromisoformat(case.get("paid_on", case["as_of"]))
    case |= {"previous_scheme": chance.choice(SCHEMES)} if chance.random() < 0.3 else {}
    if scheme != "resident" or (situation == "scheme_switch" and chance.random() < 0.8):
        lapse = chance.choice(LAPSES) - (chance.randrange(3) if chance.random() < 0.05 else 0)
        case |= {"last_paid_month": str(YearMonth.of(paid).plus(-1 - lapse))} if chance.random() < 0.97 else {}
    case |= _insured_by_year(chance, paid.year) if scheme == "resident" else _flag(chance, "back_paid")
    return case | (chance.choice(BEYOND) if chance.random() < 0.05 else {})


def _insured_by_year(chance: Random, year: int) -> Json:
    case: Json = {"coverage_year": year + chance.choice([0, 0, 1, 1, -1, 2]), **_flag(chance, "in_window")}
    lapsed: Any = chance.choice(LAPSED_YEARS)
    case |= {} if lapsed is None else {"last_covered_year": None if lapsed == "never" else case["coverage_year"] - 1 - lapsed}
    return case | ({"years_repaid": chance.randrange(5)} if chance.random() < 0.4 else {})


def _flag(chance: Random, key: str) -> Json:
    said = chance.choice([None, True, False])
    return {} if said is None else {key: said}


def full(case: Json, rulebook: Rulebook) -> str | None:
    try:
        return assess(Case.parse(case, rulebook), rulebook).headline
    except CaseError:
        return None


def check(questions: list[Json], rulebook: Rulebook, tell: Tell) -> Counter[str]:
    """Compares; returns how many had the same headline, were refused by both, and had no instant answer."""
    found: Counter[str] = Counter()
    for case, told in zip(questions, tell(questions), strict=True):
        wanted = full(case, rulebook)
        assert told in (wanted, None), f"{json.dumps(case)}: {told} instead of {wanted}"
        found["refused" if wanted is None else "silent" if told is None else "same"] += 1
    return found


def made(seed: int, count: int, rulebook: Rulebook, data: Json) -> list[Json]:
    chance, first = Random(seed), stretch_of(date.fromisoformat(data["data_date"])).first
    places = [code for code, place in rulebook.places.items() if not place.outside]
    return [question(chance, places, first) for _ in range(count)]


def test_questions_at_random_are_told_the_same_headline(data, rulebook, tell):
    found = check(made(SEED, QUICK, rulebook, data), rulebook, tell)
    assert found["same"] > QUICK / 2
    assert found["refused"]


@pytest.mark.slow
def test_many_questions_at_random_are_told_the_same_headline(data, rulebook, tell):
    check(made(SEED + 1, MANY, rulebook, data), rulebook, tell)


def test_the_cases_beside_the_rules_are_told_the_same_headline(rulebook, tell):
    found = check(prepared.asked(), rulebook, tell)
    assert found["same"] > found["silent"] / 4


def test_every_place_has_a_table_where_the_page_looks_for_it(tables, rulebook):
    for code, place in rulebook.places.items():
        home = next(one for one in way_up(code) if one in tables)
        assert (code in json.loads(tables[home])["places"]) is not place.outside, code


def test_a_table_is_a_few_kilobytes(tables):
    sizes = [len(text.encode()) for text in tables.values()]
    assert max(sizes) <= MOST_BYTES
    assert sum(sizes) <= MOST_AT_ALL


def test_the_tables_hold_the_next_four_hundred_days(data):
    today = date.fromisoformat(data["data_date"])
    first, last = stretch_of(today)
    assert first <= today - timedelta(days=365)
    assert last >= today + timedelta(days=400)
