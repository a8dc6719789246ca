"""When a delivery that failed is tried again, and when it has failed for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.lifecycle import DeliveryStatus

_MINUTE, _HOUR = 60, 3600
SCHEDULE = tuple(
    timedelta(seconds=wait)
    for wait in (
        0,
        5,
        5 * _MINUTE,
        30 * _MINUTE,
        2 * _HOUR,
        5 * _HOUR,
        10 * _HOUR,
        14 * _HOUR,
        20 * _HOUR,
        24 * _HOUR,
    )
)
"""The waits before attempt 1, 2, … of Standard Webhooks 1.0 (75.6 hours in all)."""

LEASE = timedelta(seconds=90)
"""Longer than the slowest call to a partner (30 s), so that a live worker never loses its claim."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one attempt ended. `permanent` failures are not tried again; `wait` is what `Retry-After` asked."""

    ok: bool
    reason: str = ""
    permanent: bool = False
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of the delivery after an attempt."""

    status: DeliveryStatus
    due_at: datetime | None
    reason: str


def judge(outcome: Outcome, *, attempts: int, now: datetime, jitter: float) -> Verdict:
    """The verdict after `attempts` attempts, the last of which gave `outcome`.

    `jitter` in 0..1 stretches the wait by up to a tenth, so that many rows do not knock at once.
    """
    if outcome.ok:
        return Verdict(DeliveryStatus.DELIVERED, None, "")
    if outcome.permanent or attempts >= len(SCHEDULE):
        return Verdict(DeliveryStatus.FAILED, None, outcome.reason)
    wait = max(SCHEDULE[attempts], outcome.wait or timedelta(0))
    return Verdict(DeliveryStatus.PENDING, now + wait * (1 + 0.1 * jitter), outcome.reason)
