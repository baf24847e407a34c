"""One evaluation of a Case under the rules in force, or under one variant of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from calculator import words
from calculator.account import account
from calculator.case import Case
from calculator.cost import cost, fee_is_open
from calculator.exemption import exempt
from calculator.findings import NOTHING, Finding, Findings
from calculator.lapse import Lapse, lapse_of
from calculator.model import Plain
from calculator.ranges import UNKNOWN, Range, exact
from calculator.resident import no_cover, restore_resident
from calculator.restoration import restore
from calculator.resume import month_start
from calculator.rulebook import Rulebook, Variant
from calculator.schedule import Payment
from calculator.treatments import treat, treat_otherwise
from calculator.values import NO_WAIT, first_of
from calculator.window import Window

RESTORED_BY = ("waiting", "benefits_resume_on", "retroactive", "payment_effect")
TREATED_BY = frozenset(("benefits_stop_on", *RESTORED_BY))
COSTING = ("late_fee", "fine", "contribution")
BY_MONTH, BY_YEAR = ("restoration", "suspension"), ("waiting", "window", "effect", "suspension")
EXEMPTING = ("exemption", "newborn")
VARYING = frozenset((*COSTING, *BY_MONTH, *BY_YEAR, *EXEMPTING, "account"))
"""The topics of which another reading is worked out here."""


def evaluate(case: Case, rulebook: Rulebook, *, silent: bool = False) -> tuple[Lapse, Findings]:
    """Every answer of the Case as a finding, and, unless silent, the steps that lead there."""
    lapse = lapse_of(case)
    found = Findings(silent)
    _stop(case, rulebook, lapse, None, found)
    _restored(case, rulebook, lapse, None, found)
    cost(case, rulebook, lapse, None, found)
    account(case, rulebook, None, found)
    treat(case, lapse, found)
    return lapse, found


def terms_of(case: Case, rulebook: Rulebook) -> tuple[Lapse, Findings]:
    """`evaluate`, silent, and only until when benefits stop, how long the wait is, and what becomes of the gap."""
    lapse = lapse_of(case)
    found = Findings(silent=True)
    _stop(case, rulebook, lapse, None, found)
    _restored(case, rulebook, lapse, None, found)
    return lapse, found


def evaluate_under(variant: Variant, case: Case, rulebook: Rulebook, lapse: Lapse, main: Findings) -> Findings | None:
    """Every answer under a variant, without steps; those it cannot change are the very findings of `main`, found without it.

    None where it can change none.
    """
    topic = variant.rule.topic
    if topic not in VARYING or (topic == "late_fee" and fee_is_open(case, lapse)):
        return None
    if topic == "restoration" and not (variant.elsewhere or case.situation in variant.rule.situations):
        return None  # not asked: it speaks of others
    found = Findings(silent=True)
    if topic in COSTING:
        found.answers["benefits_resume_on"] = main.answers["benefits_resume_on"]
        cost(case, rulebook, lapse, variant, found)
        found.changed = _changed(found.answers, main)
    elif topic == "account":
        account(case, rulebook, variant, found)
        found.changed = _changed(found.answers, main)
    elif topic in (BY_MONTH if _by_month(case) else BY_YEAR) or (topic in EXEMPTING and case.exempt_group is not None):
        _restored_otherwise(case, rulebook, lapse, variant, found, main)
    else:
        return None
    if not found.changed:
        return None
    found.answers = {**main.answers, **found.changed}
    return found


def _restored_otherwise(
    case: Case, rulebook: Rulebook, lapse: Lapse, variant: Variant, found: Findings, main: Findings
) -> None:
    """Fill `found.changed` by restoration and the visits under a variant; what it cannot change is taken over from `main`."""
    topic, found.answers["benefits_stop_on"] = variant.rule.topic, main.answers["benefits_stop_on"]
    if topic == "suspension":
        _stop(case, rulebook, lapse, variant, found)
        if found.range("benefits_stop_on") == main.range("benefits_stop_on"):
            return
    if topic == "suspension" and not main.asked_stop:
        found.answers |= {key: main.answers[key] for key in RESTORED_BY}
        found.payments = main.payments
    else:
        found.window = None if topic == "window" else main.window
        _restored(case, rulebook, lapse, variant, found)
    found.changed = _changed(found.answers, main)
    if found.payments != main.payments or not TREATED_BY.isdisjoint(found.changed):
        found.changed |= _changed(treat_otherwise(case, lapse, found, main), main)


def _changed(found: Mapping[str, Finding], main: Findings) -> dict[str, Finding]:
    """Of another reading only the ranges are asked; of the account also whether there is one."""
    changed = {}
    for key, made in found.items():
        before = main.answers.get(key, NOTHING)
        if made.range != before.range or (made.note != before.note and key == "account.usable"):
            changed[key] = made
    return changed


def _by_month(case: Case) -> bool:
    return case.scheme != "resident" or case.situation == "scheme_switch"


def _restored(case: Case, rulebook: Rulebook, lapse: Lapse, variant: Variant | None, found: Findings) -> None:
    """Fill the answers of `RESTORED_BY` and `account.in_wait`; `benefits_stop_on` must be there."""
    by_month = _by_month(case)
    if by_month and lapse.length == 0 and case.situation != "first_enrolment":
        _no_lapse(found)
    elif case.paid_after_year and case.scheme == "resident":
        no_cover(Window(None), found)
    elif by_month:
        restore(case, rulebook, lapse.months, found.range("benefits_stop_on").value, variant, found)
        if case.scheme == "resident":
            _not_before_the_year(case, found)
    else:
        restore_resident(case, rulebook, lapse, variant, found)
    if case.exempt_group is not None:
        exempt(case, rulebook, variant, found)
    if case.unemployment_months:
        _unemployment(case, rulebook, found)
    for key in RESTORED_BY:
        found.answers.setdefault(key, NOTHING)


def _no_lapse(found: Findings) -> None:
    found.answers["waiting"] = Finding(exact(NO_WAIT), note=words.NO_LAPSE)
    found.answers["benefits_resume_on"] = Finding(UNKNOWN, note=words.NO_LAPSE)
    found.answers["retroactive"] = Finding(UNKNOWN, note=words.NO_GAP)
    found.answers["payment_effect"] = Finding(exact(Payment("none")), note=words.NO_LAPSE)


def _unemployment(case: Case, rulebook: Rulebook, found: Findings) -> None:
    """Name the rule by which months on unemployment benefit are no lapse."""
    for spoken in rulebook.speaking("unemployment", case.place, case.scheme, None, case.day):
        found.explain(words.UNEMPLOYMENT, spoken)
        waiting = found.answers["waiting"]
        if not waiting.rules:
            found.answers["waiting"] = Finding(waiting.range, (spoken.rule,), waiting.note)
        return


def _not_before_the_year(case: Case, found: Findings) -> None:
    """Residents' benefits never begin before the insured year that is paid for."""
    assert case.coverage_year is not None
    start = first_of(case.coverage_year)
    resume = found.answers["benefits_resume_on"]
    bounds = [None if bound is None else max(bound, start) for bound in (resume.range.low, resume.range.high)]
    found.answers["benefits_resume_on"] = Finding(Range(*bounds), resume.rules, resume.note)
    if case.day < start:
        found.answers["retroactive"] = Finding(UNKNOWN, note=words.NEXT_YEARS_PREMIUM)


def _stop(case: Case, rulebook: Rulebook, lapse: Lapse, variant: Variant | None, found: Findings) -> None:
    """The first day without fund benefits. The first unpaid month picks the rule."""
    key = "benefits_stop_on"
    if case.benefits_stopped_on is not None:
        found.answers[key] = Finding(exact(case.benefits_stopped_on))
    elif lapse.unit == "year":
        found.answers[key] = _year_stop(case, rulebook, lapse, found)
    elif lapse.first_day is None:
        found.answers[key] = Finding(UNKNOWN, note=words.NO_LAPSE if lapse.length == 0 else words.LAST_MONTH_UNKNOWN)
    else:
        found.answers[key] = _month_stop(case, rulebook, lapse.first_day, variant, found)


def _year_stop(case: Case, rulebook: Rulebook, lapse: Lapse, found: Findings) -> Finding:
    """No benefits from 1 January of the first insured year that was not paid, or not paid in time."""
    assert case.coverage_year is not None
    year = lapse.first if isinstance(lapse.first, int) else case.coverage_year
    if case.never_insured or case.exempt_group == "newborn":
        return Finding(UNKNOWN, note=words.NEVER_INSURED)
    if lapse.length is None or (lapse.length == 0 and case.day < first_of(year)):
        return Finding(UNKNOWN, note=words.NO_LAPSE if lapse.length == 0 else words.LAST_YEAR_UNKNOWN)
    for spoken in rulebook.speaking("suspension", case.place, case.scheme, None, first_of(year)):
        assert isinstance(spoken.value, Plain)
        if spoken.value.says["stop"] == "year_start":
            found.explain(words.YEAR_START_STOP, spoken)
            return Finding(exact(first_of(year)), (spoken.rule,))
    return Finding(UNKNOWN)


def _month_stop(
    case: Case, rulebook: Rulebook, first_unpaid: date, variant: Variant | None, found: Findings
) -> Finding:
    scheme = case.previous_scheme if case.scheme == "resident" and case.previous_scheme else case.scheme
    situation = None if scheme != case.scheme else case.situation
    for spoken in rulebook.speaking("suspension", case.place, scheme, situation, first_unpaid, variant):
        assert isinstance(spoken.value, Plain)
        stop = spoken.value.says["stop"]
        later = {"next_month": 1, "this_month": 0}.get(stop)
        if later is None:
            continue
        found.explain(words.stop_sentence(stop), spoken)
        return Finding(exact(month_start(first_unpaid, later)), (spoken.rule,))
    return Finding(UNKNOWN)

