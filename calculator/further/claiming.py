"""Each visit: how and by when to claim it on paper (Assessment: `treatments.N.claim`)."""

from __future__ import annotations

from datetime import date

from calculator import words
from calculator.case import Case, Treatment
from calculator.findings import Finding, Findings
from calculator.further import money_words as say
from calculator.lapse import Lapse
from calculator.model import Plain
from calculator.ranges import UNKNOWN, exact
from calculator.rulebook import Rulebook, Spoken

AT_ONCE = (words.NO_LAPSE, words.WHILE_COVERED, words.RESTORED, words.IN_WAIT)


def fill(case: Case, rulebook: Rulebook, lapse: Lapse, found: Findings) -> None:
    """The last day of the place's rule; without one, whom to ask. A visit that is not covered has nothing to claim."""
    for index, visit in enumerate(case.treatments):
        covered = found.answers[f"treatments.{index}.covered"]
        found.answers[f"treatments.{index}.claim"] = _claim(case, visit, covered, rulebook)


def _claim(case: Case, visit: Treatment, covered: Finding, rulebook: Rulebook) -> Finding:
    if covered.range.value is False:
        return Finding(UNKNOWN, covered.rules, say.NOTHING_TO_CLAIM)
    how = say.ASK_FIRST
    if covered.range.value is True:
        how = say.AT_COUNTER if covered.note in AT_ONCE else say.AFTERWARDS
    rules = list(rulebook.speaking("procedure_rule", case.place, case.scheme, None, visit.date))
    needed, listed = _first(rules, "materials")
    last, limits = _last_day(rules, visit.date)
    note = how + (say.materials(needed) if needed else "")
    cited = tuple(spoken.rule for spoken in (limits, listed) if spoken is not None)
    if last is None:
        return Finding(UNKNOWN, cited, note + say.LAST_DAY_UNKNOWN)
    return Finding(exact(last), cited, note + say.claim_by(last))


def _first(rules: list[Spoken], fact: str) -> tuple[list[str], Spoken | None]:
    for spoken in rules:
        facts = spoken.value.says.get("facts", {}) if isinstance(spoken.value, Plain) else {}
        if fact in facts:
            return facts[fact], spoken
    return [], None


def _last_day(rules: list[Spoken], visited: date) -> tuple[date | None, Spoken | None]:
    """The month and day of the year after the visit by which the place wants the claim."""
    for spoken in rules:
        text = spoken.value.says.get("claim_by") if isinstance(spoken.value, Plain) else None
        if text is not None:
            month, day = (int(part) for part in text.split("-"))
            return date(visited.year + 1, month, day), spoken
    return None, None
