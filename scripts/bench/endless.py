"""Memory over a million JSON lines: `python -m calculator assess --jsonl` is fed one ever changing Case after another."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from calculator.values import YearMonth, parse_day
from scripts.bench.measure import PROC
from scripts.bench.outcome import Benchmark, Bound, Outcome
from scripts.bench.rivals.questions import cases

LINES, QUICK_LINES = 1_000_000, 20_000
WARM = 20
"""One in so many lines goes first, before memory is looked at."""
SAMPLES = 200
OPEN = 47
ONE_DAY = timedelta(days=1)
MOST_GROWTH = 2.0
"""MiB between the first look and the highest that follows."""


@dataclass(frozen=True)
class Flow:
    """What came of it. resident: (lines answered, MiB) in order, from when it was warm. errors: lines answered by an error."""

    lines: int
    errors: int
    resident: tuple[tuple[int, float], ...]

    @property
    def growth(self) -> float:
        """MiB from the first look to the highest after it."""
        first = self.resident[0][1]
        return max(mib for _, mib in self.resident) - first


def stream(root: Path, rulebook: Path, lines: int) -> Flow:
    """Feed so many lines to the command line in `root` and watch its memory. RuntimeError if it fails or loses lines."""
    command = [sys.executable, "-m", "calculator", "assess", "--jsonl", "--rulebook", str(rulebook)]
    book = json.loads(rulebook.read_text("utf-8"))
    process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None
    feeder = threading.Thread(target=_feed, args=(process.stdin, questions(book), lines), daemon=True)
    feeder.start()
    seen, errors, resident = 0, 0, []
    warm, step = lines // WARM, max(1, lines // SAMPLES)
    for answer in process.stdout:
        seen += 1
        errors += answer.startswith(b'{"error"')
        if seen >= warm and seen % step == 0:
            resident.append((seen, _resident(process.pid)))
    feeder.join()
    if process.wait() or seen != lines:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode} after {seen} of {lines} lines")
    return Flow(lines, errors, tuple(resident))


def questions(book: Mapping[str, Any]) -> Iterator[str]:
    """Cases without end, as JSON lines: every place and scheme in turn, on days, with lapses and sums of money that change.

    Most were paid the day before, as in a file of what has happened; one in `OPEN` is paid today, so that what is still
    open is compared as well, which takes ten times as long.
    """
    given = cases(book)
    for number in itertools.count():
        case = dict(given[number % len(given)])
        turn = number // len(given)
        day = parse_day(case["as_of"]) - timedelta(days=turn % 600)
        case |= {"as_of": str(day if number % OPEN == 0 else day + ONE_DAY), "paid_on": str(day)}
        if case["scheme"] == "resident":
            case |= {"coverage_year": day.year, "last_covered_year": day.year - 2 - turn % 9}
        else:
            last = YearMonth.of(day).plus(-2 - turn % 40)
            case |= {"last_paid_month": str(last), "monthly_amount": f"{number % 99991}.{turn % 100:02d}"}
        yield json.dumps(case) + "\n"


def _feed(pipe: IO[bytes], given: Iterator[str], lines: int) -> None:
    try:
        for line in itertools.islice(given, lines):
            pipe.write(line.encode("utf-8"))
        pipe.close()
    except BrokenPipeError:  # whoever reads tells why
        return


def _resident(pid: int) -> float:
    """MiB of a process that are in memory."""
    lines = (PROC / str(pid) / "status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def run(root: Path, quick: bool) -> Outcome:
    """Some half an hour for a million; quick: 20,000 lines, which judges nothing."""
    flow = stream(root, root / "build" / "rulebook.json", QUICK_LINES if quick else LINES)
    shown = flow.resident[:: max(1, len(flow.resident) // 10)]
    rows = "\n".join(f"| {lines} | {mib:.1f} |" for lines, mib in shown)
    text = f"{flow.lines} 行,每行一个不同的问题,{flow.errors} 行答的是出错。\n\n| 答完的行 | 驻留内存 MiB |\n|---|---|\n{rows}"
    found = f"{flow.growth:.2f} MiB"
    bound = Bound(f"{LINES} 行 JSON,热身后内存增长 ≤ {MOST_GROWTH:g} MiB", found, None if quick else flow.growth <= MOST_GROWTH)
    return Outcome(text, [bound], asdict(flow))


BENCHMARK = Benchmark("一百万行 JSON 要多少内存", run)
