"""A procedure as a picture: what to do in which order, each step in its first words, from the steps that the list below has.

The whole steps are the picture's text alternative. Colours and type are the style sheet's (docs/assets/site.css, .yb-flow).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

WIDTH, LEFT, TOP, LINE, GAP = 340, 46, 4, 24, 14
"""In units of the picture, one of which is a pixel on a phone 360 px wide."""
FITS = 16
"""Characters of a line."""
ASIDE = re.compile(r"（[^）]{3,}）")
"""A word or two in brackets, as in 3个月（含）, is no aside."""
CLAUSE = re.compile(r"([^，：；。]+)([，：；。]?)")
SHORTEST = {"，": 10, "：": 5}
"""With fewer characters before it, a comma or colon is not where the short form ends; a full stop always is."""
END = "，：；。"


def flow(procedure: Mapping[str, Any], uid: str) -> str:
    """The picture as SVG. procedure: as in the rulebook (`title`, `steps`: each with `do`). uid: unique on the page."""
    steps = [lines(in_short(step["do"])) for step in procedure["steps"]]
    parts, y = [], TOP
    for number, said in enumerate(steps, 1):
        height = LINE * len(said) + 16
        middle = y + height // 2
        if number < len(steps):
            parts.append(f'<path class="way" d="M18 {middle + 17}V{y + height + GAP + 3}"/>')
        parts.append(f'<circle cx="18" cy="{middle}" r="15"/><text class="number" x="18" y="{middle + 6}">{number}</text>')
        parts.append(f'<rect x="{LEFT - 4}" y="{y}" width="{WIDTH - LEFT + 2}" height="{height}" rx="8"/>')
        parts += [f'<text x="{LEFT + 8}" y="{y + 26 + LINE * row}">{escape(line)}</text>' for row, line in enumerate(said)]
        y += height + GAP
    whole = " ".join(f"{number}. {step['do']}" for number, step in enumerate(procedure["steps"], 1))
    names = f'<title id="{uid}-t">{escape(procedure["title"])}：先后次序</title><desc id="{uid}-d">{escape(whole)}</desc>'
    box = f'viewBox="0 0 {WIDTH} {y - GAP + TOP}" role="img" aria-labelledby="{uid}-t {uid}-d"'
    return f'<svg class="yb-flow" {box}>{names}{"".join(parts)}</svg>'


def in_short(text: str) -> str:
    """The first words of a step that tell what to do: not only on what condition (…的), and not too few to tell anything."""
    said = ASIDE.sub("", text)
    end = 0
    for clause in CLAUSE.finditer(said):
        end = clause.end(1)
        if end >= SHORTEST.get(clause[2], 0) and not clause[1].endswith("的"):
            break
    return said[:end].rstrip(END)


def lines(text: str) -> list[str]:
    """Text in lines of at most FITS characters, each about as long as the others; none begins with punctuation."""
    count = -(-len(text) // FITS)
    size = -(-len(text) // count)
    found = [text[at : at + size] for at in range(0, len(text), size)]
    for at in range(1, len(found)):
        if found[at][0] in "，。；：、）”":
            found[at - 1] += found[at][0]
            found[at] = found[at][1:]
    return [line for line in found if line]
