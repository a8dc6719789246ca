"""What each process holds while it runs, handed to the services that need it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import redis
from sqlalchemy import Engine

from hotline.anonymity.keyring import DeskKeys, DispatchKeys, IntakeKeys
from hotline.domain.lines import Line
from hotline.domain.partners import Partner
from hotline.services.wakeup import Bell

if TYPE_CHECKING:  # the intake's own parts, which the desk and the workers need not load
    from hotline.services.flows import FlowShelf
    from hotline.services.lines import LineBoard
    from hotline.storage.daykeys import DayKeys
    from hotline.storage.erasures import Noted
    from hotline.storage.threads import Threads
    from hotline.understanding.places import Gazetteer

Clock = Callable[[], datetime]
"""Gives the present moment, aware and in UTC."""


def utc_now() -> datetime:
    """The clock that is not a test's."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class IntakeHouse:
    """The intake's process: it takes reports and cannot read one back.

    `make_code` gives a fresh report code, `hints` what a recogniser should expect. Voice messages and pictures are taken
    only where the installation switched them on. `unnoted` holds what is to be erased at Twilio and not written down yet,
    because the database was away.
    """

    engine: Engine
    redis: redis.Redis
    keys: Callable[[], IntakeKeys]
    day_keys: DayKeys
    threads: Threads
    flows: FlowShelf
    board: LineBoard
    gazetteer: Gazetteer
    hints: Mapping[str, tuple[str, ...]]
    bell: Bell
    make_code: Callable[[], str]
    is_demo: bool
    takes_voice: bool = False
    takes_pictures: bool = False
    unnoted: deque[Noted] = field(default_factory=lambda: deque(maxlen=10_000))


@dataclass(frozen=True, slots=True)
class DeskHouse:
    """The desk's process: it alone opens what reporters told. `keys` reads the key folder anew if a key is missing."""

    engine: Engine
    keys: Callable[[], DeskKeys]
    partners: tuple[Partner, ...]
    bell: Bell
    clock: Clock
    lines: tuple[Line, ...] = ()
    gazetteer: Gazetteer | None = None
    takes_voice: bool = False
    takes_pictures: bool = False

    def partner_name(self, key: str) -> str:
        """What a partner is called; its key where the installation does not have it any more."""
        return next((partner.name for partner in self.partners if partner.key == key), key)


@dataclass(frozen=True, slots=True)
class DispatchHouse:
    """A worker's process: it opens what partners receive and nothing else of a report.

    `pauses` says until when an alarm that did not get through rests. It lives in memory only, because a stored moment
    near an emergency would name its caller; a restarted worker tries at once, which is harmless.
    """

    engine: Engine
    keys: Callable[[], DispatchKeys]
    bell: Bell
    clock: Clock
    pauses: dict[UUID, datetime] = field(default_factory=dict)
