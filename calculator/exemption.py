"""居民医保: people who do not wait (新生儿等特殊群体), as national and local texts list them."""

from __future__ import annotations

from datetime import date

from calculator import words
from calculator.case import Case
from calculator.fields import BY_NAME
from calculator.findings import Finding, Findings
from calculator.model import Exemption, Group, Newborn
from calculator.ranges import UNKNOWN, Range, exact, hull
from calculator.resume import ONE_DAY, resume_range
from calculator.rulebook import Rule, Rulebook, Spoken, Variant, value_on
from calculator.schedule import Payment
from calculator.tier_words import newborn_late_sentence
from calculator.values import NO_WAIT, YearMonth, first_of


def exempt(case: Case, rulebook: Rulebook, variant: Variant | None, found: Findings) -> None:
    """Change `found`, which holds the ordinary answers, for a member of an exempt group.

    Nobody is free to be covered in an insured year that is over; but a newborn's bills reach back to birth, whatever the
    year that was paid for (医保办函〔2021〕11号 第十条 names the day of birth, and no year).
    """
    if case.exempt_group == "newborn" and _newborn(case, rulebook, variant, found):
        return
    if case.paid_after_year:
        return
    assert case.exempt_group is not None and case.coverage_year is not None
    year_start = first_of(case.coverage_year)
    spoken, group = _group(case, rulebook, variant)
    if spoken is None or group is None:
        ordinary = found.answers["waiting"]
        maybe = hull([exact(NO_WAIT), ordinary.range])
        note = ordinary.note if maybe.known else words.group_unlisted(rulebook.groups[case.exempt_group])
        found.answers["waiting"] = Finding(maybe, ordinary.rules, note)
        _widen(found, _soonest(case.day, year_start), words.GROUP_UNLISTED)
        return
    found.explain(words.group_sentence(rulebook.groups[case.exempt_group], group), spoken)
    met = terms_met(case, group)
    if met is False:
        return
    start = max(case.day, year_start)
    landing = resume_range(group.resume, exact(NO_WAIT), start) if group.resume else Range(start, start + ONE_DAY)
    if case.day < year_start:
        landing = exact(year_start)
    if met:
        found.answers["waiting"] = Finding(exact(NO_WAIT), (spoken.rule,))
        found.answers["benefits_resume_on"] = Finding(landing, (spoken.rule,))
        found.answers["payment_effect"] = Finding(exact(Payment("none")), (spoken.rule,))
        found.payments = ()
        return
    ordinary = found.answers["waiting"]
    maybe = hull([exact(NO_WAIT), ordinary.range])
    found.answers["waiting"] = Finding(maybe, (spoken.rule, *ordinary.rules), words.GROUP_TERMS_UNKNOWN)
    _widen(found, landing, words.GROUP_TERMS_UNKNOWN)


def terms_met(case: Case, group: Group) -> bool | None:
    """Whether the group's own terms are kept; None = neither the text nor the Case settles it."""
    if group.unsettled:
        return None
    if group.same_year:
        return None if case.event_on is None else case.event_on <= case.day and case.event_on.year == case.day.year
    if group.within is not None:
        return None if case.event_on is None else case.event_on <= case.day <= group.within.after(case.event_on)
    if group.lapse_max is not None:
        if case.last_paid_month is None:
            return None
        return case.last_paid_month.until(YearMonth.of(case.day)) - 1 <= group.lapse_max
    return True


def _group(case: Case, rulebook: Rulebook, variant: Variant | None) -> tuple[Spoken | None, Group | None]:
    """The nearest level that lists the group."""
    assert case.exempt_group is not None and case.coverage_year is not None
    for spoken in rulebook.speaking("exemption", case.place, case.scheme, None, first_of(case.coverage_year), variant):
        if isinstance(spoken.value, Exemption) and case.exempt_group in spoken.value.groups:
            return spoken, spoken.value.groups[case.exempt_group]
    return None, None


def _soonest(day: date, year_start: date) -> Range:
    """When benefits begin without a wait, where no text says on which day: never before the insured year."""
    return exact(year_start) if day < year_start else Range(day, day + ONE_DAY)


def _widen(found: Findings, landing: Range, note: str) -> None:
    for key, other in (("benefits_resume_on", landing), ("payment_effect", exact(Payment("none")))):
        ordinary = found.answers.get(key)
        if ordinary is not None:
            found.answers[key] = Finding(hull([ordinary.range, other]), ordinary.rules, note)
    if found.payments:
        found.payments = (*found.payments, exact(Payment("none")))


def _newborn(case: Case, rulebook: Rulebook, variant: Variant | None, found: Findings) -> bool:
    """Whether the rule for newborns settled the answers (医保办〔…〕 and local texts: registered within 90 days)."""
    assert case.coverage_year is not None
    dates = [day for day in (case.registered_on, case.paid_on) if day is not None]
    registered = max(dates, default=None)  # 参保 is registration and payment (参保缴费): the later of the two counts
    speakers = rulebook.speaking("newborn", case.place, case.scheme, None, first_of(case.coverage_year), variant)
    spoken_all = [s for s in speakers if isinstance(s.value, Newborn)]
    if not spoken_all:
        return False
    spoken = spoken_all[0]
    assert isinstance(spoken.value, Newborn)
    found.steps.clear()
    found.opens = None  # registered and paid for on any day
    found.explain(words.newborn_sentence(spoken.value), spoken)
    rules = (spoken.rule,)
    if case.born_on is None or registered is None:
        asked = {"born_on": case.born_on, "registered_on": registered}
        found.missing = tuple(BY_NAME[key].title for key, day in asked.items() if day is None)
        for key in ("waiting", "benefits_resume_on", "retroactive", "payment_effect"):
            found.answers[key] = Finding(UNKNOWN, rules, words.NEWBORN_DATES)
        return True
    if registered <= spoken.value.within.after(case.born_on):
        _settle(found, rules, exact(case.born_on), retroactive=True)
        if _late_by_a_reading(spoken.rule, case.born_on, registered, first_of(case.coverage_year)):
            for key in ("benefits_resume_on", "retroactive"):
                found.answers[key] = found.answers[key]._replace(note=words.NEWBORN_EDGE)
        return True
    later = next((s for s in spoken_all if isinstance(s.value, Newborn) and s.value.after_resume), None)
    if later is None:
        for key in ("waiting", "benefits_resume_on", "retroactive", "payment_effect"):
            found.answers[key] = Finding(UNKNOWN, rules, words.NEWBORN_LATE)
        return True
    assert isinstance(later.value, Newborn)
    if later.value.after_until is not None and registered > later.value.after_until.after(case.born_on):
        for key in ("waiting", "benefits_resume_on", "retroactive", "payment_effect"):
            found.answers[key] = Finding(UNKNOWN, (later.rule,), words.NEWBORN_LATE)
        return True
    found.explain(newborn_late_sentence(later.value), later)
    _settle(found, (later.rule,), _landing(later.value, registered), retroactive=False)
    return True


def _late_by_a_reading(rule: Rule, born_on: date, registered: date, day: date) -> bool:
    """Whether the last day has passed by another way to count; said also where no text tells what holds then."""
    read = (value_on(reading.values, day)[1] for reading in rule.readings)
    return any(isinstance(value, Newborn) and registered > value.within.after(born_on) for value in read)


def _landing(rule: Newborn, registered: date) -> Range:
    return resume_range(rule.after_resume, exact(NO_WAIT), registered)


def _settle(found: Findings, rules: tuple, resume: Range, *, retroactive: bool) -> None:  # type: ignore[type-arg]
    found.answers["waiting"] = Finding(exact(NO_WAIT), rules)
    found.answers["benefits_resume_on"] = Finding(resume, rules)
    found.answers["retroactive"] = Finding(exact(retroactive), rules)
    found.answers["payment_effect"] = Finding(exact(Payment("none")), rules)
