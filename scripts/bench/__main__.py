"""How long things take, and which promises hold: the benchmarks by name.

    python -m scripts.bench                 all of them, on an idle machine
    python -m scripts.bench build           these alone (`make bench ONLY=build`)
    python -m scripts.bench build --quick   a first look; what it leaves out counts as not measured
    python -m scripts.bench pages --keep    and keep the figures in scripts/bench/results/, from which a page of the site is made

Prints Markdown, writes it to build/bench/NAME.md and the figures to build/bench/NAME.json. Exit 1 if a bound does not hold.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from scripts.bench.outcome import Benchmark, Outcome, marked
from scripts.progress import say

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).parent / "results"
BENCHMARKS = ("build", "engines", "endless", "pages", "lighthouse", "serving")
"""Each is a module or a package in this one that has a `BENCHMARK` (outcome.py)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code: 1 if a promise is broken."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench", description="量要多久,看约定守住没有。")
    parser.add_argument("names", nargs="*", metavar="名字", help=f"只量这些:{'、'.join(BENCHMARKS)};不写就全量")
    parser.add_argument("--quick", action="store_true", help="只粗看一眼")
    parser.add_argument("--keep", action="store_true", help="数字也写进 scripts/bench/results/")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"没有 {'、'.join(unknown)};有的是:{'、'.join(BENCHMARKS)}")
    kept = [measured(name, chosen.quick, keep=chosen.keep) for name in chosen.names or BENCHMARKS]
    return 0 if all(kept) else 1


def measured(name: str, quick: bool, *, keep: bool = False) -> bool:
    """Run one benchmark, print what it found and write it down; False if one of its bounds does not hold.

    keep: the figures go into the repository too.
    """
    benchmark: Benchmark = import_module(f"scripts.bench.{name}").BENCHMARK
    say(f"{name}:{benchmark.about}……")
    before = os.getloadavg()[0]
    outcome = benchmark.run(ROOT, quick)
    machine = {
        "on": datetime.datetime.now(datetime.UTC).isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "processor": _processor(),
        "python": platform.python_version(),
        "load": [round(before, 1), round(os.getloadavg()[0], 1)],
    }
    figures = _written(name, benchmark.about, outcome, machine)
    if keep:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / figures.name).write_bytes(figures.read_bytes())
    return all(bound.holds is not False for bound in outcome.bounds)


def _processor() -> str:
    """What the processor calls itself, "" where that cannot be told."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _written(name: str, about: str, outcome: Outcome, machine: Mapping[str, Any]) -> Path:
    where = "{on}(UTC),{cores} 个处理器核,Python {python};前后的负载 {load[0]}、{load[1]}。".format(**machine)
    text = "\n\n".join((f"# {about}", where, outcome.text, marked(outcome.bounds))) + "\n"
    print(text, flush=True)
    folder = ROOT / "build" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(text, "utf-8")
    bounds = [vars(bound) for bound in outcome.bounds]
    found = {"machine": machine, "bounds": bounds, "figures": outcome.figures}
    figures = folder / f"{name}.json"
    figures.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return figures


if __name__ == "__main__":
    sys.exit(main())
