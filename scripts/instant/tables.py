"""The tables as the page reads them (docs/widget/instant.js): one text of JSON for each place that has answers of its own."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from calculator.fields import SCHEMES, SITUATIONS
from calculator.rulebook import NATION, Rule, Rulebook
from scripts.instant.bearing import bearing
from scripts.instant.fit import Rule as Held
from scripts.instant.fit import Spans
from scripts.instant.kept import Kept
from scripts.instant.rows import MANY_YEARS, MonthRow, Row, Sheet, Stretch, Value, Walk
from scripts.instant.saying import day_pattern

AHEAD = timedelta(days=400)
LIMITS = {"months": 600, "years": MANY_YEARS}
"""The longest lapses that are looked up."""
PROCESSES = 2
Json = dict[str, Any]
Asked = tuple[str, str]
"""A scheme and a situation."""
QUESTIONS: tuple[Asked, ...] = tuple(
    (scheme, situation)
    for scheme in SCHEMES
    for situation in SITUATIONS
    if situation != "employer_arrears" or scheme == "employee"
)
AS = {("resident", "transfer"): ("resident", "same_place")}
"""Questions that have the very answers of another: the lapse of a resident who moved is counted in insured years all the same."""


def stretch_of(data_date: date) -> Stretch:
    """From the start of the year before the rules were looked at, to the end of the year that holds the next 400 days."""
    return Stretch(date(data_date.year - 1, 1, 1), date((data_date + AHEAD).year, 12, 31))


def instant_tables(data: Mapping[str, Any], cache: Path) -> dict[str, str]:
    """By place: its table as JSON text. A place that is left out has the first that there is on its `way_up`.

    data: the compiled rulebook. cache: where sheets are kept by what they were made of, so that a rule that changes makes
    only those anew in which it has a say.
    """
    rulebook, stretch = Rulebook.load(data), stretch_of(date.fromisoformat(data["data_date"]))
    inside = sorted(code for code, place in rulebook.places.items() if not place.outside)
    bears = {code: {asked: (asked, bearing(rulebook, code, *AS.get(asked, asked))) for asked in QUESTIONS} for code in inside}
    sheets = _sheets(data, bears, stretch, Kept(cache, data))
    found: dict[str, Json] = {}
    for code in inside:
        home = _home([one for one in way_up(code) if one in bears], bears)
        if home not in found:
            made = {asked: sheets[_made_as(key)] for asked, key in bears[home].items()}
            found[home] = {**Writer(stretch).table(made), "places": {}}
        found[home]["places"][code] = rulebook.places[code].name
    return {code: json.dumps(table, ensure_ascii=False, separators=(",", ":")) for code, table in sorted(found.items())}


def way_up(code: str) -> list[str]:
    """Where the page looks for a place's table, one after the other (docs/widget/tables.js): as codes are built."""
    return list(dict.fromkeys([code, f"{code[:4]}00", f"{code[:2]}0000", NATION]))


def _home(way: Sequence[str], bears: Mapping[str, object]) -> str:
    """The farthest place up the way, each step to one with the very same rules."""
    for here, above in pairwise(way):
        if bears[here] != bears[above]:
            return here
    return way[-1]


Key = tuple[Asked, tuple[Rule, ...]]


def _made_as(key: Key) -> Key:
    return AS.get(key[0], key[0]), key[1]


def _sheets(data: Mapping[str, Any], bears: Mapping[str, Mapping[Asked, Key]], stretch: Stretch, kept: Kept) -> dict[Key, Sheet]:
    """Each sheet is made once, in the first place that has its rules; the longest work begins first."""
    first: dict[Key, str] = {}
    for code, keys in bears.items():
        for key in keys.values():
            first.setdefault(_made_as(key), code)
    found = {key: sheet for key in first if (sheet := kept.read((key[0], key[1], stretch))) is not None}
    wanted = sorted(first.keys() - found.keys(), key=lambda key: (key[0][0] != "resident", key[0][1], first[key]))
    if wanted:
        jobs = [(first[key], *key[0], stretch) for key in wanted]
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(PROCESSES, mp_context=spawn, initializer=_open, initargs=(data,)) as pool:
            for key, sheet in zip(wanted, pool.map(_sheet, jobs), strict=True):
                kept.write((key[0], key[1], stretch), sheet)
                found[key] = sheet
    return found


_rulebook: list[Rulebook] = []


def _open(data: Mapping[str, Any]) -> None:
    _rulebook[:] = [Rulebook.load(data)]


def _sheet(job: tuple[str, str, str, Stretch]) -> Sheet:
    return Walk(_rulebook[0], *job).sheet()


class Writer:
    """Writes each sentence, rule, span and row of one table once; what uses it names its place in the list."""

    def __init__(self, stretch: Stretch) -> None:
        self.stretch = stretch
        self.lists: dict[str, dict[str, int]] = {"sentences": {}, "rules": {}, "spans": {}, "rows": {}}

    def table(self, sheets: Mapping[Asked, Sheet]) -> Json:
        written = {" ".join(asked): self._sheet(sheet) for asked, sheet in sheets.items()}
        lists = {name: [json.loads(text) for text in made] for name, made in self.lists.items()}
        days = [str(self.stretch.first), str(self.stretch.last)]
        return {"days": days, "day": day_pattern(), "schemes": SCHEMES, "limits": LIMITS, **lists, "sheets": written}

    def _number(self, name: str, value: object) -> int:
        made = self.lists[name]
        return made.setdefault(json.dumps(value, ensure_ascii=False), len(made))

    def _sheet(self, sheet: Sheet) -> Json:
        rows = {_joined(values): self._number("rows", self._row(row)) for values, row in sheet.rows.items()}
        return {"keys": sheet.keys, "takes": sheet.takes, "idle": sheet.idle, "rows": rows}

    def _row(self, row: Row) -> Json:
        if isinstance(row, MonthRow):
            months = [number for length, spans in row.by_length for number in (length, self._spans(spans))]
            return {"months": months, "unknown": None if row.unknown is None else self._spans(row.unknown)}
        years = [[self._spans(spans) for spans in repaid] for repaid in row.by_years]
        return {"years": years, "endless": row.endless, "never": self._spans(row.never), "unknown": self._spans(row.unknown)}

    def _spans(self, spans: Spans) -> int:
        flat = [number for day, rule in spans for number in ((day - self.stretch.first).days, self._rule(rule))]
        return self._number("spans", flat)

    def _rule(self, rule: Held) -> int | None:
        """None: no recipe says it."""
        if rule.sentences is None:
            return None
        told = [self._number("sentences", sentence) for sentence in rule.sentences]
        bounds = [rule.low and rule.low.to_json(), rule.high and rule.high.to_json()]
        return self._number("rules", [*told, *bounds] if any(bounds) else told)


def _joined(values: tuple[Value, ...]) -> str:
    """The key of a row: its values as JSON, null where nothing is known."""
    return " ".join(json.dumps(value) for value in values)
