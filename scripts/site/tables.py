"""Tables that read on a narrow phone: short cells never break, the columns beside short first cells share the width, and rows
that would be squeezed into towers of text become cards, each cell with the name of its column."""

from __future__ import annotations

import re
import unicodedata
from html import escape

ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<td([^>]*)>(.*?)</td>", re.DOTALL)
LINK = re.compile(r"<a [^>]*>[^<]*</a>")
"""A cell that is a link and nothing else: all of it can be tapped (`yb-tap`)."""
TAG = re.compile(r"<[^>]+>")
TAG_OR_TEXT = re.compile(r"(<[^>]+>)|[^<]+")
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2}")
HEAD = re.compile(r"<th>(.*?)</th>", re.DOTALL)
SHORT = 4.0
PHONE = 22.0
"""Characters that a table's line holds on a phone 360 px wide, less one a column for its margins."""
NAME = re.compile(r"[!-~]+")
LONGEST = 8.5
"""How wide, in Chinese characters, a file's or a key's name may be that stays in one piece beside another column."""
TALLEST = 4
"""Lines of a row on such a phone; a table with a taller one is read as cards."""


def readable(table: str) -> str:
    """A table of Python-Markdown with `scope` on its heads and `yb-short` on cells and dates that must not break.

    For the style sheet: `data-yb-lead`: all first cells are short. `data-yb-wide`: six columns or more. `data-yb-cards`: on a
    phone a card a row; each cell then has its column's name as `data-yb-head`.
    """
    rows = [[cell for _, cell in CELL.findall(row)] for row in ROW.findall(table)]
    firsts = [cells[0] for cells in rows if cells]
    marks = ""
    if firsts and all(width(cell) <= SHORT for cell in firsts):
        marks += " data-yb-lead"
    heads = [TAG.sub("", head).strip() for head in HEAD.findall(table)]
    if cards(heads, rows):
        marks += " data-yb-cards"
        table = ROW.sub(lambda row: _labelled(row[0], heads), table)
    elif len(heads) >= 6:
        marks += " data-yb-wide"
    table = table.replace("<th>", '<th scope="col">').replace("<table>", f"<table{marks}>", 1)
    return CELL.sub(_cell, table)


def cards(heads: list[str], rows: list[list[str]]) -> bool:
    """Whether some row would be too tall on a phone with its columns side by side, or a long name leaves no room beside it."""
    if len(heads) < 3:
        firsts = [TAG.sub("", cell) for cells in rows for cell in cells[:1]]
        return any(width(name) > LONGEST for first in firsts for name in NAME.findall(first))
    column = (PHONE - len(heads)) / len(heads)
    return any(width(cell) > TALLEST * column for cells in rows for cell in cells)


def _labelled(row: str, heads: list[str]) -> str:
    names = iter(heads)
    return re.sub("<td>", lambda _: f'<td data-yb-head="{escape(next(names))}">', row)


def _cell(match: re.Match[str]) -> str:
    short = width(match[2]) <= SHORT
    kinds = [name for name, holds in (("yb-short", short), ("yb-tap", LINK.fullmatch(match[2]))) if holds]
    marks = f' class="{" ".join(kinds)}"' if kinds else ""
    return f"<td{match[1]}{marks}>{match[2] if short else _dates_whole(match[2])}</td>"


def _dates_whole(cell: str) -> str:
    """Dates in a cell's text stay on one line; those in an attribute are no text."""
    return TAG_OR_TEXT.sub(lambda part: part[1] or DATE.sub(_unbroken, part[0]), cell)


def _unbroken(match: re.Match[str]) -> str:
    return f'<span class="yb-short">{match[0]}</span>'


def width(cell: str) -> float:
    """How wide a cell's text is, in Chinese characters."""
    text = TAG.sub("", cell)
    return sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.55 for character in text)
