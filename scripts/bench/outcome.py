"""What a benchmark hands back: Markdown to read, its promises, and its figures for programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Bound:
    """One promise, what was found, and whether it holds; None = not measured."""

    promise: str
    found: str
    holds: bool | None


@dataclass(frozen=True)
class Outcome:
    """text: tables as Markdown, without the bounds. figures: the same as JSON values."""

    text: str
    bounds: Sequence[Bound]
    figures: Any


@dataclass(frozen=True)
class Benchmark:
    """about: what it measures, one line of Chinese. run: (checkout that has been built, only a quick look?) → outcome."""

    about: str
    run: Callable[[Path, bool], Outcome]


def at_most(promise: str, found: float, bound: float, unit: str) -> Bound:
    """A promise that a figure is no more than `bound`, in `unit`."""
    digits = 2 if bound < 10 else 0
    return Bound(f"{promise} ≤ {bound:g} {unit}", f"{found:.{digits}f}", found <= bound)


def marked(found: Sequence[Bound]) -> str:
    """The bounds as a table; what does not hold is marked."""
    signs = {True: "守住", False: "**没有守住**", None: "没有量"}
    rows = [f"| {one.promise} | {one.found} | {signs[one.holds]} |" for one in found]
    return "\n".join(["| 约定 | 量到 | 结果 |", "|---|---|---|", *rows])
