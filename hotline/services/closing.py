"""Closes conversations that nobody touches any more, and wipes what they left."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine

from hotline.domain.dayparts import local_day, part_of_day
from hotline.storage import conversations as store

IDLE_CALL, IDLE_THREAD, IDLE_FORM = timedelta(minutes=10), timedelta(hours=2), timedelta(hours=1)


def close_idle(engine: Engine, now: datetime) -> int:
    """End calls idle for 10 minutes, threads for 2 hours, forms for 1; gives how many. Harmless twice."""
    return store.end_idle(
        engine,
        now=now,
        day=local_day(now),
        part=part_of_day(now),
        call=IDLE_CALL,
        thread=IDLE_THREAD,
        form=IDLE_FORM,
    )


def wipe(engine: Engine, now: datetime) -> None:
    """Empty the states and answers whose time to be repeated is over. Harmless twice."""
    store.wipe(engine, now=now, day=local_day(now))
