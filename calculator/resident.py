"""居民医保: a lapse counted in insured years.

国办发〔2024〕38号: who did not pay in the enrolment window, or skipped a year, waits a fixed time; each further
lapsed year adds to it; paying lapsed years takes from what was added; a long lapse keeps a floor. Provinces may say
otherwise, field by field.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from calculator import words
from calculator.case import Case
from calculator.findings import NOTHING, Finding, Findings
from calculator.lapse import Lapse
from calculator.model import Effect, Floor, Plain, ResidentWait, Variable
from calculator.ranges import UNKNOWN, Range, exact, hull, in_days
from calculator.resume import ONE_DAY, month_start, resume_range
from calculator.rulebook import Rule, Rulebook, Spoken, Variant
from calculator.schedule import Payment, payment_between
from calculator.values import NO_WAIT, Length, first_of, times
from calculator.window import Window, window_of


class Terms:
    """The fields of the waiting rule, each from the nearest level that speaks; `asked` keeps those that were used."""

    __slots__ = ("asked", "speakers")

    def __init__(self, speakers: list[Spoken]) -> None:
        self.speakers = speakers
        self.asked: dict[str, Spoken] = {}

    def peek(self, name: str) -> Any:
        """A field's value, None where every level is silent."""
        return next((value for s in self.speakers if (value := getattr(s.value, name)) is not None), None)

    def get(self, name: str) -> Any:
        """`peek`, and remember that the answer rests on it."""
        for spoken in self.speakers:
            value = getattr(spoken.value, name)
            if value is not None:
                self.asked.setdefault(name, spoken)
                return value
        return None

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(dict.fromkeys(spoken.rule for spoken in self.asked.values()))


def restore_resident(
    case: Case, rulebook: Rulebook, lapse: Lapse, variant: Variant | None, found: Findings
) -> None:
    """Fill `waiting`, `benefits_resume_on`, `retroactive`, `payment_effect` for whoever pays as a resident."""
    assert case.coverage_year is not None
    year_start = first_of(case.coverage_year)
    speakers = list(rulebook.speaking("waiting", case.place, case.scheme, None, year_start, variant))
    terms = Terms([s for s in speakers if isinstance(s.value, ResidentWait)])
    window = found.window = found.window or window_of(case, rulebook, variant, found)
    if (window.shut and window.spoken is not None) or case.paid_after_year:
        no_cover(window, found)
        return
    ways = [True, False] if window.inside is None else [window.inside]
    waits = [wait_range(case, lapse, inside, terms) for inside in ways]
    wait_rules = terms.rules if variant is None else ()
    resumes = [_resume(case.day, year_start, wait, way, window, terms) for wait, way in zip(waits, ways, strict=True)]
    wait, resume = hull(waits), hull(resumes)
    if variant is not None:  # of another reading only the ranges are asked
        found.answers["waiting"], found.answers["benefits_resume_on"] = Finding(wait), Finding(resume)
    else:
        in_window_rule = (window.spoken.rule,) if window.spoken else ()
        found.answers["waiting"] = Finding(wait, wait_rules or in_window_rule, _why_open(waits, window))
        found.answers["benefits_resume_on"] = Finding(resume, (*in_window_rule, *terms.rules), _why_open(resumes, window))
    if not found.silent:
        for name, spoken in terms.asked.items():
            found.explain(words.resident_sentence(name, getattr(spoken.value, name)), spoken)
    _meanwhile(case, rulebook, lapse, wait, resume, variant, found)
    missed = lapse.length if lapse.unit == "year" else None
    if not missed and case.day >= year_start and any(way.low == year_start for way in resumes):
        found.answers["retroactive"] = _to_year_start(resume, window, found.answers.get("retroactive", NOTHING))


def _to_year_start(resume: Range, window: Window, ordinary: Finding) -> Finding:
    """Where cover reaches back to 1 January, or may, the bills since then are made good, or may be."""
    if resume.known and window.spoken:
        return Finding(exact(True), (window.spoken.rule,), words.BACK_TO_YEAR_START)
    return Finding(UNKNOWN, ordinary.rules, words.REACH_UNKNOWN)


def no_cover(window: Window, found: Findings) -> None:
    """Paid when nothing of the insured year can be covered any more."""
    rules = (window.spoken.rule,) if window.shut and window.spoken else ()
    note = words.NO_COVER_OUTSIDE if window.shut else words.PAID_AFTER_YEAR
    if window.shut and window.spoken:
        found.explain(note, window.spoken)
    for key in ("waiting", "benefits_resume_on", "payment_effect"):
        found.answers[key] = Finding(UNKNOWN, rules, note)
    found.answers["retroactive"] = Finding(exact(False) if rules else UNKNOWN, rules, note)


def _why_open(ways: list[Range], window: Window) -> str | None:
    if len(set(ways)) > 1:
        return words.WINDOW_UNKNOWN
    lengths = [way for way in ways if isinstance(way.low, Length) and isinstance(way.high, Length)]
    mixed = any(way.low != way.high and way.low.unit == "day" for way in lengths)
    return words.DAYS_AND_MONTHS if mixed else window.note


def wait_range(case: Case, lapse: Lapse, inside: bool, terms: Terms) -> Range:
    """The waiting period. inside: paid in the enrolment window."""
    fixed: Length | None = terms.get("fixed")
    if case.never_insured:
        if not inside:
            return UNKNOWN if fixed is None else exact(fixed)
        first = terms.get("in_window_first_enrolment")
        if first is None:
            return UNKNOWN
        return exact(first.length) if first.length else Range(NO_WAIT, first.at_most)
    years = _counted_years(case, lapse, terms)
    if years == 0 and inside:
        terms.get("fixed")
        return exact(NO_WAIT)
    if fixed is None:
        return UNKNOWN
    if years is None:
        return Range(NO_WAIT if inside else fixed, None)
    return full_wait(fixed, years, case.years_repaid, terms) if years else exact(fixed)


def full_wait(fixed: Length, lapsed_years: int, repaid_years: int, terms: Terms) -> Range:
    """The fixed wait, and the variable one less what was repaid, but not below the floor.

    lapsed_years: insured years skipped, >= 1. repaid_years: of these, paid later (修复). Exact, unless one level counts
    in days and another in months: then in days, fewest to most.
    """
    variable: Variable | None = terms.get("variable")
    beyond = max(0, lapsed_years - variable.beyond_year) if variable else 0
    repair: Length | None = terms.get("repair_per_year") if repaid_years and beyond else None
    floor: Floor | None = terms.peek("floor")
    least = terms.get("floor").total if floor and lapsed_years >= floor.lapsed_years else NO_WAIT
    added = times(variable.per_year, beyond) if variable else NO_WAIT
    taken = times(repair or NO_WAIT, repaid_years)
    if added.unit == taken.unit:  # what is repaid cancels out what it was added for, whatever the fixed wait's unit
        added, taken = Length(max(0, added.n - taken.n), added.unit), NO_WAIT
    parts = [fixed, added, taken, least]
    units = {part.unit for part in parts if part.n}
    if len(units) < 2:
        whole = max(fixed.n + added.n, least.n)  # where nothing was added, nothing is taken
        return exact(Length(whole, units.pop() if units else fixed.unit))
    (base_low, base_high), (more_low, more_high), (less_low, less_high), (floor_low, floor_high) = map(in_days, parts)
    low = max(base_low + max(0, more_low - less_high), floor_low)
    high = max(base_high + max(0, more_high - less_low), floor_high)
    return Range(Length(low, "day"), Length(high, "day"))


def _counted_years(case: Case, lapse: Lapse, terms: Terms) -> int | None:
    """Lapsed years that count; some places count from a year of their own."""
    if lapse.unit != "year" or lapse.length is None:
        return None
    since: int | None = terms.get("count_from_year") if lapse.length else None
    if since is None:
        return lapse.length
    assert isinstance(lapse.first, int) and isinstance(lapse.last, int)
    return max(0, lapse.last - max(lapse.first, since) + 1)


def _resume(day: date, year_start: date, wait: Range, inside: bool, window: Window, terms: Terms) -> Range:
    """First day with benefits. They never begin before the insured year (evidence K-005, K-007)."""
    if wait == UNKNOWN:
        return UNKNOWN
    anchor = terms.get("start_in_window" if inside else "start_late")
    if anchor is None:
        return UNKNOWN
    least, most = wait
    if least is most:
        return _ends(least, anchor, day, year_start, window, terms)
    first, last = [None if w is None else _ends(w, anchor, day, year_start, window, terms) for w in wait]
    return Range(first and first.low, last and last.high)


def _ends(wait: Length, anchor: str, day: date, year_start: date, window: Window, terms: Terms) -> Range:
    """The first day after a wait. anchor: what it is counted from.

    From the first of a month it ends on the first of a month, by every worked example. Whoever pays inside the window
    when the year has begun is counted from 1 January only where the window's own text reaches back to it.
    """
    if day < year_start:
        return exact(wait.after(year_start))
    back = anchor == "year_start" and window.inside is not False
    if back and window.landing == "year_start":
        return exact(wait.after(year_start))
    if wait.n == 0:
        return resume_range(window.landing, exact(wait), day) if window.landing else Range(year_start, month_start(day, 1))
    if anchor == "payment_month":
        return exact(wait.after(max(month_start(day), year_start)))
    first = wait.after(day)
    end = {"same_day": exact(first), "next_day": exact(first + ONE_DAY)}.get(terms.get("end"), Range(first, first + ONE_DAY))
    return Range(wait.after(year_start), end.high) if back else end


def _meanwhile(
    case: Case, rulebook: Rulebook, lapse: Lapse, wait: Range, resume: Range, variant: Variant | None, found: Findings
) -> None:
    """Are bills of the gap and of the wait paid?"""
    assert case.coverage_year is not None
    year_start = first_of(case.coverage_year)
    speakers = list(rulebook.speaking("effect", case.place, case.scheme, None, year_start, variant))
    uninterrupted = lapse.length == 0 and not case.never_insured and case.day < year_start
    retroactive, spoken = _nearest(speakers, "retroactive")
    if spoken is None:
        return
    if uninterrupted and wait == exact(NO_WAIT):
        found.answers["retroactive"] = Finding(UNKNOWN, note=words.NO_GAP)
    elif uninterrupted and wait.low is not None and wait.low.n == 0:  # inside the window there is no gap to speak of
        found.answers["retroactive"] = Finding(UNKNOWN, (spoken.rule,), words.GAP_BY_WINDOW)
    else:
        found.answers["retroactive"] = Finding(exact(retroactive), (spoken.rule,))
    in_wait, cut_by = _nearest(speakers, "in_wait")
    rules = ((cut_by or spoken).rule,)
    if wait.known and wait.value.n == 0:
        found.answers["payment_effect"] = Finding(exact(Payment("none")), rules)
        return
    effect = Effect.load(in_wait)
    if effect is not None:
        payment = payment_between(effect, max(case.day, year_start), resume.value)
        if wait.low is not None and wait.low.n:
            found.answers["payment_effect"] = Finding(exact(payment), rules)
        else:
            told = words.EFFECT_OF_A_WAIT.format(effect=words.payment_words(payment))
            found.answers["payment_effect"] = Finding(UNKNOWN, rules, told)
    found.explain(words.RESIDENT_GAP, spoken)


def _nearest(speakers: list[Spoken], name: str) -> tuple[Any, Spoken | None]:
    """One field of the effect, from the nearest level that speaks of it."""
    for spoken in speakers:
        if isinstance(spoken.value, Plain) and spoken.value.says.get(name) is not None:
            return spoken.value.says[name], spoken
    return None, None
