"""May the missing months still be paid (Assessment: `back_payment`), for whoever has not said that they are.

An employer has to; whether a person may, and until when, is for each place to say (evidence N-057).
"""

from __future__ import annotations

from calculator.case import Case
from calculator.findings import Finding, Findings
from calculator.further import money_words as say
from calculator.further.sayings import Sayings, beside, flag, said, sayings
from calculator.lapse import Lapse
from calculator.model import Json
from calculator.ranges import UNKNOWN, Range, exact
from calculator.resume import ONE_DAY, month_start
from calculator.rulebook import Rulebook


def fill(case: Case, rulebook: Rulebook, lapse: Lapse, found: Findings) -> None:
    """`back_payment.allowed`, `.until`: only while nothing is paid and it is not settled whether the gap will be."""
    settled = case.back_paid is not None and case.situation != "employer_arrears"
    if not lapse.months or case.paid_on is not None or settled:
        return
    texts = sayings(rulebook, "procedure_rule", case, case.day, case.situation)
    main = _answers(texts, {}, case, lapse)
    readings = [(variant, _answers(texts, terms, case, lapse)) for variant, terms in texts.others]
    speaking = tuple(s for s in texts.in_force if "back_payment" in said(s))[:1]
    for name, value in main.items():
        rules = tuple(spoken.rule for spoken in speaking)
        others = beside(main, readings, name)
        note = say.BACK_PAYMENT_BY_PLACE if value == UNKNOWN and not others else None
        found.answers[f"back_payment.{name}"] = Finding(value, rules, note, others)
    Sayings(speaking, ()).explain(found)


def may_be_paid(case: Case, rulebook: Rulebook, lapse: Lapse) -> bool | None:
    """Whether the rules in force let the missing months be paid on the day of payment; None = none of them says."""
    texts = sayings(rulebook, "procedure_rule", case, case.day, case.situation)
    allowed: bool | None = _answers(texts, {}, case, lapse)["allowed"].value
    return allowed


def _answers(texts: Sayings, instead: Json, case: Case, lapse: Lapse) -> dict[str, Range]:
    """allowed: true or false. until: the last day on which the lapse is still short enough, where a text limits it."""
    own = texts.of(instead).get("back_payment") or {}
    months, first = own.get("lapse_max"), lapse.first_day
    allowed = own.get("employer" if case.situation == "employer_arrears" else "person")
    if months is None or first is None or lapse.months is None:
        return {"allowed": flag(allowed), "until": UNKNOWN}
    return {"allowed": flag(lapse.months <= months), "until": exact(month_start(first, months + 1) - ONE_DAY)}
