"""What a person with a lapse asks beyond restoration and cost: one module a question, each filling its own answers.

Every module here has `fill(case, rulebook, lapse, found)`: it reads what restoration found and adds findings under
its own group (`use_now.fund`), once, after the evaluation; readings of other rules are not run through it again.
"""

from __future__ import annotations

from calculator.case import Case
from calculator.findings import Findings
from calculator.further import account, back_payment, cap, claiming, incentive, offices, outpatient, owed, retirement, use_now
from calculator.lapse import Lapse
from calculator.rulebook import Rulebook


def further(case: Case, rulebook: Rulebook, lapse: Lapse, found: Findings) -> None:
    """Add every further answer to `found`. The account is asked after `use_now`, which says whether it is open today."""
    for question in (use_now, owed, account, claiming, outpatient, back_payment, retirement, incentive, cap, offices):
        question.fill(case, rulebook, lapse, found)
