"""Questions as people might put them: spread over schemes, places, situations and what is known, the same in every run."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from calculator.fields import FIELDS, SCHEMES, SITUATIONS, TREATMENT_KINDS

Json = dict[str, Any]

SEED = 38_2024
FIRST_DAY = date(2024, 1, 1)
DAYS = 1_400
DAY = timedelta(days=1)


def spread(rulebook: Mapping[str, Any], count: int) -> list[Json]:
    """`count` Cases that the calculator accepts. rulebook: the compiled one."""
    chance = random.Random(SEED)
    outside = {place["code"] for place in rulebook["places"] if place.get("outside")}
    spoken = sorted({rule["place"] for rule in rulebook["rules"]} - outside)
    silent = sorted({place["code"] for place in rulebook["places"]} - outside - set(spoken))
    chance.shuffle(silent)
    places = cycle([*spoken, *silent[: len(spoken) // 4], "XPCC"])
    groups = [group["id"] for group in rulebook["groups"]]
    return [_case(chance, SCHEMES[index % 3], next(places), groups) for index in range(count)]


def _case(chance: random.Random, scheme: str, place: str, groups: list[str]) -> Json:
    case: Json = {"scheme": scheme, "place": place, "as_of": str(_day(chance))}
    situations = [one for one in SITUATIONS if one != "employer_arrears" or scheme == "employee"]
    _maybe(chance, case, situation=chance.choice(situations), previous_scheme=chance.choice(SCHEMES))
    if scheme == "resident":
        _years(chance, case, groups)
    else:
        _months(chance, case)
    stopped = str(_day(chance))
    _maybe(chance, case, 0.2, benefits_stopped_on=stopped, continuous_months=chance.randrange(0, 150))
    if chance.random() < 0.4:
        case["treatments"] = [_treatment(chance) for _ in range(chance.randint(1, 3))]
    _further(random.Random(chance.random()), case)
    return case


def _further(chance: random.Random, case: Json) -> None:
    """What is asked beyond the lapse: years, offices, the account; earlier lapses where nothing else tells of them."""
    known = {field.name: field for field in FIELDS if case["scheme"] in field.schemes}
    days = ("signed_on", "retires_on", "hired_on", "applied_on", "deferral_on", "transfer_on", "claim_on")
    said: Json = {name: str(_day(chance)) for name in days}
    said |= {name: _money(chance, 5_000) for name in ("account_spent", "contribution_base", "reimbursed_this_year")}
    said |= {name: chance.choice(known[name].choices) for name in ("account_status", "payment_method") if name in known}
    said |= {"parent_insured_months": chance.randint(0, 99), "local_household": chance.random() < 0.5}
    _maybe(chance, case, 0.2, **{name: value for name, value in said.items() if name in known})
    if "insured_months" in known and chance.random() < 0.3:
        months = chance.randint(0, 400)
        case |= {"insured_months": months, "local_insured_months": chance.randint(0, months)}
    if "last_paid_month" in case and "lapses" in known and not {"earlier_lapses", "continuous_months"} & set(case):
        last = date.fromisoformat(f"{case['last_paid_month']}-01")
        case["lapses"] = [{"from": _month(last, -9), "to": _month(last, -chance.randint(6, 8))}]


def _months(chance: random.Random, case: Json) -> None:
    """What someone insured by the month is asked."""
    paid = _day(chance)
    first = case.get("situation") == "first_enrolment" and chance.random() < 0.7
    gap = chance.choice([*range(14), 24, 40])
    if not first:
        case["last_paid_month"] = _month(paid, -gap - 1)
    if chance.random() < 0.8:
        case["paid_on"] = str(paid)
        _maybe(chance, case, 0.2, unemployment_months=chance.randint(0, gap if not first else 9))
    _maybe(
        chance, case,
        back_paid=chance.random() < 0.5, in_waiting=chance.random() < 0.3, missed_this_year=chance.randint(0, 12),
        earlier_lapses=chance.randint(0, 3), monthly_amount=_money(chance, 2_000), account_balance=_money(chance, 9_000),
    )  # fmt: skip
    if case["scheme"] == "employee":
        _maybe(chance, case, 0.2, order_deadline=str(paid + chance.randint(-40, 40) * DAY))
    if gap and chance.random() < 0.3:
        case["missed"] = [_missed(chance, paid, back) for back in range(min(gap, 4), 0, -1)]


def _years(chance: random.Random, case: Json, groups: list[str]) -> None:
    """What a resident is asked."""
    year = chance.randint(2024, 2028)
    case["coverage_year"] = year
    lapsed = chance.choice([*range(8), 12, 25])
    last = chance.choice([year - 1 - lapsed, year - 1 - lapsed, None, "not known"])
    if last != "not known":
        case["last_covered_year"] = last
    paid = date(year - 1, 9, 1) + chance.randrange(0, 420) * DAY
    born = paid - chance.randrange(0, 200) * DAY
    _maybe(chance, case, 0.8, paid_on=str(paid))
    _maybe(chance, case, years_repaid=0 if last is None else chance.randint(0, lapsed), in_window=chance.random() < 0.5)
    if chance.random() < 0.5:
        case["exempt_group"] = chance.choice([*groups, *["newborn"] * len(groups)])
        _maybe(chance, case, event_on=str(born))
    if case.get("exempt_group") == "newborn" and chance.random() < 0.8:
        case |= {"born_on": str(born), "registered_on": str(born + chance.randrange(0, 150) * DAY)}
    if case.get("previous_scheme") in ("employee", "flexible") and chance.random() < 0.7:
        case["last_paid_month"] = _month(paid, -chance.randint(1, 9))


def _treatment(chance: random.Random) -> Json:
    visit = {"date": str(_day(chance)), "kind": chance.choice(TREATMENT_KINDS), "amount": _money(chance, 80_000)}
    _maybe(chance, visit, 0.7, normal_ratio=f"0.{chance.randint(10, 95)}")
    return visit


def _missed(chance: random.Random, paid: date, back: int) -> Json:
    month = _month(paid, -back)
    item = {"month": month, "amount": _money(chance, 1_500)}
    _maybe(chance, item, due_on=f"{month}-{chance.randint(10, 28)}")
    return item


def _maybe(chance: random.Random, into: Json, likely: float = 0.4, **values: object) -> None:
    """Each of `values`, or not."""
    into |= {key: value for key, value in values.items() if chance.random() < likely}


def _day(chance: random.Random) -> date:
    return FIRST_DAY + chance.randrange(DAYS) * DAY


def _month(day: date, later: int) -> str:
    months = day.year * 12 + day.month - 1 + later
    return f"{months // 12}-{months % 12 + 1:02}"


def _money(chance: random.Random, most: int) -> str:
    return f"{chance.randint(1, most)}.{chance.randint(0, 99):02}"
