"""The site's sign as PNG, for launchers that take no SVG: drawn from docs/assets/favicon.svg by the standard library alone.

That file is a filled square with round corners and lines with round ends, some of them dotted; this draws just such files.
"""

from __future__ import annotations

import math
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BOX = 48
"""The side of the SVG's viewBox."""
SAFE = 0.8
"""Of a maskable icon this share, in the middle, is never cut off (W3C, Web Application Manifest)."""
SIZES = {"180.png": (180, True), "192.png": (192, False), "512.png": (512, False), "512-whole.png": (512, True)}
"""Name → pixels, and whether the ground fills the square (a launcher cuts its own shape)."""

PATH = re.compile(r"<path(?P<attributes>[^>]*)/>")
COMMAND = re.compile(r"([Mhl])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?")
Colour = tuple[int, ...]


@dataclass(frozen=True)
class Stroke:
    """A straight line with round ends, in the units of the viewBox."""

    x: float
    y: float
    dx: float
    dy: float
    width: float
    colour: Colour

    def distance(self, x: float, y: float) -> float:
        """From a point to the edge of the line; negative inside."""
        length = self.dx**2 + self.dy**2
        along = ((x - self.x) * self.dx + (y - self.y) * self.dy) / length if length else 0
        along = min(1.0, max(0.0, along))
        return math.hypot(x - self.x - along * self.dx, y - self.y - along * self.dy) - self.width / 2


@dataclass(frozen=True)
class Sign:
    ground: Colour
    corner: float
    strokes: tuple[Stroke, ...]


def write_icons(svg: Path, out: Path) -> None:
    """All sizes of the sign, into the folder `out`. Raises LookupError where the SVG is not of the kind that is drawn here."""
    sign = read(svg.read_text("utf-8"))
    out.mkdir(parents=True, exist_ok=True)
    for name, (size, whole) in SIZES.items():
        (out / name).write_bytes(png(sign, size, whole=whole))


def read(svg: str) -> Sign:
    ground = re.search(r'<rect width="48" height="48" rx="([\d.]+)" fill="(#\w+)"/>', svg)
    strokes = tuple(stroke for match in PATH.finditer(svg) for stroke in _strokes(match["attributes"]))
    if not ground or not strokes:
        raise LookupError("favicon.svg: no ground or no lines")
    return Sign(_colour(ground[2]), float(ground[1]), strokes)


def _strokes(attributes: str) -> Iterator[Stroke]:
    said = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
    dash = [float(number) for number in said.get("stroke-dasharray", "").split()]
    x = y = 0.0
    for command, first, second in COMMAND.findall(said["d"]):
        if command == "M":
            x, y = float(first), float(second)
            continue
        dx, dy = float(first), float(second or 0)
        for begin, end in _pieces(math.hypot(dx, dy), dash):
            yield Stroke(x + dx * begin, y + dy * begin, dx * (end - begin), dy * (end - begin),
                         float(said["stroke-width"]), _colour(said["stroke"]))  # fmt: skip
        x, y = x + dx, y + dy


def _pieces(length: float, dash: list[float]) -> Iterator[tuple[float, float]]:
    """What a line shows of itself, as shares of its length. dash: [drawn, left out], or nothing."""
    if not dash:
        yield 0.0, 1.0
        return
    at = 0.0
    while at < length:
        yield at / length, min(length, at + dash[0]) / length
        at += sum(dash)


def _colour(text: str) -> Colour:
    digits = text.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return tuple(bytes.fromhex(digits))


def png(sign: Sign, size: int, *, whole: bool) -> bytes:
    """The sign, `size` pixels square. whole: the ground to the edges, and the lines within the safe middle."""
    unit = BOX / size
    scale, shift = (1 / SAFE, BOX / 2 * (1 - 1 / SAFE)) if whole else (1.0, 0.0)
    rows = bytearray()
    for row in range(size):
        rows.append(0)  # no filter
        y = (row + 0.5) * unit
        near = [stroke for stroke in sign.strokes if abs(y * scale + shift - stroke.y) < abs(stroke.dy) + stroke.width]
        for column in range(size):
            x = (column + 0.5) * unit
            rows += _pixel(
                sign, near, x * scale + shift, y * scale + shift, unit * scale, 255 if whole else _ground(sign, x, y, unit)
            )
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + _chunk(b"IEND", b"")


def _ground(sign: Sign, x: float, y: float, unit: float) -> int:
    """How opaque the square with round corners is here, 0 to 255."""
    inner = BOX / 2 - sign.corner
    across, down = max(0.0, abs(x - BOX / 2) - inner), max(0.0, abs(y - BOX / 2) - inner)
    return round(255 * _cover(math.hypot(across, down) - sign.corner, unit))


def _pixel(sign: Sign, strokes: list[Stroke], x: float, y: float, unit: float, opaque: int) -> bytes:
    colour = sign.ground
    for stroke in strokes:
        cover = _cover(stroke.distance(x, y), unit)
        if cover:
            colour = tuple(round(under + (over - under) * cover) for under, over in zip(colour, stroke.colour, strict=True))
    return bytes((*colour, opaque))


def _cover(distance: float, unit: float) -> float:
    """Share of a pixel that lies inside an edge at this distance."""
    return min(1.0, max(0.0, 0.5 - distance / unit))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
