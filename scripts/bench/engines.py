"""Our calculator beside OpenFisca and publicodes: one process each, in turn, on the same two cores.

The other engines are installed under build/engines/ the first time (scripts/bench/rivals/install.py).
"""

from __future__ import annotations

from pathlib import Path

from scripts.bench.outcome import Benchmark, Outcome
from scripts.bench.rivals.rounds import least, measure, two_cores
from scripts.bench.rivals.verdict import bounds, table

ROUNDS, SECONDS = 7, 1.0
QUICK_ROUNDS, QUICK_SECONDS = 3, 0.3


def run(root: Path, quick: bool) -> Outcome:
    """Measure all engines; see `scripts.bench.rivals.rounds`. Raises RuntimeError if they disagree on the rule they share."""
    rounds, seconds = (QUICK_ROUNDS, QUICK_SECONDS) if quick else (ROUNDS, SECONDS)
    with two_cores() as cores:
        reports = measure(root, root / "build" / "engines", rounds, seconds)
    figures = {name: least(found) for name, found in reports.items()}
    where = f"处理器核 {'、'.join(map(str, cores)) or '不限'};{rounds} 轮,每轮每个引擎一个进程,轮流运行。"
    text = f"{where}\n\n{table(figures)}"
    return Outcome(text, bounds(figures), {"cores": cores, "rounds": rounds, "microseconds": figures})


BENCHMARK = Benchmark("和别的规则引擎比快慢", run)
