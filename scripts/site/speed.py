"""How long pages take, as the benchmarks found it (scripts/bench/results/): the calculator beside others; Lighthouse on all.

Everything that the page says in numbers comes from those files; who is measured and how fast a line is, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calculator.show.timeline import COVERED_FILL, FAMILY, INK, PAPER, escape

KEPT = Path("scripts") / "bench" / "results"
FONT, LINE, BAR, GAP = 16, 24, 16, 12
PLAIN = "plain"
SCORES = ("performance", "accessibility", "best-practices", "seo")
IDLE = 0.5
"""Load up to which a machine may be said to have been left alone."""
STRIPES = '<path d="M-2 2 2 -2M0 10 10 0M8 12 12 8" stroke="currentColor" stroke-width="2"/>'

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One contender under one condition. headline, answer: seconds to the first and to the full answer; again: at a second visit.

    mb: megabytes until then. processor: seconds of it until then. times: multiples of plain loadPyodide(). whole: it answers
    all that we do.
    """

    name: str
    title: str
    ours: bool
    whole: bool
    headline: float
    answer: float
    times: float
    mb: float
    bytes_times: float
    processor: float
    processor_times: float
    again: float | None
    again_times: float | None

    @property
    def told(self) -> str:
        """As one says it."""
        first = f"头一句 {seconds(self.headline)}，" if self.headline < self.answer else ""
        return f"{self.title}：{first}{'完整答案' if self.whole else '答案'} {seconds(self.answer)}"


@dataclass(frozen=True)
class Under:
    """One condition: its name, its title, whether pages were opened twice, and a row for each contender."""

    name: str
    title: str
    twice: bool
    rows: tuple[Row, ...]

    def picture(self) -> str:
        """Bars, as SVG: as long as each took until its answer. A white line in a bar is where the first answer stood there."""
        uid = f"speed-{self.name}"
        most = max(row.answer for row in self.rows)
        drawn, height = [], 0
        for row in self.rows:
            drawn.append(f'<text x="0" y="{height + FONT}">{escape(row.told)}</text>')
            drawn += _bar(row, height + LINE, most, uid)
            height += LINE + BAR + GAP
        title = f"{self.title}：从打开页面到出答案"
        named = f'role="img" aria-labelledby="{uid}-title {uid}-desc"'
        size = f'width="100%" height="{height}" font-size="{FONT}" font-family="{FAMILY}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="yb-chart" {named} {size} color="{INK}" fill="currentColor">'
            f'<title id="{uid}-title">{escape(title)}</title>'
            f'<desc id="{uid}-desc">{escape("；".join(row.told for row in self.rows))}。</desc>'
            f'<defs><pattern id="{uid}-other" width="10" height="10" patternUnits="userSpaceOnUse">'
            f'<rect width="10" height="10" fill="{PAPER}"/>{STRIPES}</pattern></defs>{"".join(drawn)}</svg>'
        )


class Kept:
    """The results of a benchmark that are kept in the checkout at `root`. Raises OSError or ValueError if there are none."""

    def __init__(self, root: Path, benchmark: str) -> None:
        kept = json.loads((root / KEPT / f"{benchmark}.json").read_text("utf-8"))
        self.machine: Json = kept["machine"]
        self.bounds: list[Json] = kept["bounds"]
        self.figures: Json = kept["figures"]

    @property
    def day(self) -> str:
        """When it was measured."""
        return str(self.machine["on"])[:10]

    @property
    def busy(self) -> bool:
        """Whether the machine had other things to do when it began: then only the multiples say much."""
        return float(self.machine["load"][0]) > IDLE


@dataclass(frozen=True)
class Score:
    """One kind of page. scores: out of 100 each, in the order of SCORES. seen: seconds until its text is there."""

    title: str
    scores: tuple[int, ...]
    seen: float
    kb: int

    @property
    def full(self) -> bool:
        return set(self.scores) == {100}


class Scores(Kept):
    """What Lighthouse says of each kind of page."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, "lighthouse")

    def __iter__(self) -> Iterator[Score]:
        for one in self.figures["medians"].values():
            scores = tuple(round(one[name]) for name in SCORES)
            yield Score(one["title"], scores, one["lcp"] / 1000, round(one["bytes"] / 1000))


class Speed(Kept):
    """How long the calculator takes beside others."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, "pages")

    def __iter__(self) -> Iterator[Under]:
        """Every condition, in the order in which they were measured."""
        for name, found in self.figures["conditions"].items():
            twice = any("warm" in visits for visits in found.values())
            rows = tuple(self._row(who, visits, found[PLAIN]) for who, visits in found.items())
            yield Under(name, self.figures["given"][name]["title"], twice, rows)

    def _row(self, who: str, visits: Json, plain: Json) -> Row:
        told, first, again = self.figures["contenders"][who], visits["cold"], visits.get("warm")
        return Row(
            name=who,
            title=told["title"],
            ours=told["ours"],
            whole=told["whole"],
            headline=first["headline"] / 1000,
            answer=first["answer"] / 1000,
            times=first["answer"] / plain["cold"]["answer"],
            mb=first["size"] / 1e6,
            bytes_times=first["size"] / plain["cold"]["size"],
            processor=first["processor"] / 1000,
            processor_times=first["processor"] / plain["cold"]["processor"],
            again=again["answer"] / 1000 if again else None,
            again_times=again["answer"] / plain["warm"]["answer"] if again else None,
        )


def seconds(time: float) -> str:
    """0.42 秒, 31.2 秒."""
    return f"{time:.2f} 秒" if time < 10 else f"{time:.1f} 秒"


def _bar(row: Row, y: int, most: float, uid: str) -> Iterator[str]:
    """Ours is full, the others' are striped, so that grey paper tells them apart."""
    fill = COVERED_FILL if row.ours else f"url(#{uid}-other)"
    wide = max(0.5, 99 * row.answer / most)
    yield f'<rect x="1" y="{y}" width="{wide:.1f}%" height="{BAR}" fill="{fill}" stroke="currentColor" stroke-width="1.5"/>'
    if row.headline < row.answer:
        yield f'<rect x="{99 * row.headline / most:.1f}%" y="{y}" width="4" height="{BAR}" fill="{PAPER}"/>'
