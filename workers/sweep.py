"""The duties of the clock: what must happen though nobody rings, with Redis up or down."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.domain.dayparts import MAASTRICHT, local_day
from hotline.services.closing import close_idle, wipe
from hotline.services.dispatch import drain, is_due
from hotline.services.nudging import tell_news
from hotline.storage import api_keys, row_order
from hotline.storage.session import transaction
from workers.attachments import destroy_over, sweep_waiting
from workers.erase import sweep_erasures
from workers.late import sound_late
from workers.ways import Runtime, stopping

_log = logging.getLogger(__name__)

BELL_GRACE = timedelta(seconds=10)
"""How long a due delivery waits for a rung worker before the sweep takes it itself; an alarm never waits."""

_BUDGET, _MOST = timedelta(seconds=20), 20
_API_ANSWERS = timedelta(days=1)
_NIGHT = 4

Run = Callable[[Runtime, datetime], object]


@dataclass(frozen=True, slots=True)
class Duty:
    """Something done again and again; doing it twice, or in two processes, must be harmless."""

    name: str
    every: timedelta
    run: Run


def sweep_outbox(runtime: Runtime, now: datetime) -> int:
    """Ring for what is due; deliver what no worker fetched, or everything when the bell is away."""
    house = runtime.house
    if not is_due(house, now):
        return 0
    rung = house.bell.ring("deliver")
    if rung and not is_due(house, now - BELL_GRACE):
        return 0
    return drain(house, runtime.send, budget=_BUDGET, most=_MOST, stop=stopping.is_set)


def close_conversations(runtime: Runtime, now: datetime) -> int:
    """End what nobody touches any more."""
    return close_idle(runtime.house.engine, now)


def wipe_conversations(runtime: Runtime, now: datetime) -> None:
    """Empty states and answers whose time is over."""
    wipe(runtime.house.engine, now)


def text_news(runtime: Runtime, now: datetime) -> int:
    """Text whoever asked for it that there is something new under their code."""
    return tell_news(runtime.house, runtime.texts, now) if runtime.texts else 0


def forget_api_answers(runtime: Runtime, now: datetime) -> int:
    """Delete the answers kept for repeats of a partner's POST after a day."""
    with transaction(runtime.house.engine) as session:
        return api_keys.forget_answers(session, before=now - _API_ANSWERS)


def mix_rows(runtime: Runtime, now: datetime) -> None:
    """Lay yesterday's and today's rows in an order that tells nothing of when people called."""
    row_order.mix_recent(runtime.house.engine, local_day(now) - timedelta(days=1))


def mix_all_rows(runtime: Runtime, now: datetime) -> None:
    """The same for every row, between four and five at night, when nobody waits for the table."""
    if now.astimezone(MAASTRICHT).hour == _NIGHT:
        row_order.mix_all(runtime.house.engine)


DUTIES: Sequence[Duty] = (
    Duty("close idle conversations", timedelta(seconds=5), close_conversations),
    Duty("sweep the outbox", timedelta(seconds=5), sweep_outbox),
    Duty("wipe ended conversations", timedelta(seconds=30), wipe_conversations),
    Duty("forget API answers", timedelta(hours=1), forget_api_answers),
    Duty("sweep attachments", timedelta(seconds=30), sweep_waiting),
    Duty("destroy attachments", timedelta(minutes=1), destroy_over),
    Duty("mix rows", timedelta(minutes=10), mix_rows),
    Duty("mix all rows", timedelta(hours=1), mix_all_rows),
    Duty("make Twilio forget", timedelta(minutes=1), sweep_erasures),
    Duty("text who asked for it", timedelta(minutes=1), text_news),
    Duty("say what is late", timedelta(minutes=10), sound_late),
)
"""Every periodic duty with the workers' own rights; letting go has its own (`workers/retain.py`)."""


class Rounds:
    """Knows which duty is due, and does each without letting one's failure stop the others."""

    def __init__(self, runtime: Runtime, duties: Sequence[Duty] = DUTIES) -> None:
        self._runtime = runtime
        self._due: dict[str, tuple[datetime, Duty]] = {duty.name: (_LONG_AGO, duty) for duty in duties}

    def walk(self) -> None:
        """Do what is due now."""
        for name, (due, duty) in list(self._due.items()):
            now = self._runtime.house.clock()
            if due > now or stopping.is_set():
                continue
            self._due[name] = (now + duty.every, duty)
            try:
                duty.run(self._runtime, now)
            except Exception as error:  # a database that restarts is no reason to end the clock
                _log.error("duty %s: %s", name, type(error).__name__)


_LONG_AGO = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
