"""assess(case, rulebook) -> Assessment: the rules in force, every other reading beside them, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from calculator import words
from calculator.alternatives import Said, alternatives_of
from calculator.assessment import GROUPS, UNITS, Alternative, Answer, Assessment, StepLine, range_words
from calculator.case import Case
from calculator.claims import claims_of
from calculator.evaluate import evaluate, evaluate_under
from calculator.findings import NOTHING, Finding, Findings
from calculator.further import further
from calculator.further.deadlines import deadlines
from calculator.further.money_words import NOTHING_TO_CLAIM, NOTHING_TO_CLAIM_TEXT
from calculator.further.year_words import NOT_GIVEN
from calculator.headline import headline
from calculator.lapse import Lapse
from calculator.lookup import Ground
from calculator.ranges import UNKNOWN, Range
from calculator.rulebook import Rule, Rulebook, Variant
from calculator.where import verify_with, where_of

WHY_BOUNDS = {"benefits_resume_on": words.NO_FIXED_END, "waiting": words.ONLY_BOUNDS}
KINDS_OF_NOTHING = {
    words.NO_LAPSE: words.NO_BREAK_TEXT,
    words.NO_GAP: words.NO_BREAK_TEXT,
    words.NEVER_INSURED: words.NO_BREAK_TEXT,
    words.NO_ACCOUNT: words.NO_ACCOUNT_TEXT,
    words.NO_COVER_OUTSIDE: words.NO_USE_TEXT,
    words.PAID_AFTER_YEAR: words.NO_USE_TEXT,
    words.NEWBORN_DATES: words.CANNOT_TELL_TEXT,
    words.LAST_YEAR_UNKNOWN: words.CANNOT_TELL_TEXT,
    words.LAST_MONTH_UNKNOWN: words.CANNOT_TELL_TEXT,
    NOTHING_TO_CLAIM: NOTHING_TO_CLAIM_TEXT,
    **dict.fromkeys(NOT_GIVEN, words.CANNOT_TELL_TEXT),
}
FARTHEST_FIRST = ("national", "province", "city")
COSTS = frozenset(f"cost.{name}" for name in GROUPS["cost"])
Others = list[tuple[Variant, Findings]]


class Setting(NamedTuple):
    """What all answers of a Case share. levels: by place, the level its rules speak from. level: that of the Case's own.

    grounds: by the rules that an answer rests on, their ids and the farthest level among them. rests: what is said of an answer
    that the Case's own place has not settled, by that level and whether it has settled a part. Both grow while the Case is
    answered: many answers rest on the same.
    """

    payer: str
    place: str
    level: str
    levels: Mapping[str, str]
    grounds: dict[tuple[Rule, ...], Ground]
    rests: dict[tuple[str, bool], str]

    @classmethod
    def of(cls, case: Case, rulebook: Rulebook) -> Setting:
        lookup = rulebook.lookup
        payer = "employer" if case.scheme == "employee" else "person"
        return cls(payer, rulebook.places[case.place].name, lookup.levels[case.place], lookup.levels, {**lookup.grounds}, {})

    def ground(self, rules: tuple[Rule, ...]) -> Ground:
        found = self.grounds[rules] = tuple([rule.id for rule in rules]), _basis(rules, self)
        return found

    def rests_on(self, rules: tuple[Rule, ...], basis: str) -> str | None:
        """That the Case's own place has not settled all of it. basis: the farthest level among the rules."""
        if basis in ("none", self.level):
            return None
        partly = self.level in [self.levels[rule.place] for rule in rules]
        if (basis, partly) not in self.rests:
            said = words.PARTLY if partly else words.RESTS_ON
            self.rests[basis, partly] = said.format(place=self.place, level=words.LEVELS[basis])
        return self.rests[basis, partly]


def assess(case: Case, rulebook: Rulebook) -> Assessment:
    """Answer one Case. Total: every Case that `Case.parse` let through has an answer, "not known" included."""
    lapse, found = evaluate(case, rulebook)
    said = _asked_on(case, rulebook, lapse, found)
    setting = Setting.of(case, rulebook)
    answers = {key: _answer(key, finding, setting, said.get(key, ())) for key, finding in found.answers.items()}
    used = _rules_used(found)
    return Assessment(
        case=case.to_json(),
        lapse={**lapse.to_json(), "text": _lapse_text(case, lapse)},
        headline=headline(case, lapse, answers, rulebook.places[case.place].name, found),
        answers=answers,
        visits=tuple(str(visit.date) for visit in case.treatments),
        arrears=tuple(found.arrears),
        steps=tuple(_step_lines(found, rulebook)),
        claims=claims_of(case, lapse, rulebook),
        deadlines=tuple(one.to_json() for one in deadlines(case, rulebook, found, used)),
        warnings=tuple(_warnings(case, found, used)),
        verify_with=verify_with(case, rulebook),
        where=tuple(where_of(case, rulebook)),
        rulebook={"version": rulebook.version, "hash": rulebook.hash},
    )


def _lapse_text(case: Case, lapse: Lapse) -> str:
    if case.new and not lapse.length:
        return words.FIRST_TIME
    return words.lapse_words(lapse.length, lapse.unit, lapse.first, lapse.last)


def answers(case: Case, rulebook: Rulebook) -> dict[str, Answer]:
    """The answers of `assess` alone, by the same keys, without sentences: `text` and every note are left empty."""
    lapse, found = evaluate(case, rulebook, silent=True)
    said = _asked_on(case, rulebook, lapse, found)
    setting = Setting.of(case, rulebook)
    return _bare(found, setting, said)


def some_answers(case: Case, rulebook: Rulebook, keys: Iterable[str]) -> dict[str, Answer]:
    """The answers of `assess` by these keys, with their sentences, and nothing else: restoration, the gap and the cost alone."""
    unvisited = case._replace(treatments=())
    lapse, found = evaluate(unvisited, rulebook, silent=True)
    others = _others(unvisited, rulebook, lapse, found, without="account")
    if case.open_ended:
        _leave_open(case, found)
    _say_in_vain(case, found)
    said, setting = _said_otherwise(case, found, others), Setting.of(case, rulebook)
    return {key: _answer(key, found.answers[key], setting, said.get(key, ())) for key in keys}


def _asked_on(case: Case, rulebook: Rulebook, lapse: Lapse, found: Findings) -> dict[str, list[tuple[Variant, Range]]]:
    """What other readings come to, by answer; and the further questions, put to `found`."""
    others = _others(case, rulebook, lapse, found)
    if case.open_ended:
        _leave_open(case, found)
    _say_in_vain(case, found)
    found.variants = others
    further(case, rulebook, lapse, found)
    found.answers.setdefault("account.in_wait", NOTHING)
    return _said_otherwise(case, found, others)


def _others(case: Case, rulebook: Rulebook, lapse: Lapse, found: Findings, without: str | None = None) -> Others:
    """What the case comes to under each variant that bears on it. without: a topic that nobody asks about."""
    variants = [one for one in rulebook.variants(case.place, case.scheme, case.situation) if one.rule.topic != without]
    evaluated = [(variant, evaluate_under(variant, case, rulebook, lapse, found)) for variant in variants]
    return [(variant, varied or found) for variant, varied in evaluated if varied or _reads_the_wait(variant, found)]


def _reads_the_wait(variant: Variant, found: Findings) -> bool:
    return variant.reading is not None and variant.rule in found.answers["waiting"].rules


def _said_otherwise(case: Case, found: Findings, others: Others) -> dict[str, list[tuple[Variant, Range]]]:
    """By answer: what other readings come to, where that differs.

    Of the wait every reading of its rule is kept, also one that comes to the same.
    """
    said: dict[str, list[tuple[Variant, Range]]] = {}
    waiting = found.range("waiting")
    for variant, varied in others:
        for key, finding in varied.changed.items():
            other = finding.range
            if case.open_ended and key == "benefits_resume_on" and other.low is not None:
                other = Range(other.low, None)
            if other not in (UNKNOWN, found.range(key)):
                said.setdefault(key, []).append((variant, other))
        if waiting != UNKNOWN and varied.range("waiting") == waiting and _reads_the_wait(variant, found):
            said.setdefault("waiting", []).append((variant, waiting))
    return said


def _leave_open(case: Case, found: Findings) -> None:
    """Nothing is paid yet: what was worked out for payment today is the earliest; later has no bound."""
    finding = found.answers["benefits_resume_on"]
    if finding.range.low is not None:
        note = finding.note
        if found.opens is None:
            by_window = words.WINDOW_UNKNOWN if note == words.WINDOW_UNKNOWN else ""
            note = words.NOT_PAID_YET.format(day=words.day_words(case.as_of)) + by_window
        found.answers["benefits_resume_on"] = finding._replace(range=Range(finding.range.low, None), note=note)


def _say_in_vain(case: Case, found: Findings) -> None:
    """Benefits that could begin only when the insured year is over begin for nobody."""
    finding = found.answers["benefits_resume_on"]
    if finding.range.low is not None and case.year_over(finding.range.low):
        found.answers["benefits_resume_on"] = finding._replace(note=f"{finding.note or ''}{words.AFTER_YEAR_END}")


def _bare(found: Findings, setting: Setting, said: Mapping[str, Said]) -> dict[str, Answer]:
    """All answers without sentences, by their keys."""
    made, grounds = {}, setting.grounds
    for key, finding in found.answers.items():
        value, rules, _, others = finding
        alternatives: tuple[Alternative, ...] = ()
        if others or key in said:
            alternatives = alternatives_of(finding, said.get(key, ()), silent=True)
        ids, basis = grounds.get(rules) or setting.ground(rules)
        if value == UNKNOWN:
            basis = "none"
        payer = setting.payer if key in COSTS else None
        made[key] = _new(Answer, (value, UNITS.get(key) or _unit(key), basis, ids, alternatives, None, "", payer))
    return made


_new = tuple.__new__  # an Answer of a tuple in half the time of Answer(...): a question has thirty


def _unit(key: str) -> str:
    """Of one of the answers on a visit, which are counted."""
    return UNITS[key.rpartition(".")[2]]


def _answer(key: str, finding: Finding, setting: Setting, said: Said) -> Answer:
    """One answer with its sentences."""
    alternatives = alternatives_of(finding, said) if said or finding.others else ()
    value, rules, note, _ = finding
    ids, basis = setting.grounds.get(rules) or setting.ground(rules)
    if value == UNKNOWN:
        basis, text = "none", _nothing(key, note)
        note = note or _why_unknown(key, finding, setting, bool(alternatives))
    else:
        text = range_words(value)
        if (rests := setting.rests_on(rules, basis)) is not None:
            note = f"{note}{rests}" if note else rests
        elif not note:
            note = WHY_BOUNDS[key] if key in WHY_BOUNDS and not value.known else None
    payer = setting.payer if key in COSTS else None
    return _new(Answer, (value, UNITS.get(key) or _unit(key), basis, ids, alternatives, note, text, payer))


def _nothing(key: str, note: str | None) -> str:
    """What kind of nothing it is, in words."""
    if note in KINDS_OF_NOTHING:
        return KINDS_OF_NOTHING[note]
    if note is not None and note.startswith((words.DEPENDS, words.IF_IT_WAITS)):
        return words.CANNOT_TELL_TEXT
    cannot = key.startswith(("cost.", "treatments.")) and not key.endswith(".claim")
    return words.CANNOT_TELL_TEXT if cannot else words.UNKNOWN_TEXT


def _basis(rules: Sequence[Rule], setting: Setting) -> str:
    """The farthest level among the rules that an answer rests on."""
    levels = {setting.levels[rule.place] for rule in rules}
    return next((level for level in FARTHEST_FIRST if level in levels), "none")


def _why_unknown(key: str, finding: Finding, setting: Setting, said_otherwise: bool) -> str | None:
    if key.startswith(("cost.", "treatments.")):
        return None
    if said_otherwise:
        return words.NO_RULE_ALTERNATIVES
    return words.UNSTATED if finding.rules else words.NO_RULE.format(place=setting.place)


def _rules_used(found: Findings) -> list[Rule]:
    rules = [rule for finding in found.answers.values() for rule in finding.rules]
    return list(dict.fromkeys([*rules, *(step.spoken.rule for step in found.steps)]))


def _step_lines(found: Findings, rulebook: Rulebook) -> list[StepLine]:
    lines = []
    for sentence, spoken, named in found.steps:
        source = spoken.rule.source(named)
        sure = source.grade, source.confidence
        title = rulebook.titles[source.document]
        lines.append(StepLine(sentence, spoken.rule.id, title, source.clause, spoken.since, *sure))
    return lines


def _warnings(case: Case, found: Findings, used: list[Rule]) -> list[str]:
    asked = _topics_asked(case)
    warnings = [note for rule in used if rule.topic in asked for note in rule.notes]
    if found.liable == "employer":
        warnings.append(words.EMPLOYER_LIABLE)
    warnings += [
        words.OVERDUE_REVIEW.format(title=rule.title, day=rule.review_by)
        for rule in used
        if rule.review_by is not None and rule.review_by < case.as_of
    ]
    return [*dict.fromkeys(warnings), words.ASK]


def _topics_asked(case: Case) -> set[str]:
    """Whose notes to show: those about money and the account only where the person asks about them."""
    topics = {"restoration", "suspension", "waiting", "effect", "window", "exemption", "newborn", "contribution"}
    if case.monthly_amount is not None or case.missed:
        topics |= {"late_fee", "fine"}
    return topics | ({"account"} if case.account_balance is not None else set())
