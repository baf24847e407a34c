"""What the Case of an Assessment, as JSON, says of itself: the day of payment, whether anything was missed or had before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from calculator.words import NO_USE_TEXT

Json = Mapping[str, Any]


def payment_day(case: Json) -> tuple[date, bool]:
    """The day that counts as payment, and whether it is given (False: nothing is paid yet, as_of stands in for it)."""
    given = [date.fromisoformat(case[key]) for key in ("paid_on", "registered_on") if key in case]
    return (max(given), True) if given else (date.fromisoformat(case["as_of"]), False)


def unbroken(assessment: Json) -> bool:
    """Nothing was missed."""
    lapse = assessment["lapse"]
    situation = assessment["case"].get("situation")
    return (lapse["length"], lapse["unit"]) == (0, "month") and situation != "first_enrolment"


def in_vain(assessment: Json) -> bool:
    """Nothing is had of the insured year any more: it is shut, or over before benefits could begin."""
    case, resume = assessment["case"], assessment["benefits_resume_on"]
    paid, given = payment_day(case)
    first = resume["low"] or (str(paid) if given else None)
    late: bool = "coverage_year" in case and first is not None and int(first[:4]) > case["coverage_year"]
    return late or resume["text"] == NO_USE_TEXT


def new(case: Json) -> bool:
    """`Case.new` of a Case as JSON: nothing was had before, so that benefits begin and are not restored."""
    never = case.get("last_covered_year", 0) is None
    return never or case["situation"] == "first_enrolment" or case.get("exempt_group") == "newborn"
