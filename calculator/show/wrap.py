"""Chinese text in lines of a given width, as a printer breaks it: no line begins with a comma, no number is torn apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

NARROW = 0.6
"""Width of a Latin letter or a digit, in characters of Han; on the safe side for all common fonts."""
PIECES = re.compile(r"[\x21-\x7e]+|\s|.", re.DOTALL)
SENTENCES = re.compile(r"[^。；]+[。；]?|[。；]")
NOT_FIRST = frozenset("，。；：、？！）》”…%")
NOT_LAST = frozenset("（《“")


def width(text: str) -> float:
    """How many characters of Han a text is wide."""
    return sum(NARROW if ord(letter) < 0x7F else 1.0 for letter in text)


def lines(text: str, room: float) -> Iterator[str]:
    """The text in lines at most `room` wide; short sentences stay whole, and share a line where they fit on one."""
    line = ""
    for sentence in SENTENCES.findall(text):
        if line and width(line + sentence) > room:
            yield from _broken(line, room)
            line = ""
        line += sentence
    if line:
        yield from _broken(line, room)


def _broken(text: str, room: float) -> Iterator[str]:
    """One piece that is wider than a line is cut."""
    line = ""
    for piece in _together(text):
        if line and width(line + piece.rstrip()) > room:
            yield line.rstrip()
            line = ""
        while width(piece) > room:
            cut = next(n for n in range(len(piece), 0, -1) if width(piece[:n]) <= room or n == 1)
            yield piece[:cut]
            piece = piece[cut:]
        line += piece.lstrip() if not line else piece
    if line.rstrip():
        yield line.rstrip()


def _together(text: str) -> Iterator[str]:
    """Pieces between which a line may break: what must not begin a line clings to what is before it."""
    held = ""
    for piece in PIECES.findall(text):
        if held and piece[0] not in NOT_FIRST and held[-1] not in NOT_LAST:
            yield held
            held = ""
        held += piece
    yield held
