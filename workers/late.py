"""The alarm for the operators: something waits longer than it may, said by every way of an alarm."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Engine

from hotline.services import erasing, judging
from hotline.services.dispatch import Parcel
from workers.ways import Runtime

_QUIET = timedelta(hours=20)

_LATE: Mapping[str, Callable[[Engine, datetime], int]] = {
    "erasing": erasing.count_late,
    "judging": judging.count_late,
}
"""The kind of an alarm's parcel → how much of it is late."""


def sound_late(runtime: Runtime, now: datetime) -> bool:
    """Say what is late, each kind at most once in 20 hours.

    Two processes that sound at once cost an operator a second mail and nothing else.
    """
    sounded = [_sound(runtime, kind, now) for kind in _LATE]
    return any(sounded)


def _sound(runtime: Runtime, kind: str, now: datetime) -> bool:
    if now < runtime.quiet_until.get(kind, now) or not (late := _LATE[kind](runtime.house.engine, now)):
        return False
    plain = json.dumps({"late": late}).encode()
    sounded = [way.deliver(Parcel(uuid4(), kind, name, None, plain), now).ok for name, way in runtime.alarms.items()]
    if any(sounded):
        runtime.quiet_until[kind] = now + _QUIET
    return any(sounded)
