"""The promise in time: by when the desk, and then a partner, owes the next step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from hotline.domain.dayparts import round_up
from hotline.domain.report import Priority

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

_DESK_TERM = {
    Priority.P0: timedelta(minutes=5),
    Priority.P1: timedelta(minutes=15),
    Priority.P2: 2 * HOUR,
    Priority.P3: DAY,
    Priority.P4: 3 * DAY,
}
_PARTNER_TERM = {
    Priority.P0: HOUR,
    Priority.P1: 4 * HOUR,
    Priority.P2: DAY,
    Priority.P3: 7 * DAY,
    Priority.P4: 14 * DAY,
}


def desk_due(priority: Priority, now: datetime) -> datetime:
    """By when the desk must have released or refused the report; rounded up to the part of day, as a time is a name."""
    return round_up(now + _DESK_TERM[priority], 6 * HOUR)


def partner_due(priority: Priority, now: datetime) -> datetime:
    """By when a partner must have answered a report released at `now`, rounded up to the hour."""
    return round_up(now + _PARTNER_TERM[priority], HOUR)


LONGEST_PAUSE = 7 * DAY
"""A reporter may never call again, so a question stops the clock for this long and no longer."""


def lengthen(respond_by: datetime, pauses: Iterable[tuple[datetime, datetime]]) -> datetime:
    """The partner's term, longer by the time for which its questions waited: each from when it was asked to its end."""
    waited = sum((min(max(end - begin, timedelta(0)), LONGEST_PAUSE) for begin, end in pauses), timedelta(0))
    return round_up(respond_by + waited, HOUR) if waited else respond_by
