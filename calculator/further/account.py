"""The personal account beyond use in the lapse: inherited, moved, what comes in, and how much it can pay.

Asked where the Case says something of the account; for residents only that nothing is credited.
"""

from __future__ import annotations

from decimal import Decimal

from calculator import words
from calculator.case import Case
from calculator.findings import Finding, Findings
from calculator.further import money_words as say
from calculator.lapse import Lapse
from calculator.model import AccountRule, Plain
from calculator.ranges import UNKNOWN, Range, exact
from calculator.rulebook import Rulebook, Spoken
from calculator.values import to_cents

ZERO = Decimal("0.00")


def fill(case: Case, rulebook: Rulebook, lapse: Lapse, found: Findings) -> None:
    """`account.inheritance`, `.transferable`, `.credited` (CNY a month), `.spendable_up_to`, `.wallet` (CNY a day)."""
    asked = (case.account_balance, case.account_status, case.contribution_base) != (None, None, None)
    if not asked and case.scheme != "resident":
        return
    speakers = list(rulebook.speaking("account", case.place, case.scheme, None, case.day))
    found.answers["account.credited"] = _credited(case, speakers, found)
    if not asked:
        return
    none = _without(speakers)
    found.answers["account.inheritance"] = none or _said("inheritance", speakers, say.INHERIT)
    found.answers["account.transferable"] = none or _said("transferable", speakers, say.TRANSFER_ASK)
    spendable = none or _spendable(case, found)
    found.answers["account.spendable_up_to"] = spendable
    shut = found.answers["use_now.account"]
    found.answers["account.wallet"] = none or (_shut(shut) if shut.range.value is False else _wallet(case, rulebook, found))


def _without(speakers: list[Spoken]) -> Finding | None:
    """Where the nearest rule says that there is no account."""
    for spoken in speakers:
        if isinstance(spoken.value, AccountRule) and spoken.value.exists is not None:
            return None if spoken.value.exists else Finding(UNKNOWN, (spoken.rule,), words.NO_ACCOUNT)
    return None


def _said(name: str, speakers: list[Spoken], note: str) -> Finding:
    """What the nearest rule that speaks of it says."""
    for spoken in speakers:
        value = getattr(spoken.value, name)
        if value is not None:
            return Finding(exact(value), (spoken.rule,), note)
    return Finding(UNKNOWN, note=note)


def _credited(case: Case, speakers: list[Spoken], found: Findings) -> Finding:
    """国办发〔2021〕14号: an employee's own contribution alone; the retired and the flexible as the place says."""
    none = _without(speakers)
    if none is not None:
        return Finding(exact(ZERO), none.rules, words.NO_ACCOUNT)
    if case.account_status == "retired":
        return Finding(UNKNOWN, note=say.RETIRED_CREDIT)
    for spoken in speakers:
        assert isinstance(spoken.value, AccountRule)
        rate = spoken.value.credit_rate
        if rate is not None and case.contribution_base is None:
            return Finding(UNKNOWN, (spoken.rule,), None if found.silent else say.base_missing(rate))
        if rate is not None and case.contribution_base is not None:
            note = None if found.silent else say.credit_rate(rate)
            return Finding(exact(to_cents(case.contribution_base * rate)), (spoken.rule,), note)
    return Finding(UNKNOWN, note=say.FLEXIBLE_CREDIT)


def _spendable(case: Case, found: Findings) -> Finding:
    """The balance, but not more than the person bears of the visits listed; nothing where the account is shut."""
    if case.account_balance is None:
        return Finding(UNKNOWN, note=say.NO_BALANCE_GIVEN)
    now = found.answers["use_now.account"]
    if now.range.value is False:
        return _shut(now)
    own = [found.range(f"treatments.{index}.self_pay") for index in range(len(case.treatments))]
    least = min(case.account_balance, sum((r.low for r in own), ZERO)) if own else case.account_balance
    most = min(case.account_balance, sum((r.high for r in own), ZERO)) if own else case.account_balance
    low = to_cents(least) if now.range.value is True else ZERO
    return Finding(Range(low, to_cents(most)), now.rules, now.note)


def _shut(now: Finding) -> Finding:
    """Nothing can be paid out of an account that is shut, empty or its holder's no more."""
    return Finding(exact(ZERO), now.rules, now.note)


def _wallet(case: Case, rulebook: Rulebook, found: Findings) -> Finding:
    """医保钱包: so many transfers a day of so much each; both pooling areas must be open, so perhaps none."""
    for spoken in rulebook.speaking("procedure_rule", case.place, case.scheme, None, case.day):
        facts = spoken.value.says.get("facts", {}) if isinstance(spoken.value, Plain) else {}
        if "transfers_a_day" not in facts:
            continue
        times, each = int(facts["transfers_a_day"]), Decimal(facts["yuan_each"])
        note = None if found.silent else say.wallet(each, times, facts["closed_from"], facts["closed_until"])
        most = times * each if case.account_balance is None else min(case.account_balance, times * each)
        return Finding(Range(ZERO, to_cents(most)), (spoken.rule,), note)
    return Finding(UNKNOWN, note=say.TRANSFER_ASK)
