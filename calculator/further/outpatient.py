"""Residents' ordinary outpatient cover after signing with a clinic (Assessment: `outpatient`).

No document seen says where one must sign, at which ratio and up to what: the answer is whom to ask. What an article says
stands among `claims`, worked out by its own numbers.
"""

from __future__ import annotations

from calculator.case import Case
from calculator.findings import Finding, Findings
from calculator.further import money_words as say
from calculator.lapse import Lapse
from calculator.ranges import UNKNOWN
from calculator.rulebook import Rulebook


def fill(case: Case, rulebook: Rulebook, lapse: Lapse, found: Findings) -> None:
    """`outpatient.starts_on`, `outpatient.left_this_year` (CNY), where the Case speaks of signing."""
    if case.signed_on is not None or case.reimbursed_this_year is not None:
        for name in ("starts_on", "left_this_year"):
            found.answers[f"outpatient.{name}"] = Finding(UNKNOWN, note=say.OUTPATIENT_ASK)
