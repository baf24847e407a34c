"""Worked answers for the pages' tables: Cases in, Assessments out, by the same `assess` that answers everywhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from calculator import Case, answer, assess
from calculator.rulebook import NATION, Rulebook, Variant
from calculator.show import timeline
from calculator.values import YearMonth
from scripts.site.book import Book
from scripts.site.words import openness

FARTHEST_FIRST = ("national", "province", "city")
NATIONWIDE_GRACE = "CN.all.restoration.transfer"
"""The rule by whose limit tables show a lapse that is short and one that is a month too long."""
ROUND_LENGTHS = (6, 12)
SITUATION = {"employee": "employer_arrears", "flexible": "same_place"}
BRIEF = ("benefits_stop_on", "waiting", "benefits_resume_on", "retroactive", "payment_effect")
BRIEF_COST = "principal"
"""What `brief` keeps of an Assessment: these and one of its costs."""


class InForce(Rulebook):
    """A rulebook with the readings in force alone and no claims: the same answers, worked out without the unclear readings."""

    __slots__ = ()

    def variants(self, place: str, scheme: str, situation: str) -> Iterator[Variant]:
        for variant in super().variants(place, scheme, situation):
            if variant.standing == "in_force" and not variant.elsewhere:
                yield variant

    @classmethod
    def of(cls, book: Rulebook) -> InForce:
        return cls(*book._replace(claims={}))


class Worked:
    """Asks the calculator, once for each Case."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._rulebook = Rulebook.load(data)
        self._in_force = InForce.of(self._rulebook)
        self._levels = {rule.id: self._rulebook.level(rule) for rule in self._rulebook.rules}
        self._known: dict[str, dict[str, Any]] = {}
        self._brief: dict[str, dict[str, Any]] = {}
        self._stands: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
        self._first_year = _first_counted_year(data)
        self.day = date.fromisoformat(str(data["data_date"]))
        self.grace = Book(data).grace(NATIONWIDE_GRACE)
        self.lengths = sorted({1, self.grace, self.grace + 1, *ROUND_LENGTHS})

    def ask(self, case: Mapping[str, Any]) -> dict[str, Any]:
        """A Case to its Assessment, both as JSON objects. Raises CaseError if a template asks what no Case can say."""
        text = json.dumps(case, ensure_ascii=False, sort_keys=True)
        if text not in self._known:
            self._known[text] = json.loads(answer(text, self._rulebook))
        return self._known[text]

    def picture(self, case: Mapping[str, Any], uid: str) -> str:
        """The timeline of a Case as SVG, the widget's own, without what holds on the day of the question alone."""
        return timeline({**self.ask(case), "advice": {}, "deadlines": []}, uid)

    def brief(self, case: Mapping[str, Any]) -> dict[str, Any]:
        """The answers of `ask` alone, for tables that ask much and show little.

        Instead of notes and other readings an answer has `open`: why it is (`words.openness`). Asked once for all places of
        a province that have no rules of their own for the scheme. Raises CaseError as `ask` does.
        """
        case = {**case, "place": self._speaker(case)}
        text = json.dumps(case, ensure_ascii=False, sort_keys=True)
        if text not in self._brief:
            found = assess(Case.parse(case, self._in_force), self._in_force).answers
            cost = found.get(f"cost.{BRIEF_COST}")
            self._brief[text] = {key: _bare(found[key].to_json()) for key in BRIEF}
            self._brief[text]["cost"] = {BRIEF_COST: _bare(cost.to_json())} if cost else {}
        return self._brief[text]

    def _speaker(self, case: Mapping[str, Any]) -> str:
        """The nearest place on the way up with rules for the Case's schemes, the province if there is none."""
        schemes = {case["scheme"], case.get("previous_scheme")}
        code = str(case["place"])
        for place in self._rulebook.chain(code):
            if place.code != NATION:
                code = place.code
            if any(schemes.intersection(rule.schemes) for rule in self._rulebook.by_place.get(code, ())):
                break
        return code

    def lapse(self, scheme: str, place: str, months: int, back_paid: bool | None = None, **more: Any) -> dict[str, Any]:
        """An employee or flexible worker who missed `months` whole months and pays on the day of the data."""
        last = YearMonth.of(self.day).plus(-months - 1)
        case = {"scheme": scheme, "place": place, "as_of": self.day.isoformat(), "paid_on": self.day.isoformat()}
        case |= {"last_paid_month": str(last), **more}
        return case if back_paid is None else {**case, "back_paid": back_paid}

    def waits(self, scheme: str, place: str, lengths: list[int], back_paid: bool) -> list[dict[str, Any]]:
        """The waits after lapses of so many months, one answer each."""
        return [self.brief(self.lapse(scheme, place, months, back_paid))["waiting"] for months in lengths]

    def resident(self, place: str, lapsed: int, repaid: int = 0, **more: Any) -> dict[str, Any]:
        """A resident who missed `lapsed` insured years, none before the counting began, and repays some of them.

        The insured year lies as far ahead as that needs, so only lengths of such answers mean something, not their days.
        """
        coverage = max(self.day.year + 1, self._first_year + lapsed)
        case = {"scheme": "resident", "place": place, "as_of": self.day.isoformat(), "coverage_year": coverage}
        return {**case, "last_covered_year": coverage - lapsed - 1, "years_repaid": repaid, **more}

    def resident_in(self, place: str, year: int, last_covered: int, paid_on: str, in_window: bool) -> dict[str, Any]:
        """A resident who pays for insured year `year` on an ISO day, last insured in `last_covered`."""
        case = {"scheme": "resident", "place": place, "as_of": self.day.isoformat(), "paid_on": paid_on}
        return {**case, "coverage_year": year, "last_covered_year": last_covered, "in_window": in_window}

    def left_employee(self, place: str, months: int, insured: int) -> dict[str, Any]:
        """Someone who left an employee scheme `months` ago, after `insured` months without a break, and joins the residents."""
        last = YearMonth.of(self.day).plus(-months - 1)
        case = {"scheme": "resident", "place": place, "as_of": self.day.isoformat(), "paid_on": self.day.isoformat()}
        case |= {"situation": "scheme_switch", "previous_scheme": "employee", "last_paid_month": str(last)}
        return {**case, "continuous_months": insured, "coverage_year": self.day.year, "in_window": False}

    def arrears(self, scheme: str, due: Mapping[str, str], paid_on: str) -> dict[str, Any]:
        """One missed month (`month`, `amount`, `due_on`) that is paid on an ISO day; by the employer where there is one."""
        last = YearMonth.parse(due["month"]).plus(-1)
        case = {"scheme": scheme, "place": "CN", "as_of": paid_on, "paid_on": paid_on, "last_paid_month": str(last)}
        return {**case, "situation": SITUATION[scheme], "back_paid": True, "missed": [dict(due)]}

    def later(self, day: str, delays: list[int]) -> list[tuple[str, int]]:
        """(ISO day so many days after `day`, that number of days)."""
        return [((date.fromisoformat(day) + timedelta(days=days)).isoformat(), days) for days in delays]

    def premium(self, place: str, year: int, lapsed: int, repaid: int) -> dict[str, Any]:
        """A resident who pays for an insured year before it begins, after so many lapsed years, and repays some."""
        case = self.resident_in(place, year, year - lapsed - 1, f"{year - 1}-12-01", in_window=True)
        return {**case, "years_repaid": repaid}

    def priced(self, year: int, places: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Of these places, those that set a premium for the year themselves."""
        answers = {place["code"]: self.brief(self.premium(place["code"], year, 1, 0))["cost"]["principal"] for place in places}
        return [
            place for place in places if any(rule.startswith(f"{place['code']}.") for rule in answers[place["code"]]["rules"])
        ]

    def stands(self, key: str, scheme: str, place: str) -> tuple[str, str]:
        """Of one answer for ordinary lapses: the level it rests on, and why it is open for some of them.

        Level `none`: no rule speaks. Open: `depends` on what such a lapse does not say, `partly` not written, "" = known for all.
        Ordinary: each of `lengths` months unpaid, paid back and not; one year for a resident.
        """
        if (scheme, place) not in self._stands:
            found = self._ordinary(scheme, place)
            self._stands[scheme, place] = {name: self._standing([one[name] for one in found]) for name in BRIEF}
        return self._stands[scheme, place][key]

    def _ordinary(self, scheme: str, place: str) -> list[dict[str, Any]]:
        if scheme == "resident":
            return [self.brief(self.resident(place, 1))]
        return [self.brief(self.lapse(scheme, place, n, back)) for n in self.lengths for back in (True, False)]

    def _standing(self, answers: list[dict[str, Any]]) -> tuple[str, str]:
        why = {openness(answer) for answer in answers}
        levels = {self._level(answer) for answer in answers if openness(answer) in ("", "depends")}
        level = next((level for level in FARTHEST_FIRST if level in levels), "none")
        return level, "depends" if "depends" in why else "partly" if why - {""} else ""

    def _level(self, answer: Mapping[str, Any]) -> str:
        """The farthest level among the rules behind an answer, also one that is still open."""
        levels = {self._levels[str(rule).partition("#")[0]] for rule in answer["rules"]}
        return next((level for level in FARTHEST_FIRST if level in levels), "none")

    def settled(self, scheme: str, place: str) -> bool:
        """Is it known for all ordinary lapses how long they keep one waiting here, and until when?"""
        return not any(self.stands(key, scheme, place)[1] for key in ("waiting", "benefits_resume_on"))

    def speaks(self, scheme: str, place: str) -> bool:
        """Is there any ordinary lapse of which something is known here, be it on a condition?"""
        return any(self.stands(key, scheme, place)[0] != "none" for key in ("waiting", "benefits_resume_on"))


def _bare(value: Mapping[str, Any]) -> dict[str, Any]:
    """An answer without what other readings and the name of the place have a part in."""
    return {**{key: part for key, part in value.items() if key not in ("alternatives", "note")}, "open": openness(value)}


def _first_counted_year(data: Mapping[str, Any]) -> int:
    """The first insured year that the national rule on residents' lapses speaks of."""
    rule = next(rule for rule in data["rules"] if rule["place"] == "CN" and rule["topic"] == "waiting")
    return min(int(since[:4]) for since, _ in rule["values"] if since is not None)
