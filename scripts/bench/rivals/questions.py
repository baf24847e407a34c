"""What is asked: of us a Case for every place with rules of its own, of all engines the residents' wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from calculator.values import YearMonth

Json = dict[str, Any]
YEARS = 30
"""Lapsed years up to which the engines must agree on the residents' wait."""
COVERAGE = 2100
"""An insured year so late that every lapsed year lies behind the beginning of the counting."""


def cases(rulebook: Mapping[str, Any]) -> list[Json]:
    """One Case for every place and every scheme on which it has rules of its own: what most people ask.

    An employee or flexible worker with four or seven months unpaid who has just paid; a resident who missed three years
    and repays one. The places are those with the most other readings, too.
    """
    today = date.fromisoformat(str(rulebook["data_date"]))
    spoken = {(rule["place"], scheme) for rule in rulebook["rules"] for scheme in rule["schemes"]}
    return [_case(place, scheme, today) for place, scheme in sorted(spoken)]


def _case(place: str, scheme: str, today: date) -> Json:
    asked: Json = {"scheme": scheme, "place": place, "as_of": str(today), "paid_on": str(today)}
    visit = {"date": str(today), "kind": "inpatient", "amount": "10000.00", "normal_ratio": "0.85"}
    if scheme == "resident":
        years = {"coverage_year": today.year, "last_covered_year": today.year - 4, "years_repaid": 1}
        return {**asked, **years, "treatments": [visit]}
    months, back_paid = (4, True) if scheme == "employee" else (7, False)
    last = str(YearMonth.of(today).plus(-months - 1))
    money = {"monthly_amount": "500.00", "account_balance": "1234.50"}
    return {**asked, "last_paid_month": last, "back_paid": back_paid, **money, "treatments": [visit]}


def waits() -> list[tuple[int, int, bool]]:
    """(lapsed years, of these repaid, paid in the window): everything up to `YEARS`."""
    return [(n, r, inside) for n in range(YEARS + 1) for r in range(n + 1) for inside in (False, True)]


def wait_case(lapsed: int, repaid: int, inside: bool) -> Json:
    """The same question as a Case."""
    day = f"{COVERAGE}-03-01"
    years = {"coverage_year": COVERAGE, "last_covered_year": COVERAGE - lapsed - 1, "years_repaid": repaid}
    return {"scheme": "resident", "place": "CN", "as_of": day, "paid_on": day, "in_window": inside, **years}


def wait_terms(rulebook: Mapping[str, Any]) -> dict[str, int]:
    """The national rule's numbers, in months and years: the other engines get them from here, so that none is written twice."""
    rule = next(r for r in rulebook["rules"] if r["place"] == "CN" and r["topic"] == "waiting" and r["sets_value"])
    value = rule["values"][-1][1]
    return {
        "fixed": value["fixed"]["n"],
        "per_year": value["variable"]["per_year"]["n"],
        "beyond_year": value["variable"]["beyond_year"],
        "repair_per_year": value["repair"]["per_year"]["n"],
        "floor_years": value["floor"]["lapsed_years"],
        "floor_total": value["floor"]["total"]["n"],
    }
