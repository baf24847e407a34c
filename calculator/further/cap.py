"""The year's cap by months without a break (Assessment: `cap`), where a place sets it so (深圳's tiers)."""

from __future__ import annotations

from calculator.case import Case
from calculator.fields import INSURED_BY_MONTH
from calculator.findings import Finding, Findings
from calculator.further import year_words as say
from calculator.further.sayings import beside, sayings
from calculator.lapse import Lapse
from calculator.model import Json
from calculator.ranges import UNKNOWN, Range, exact
from calculator.rulebook import Rulebook
from calculator.values import Multiple


def fill(case: Case, rulebook: Rulebook, lapse: Lapse, found: Findings) -> None:
    """`cap.before`, `cap.after`: so many times the average wage, before the lapse and after it."""
    if case.continuous_months is None or case.scheme not in INSURED_BY_MONTH:
        return
    texts = sayings(rulebook, "scope", case, case.day)
    main = _answers(texts.terms.get("limit"), case.continuous_months, lapse)
    readings = [(variant, _answers(terms.get("limit"), case.continuous_months, lapse)) for variant, terms in texts.others]
    rules = texts.rules("limit") if texts.terms.get("limit") is not None else ()
    notes = {"before": say.TIER_BEFORE, "after": say.TIER_AFTER if lapse.length else say.TIER_BEFORE}
    for name, value in main.items():
        note = None if value == UNKNOWN else notes[name]
        found.answers[f"cap.{name}"] = Finding(value, rules, note, beside(main, readings, name))
    if rules:
        texts.explain(found)


def _answers(tiers: list[Json] | None, months: int, lapse: Lapse) -> dict[str, Range]:
    """The tier of the months before the lapse, and the range from the lowest tier up to it after the lapse."""
    if tiers is None:
        return {"before": UNKNOWN, "after": UNKNOWN}
    before = _tier(tiers, months)
    if lapse.length == 0 or not before.known:
        return {"before": before, "after": before if lapse.length == 0 else UNKNOWN}
    lowest = _tier(tiers, 0)
    return {"before": before, "after": Range(lowest.value, before.value)}


def _tier(tiers: list[Json], months: int) -> Range:
    """The multiple for so many months; UNKNOWN where the text gives only some tiers."""
    for tier in tiers:
        if tier["from_months"] <= months < tier.get("below_months", months + 1):
            return exact(Multiple(tier["multiple"]))
    return UNKNOWN
