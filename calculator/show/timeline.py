"""The story as an SVG picture: one column of time, top to bottom, text beside it.

Drawn in CSS pixels without a viewBox, so that its text keeps its size on every screen; 260 px are enough. Colours are
the page's (currentColor and custom properties); stretches differ in pattern too, so that grey paper tells them apart.
Nothing in it needs a stylesheet, and nothing in it runs.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculator.show import words
from calculator.show.story import Event, Json, Story, Stretch, story_of
from calculator.show.wrap import lines

FONT, LINE, ROOM = 17, 25, 12.6
TEXT_X, BAR_X, BAR_WIDTH = 38, 5, 18
MIDDLE = BAR_X + BAR_WIDTH // 2
TOP, GAP, PAD = 10, 14, 8
FAMILY = "PingFang SC, HarmonyOS Sans SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
INK, PAPER, TINT = "var(--yb-ink, #17262c)", "var(--yb-paper, #fff)", "var(--yb-tint, #f1f6f7)"
COVERED_FILL = "var(--yb-good-edge, #0f5a6e)"
PATTERNS = {
    "gap": '<path d="M-2 2 2 -2M0 10 10 0M8 12 12 8" stroke="currentColor" stroke-width="2"/>',
    "wait": '<circle cx="3" cy="3" r="1.6" fill="currentColor"/><circle cx="8" cy="8" r="1.6" fill="currentColor"/>',
    "part": '<path d="M0 2.5H10M0 7.5H10" stroke="currentColor" stroke-width="2"/>',
}
SIGNS = {
    "visit": '<path d="M{x} {up}L{right} {y}L{x} {down}L{left} {y}Z" {stroke}/>',
    "deadline": '<path d="M{left} {up}H{right}L{x} {down}Z" {stroke}/>',
}
DOT = '<circle cx="{x}" cy="{y}" r="8" {stroke}/>'


def timeline(assessment: Json, uid: str = "yb-timeline") -> str:
    """The picture for an Assessment (as JSON). uid: prefix of its element ids, unique on the page it goes to."""
    story = story_of(assessment)
    body, height = _column(story, uid)
    named = f"{uid}-title {uid}-desc"
    told = "".join(story.sentences())
    size = f'width="100%" height="{height}" font-size="{FONT}" font-family="{FAMILY}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="yb-timeline" role="img" aria-labelledby="{named}" {size} '
        f'color="{INK}" fill="currentColor">'
        f'<title id="{uid}-title">{escape(words.TITLE)}</title><desc id="{uid}-desc">{escape(told)}</desc>'
        f"<defs>{''.join(_patterns(uid))}</defs>"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{body}</svg>'
    )


def escape(text: str) -> str:
    """Text as XML has it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _patterns(uid: str) -> Iterator[str]:
    for kind, drawn in PATTERNS.items():
        size = 'width="10" height="10" patternUnits="userSpaceOnUse"'
        yield f'<pattern id="{uid}-{kind}" {size}><rect width="10" height="10" fill="{PAPER}"/>{drawn}</pattern>'


def _column(story: Story, uid: str) -> tuple[str, int]:
    """Bars, then what stands beside and on them; and how high it all is."""
    y = TOP
    bars, beside = [], []
    top = y
    current = story.stretches[0]
    label, y = _stretch_label(current, y)
    beside.append(label)
    for day in story.days():
        y += GAP
        bars.append(_bar(current.kind, top, y + LINE // 2, uid))
        top = y + LINE // 2
        events = story.on(day)
        drawn, y = _moment(words.day_words(day), events, y)
        beside.append(drawn)
        begun = story.begins(day)
        if begun is not None:
            current = begun
            label, y = _stretch_label(begun, y)
            beside.append(label)
    y += GAP
    bars.append(_bar(current.kind, top, y, uid))
    return "".join(bars) + "".join(beside), y + TOP


def _bar(kind: str, top: int, bottom: int, uid: str) -> str:
    """One stretch of time; what is uncertain has a broken outline, and nothing in it if all of it is."""
    fill = {"covered": COVERED_FILL, "maybe": PAPER, "lapsed": f"url(#{uid}-gap)"}.get(kind, f"url(#{uid}-{kind})")
    broken = ' stroke-dasharray="5 4"' if kind in ("maybe", "lapsed") else ""
    place = f'x="{BAR_X}" y="{top}" width="{BAR_WIDTH}" height="{bottom - top}"'
    return f'<rect {place} fill="{fill}" stroke="currentColor" stroke-width="1.5"{broken}/>'


def _stretch_label(stretch: Stretch, y: int) -> tuple[str, int]:
    """What holds in a stretch, on a tinted ground as wide as there is room."""
    found = list(lines(stretch.text, ROOM - 0.5))
    y += PAD
    height = len(found) * LINE + PAD
    ground = f'<rect x="{TEXT_X - 2}" y="{y}" width="100%" height="{height}" fill="{TINT}"/>'
    drawn = "".join(_text(TEXT_X + 6, y + PAD // 2, index, line) for index, line in enumerate(found))
    return ground + drawn, y + height


def _moment(day: str, events: tuple[Event, ...], y: int) -> tuple[str, int]:
    """A day in bold, what happens on it below, and its sign on the bar."""
    drawn = [_sign(events, y + LINE // 2), _text(TEXT_X, y, 0, day, bold=True)]
    count = 1
    for event in events:
        for line in lines(event.text, ROOM):
            drawn.append(_text(TEXT_X, y, count, line))
            count += 1
    return "".join(drawn), y + count * LINE


def _sign(events: tuple[Event, ...], y: int) -> str:
    """A dot for what is paid or changes, a diamond for a visit, a flag for a deadline; hollow and broken if not sure."""
    sure = all(event.sure for event in events)
    kinds = {event.kind for event in events}
    shape = SIGNS[next(iter(kinds))] if len(kinds) == 1 and kinds <= SIGNS.keys() else DOT
    broken = "" if sure else ' stroke-dasharray="3 3"'
    stroke = f'fill="{PAPER}" stroke="currentColor" stroke-width="3"{broken}'
    size = 9
    corners = {"up": y - size, "down": y + size, "left": MIDDLE - size, "right": MIDDLE + size}
    return shape.format(x=MIDDLE, y=y, stroke=stroke, **corners)


def _text(x: int, y: int, line: int, text: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x}" y="{y + line * LINE + FONT + 1}"{weight}>{escape(text)}</text>'
