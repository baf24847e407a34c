"""One line a stage, with its time; a dot every few seconds while it lasts."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

BEAT = 5.0  # seconds between dots


class Progress:
    """Numbers the stages and remembers how long each took (`times`: stage -> seconds)."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.times: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Run one stage under its own line."""
        self.done += 1
        started = time.monotonic()
        with beating(f"[{self.done}/{self.total}] {name} "):
            yield
        self.times[name] = time.monotonic() - started


@contextmanager
def beating(words: str) -> Iterator[None]:
    """One line for the block: `words`, dots while it lasts, and how long it took."""
    print(words, end="", flush=True)
    started = time.monotonic()
    over = threading.Event()
    beat = threading.Thread(target=_beat, args=(over,), daemon=True)
    beat.start()
    ended = "没有完成"
    try:
        yield
        ended = f"{time.monotonic() - started:.1f} 秒"
    finally:
        over.set()
        beat.join()
        print(ended, flush=True)


def say(sentence: str) -> None:
    """One line that belongs to no stage."""
    print(sentence, flush=True)


def complain(sentence: str) -> None:
    """One line on standard error."""
    print(sentence, file=sys.stderr, flush=True)


def _beat(over: threading.Event) -> None:
    while not over.wait(BEAT):
        print("·", end="", flush=True)
