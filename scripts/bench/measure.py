"""One command, measured: seconds on the clock, seconds of the processor, and the memory of all its processes together."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
INTERVAL = 0.25
MIB = 1024 * 1024
PAGE = resource.getpagesize()


@dataclass(frozen=True)
class Measured:
    """wall, user, system: seconds; user and system of all its processes. peak: MiB."""

    wall: float
    user: float
    system: float
    peak: float

    @property
    def processor(self) -> float:
        """Seconds of the processor, whoever spent them."""
        return self.user + self.system

    def __add__(self, later: Measured) -> Measured:
        """Both, one after the other."""
        peak = max(self.peak, later.peak)
        return Measured(self.wall + later.wall, self.user + later.user, self.system + later.system, peak)


def median(runs: Sequence[Measured]) -> Measured:
    """Each figure's median; the highest peak."""
    wall, user, system = (statistics.median(getattr(run, name) for run in runs) for name in ("wall", "user", "system"))
    return Measured(wall, user, system, max(run.peak for run in runs))


def measure(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None, text: str = "") -> Measured:
    """Run a command, fed with `text`. Raises RuntimeError with what it wrote if it fails.

    The peak is the largest sum over its processes of their resident memory (RSS; what they share counts for each), looked at
    four times a second, or what the largest of them had at once, if that is more; without /proc only the latter.
    """
    with tempfile.TemporaryFile("w+") as given, tempfile.TemporaryFile("w+") as said:
        given.write(text)
        given.seek(0)
        started = time.monotonic()
        surroundings = {**os.environ, **(env or {})}
        process = subprocess.Popen(command, cwd=cwd, env=surroundings, stdin=given, stdout=said, stderr=subprocess.STDOUT)
        highest, ended, pause = 0, 0, INTERVAL / 50
        while not ended:
            time.sleep(pause)
            pause = min(INTERVAL, pause * 2)
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            highest = highest if ended else max(highest, sum(resident(pid) for pid in family(process.pid)))
        wall = time.monotonic() - started
        # a process begins with the high mark of the one that started it: up to ours, the kernel's figure says nothing
        alone = used.ru_maxrss if used.ru_maxrss > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss else 0
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)} failed ({process.returncode}):\n{said.read()}")
    return Measured(wall, used.ru_utime, used.ru_stime, max(highest, alone * 1024) / MIB)


def family(pid: int) -> list[int]:
    """A process and all that it started, as far as they still run."""
    found = [pid]
    for one in found:
        for listed in (PROC / str(one) / "task").glob("*/children"):
            try:
                found += [int(child) for child in listed.read_text().split()]
            except OSError:  # gone in between
                continue
    return found


def spent(pid: int) -> float:
    """Seconds of the processor that a process and all that it started have had, the children that have ended included."""
    ticks = 0
    for one in family(pid):
        try:
            said = (PROC / str(one) / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # gone in between
            continue
        ticks += sum(map(int, said[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> int:
    """Bytes of memory that a process has; 0 if it is gone or that cannot be told."""
    try:
        return int((PROC / str(pid) / "statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0
