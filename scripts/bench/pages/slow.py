"""A slow processor: the whole browser, with all its processes and threads, runs a part of the time and stands still for the rest.

The browser's own throttle (DevTools) slows the page's main thread alone: workers, compilers and the network run on at full speed,
and those are what our page boots with. A quota of the kernel (cgroup cpu.max) would leave a single thread at full speed as
long as the others rest. So everything is stopped and let go again, many times a second: by a freezer cgroup where one may be
made (version 2 or 1), else by SIGSTOP and SIGCONT to every process.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from scripts.bench.measure import PROC, family

PERIOD = 0.04
"""Seconds from one stop to the next, if nobody is late. Much less cannot be kept to, much more would be felt as single stops."""
UNIFIED, FREEZER = Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup/freezer")
NAME = "yibao-bench"


class Brake(Protocol):
    """Stops all processes of a browser, and lets them go."""

    def stop(self) -> None: ...
    def go(self) -> None: ...
    def leave(self) -> None: ...


class Freezer:
    """A cgroup: what a browser starts later is in it by itself."""

    def __init__(self, folder: Path, file: str, stop: str, go: str, pid: int) -> None:
        self.folder, self._stop, self._go = folder, stop.encode(), go.encode()
        folder.mkdir(exist_ok=True)
        self._file = os.open(folder / file, os.O_WRONLY)
        for one in family(pid):
            with suppress(ProcessLookupError):
                (folder / "cgroup.procs").write_text(str(one))

    def stop(self) -> None:
        os.write(self._file, self._stop)

    def go(self) -> None:
        os.write(self._file, self._go)

    def leave(self) -> None:
        """Everyone back to where the benchmark is; the folder goes when they have ended."""
        os.close(self._file)
        for one in (self.folder / "cgroup.procs").read_text().split():
            with suppress(ProcessLookupError):
                (self.folder.parent / "cgroup.procs").write_text(one)
        with suppress(OSError):
            self.folder.rmdir()


class Signals:
    """SIGSTOP and SIGCONT: no right is needed but to signal one's own processes."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def stop(self) -> None:
        self._all(signal.SIGSTOP)

    def go(self) -> None:
        self._all(signal.SIGCONT)

    def leave(self) -> None:
        """Nothing to put back."""

    def _all(self, sign: signal.Signals) -> None:
        for pid in family(self.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, sign)


def brake(pid: int) -> Brake:
    """The best there is for the browser whose first process has this number."""
    tries: tuple[Callable[[], Brake], ...] = (
        lambda: Freezer(UNIFIED / NAME, "cgroup.freeze", "1", "0", pid),
        lambda: Freezer(FREEZER / NAME, "freezer.state", "FROZEN", "THAWED", pid),
    )
    for make in tries:
        with suppress(OSError):
            return make()
    return Signals(pid)


class Duty:
    """Who runs too long stands still the longer: the share holds on the whole, though no sleep ends on time."""

    def __init__(self, share: float) -> None:
        self.share = share
        self.ran = self.stood = 0.0

    def standstill(self) -> float:
        """Seconds to stand still now, to be back at the share."""
        return max(0.0, self.ran * (1 / self.share - 1) - self.stood)

    @property
    def reached(self) -> float:
        """The share of the time that was run."""
        return self.ran / ((self.ran + self.stood) or 1.0)


@contextmanager
def held_back(pid: int, share: float) -> Iterator[Duty]:
    """For the time of the block the processes run this share of the time, 0 < share < 1. Gives what share it was really."""
    on, duty, over = brake(pid), Duty(share), threading.Event()
    thread = threading.Thread(target=_beat, args=(on, duty, over))
    thread.start()
    try:
        yield duty
    finally:
        over.set()
        thread.join()
        on.leave()


def _beat(on: Brake, duty: Duty, over: threading.Event) -> None:
    _hurry()
    began = time.monotonic()
    while not over.wait(PERIOD * duty.share):
        on.stop()
        stopped = time.monotonic()
        duty.ran += stopped - began
        time.sleep(duty.standstill())
        on.go()
        began = time.monotonic()
        duty.stood += began - stopped


def _hurry() -> None:
    """Ahead of what it brakes, where that is allowed; else it wakes late more often, and evens that out."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), -20)


def browser_with(profile: Path) -> int:
    """The first process of the browser that runs with this profile folder. Raises LookupError if there is none."""
    mark = f"--user-data-dir={profile}".encode()
    found = []
    for folder in PROC.iterdir():
        with suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0") if folder.name.isdigit() else []
            if mark in words:
                found.append(int(folder.name))
    roots = [pid for pid in found if not any(pid in family(other)[1:] for other in found if other != pid)]
    if not roots:
        raise LookupError(f"no browser runs with {profile}")
    return roots[0]
