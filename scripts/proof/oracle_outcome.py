"""What a lapse comes to, in one possible world or over several."""

from __future__ import annotations

from typing import Any, NamedTuple

from scripts.proof.oracle_days import NOTHING, UNKNOWN, Span, widest


class Outcome(NamedTuple):
    """`wait` spans lengths, `resume` spans days; `effect` is a kind. None: not known."""

    wait: Span
    resume: Span
    retroactive: bool | None
    effect: str | None


SILENT = Outcome(UNKNOWN, UNKNOWN, None, None)
NO_LAPSE = Outcome((NOTHING, NOTHING), UNKNOWN, None, "none")


def hull(outcomes: list[Outcome]) -> Outcome:
    """What is true in every one of some worlds: a bound that one of them does not know is not known."""
    first = [outcome.resume[0] for outcome in outcomes]
    last = [outcome.resume[1] for outcome in outcomes]
    return Outcome(
        widest([outcome.wait for outcome in outcomes]),
        (None if None in first else min(first), None if None in last else max(last)),
        _same([outcome.retroactive for outcome in outcomes]),
        _same([outcome.effect for outcome in outcomes]),
    )


def _same(values: list[Any]) -> Any:
    """The value that all have, else None."""
    return values[0] if all(value == values[0] for value in values) else None
