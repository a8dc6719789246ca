"""The job that makes Twilio forget what is due, and the duty that sees to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.services import erasing
from workers.deliver import JobFailed
from workers.runtime import this_runtime
from workers.ways import Runtime, stopping

BELL_GRACE = timedelta(minutes=2)
"""How long something due waits for a rung worker before the clock erases it itself."""

_BUDGET, _MOST = timedelta(seconds=20), 20


def run() -> None:
    """Erase what is due.

    Running it twice is harmless: what Twilio has erased already is a 404, and only one of two counts it.
    """
    try:
        runtime = this_runtime()
        erasing.drain(runtime.house, runtime.erase, stop=stopping.is_set)
    except Exception as error:
        name = type(error).__name__
    else:
        return
    raise JobFailed(name) from None


def sweep_erasures(runtime: Runtime, now: datetime) -> int:
    """Ring for what is due; erase what no worker fetched, or everything when the bell is away."""
    house = runtime.house
    if not erasing.is_due(house, now):
        return 0
    if house.bell.ring("erase") and not erasing.is_due(house, now - BELL_GRACE):
        return 0
    return erasing.drain(house, runtime.erase, budget=_BUDGET, most=_MOST, stop=stopping.is_set)
