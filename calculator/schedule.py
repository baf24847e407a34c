"""What the fund pays between payment and full benefits, stretch by stretch (Assessment: `payment_effect`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from calculator.model import Effect

ONE_DAY = timedelta(days=1)
NOTHING_PAID = Decimal(0)


class Stretch(NamedTuple):
    """From first to last day (last None = open): `ratio` of the normal benefit, or at most `cap` CNY."""

    first: date
    last: date | None
    ratio: Decimal | None = None
    cap: Decimal | None = None

    def to_json(self) -> dict[str, Any]:
        share, amount = ("ratio", self.ratio or NOTHING_PAID) if self.cap is None else ("cap", self.cap)
        last = None if self.last is None else str(self.last)
        return {"from": str(self.first), "to": last, share: format(amount, "f")}


class Payment(NamedTuple):
    """kind: none (nothing is cut), zero (nothing is paid), ratio or cap."""

    kind: str
    stretches: tuple[Stretch, ...] = ()

    def on(self, day: date) -> Stretch | None:
        return next((s for s in self.stretches if s.first <= day and (s.last is None or day <= s.last)), None)

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "schedule": [s.to_json() for s in self.stretches]}


def agreed(payments: Sequence[Payment]) -> Payment | None:
    """What several possible worlds have in common: the kind, and the stretches up to where they part; None if the kinds differ.

    The last common stretch has no end where the worlds end it on different days: it lasts until full benefits.
    """
    first, *others = payments
    if any(other.kind != first.kind for other in others):
        return None
    common = []
    for stretches in zip(*(payment.stretches for payment in payments), strict=False):
        if len({stretch._replace(last=None) for stretch in stretches}) > 1:
            break
        if len(set(stretches)) > 1:
            common.append(stretches[0]._replace(last=None))
            break
        common.append(stretches[0])
    return Payment(first.kind, tuple(common))


def payment_between(effect: Effect, start: date, resume: date | None, paid_on: date = date.min) -> Payment:
    """The stretches of an effect that is counted from `start`. resume: first day with full benefits, None = not known.

    No stretch begins before the payment, also where the count does.
    """
    last = None if resume is None else resume - ONE_DAY
    if effect.kind == "zero":
        return Payment("zero", (Stretch(start, last, ratio=NOTHING_PAID),) if last is None or start <= last else ())
    stretches = []
    for span in effect.spans:
        end = last if span.length is None else span.length.after(start) - ONE_DAY
        stretches.append(Stretch(max(start, paid_on), end, span.ratio, span.cap))
        if end is None:
            break
        start = end + ONE_DAY
    return Payment(effect.kind, tuple(stretches))
