"""Tables that read on a narrow phone: short cells never break, and the columns beside short first cells share the width."""

from __future__ import annotations

import re
import unicodedata

ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<td>(.*?)</td>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2}")
SHORT = 4.0


def readable(table: str) -> str:
    """A table of Python-Markdown with `scope` on its heads and `yb-short` on cells and dates that must not break.

    For the style sheet: `data-yb-lead`: all first cells are short. `data-yb-wide`: six columns or more.
    """
    rows = [CELL.findall(row) for row in ROW.findall(table)]
    firsts = [cells[0] for cells in rows if cells]
    marks = ""
    if firsts and all(width(cell) <= SHORT for cell in firsts):
        marks += " data-yb-lead"
    if table.count("<th>") >= 6:
        marks += " data-yb-wide"
    table = table.replace("<th>", '<th scope="col">').replace("<table>", f"<table{marks}>", 1)
    return CELL.sub(_cell, table)


def _cell(match: re.Match[str]) -> str:
    if width(match[1]) <= SHORT:
        return f'<td class="yb-short">{match[1]}</td>'
    return f"<td>{DATE.sub(_unbroken, match[1])}</td>"


def _unbroken(match: re.Match[str]) -> str:
    return f'<span class="yb-short">{match[0]}</span>'


def width(cell: str) -> float:
    """How wide a cell's text is, in Chinese characters."""
    text = TAG.sub("", cell)
    return sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.55 for character in text)
