"""The questions of the walk: every place, scheme and situation; each lapse to 240 months or 30 years; paid back or not;
repaid or not; each exempt group; the days on which something changes and those around them, to three years ahead.
"""

from __future__ import annotations

from collections.abc import Iterator

from scripts.proof.line import Line, Question
from scripts.proof.lines_by_month import lines_by_month
from scripts.proof.lines_by_year import lines_by_year
from scripts.proof.speaking import Speaking

__all__ = ["Line", "Question", "lines"]


def lines(place: str, speaking: Speaking) -> Iterator[Line]:
    """Every line of one place, on the schemes on which it speaks itself; on all for a place that is silent."""
    for scheme in ("employee", "flexible"):
        if scheme in speaking.schemes:
            yield from lines_by_month(place, scheme, speaking)
    if "resident" in speaking.schemes:
        yield from lines_by_year(place, speaking)
