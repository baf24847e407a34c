"""Our page in a real browser beside others that answer in the page: how soon, how many bytes, how smooth. About an hour.

The others come from npm, by the lock in rivals/, into build/bench/pages/ (homes.py); no page of ours loads them.
"""

from __future__ import annotations

import os
from pathlib import Path

from scripts.bench.outcome import Benchmark, Outcome
from scripts.bench.pages.contenders import CONDITIONS
from scripts.bench.pages.rounds import measure
from scripts.bench.pages.verdict import bounds, tables

ROUNDS = 7
"""Another number: `make bench ONLY=pages ROUNDS=3`."""
QUICK = ("desk", "fast4g")


def run(root: Path, quick: bool) -> Outcome:
    """Measure; quick: one round, a desk and a fast line only. Raises RuntimeError if a page gives no answer, or a wrong one."""
    chosen = [one for name, one in CONDITIONS.items() if not quick or name in QUICK]
    rounds = 1 if quick else int(os.environ.get("ROUNDS", ROUNDS))
    figures = measure(root, rounds, chosen)
    told = "、".join(f"{name} {number}" for name, number in figures["versions"].items())
    return Outcome(f"{figures['rounds']} 轮;{told}。\n\n{tables(figures)}", bounds(figures), figures)


BENCHMARK = Benchmark("打开页面到出答案要多久,和别的做法比", run)
