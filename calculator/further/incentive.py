"""The residents' reward for years without a break (Assessment: `incentive`), and what a lapse takes of it.

国办发〔2024〕38号: after some years without a break every further one raises the cap of catastrophic cover, and so does
a year without a claim; a lapse starts the years anew, and provinces may lower the cap.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from calculator import words
from calculator.case import Case
from calculator.findings import Finding, Findings
from calculator.further import year_words as say
from calculator.further.sayings import beside, flag, sayings
from calculator.lapse import Lapse
from calculator.model import Json
from calculator.ranges import UNKNOWN, Range, exact
from calculator.rulebook import Rulebook
from calculator.values import first_of, to_cents

ZERO = Decimal("0.00")
MONTHS_A_YEAR = 12
RESTS_ON = {
    "per_year": ("per_year",),
    "zero_claim": ("zero_claim",),
    "most": ("most",),
    "years_reset": ("years_reset",),
    "lost": ("accrued_kept", "per_year", "after_years"),
    "penalty": ("penalty_per_year",),
}
"""The keys of the rules by which each answer is worked out."""


def fill(case: Case, rulebook: Rulebook, lapse: Lapse, found: Findings) -> None:
    """`incentive.*` for residents; of what is lost only bounds, until they say how long they were insured without a break."""
    told = case.continuous_months is not None
    if case.coverage_year is None or (case.new and not told):
        return
    texts = sayings(rulebook, "incentive", case, first_of(case.coverage_year))
    terms = texts.terms
    main = _answers(terms, case, lapse)
    readings = [(variant, _answers(texts.of(instead), case, lapse)) for variant, instead in texts.others]
    for name, value in main.items():
        note = _note(name, value, terms, case, lapse)
        found.answers[f"incentive.{name}"] = Finding(value, texts.rules(*RESTS_ON[name]), note, beside(main, readings, name))
    if told:
        texts.explain(found)


def _answers(terms: Json, case: Case, lapse: Lapse) -> dict[str, Range]:
    """CNY that each year adds, at most in all, and what this lapse takes: of what was earned, and by way of penalty."""
    most = _amount(terms.get("most"))
    found = {"per_year": _amount(terms.get("per_year")), "zero_claim": _amount(terms.get("zero_claim"))}
    if most != UNKNOWN:
        found["most"] = most
    return {
        **found,
        "years_reset": flag(terms.get("years_reset")),
        "lost": _lost(terms, case, lapse),
        "penalty": _penalty(terms, lapse),
    }


def _amount(raw: Any) -> Range:
    """CNY; where a text gives only the least, there is no upper bound."""
    if raw is None:
        return UNKNOWN
    return Range(to_cents(Decimal(raw["at_least"])), None) if isinstance(raw, dict) else exact(to_cents(Decimal(raw)))


def _earned_steps(terms: Json, case: Case) -> int | None:
    """Years without a break beyond those that earn nothing yet; None = either is not known."""
    after: int | None = terms.get("after_years")
    if after is None or case.continuous_months is None:
        return None
    return max(0, case.continuous_months // MONTHS_A_YEAR - after)


def _lost(terms: Json, case: Case, lapse: Lapse) -> Range:
    """Of what the continuous years had earned. Whether it is kept is written in some places only."""
    steps = _earned_steps(terms, case)
    if lapse.length == 0 or terms.get("accrued_kept") is True or steps == 0:
        return exact(ZERO)
    each, most = _amount(terms.get("per_year")).high, _amount(terms.get("most")).high
    if steps is None or each is None:
        return UNKNOWN if most is None and case.continuous_months is not None else Range(ZERO, most)
    earned = to_cents(each * steps)
    return Range(ZERO, earned if most is None else min(earned, most))


def _penalty(terms: Json, lapse: Lapse) -> Range:
    """What the cap is lowered by for the lapsed years."""
    each, most = _amount(terms.get("penalty_per_year")).value, _amount(terms.get("penalty_most")).value
    if lapse.length == 0:
        return exact(ZERO)
    if each is None or lapse.unit != "year":
        return UNKNOWN
    if lapse.length is None:
        return Range(ZERO, most)
    whole = to_cents(each * lapse.length)
    return exact(whole if most is None else min(whole, most))


def _note(name: str, value: Range, terms: Json, case: Case, lapse: Lapse) -> str | None:
    if name in ("per_year", "zero_claim"):
        return say.LEAST_AMOUNT if value.low is not None and value.high is None else None
    if name not in ("lost", "penalty"):
        return None
    if lapse.length == 0:
        return words.NO_LAPSE
    if name == "penalty":
        return None
    if terms.get("accrued_kept") is True:
        return say.KEPT
    if case.continuous_months is None:
        return say.CONTINUOUS_NOT_FILLED
    return say.NOTHING_EARNED if _earned_steps(terms, case) == 0 else say.LOSS_UNSETTLED
