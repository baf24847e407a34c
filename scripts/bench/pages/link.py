"""A slow line, as arithmetic: all connections of a visit share one, and a chunk takes its turn on it."""

from __future__ import annotations

from dataclasses import dataclass

CHUNK = 4096
"""Bytes that a connection sends in one turn."""
SLACK = 0.004
"""Seconds that a sender which woke too late may make up for; clocks of sleeping programs are no finer."""


@dataclass(frozen=True)
class Speed:
    """bits: a second, down. rtt: seconds that every request waits before its answer begins."""

    title: str
    bits: float
    rtt: float

    def seconds(self, size: int) -> float:
        """What so many bytes take on the line when nothing else is on it."""
        return size * 8 / self.bits


class Line:
    """One line that carries one chunk after another. Times are of any clock that only goes forward."""

    def __init__(self, speed: Speed) -> None:
        self.speed = speed
        self._free = float("-inf")

    def send(self, size: int, now: float) -> float:
        """Take the next turn with so many bytes; the moment at which they have arrived."""
        self._free = max(self._free, now - SLACK) + self.speed.seconds(size)
        return self._free
