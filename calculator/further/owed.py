"""What is owed month by month (Assessment: `arrears`), and the state's share of residents' premium (`premium`)."""

from __future__ import annotations

from calculator.assessment import plain
from calculator.case import Case
from calculator.cost import days_late, fee_of, of_no_use
from calculator.dues import dues_of
from calculator.findings import Finding, Findings
from calculator.further import money_words as say
from calculator.lapse import Lapse
from calculator.model import Contribution
from calculator.ranges import Range, exact
from calculator.rulebook import Rulebook
from calculator.values import first_of, to_cents


def fill(case: Case, rulebook: Rulebook, lapse: Lapse, found: Findings) -> None:
    """`found.arrears`, in the order of the months; for residents `premium.subsidy` and `premium.whole`."""
    if case.scheme == "resident":
        _premium(case, rulebook, found)
        return
    if found.silent:  # whoever wants the answers alone does not look at the months
        return
    payer = "employer" if case.scheme == "employee" else "person"
    priced = [due for due in dues_of(case, rulebook, lapse) if due.amount.known]
    for due in sorted(priced, key=lambda due: str(due.month)):
        fee = fee_of(case, rulebook, due)
        found.arrears.append(
            {
                "month": str(due.month),
                "amount": plain(to_cents(due.amount.low)),
                "due_on": plain(due.due_on),
                "days_late": None if due.due_on is None else days_late(due.due_on, case.day),
                "late_fee": None if fee is None else plain(to_cents(fee)),
                "payer": payer,
            }
        )


def _premium(case: Case, rulebook: Rulebook, found: Findings) -> None:
    """What the state adds to each resident's premium, and both together: neither goes to anyone's card."""
    assert case.coverage_year is not None
    if of_no_use(case, found):
        return
    for spoken in rulebook.speaking("contribution", case.place, case.scheme, None, first_of(case.coverage_year)):
        if isinstance(spoken.value, Contribution) and spoken.value.subsidy is not None:
            subsidy, own = to_cents(spoken.value.subsidy), found.answers["cost.principal"]
            most = None if spoken.value.at_least else subsidy
            least_of = rulebook.places[spoken.rule.place].name
            note = say.SUBSIDY + (say.AT_LEAST.format(place=least_of) if spoken.value.at_least else "")
            given = Range(subsidy, most) if most is None else exact(subsidy)
            found.answers["premium.subsidy"] = Finding(given, (spoken.rule,), note)
            low = None if own.range.low is None else own.range.low + subsidy
            high = None if own.range.high is None or most is None else own.range.high + most
            found.answers["premium.whole"] = Finding(Range(low, high), (*own.rules, spoken.rule), note)
            return
