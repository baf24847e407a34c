"""What is due, and who owes it (Assessment: `cost`): missed months, late fee, the residents' repair, the fine."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from calculator import words
from calculator.case import Case
from calculator.dues import Due, dues_of, months_of, unlisted
from calculator.findings import Finding, Findings
from calculator.lapse import Lapse
from calculator.model import Contribution, Fine, LateFee
from calculator.ranges import UNKNOWN, Range, exact
from calculator.resume import ONE_DAY
from calculator.rulebook import NATION, Rule, Rulebook, Spoken, Variant
from calculator.values import first_of, to_cents

ZERO = Decimal("0.00")
PARTS = ("cost.principal", "cost.late_fee", "cost.repair")
TOLD_AGAIN = (words.NOTHING_TO_PAY, words.WORKED_OUT)
"""What is said of a part, though it is known, is said of the sum as well."""
SWITCHED = "left_employee"
"""The group of those who come from the employee scheme; where it has a price, a switch may be meant by it."""


def cost(case: Case, rulebook: Rulebook, lapse: Lapse, variant: Variant | None, found: Findings) -> None:
    """Fill `cost.principal`, `.late_fee`, `.repair`, `.total`, `.fine` of `found`; restoration must be there."""
    if case.scheme == "resident":
        _resident(case, rulebook, lapse, variant, found)
    else:
        _monthly(case, rulebook, lapse, variant, found)
    parts = [found.answers[key] for key in PARTS]
    total = Range(_sum([part.range.low for part in parts]), _sum([part.range.high for part in parts]))
    note = next((part.note for part in parts if not part.range.known or part.note in TOLD_AGAIN), None)
    found.answers["cost.total"] = Finding(total, tuple(dict.fromkeys([rule for part in parts for rule in part.rules])), note)


def _sum(amounts: list[Decimal | None]) -> Decimal | None:
    """None where one of them is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if len(known) == len(amounts) else None


def _monthly(case: Case, rulebook: Rulebook, lapse: Lapse, variant: Variant | None, found: Findings) -> None:
    dues = dues_of(case, rulebook, lapse, variant)
    _explain_months(case, dues, found)
    found.answers["cost.principal"] = _principal(case, lapse, dues)
    found.answers["cost.late_fee"] = _late_fee(case, rulebook, lapse, dues, variant, found)
    found.answers["cost.repair"] = Finding(exact(ZERO))
    if case.situation == "employer_arrears" and dues:
        found.answers["cost.fine"] = _fine(case, rulebook, found.range("cost.principal"), variant, found)


def days_late(due_on: date, paid_on: date) -> int:
    """Days from the last day to pay to the payment; 0 up to that day."""
    return max(0, (paid_on - due_on).days)


def _principal(case: Case, lapse: Lapse, dues: list[Due]) -> Finding:
    known = [due for due in dues if due.amount.low is not None]
    if not known:
        if lapse.length == 0:
            return Finding(exact(ZERO), note=words.NO_LAPSE)
        return Finding(UNKNOWN, note=words.NO_BASE if dues else words.NO_AMOUNT)
    amount = to_cents(sum((due.amount.low for due in known), ZERO))
    owed = Range(amount, None) if unlisted(dues, lapse) else exact(amount)
    rules = tuple(dict.fromkeys([due.spoken.rule for due in known if due.spoken is not None]))
    note = _how_known(owed, lapse, known, rules)
    if case.scheme == "employee":
        return Finding(owed, note=note or words.NO_EMPLOYER)
    if case.back_paid is False:
        return Finding(exact(ZERO), note=words.MAY_SKIP)
    if case.back_paid:
        return Finding(owed, rules, note)
    return Finding(Range(ZERO, owed.high), rules, words.MAY_SKIP + (note or ""))


def _how_known(owed: Range, lapse: Lapse, known: list[Due], rules: tuple[Rule, ...]) -> str | None:
    """That rules have priced months, and which months the sum lacks."""
    if owed.known:
        return words.WORKED_OUT if rules else None
    if not rules:
        return words.NOT_LISTED_ALL
    all_priced = {due.month for due in known}.issuperset(months_of(lapse))
    return words.WORKED_OUT + (words.PRICE_MAY_BE_HIGHER if all_priced else words.NOT_PRICED_ALL)


def _explain_months(case: Case, dues: list[Due], found: Findings) -> None:
    """What the rules say that a month costs, and how that comes to this Case's amount."""
    for due in dues:
        if due.spoken is not None and due.amount.low is not None and not found.silent:
            assert isinstance(due.spoken.value, Contribution)
            sentence = words.month_price_sentence(due.spoken.value, case.contribution_base, due.amount.low)
            found.explain(sentence, due.spoken)


def _late_fee(
    case: Case, rulebook: Rulebook, lapse: Lapse, dues: list[Due], variant: Variant | None, found: Findings
) -> Finding:
    if case.scheme == "flexible" or not dues:
        spoken = _fee_rule(case, rulebook, case.day, variant)
        if spoken is not None and isinstance(spoken.value, LateFee) and spoken.value.daily_rate is None:
            found.explain(words.FEE_NONE, spoken)
            return Finding(exact(ZERO), (spoken.rule,), words.FEE_NONE)
        if lapse.length == 0 and not dues:
            return Finding(exact(ZERO), note=words.NO_LAPSE)
        return Finding(UNKNOWN, (spoken.rule,) if spoken else (), words.NO_AMOUNT)
    fee, rules, open_ended = Decimal(0), [], False
    principal = sum((d.amount.low for d in dues), ZERO)
    capped = False
    for due in dues:
        if due.due_on is None:
            open_ended = True
            continue
        overdue_from = due.due_on + ONE_DAY  # the day the arrears arose picks the rate (人社部令第13号 第二十九条)
        spoken = _fee_rule(case, rulebook, overdue_from, variant)
        if spoken is None or not isinstance(spoken.value, LateFee) or spoken.value.daily_rate is None:
            return Finding(UNKNOWN)
        fee += due.amount.low * spoken.value.daily_rate * days_late(due.due_on, case.day)
        capped = capped or spoken.value.capped
        rules.append(spoken.rule)
        found.explain(words.fee_sentence(spoken.value.daily_rate), spoken)
    amount = to_cents(min(fee, principal) if capped else fee)
    found_rules: tuple[Rule, ...] = tuple(dict.fromkeys(rules))
    if open_ended:
        return Finding(Range(amount if rules else ZERO, None), found_rules, words.NO_DUE_DAY)
    return Finding(exact(amount), found_rules, words.FEE_OF_LISTED if unlisted(dues, lapse) else None)


def fee_is_open(case: Case, lapse: Lapse) -> bool:
    """Something is owed by an employer, and of no month is the last day to pay known: under any rule the fee is open."""
    return case.scheme == "employee" and not case.missed and case.monthly_amount is not None and bool(lapse.months)


def fee_of(case: Case, rulebook: Rulebook, due: Due) -> Decimal | None:
    """The late fee on one month up to the payment; None where its last day, or a rule, is not known."""
    if due.due_on is None:
        return None
    spoken = _fee_rule(case, rulebook, due.due_on + ONE_DAY, None)
    if spoken is None or not isinstance(spoken.value, LateFee):
        return None
    fee: Decimal = due.amount.low * (spoken.value.daily_rate or ZERO) * days_late(due.due_on, case.day)
    return fee


def _fee_rule(case: Case, rulebook: Rulebook, day: date, variant: Variant | None) -> Spoken | None:
    situation = None if case.scheme == "resident" else case.situation
    return rulebook.first("late_fee", case.place, case.scheme, situation, day, variant)


def _fine(case: Case, rulebook: Rulebook, arrears: Range, variant: Variant | None, found: Findings) -> Finding:
    """One to three times what is still owed, and only after an order that was not followed."""
    if case.order_deadline is not None and case.day <= case.order_deadline:
        return Finding(exact(ZERO), note=words.FINE_ONLY_AFTER_ORDER)
    spoken = rulebook.first("fine", case.place, case.scheme, case.situation, case.day, variant)
    if spoken is None or not isinstance(spoken.value, Fine) or arrears.low is None:
        return Finding(UNKNOWN, note=words.FINE_ONLY_AFTER_ORDER)
    low, high = spoken.value.min_multiple, spoken.value.max_multiple
    found.explain(words.fine_sentence(low, high), spoken)
    least = to_cents(arrears.low * low) if case.order_deadline is not None else ZERO
    most = None if arrears.high is None else to_cents(arrears.high * high)
    return Finding(Range(least, most), (spoken.rule,), words.FINE_ONLY_AFTER_ORDER)


def of_no_use(case: Case, found: Findings) -> bool:
    """Nothing is paid yet for an insured year in which nothing can be had any more: there is nothing to pay for."""
    resume = found.answers["benefits_resume_on"]
    return case.paid_on is None and resume.range == UNKNOWN and resume.note in (words.NO_COVER_OUTSIDE, words.PAID_AFTER_YEAR)


def _resident(case: Case, rulebook: Rulebook, lapse: Lapse, variant: Variant | None, found: Findings) -> None:
    if of_no_use(case, found):
        for key in PARTS:
            found.answers[key] = Finding(exact(ZERO), note=words.NOTHING_TO_PAY)
        return
    price, rule, note = premium(case, rulebook, variant, found)
    rules = (rule,) if rule else ()
    found.answers["cost.principal"] = Finding(price, rules, note)
    repair = _cents(Range(*(None if p is None else p * case.years_repaid for p in (price.low, price.high))))
    found.answers["cost.repair"] = Finding(repair, rules, note) if case.years_repaid else Finding(exact(ZERO))
    found.answers["cost.late_fee"] = _late_fee(case, rulebook, lapse, [], variant, found)


def premium(
    case: Case, rulebook: Rulebook, variant: Variant | None, found: Findings
) -> tuple[Range, Rule | None, str | None]:
    """What one person pays for the insured year (国办发〔2024〕38号: 修复 is charged at the same price)."""
    assert case.coverage_year is not None
    day = first_of(case.coverage_year)
    spoken = rulebook.first("contribution", case.place, case.scheme, None, day, variant)
    if spoken is None or not isinstance(spoken.value, Contribution) or spoken.value.individual is None:
        return UNKNOWN, None, words.PRICE_UNKNOWN
    terms = spoken.value
    ordinary = price_on(terms, case.day, case.coverage_year)
    assert ordinary.low is not None
    price = terms.groups.get(case.exempt_group or "")
    only_least = ordinary.high is None and price is None
    least_of = rulebook.places[spoken.rule.place].name if only_least else None
    if not found.silent:
        found.explain(words.premium_sentence(case.coverage_year, price or ordinary.low, least_of), spoken)
    if price is not None:
        return exact(to_cents(price)), spoken.rule, None
    if case.exempt_group == "medical_assistance" or case.exempt_group in terms.helped:
        return Range(ZERO, to_cents(ordinary.low)), spoken.rule, words.SUBSIDISED
    if only_least and case.place == NATION:  # the nation's least price is what the nation's text asks
        return exact(to_cents(ordinary.low)), spoken.rule, words.PRICE_MAY_BE_HIGHER
    if case.situation == "scheme_switch" and case.exempt_group is None and SWITCHED in terms.groups:
        least = min(terms.groups[SWITCHED], ordinary.low)
        return _cents(Range(least, ordinary.high)), spoken.rule, words.PRICE_BY_GROUP
    return _cents(ordinary), spoken.rule, words.PRICE_MAY_BE_HIGHER if only_least else None


def price_on(terms: Contribution, day: date, year: int) -> Range:
    """The price for whoever pays on `day` for insured year `year`; no upper bound where only the least is known."""
    assert terms.individual is not None
    price, at_least = terms.individual, terms.at_least
    for step in terms.late:
        if day >= date.fromisoformat(f"{year}-{step.month_day}"):
            price, at_least = step.individual, step.at_least
    return Range(price, None if at_least else price)


def _cents(price: Range) -> Range:
    return Range(*(None if bound is None else to_cents(bound) for bound in (price.low, price.high)))
