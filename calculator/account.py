"""The personal account: is the money kept, and what can it pay (Assessment: `account`)."""

from __future__ import annotations

from calculator import words
from calculator.case import Case
from calculator.findings import Finding, Findings
from calculator.model import AccountRule
from calculator.ranges import UNKNOWN, exact
from calculator.rulebook import Rulebook, Variant

KEYS = tuple((name, f"account.{name}") for name in ("kept", "usable", "cash_out", "family_use"))
NOTES = {"usable": words.USABLE_DIFFERS, "cash_out": words.CASH_EXCEPTIONS, "family_use": words.FAMILY_NEEDS}


def _situation(case: Case) -> str | None:
    return None if case.scheme == "resident" else case.situation


def account(case: Case, rulebook: Rulebook, variant: Variant | None, found: Findings) -> None:
    """Fill `account.*` of `found`, each from the nearest level that speaks for it."""
    speakers = list(rulebook.speaking("account", case.place, case.scheme, _situation(case), case.day, variant))
    for name, key in KEYS:
        for spoken in speakers:
            assert isinstance(spoken.value, AccountRule)
            if spoken.value.exists is False:
                found.answers[key] = found.answers["account.in_wait"] = Finding(UNKNOWN, (spoken.rule,), words.NO_ACCOUNT)
                break
            value = getattr(spoken.value, name)
            if value is not None:
                note = NOTES.get(name) if name != "usable" else None
                found.answers[key] = Finding(exact(value), (spoken.rule,), note)
                found.explain(words.ACCOUNT_SENTENCES[name, value], spoken)
                break
        else:
            found.answers[key] = Finding(UNKNOWN, note=NOTES.get(name))
