"""What finding a place needs: the table of names and sounds (docs/finder reads it), and the country drawn as tiles."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from scripts.site.book import NATION, Book, Json
from scripts.site.sounds import short, sound

CORPS = "XPCC"
COLUMNS, STEP, GAP = 7, 50, 1.5
TILES = {
    "230000": (6, 0),
    "150000": (4, 1), "220000": (6, 1),
    "650000": (0, 2), "XPCC": (1, 2), "620000": (2, 2), "640000": (3, 2), "130000": (4, 2), "110000": (5, 2), "210000": (6, 2),
    "630000": (1, 3), "610000": (3, 3), "140000": (4, 3), "120000": (5, 3),
    "540000": (0, 4), "510000": (2, 4), "500000": (3, 4), "410000": (4, 4), "370000": (5, 4),
    "530000": (2, 5), "520000": (3, 5), "420000": (4, 5), "340000": (5, 5), "320000": (6, 5),
    "450000": (3, 6), "430000": (4, 6), "360000": (5, 6), "310000": (6, 6),
    "440000": (4, 7), "350000": (5, 7), "330000": (6, 7),
    "460000": (2, 8), "820000": (3, 8), "810000": (4, 8), "710000": (6, 8),
}  # fmt: skip
"""A square a unit, column and row from the north-west: our own arrangement, by where they lie. No boundary is drawn."""


def table(docs: Path, book: Book) -> str:
    """A line a place, what lies in a province right after it; docs/finder/find.js says what stands where."""
    also = yaml.safe_load((docs / "finder" / "also.yml").read_text("utf-8"))
    return "".join(f"{_line(place, also.get(place['code'], ''), book)}\n" for place in _in_order(book))


def as_script(table: str) -> str:
    """The table as a script that hands it over, for a page on file:// may fetch nothing."""
    return f"yibaoPlaces({json.dumps(table, ensure_ascii=False)})\n"


def _in_order(book: Book) -> Iterator[Json]:
    for province in (*book.provinces, *book.outside):
        yield province
        for place in sorted(book.data["places"], key=lambda place: place["code"]):
            if place is not province and place["code"] != NATION and book.province_of(place["code"]) is province:
                yield place


def _line(place: Json, also: str, book: Book) -> str:
    code, name, people = place["code"], place["name"], short(place["name"])
    if not name.startswith(people):  # 新疆生产建设兵团, said 兵团
        people, also = name, f"{also} {people}".strip()
    said = "|".join("".join(part.capitalize() for part in way.split()) for way in sound(short(name)).split("|"))
    rest = name.removeprefix(people)
    mark = "-" if place.get("outside") else "*" if code in book.speaking else ""
    digits = {"province": code[:2], "prefecture": code[:4]}.get(place["level"], code) if code != CORPS else code
    return f"{digits}{people}{'/' + rest.removesuffix('市') if rest else ''}{said}{mark}{also}"


PATTERNS = (
    '<defs><pattern id="yb-partly" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="yb-paper" width="8" height="8"/><rect class="yb-ink" width="2" height="8"/></pattern>'
    '<pattern id="yb-none" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect class="yb-paper" width="8" height="8"/><circle class="yb-ink" cx="4" cy="4" r="1"/></pattern></defs>'
)


@dataclass(frozen=True)
class Finder:
    """What the templates in docs/templates/find ask for. words: docs/finder/words.yml."""

    book: Book
    words: Json

    @classmethod
    def open(cls, docs: Path, book: Book) -> Finder:
        return cls(book, yaml.safe_load((docs / "finder" / "words.yml").read_text("utf-8")))

    def short(self, name: str) -> str:
        return short(name)

    def known(self, code: str) -> Json:
        """The words for how much is known of a province."""
        words: Json = self.words["known"][self.state(code)]
        return words

    def state(self, code: str) -> str:
        """`clause`: a rule that sets a value there or below shows its clause; `partly`: none does; `none`; `outside`."""
        if any(place["code"] == code for place in self.book.outside):
            return "outside"
        rules = [rule for rule in self.book.rules if rule["place"] != NATION and rule["sets_value"]]
        here = [rule for rule in rules if self.book.province_of(rule["place"])["code"] == code]
        if any(source.get("clause") for rule in here for source in rule["sources"]):
            return "clause"
        return "partly" if here else "none"

    def country(self) -> str:
        """The country as one SVG in one line, every tile a link that scripts/site/ways.py completes."""
        rows = max(row for _, row in TILES.values()) + 1
        wide, high = COLUMNS * STEP, rows * STEP
        box = f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
        tiles = "".join(self._tile(place) for place in (*self.book.provinces, *self.book.outside))
        return f'<svg class="yb-country" {box} role="group" aria-label="{self.words["map_title"]}">{PATTERNS}{tiles}</svg>'

    def _tile(self, place: Json) -> str:
        code = place["code"]
        column, row = TILES[code]
        state, said = self.state(code), self.known(code)
        x, y, side = column * STEP + GAP, row * STEP + GAP, STEP - 2 * GAP
        middle, name = x + side / 2, short(place["name"])
        return (
            f'<a href="yb-page:places/{"hmt" if state == "outside" else code}" class="yb-tile yb-{state}" '
            f'aria-label="{html.escape(place["name"])}：{said["long"]}">'
            f'<rect class="yb-ground" x="{x:g}" y="{y:g}" width="{side:g}" height="{side:g}" rx="5"/>'
            f'<rect class="yb-plate" x="{x + 1.5:g}" y="{y + 5:g}" width="{side - 3:g}" height="37" rx="4"/>'
            f'<text class="yb-name{" yb-long" if len(name) > 2 else ""}" x="{middle:g}" y="{y + 20:g}">{name}</text>'
            f'<text class="yb-state" x="{middle:g}" y="{y + 37:g}">{said["short"]}</text></a>'
        )
