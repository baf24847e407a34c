"""One process for each engine, in turn, round after round, on the same two cores; then the least of each figure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from scripts.bench.rivals.install import openfisca, publicodes
from scripts.bench.rivals.questions import cases, wait_terms, waits
from scripts.bench.rivals.timing import Figure

HERE = Path(__file__).parent
NAMES = {name: name.replace("_", " ") for name in
         ("fixed", "per_year", "beyond_year", "repair_per_year", "floor_years", "floor_total")}  # fmt: skip
"""A number of the rule, and what the publicodes version calls it."""

Side = dict[str, Any]
"""What one process reports: figures by name, and `months`, its answers on the residents' wait."""


@contextmanager
def two_cores() -> Iterator[list[int]]:
    """Keep this process and all it starts on the first two cores it may use; gives these, none where that cannot be told."""
    if not hasattr(os, "sched_setaffinity"):
        yield []
        return
    before = os.sched_getaffinity(0)
    cores = sorted(before)[:2]
    os.sched_setaffinity(0, cores)
    yield cores
    os.sched_setaffinity(0, before)


def measure(root: Path, folder: Path, rounds: int, seconds: float) -> dict[str, list[Side]]:
    """The reports by engine, one a round; a round before the first warms the disk and is left out.

    Raises RuntimeError if an engine fails, or if they do not agree on the residents' wait.
    """
    rulebook = root / "build" / "rulebook.json"
    commands = {
        "ours": [sys.executable, "-m", "scripts.bench.rivals.ours", str(rulebook)],
        "openfisca": [str(openfisca(root, folder)), "-m", "scripts.bench.rivals.openfisca"],
        "publicodes": ["node", str(HERE / "publicodes.mjs"), str(publicodes(folder))],
    }
    data = json.loads(rulebook.read_text("utf-8"))
    found: dict[str, list[Side]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        task = json.dumps(_task(data, seconds if number else 0.0))
        reports = {name: _report(command, root, folder, task) for name, command in commands.items()}
        agree({name: report["months"] for name, report in reports.items()})
        if number:
            for name, report in reports.items():
                found[name].append(report)
    return found


def agree(months: Mapping[str, Sequence[int]]) -> None:
    """RuntimeError unless every engine gave the same months to every question, and not all the same."""
    given = waits()
    ours = list(months["ours"])
    if len(ours) != len(given) or len(set(ours)) < 2:
        raise RuntimeError("the residents' wait was not worked out for every question")
    for name, theirs in months.items():
        for question, mine, other in zip(given, ours, theirs, strict=True):
            if mine != other:
                raise RuntimeError(f"{name} says {other} months to {question}, we say {mine}")


def least(reports: Sequence[Side]) -> dict[str, Figure]:
    """Each figure's quickest round: what a shared machine does besides only adds (timing.py)."""
    names = [name for name in reports[0] if name != "months"]
    kinds = ("cpu", "wall")
    return {name: {kind: min(report[name][kind] for report in reports) for kind in kinds} for name in names}


def _task(data: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    rules = yaml.safe_load((HERE / "resident_wait.publicodes.yaml").read_text("utf-8"))
    terms = wait_terms(data)
    asked = waits()
    return {
        "seconds": seconds,
        "cases": cases(data),
        "waits": asked,
        "timed_waits": asked[:: len(asked) // 40],
        "terms": terms,
        "publicodes": {**rules, **{NAMES[name]: number for name, number in terms.items()}},
    }


def _report(command: Sequence[str], root: Path, folder: Path, task: str) -> Side:
    """Both Pythons keep bytecode, as any installed package does, whatever the surroundings say."""
    surroundings = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(
        command, cwd=root, env=surroundings, input=task, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed ({done.returncode}):\n{done.stderr.strip()[-2000:]}")
    found: Side = json.loads(done.stdout)
    return found
