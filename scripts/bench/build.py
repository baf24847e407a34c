"""The build: the real places, then up to 5,000, beside plain MkDocs on the same Markdown. Some twenty minutes on two cores."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path

from scripts.bench.measure import median
from scripts.bench.outcome import Benchmark, Outcome
from scripts.bench.report import bounds, tables
from scripts.bench.runs import Bench
from scripts.progress import say

SIZES = (500, 1000, 2000, 5000)
REPEATED = 1000
"""Sites of up to so many places are made several times."""
RUNS = 3


def run(root: Path, quick: bool) -> Outcome:
    """Measure in build/bench/work. quick: up to 500 places, all once."""
    sizes, runs = (SIZES[:1], 1) if quick else (SIZES, RUNS)
    bench = Bench(root, root / "build" / "bench" / "work")
    say("完整构建……")
    builds = [bench.whole() for _ in range(runs)]
    whole = (median([took for took, _, _ in builds]), *builds[-1][1:])
    answers = bench.answers()
    measured = []
    for size in (None, *sizes):
        say(f"{size or '真实的'} 个地方……")
        measured.append(bench.sized(size, runs if (size or 0) <= REPEATED else 1))
    shutil.rmtree(bench.folder)
    figures = {
        "whole": {"took": asdict(whole[0]), "runs": runs, "stages": whole[1], "pages": whole[2]},
        "answers": {name: asdict(one) for name, one in answers},
        "sizes": [asdict(one) for one in measured],
    }
    return Outcome(tables(whole, runs, answers, measured), bounds(whole[0], measured), figures)


BENCHMARK = Benchmark("构建要多久,地方多起来怎样,和纯 MkDocs 比", run)
