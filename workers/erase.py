"""The job that makes Twilio forget what is due, the duty that sees to it, and the alarm when it is late."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import uuid4

from hotline.services import erasing
from hotline.services.dispatch import Parcel
from workers.deliver import JobFailed
from workers.runtime import this_runtime
from workers.ways import Runtime, stopping

BELL_GRACE = timedelta(minutes=2)
"""How long something due waits for a rung worker before the clock erases it itself."""

_BUDGET, _MOST = timedelta(seconds=20), 20
_QUIET = timedelta(hours=20)

ALARM = "erasing"
"""The kind of the alarm's parcel."""


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


def sound_late(runtime: Runtime, now: datetime) -> bool:
    """Say by every way of an alarm that Twilio still has what it should have forgotten; at most once in 20 hours.

    Two processes that sound at once cost an operator a second mail and nothing else.
    """
    if now < runtime.quiet_until.get(ALARM, now) or not (late := erasing.count_late(runtime.house.engine, now)):
        return False
    plain = json.dumps({"late": late}).encode()
    sounded = [way.deliver(Parcel(uuid4(), ALARM, name, None, plain), now).ok for name, way in runtime.alarms.items()]
    if any(sounded):
        runtime.quiet_until[ALARM] = now + _QUIET
    return any(sounded)
