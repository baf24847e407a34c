"""By when an office or an employer has to act (Assessment: `registration`, `transfer`, `manual_claim`, `deferral`, `record`).

Each is asked by the day from which it counts; working days skip weekends and public holidays.
"""

from __future__ import annotations

from datetime import date

from calculator.case import Case
from calculator.findings import Finding, Findings
from calculator.further import year_words as say
from calculator.further.sayings import Sayings, beside, flag, sayings
from calculator.further.workdays import working_day_after
from calculator.lapse import Lapse
from calculator.model import Json, Newborn
from calculator.ranges import UNKNOWN, Range, exact
from calculator.rulebook import Rulebook, value_on
from calculator.values import Length, YearMonth, first_of


def fill(case: Case, rulebook: Rulebook, lapse: Lapse, found: Findings) -> None:
    """Only what is asked for: each by its own day (`hired_on`, `applied_on`, `transfer_on`, `claim_on`, `deferral_on`)."""
    if case.hired_on is not None:
        _employer(case, case.hired_on, rulebook, found)
    if case.exempt_group == "newborn" and case.born_on is not None:
        _newborn(case, case.born_on, rulebook, found)
    if case.local_household is False:
        found.answers["registration.allowed"] = Finding(UNKNOWN, note=say.NOT_LOCAL)
    for key, topic, name, start in (
        ("registration.done_by", "procedure_rule", "registration_working_days", case.applied_on),
        ("transfer.done_by", "portability", "working_days", case.transfer_on),
        ("manual_claim.decided_by", "procedure_rule", "claim_working_days", case.claim_on),
    ):
        if start is not None:
            found.answers[key] = _working_days(sayings(rulebook, topic, case, start), name, start, rulebook, found)
    if case.deferral_on is not None:
        _deferral(case, case.deferral_on, rulebook, found)
    if case.payment_method is not None:
        found.answers["record.visible_by"] = Finding(UNKNOWN, note=say.VISIBLE)


def _employer(case: Case, hired_on: date, rulebook: Rulebook, found: Findings) -> None:
    """社会保险法 第五十八条: registered within so many days of the first day of work, which is not counted."""
    texts = sayings(rulebook, "registration", case, hired_on)
    by, rules = _after(texts.terms.get("within"), hired_on), texts.rules("within")
    found.answers["registration.employer_by"] = Finding(by, rules)
    overdue, note = (UNKNOWN, None) if by == UNKNOWN else _overdue(case, hired_on, by.value)
    found.answers["registration.overdue"] = Finding(overdue, rules, note)
    texts.explain(found)


def _overdue(case: Case, hired_on: date, by: date) -> tuple[Range, str | None]:
    """Whether the employer was late, by the day it applied; without that day, by the day of the question.

    Whoever is insured since was registered, on a day that is not known.
    """
    if case.applied_on is not None:
        return exact(case.applied_on > by), None
    if case.as_of > by and _insured_since(case, hired_on):
        return UNKNOWN, say.REGISTERED_SOME_DAY
    return exact(case.as_of > by), say.REGISTERED_UNKNOWN


def _insured_since(case: Case, hired_on: date) -> bool:
    """Paid for the month of hiring or a later one, or paid by now after hiring."""
    month = case.last_paid_month
    return (month is not None and month >= YearMonth.of(hired_on)) or (case.day >= hired_on and case.paid_by(case.as_of))


def _newborn(case: Case, born_on: date, rulebook: Rulebook, found: Findings) -> None:
    """The last day on which registration still reaches back to birth, and what other readings make of it."""
    assert case.coverage_year is not None
    day = first_of(case.coverage_year)
    for spoken in rulebook.speaking("newborn", case.place, case.scheme, None, day):
        assert isinstance(spoken.value, Newborn)
        main = {"by": exact(spoken.value.within.after(born_on))}
        readings = [
            (variant, {"by": exact(value.within.after(born_on))})
            for variant in rulebook.variants(case.place, case.scheme, case.situation)
            if isinstance(value := value_on(variant.values, day)[1], Newborn)
        ]
        found.answers["registration.newborn_by"] = Finding(main["by"], (spoken.rule,), None, beside(main, readings, "by"))
        return


def _working_days(texts: Sayings, name: str, start: date, rulebook: Rulebook, found: Findings) -> Finding:
    """The last working day of an office. A rule that is not backed by its text says so in its notes."""
    speaking = Sayings(tuple(s for s in texts.in_force if s.rule in texts.rules(name)), ())
    days: int | None = texts.terms.get(name)
    if days is None:
        return Finding(UNKNOWN, ())
    speaking.explain(found)
    due = working_day_after(start, days, rulebook.calendar)
    notes = [say.FROM_RECEIPT if due.known else say.CALENDAR_ENDS.format(year=due.low.year)]
    notes += [note for rule in texts.rules(name) for note in rule.notes]
    return Finding(due, texts.rules(name), "".join(notes))


def _deferral(case: Case, asked_on: date, rulebook: Rulebook, found: Findings) -> None:
    """社会保险法 第六十条: whether payment can be put off, and until when at most."""
    texts = sayings(rulebook, "deferral", case, asked_on)
    main = _deferred(texts.terms, asked_on)
    readings = [(variant, _deferred(texts.of(terms), asked_on)) for variant, terms in texts.others]
    notes = {"person": say.NO_PERSONAL_DEFERRAL, "employer": None, "until": say.DEFER_LIMIT}
    keys = {"until": "at_most"}
    for name, value in main.items():
        rules = texts.rules(keys.get(name, name))
        note = None if value == UNKNOWN else notes[name]
        found.answers[f"deferral.{name}"] = Finding(value, rules, note, beside(main, readings, name))
    texts.explain(found)


def _deferred(terms: Json, asked_on: date) -> dict[str, Range]:
    latest = _after(terms.get("at_most"), asked_on).value
    return {"person": flag(terms.get("person")), "employer": flag(terms.get("employer")), "until": Range(None, latest)}


def _after(raw: Json | None, start: date) -> Range:
    return UNKNOWN if raw is None else exact(Length(raw["n"], raw["unit"]).after(start))
