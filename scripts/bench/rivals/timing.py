"""Time of a call, the same way in every Python that is measured. Standard library only: other environments import this too."""

from __future__ import annotations

import time
from collections.abc import Callable

Figure = dict[str, float]
"""`cpu` and `wall`: microseconds."""


def now() -> tuple[float, float]:
    """(processor, clock), seconds."""
    return time.process_time(), time.perf_counter()


def since(start: tuple[float, float], calls: int = 1) -> Figure:
    """Microseconds a call since `start`."""
    cpu, wall = now()
    return {"cpu": (cpu - start[0]) * 1e6 / calls, "wall": (wall - start[1]) * 1e6 / calls}


def per_call(ask: Callable[[], int], seconds: float) -> Figure:
    """What one call takes in the quickest pass. ask: makes one pass and returns how many calls that were.

    At least seven passes after one that warms up, and so many as fill `seconds`. The quickest, not the median: a machine
    that is shared runs now at full speed, now at two thirds of it, for seconds on end, and only ever adds to what is measured.
    """
    ask()
    passes: list[Figure] = []
    ends = time.perf_counter() + seconds
    while len(passes) < 7 or time.perf_counter() < ends:
        start = now()
        calls = ask()
        passes.append(since(start, calls))
    return {kind: min(one[kind] for one in passes) for kind in ("cpu", "wall")}
