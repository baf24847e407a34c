"""One build at a time in one checkout."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.progress import say


@contextmanager
def alone(lock: Path, busy: str = "另一个构建正在运行,等它结束……") -> Iterator[int]:
    """Hold `lock` for the time of the block; waits, and says so (`busy`), while another process holds it.

    Gives its descriptor: a process that inherits it holds the lock until it ends, too.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(busy)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()
