"""Contribution years (Assessment: `retirement`): how many are asked for, what is missing, and whether a lapse takes any.

社会保险法 第二十七条, 第三十二条: years add up across places and lapses; how many are needed is for each place to say.
"""

from __future__ import annotations

from calculator.case import Case
from calculator.findings import Finding, Findings
from calculator.further import year_words as say
from calculator.further.sayings import Sayings, beside, flag, sayings
from calculator.lapse import Lapse
from calculator.model import Json
from calculator.ranges import UNKNOWN, Range, exact
from calculator.rulebook import Rulebook
from calculator.values import Length, Shortfall, YearMonth

MONTHS_A_YEAR = 12


def fill(case: Case, rulebook: Rulebook, lapse: Lapse, found: Findings) -> None:
    """`retirement.*`, for whoever says how long they have paid or when they retire."""
    if case.insured_months is None and case.local_insured_months is None and case.retires_on is None:
        return
    texts = sayings(rulebook, "retirement", case, case.retires_on or case.day)
    main = _answers(texts.terms, case, lapse)
    readings = [(variant, _answers(texts.of(terms), case, lapse)) for variant, terms in texts.others]
    for name, value in main.items():
        key = "years" if not name.startswith("local") else "local_years"
        rules = texts.rules(name if name in ("pay_on", "lump_sum") else key)
        note = _note(name, value, case, lapse)
        found.answers[f"retirement.{name}"] = Finding(value, rules, note, beside(main, readings, name))
    _kept(case, rulebook, found)
    texts.explain(found)


def _kept(case: Case, rulebook: Rulebook, found: Findings) -> None:
    """Does the lapse take away years paid before: the cumulative ones, and the continuous ones some places count."""
    texts = sayings(rulebook, "portability", case, case.day)
    found.answers["retirement.kept"] = Finding(flag(texts.terms.get("cumulative_kept")), texts.rules("cumulative_kept"))
    found.answers["retirement.continuous_kept"] = Finding(UNKNOWN, note=say.CONTINUOUS)
    _explain_kept(texts, found)


def _explain_kept(texts: Sayings, found: Findings) -> None:
    for spoken in texts.in_force:
        if spoken.rule in texts.rules("cumulative_kept"):
            Sayings((spoken,), ()).explain(found)


def _answers(terms: Json, case: Case, lapse: Lapse) -> dict[str, Range]:
    """What the terms come to. Months paid count back-paid ones; every gap is what is missing of the years asked for.

    What is missing now takes in what may have been paid since the payment; what is still to come counts every month.
    """
    required, local = _years(terms.get("years")), _years(terms.get("local_years"))
    paid, payable = _paid(case, lapse), _payable(case)
    missing = _missing(required, paid)
    found = {"required": required, "gap": _missing(required, _plus(paid, _since(case)))}
    if local != UNKNOWN or case.local_insured_months is not None:
        here = None if case.local_insured_months is None else exact(case.local_insured_months)
        found |= {"local_required": local, "local_gap": _missing(local, _plus(here, _since(case)))}
    if payable is not None:
        found["gap_on_retiring"] = _missing(required, _plus(paid, payable))
    if missing.known and missing.value.n and not lapse_may_count(case, lapse):
        found["reached_on"] = exact(_first_payable(case).plus(missing.value.n - 1).first_day())
    return {**found, "pay_on": flag(terms.get("pay_on")), "lump_sum": flag(terms.get("lump_sum"))}


def _years(raw: Json | None) -> Range:
    """The years asked for; where men and women differ, both bounds."""
    if raw is None:
        return UNKNOWN
    if "n" in raw:
        return exact(Length(raw["n"], raw["unit"]))
    both = sorted(raw[sex]["n"] for sex in ("men", "women"))
    return Range(Length(both[0], "year"), Length(both[1], "year"))


def _paid(case: Case, lapse: Lapse) -> Range | None:
    """Months paid by the day of payment, those of the lapse only where they are paid too."""
    if case.insured_months is None:
        return None
    more = lapse.months or 0
    least = case.insured_months + (more if case.back_paid else 0)
    return Range(least, case.insured_months + (0 if case.back_paid is False else more))


def lapse_may_count(case: Case, lapse: Lapse) -> bool:
    return bool(lapse.months) and case.back_paid is None


def _since(case: Case) -> Range:
    """Months that may have been paid since, that of the payment included: which of them were is not said."""
    if not case.paid_by(case.as_of):
        return exact(0)
    return Range(0, YearMonth.of(case.day).until(YearMonth.of(case.as_of)) + 1)


def _first_payable(case: Case) -> YearMonth:
    """The first month that is not among those paid: this month, that of the payment, or the one after the last paid."""
    month = YearMonth.of(case.day)
    return month if case.last_paid_month is None else max(month, case.last_paid_month.plus(1))


def _payable(case: Case) -> Range | None:
    """Months until retirement that can still be paid; whether the month of retirement is one, places differ."""
    if case.retires_on is None:
        return None
    months = _first_payable(case).until(YearMonth.of(case.retires_on))
    return Range(months, months + 1) if months >= 0 and case.retires_on >= case.day else exact(0)


def _plus(paid: Range | None, more: Range) -> Range | None:
    return None if paid is None else Range(paid.low + more.low, paid.high + more.high)


def _missing(required: Range, paid: Range | None) -> Range:
    """Months missing of the years asked for."""
    if paid is None or required == UNKNOWN:
        return UNKNOWN
    low, high = required.low.n * MONTHS_A_YEAR - paid.high, required.high.n * MONTHS_A_YEAR - paid.low
    return Range(Shortfall(max(0, low), "month"), Shortfall(max(0, high), "month"))


def _note(name: str, value: Range, case: Case, lapse: Lapse) -> str | None:
    if name in ("gap", "gap_on_retiring") and case.insured_months is None:
        return say.NOT_FILLED
    if name == "local_gap" and case.local_insured_months is None:
        return say.LOCAL_NOT_FILLED
    if value == UNKNOWN:
        return None
    back = say.BACK_PAID_COUNTS if lapse_may_count(case, lapse) and not value.known else ""
    since = say.PAID_SINCE if _since(case).high and not value.known else ""
    payable = _payable(case)
    retiring = say.RETIRING_MONTH if payable is not None and not payable.known and not value.known else ""
    told = {
        "gap": back + since,
        "local_gap": since,
        "gap_on_retiring": _every_month(case) + retiring + back,
        "reached_on": _every_month(case),
    }
    return told.get(name) or None


def _every_month(case: Case) -> str:
    """From when on every month is taken to be paid."""
    if case.paid_on is not None:
        return say.EVERY_MONTH.format(since=say.FROM_PAYMENT)
    ahead = _first_payable(case) > YearMonth.of(case.day)
    return say.EVERY_MONTH.format(since=say.FROM_UNPAID if ahead else say.FROM_NOW)
