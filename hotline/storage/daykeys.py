"""The key of the day, which lives in Redis and in memory and dies there.

Several intake processes agree on it: the first to `SET NX` wins and the others adopt the winner's. Each keeps it in
memory and offers it again at most a second after Redis was flushed or restarted, so the key lives as long as either.

Two processes, Redis down, neither has a key yet: each makes its own and works with it. A contact that began at one is
then not recognised at the other: it hears a polite end, and its sealed answers are still a report. When Redis is back,
the first to offer wins; the other adopts that for what begins from then on, and leaves its own beside it. `every` gives
all keys of the day that any process used, so what began under a loser is again recognised by everybody.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import redis

from hotline.anonymity.keyring import KeyGone
from hotline.domain.dayparts import MAASTRICHT, local_day
from hotline.domain.errors import HotlineError

_AFTER_MIDNIGHT = timedelta(hours=24)
_LOOK_AGAIN = timedelta(seconds=1)


class MayWriteToDisk(HotlineError):
    """This Redis may write what it holds to a disk, or will not say; the text names each setting and its remedy."""


@dataclass(frozen=True, slots=True)
class _Held:
    keys: tuple[bytes, ...]
    look_again_at: datetime


def end_of(day: date) -> datetime:
    """When the key of `day` dies: 24 hours after that day's end in Maastricht."""
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), MAASTRICHT)
    return midnight.astimezone(UTC) + _AFTER_MIDNIGHT


class DayKeys:
    """Gives the key of a day. Safe to share between threads; holds no connection of its own.

    Give it a client that does not retry (`retry=Retry(NoBackoff(), 0)`) and times out soon: redis-py tries for seconds by
    default, and a turn waits for it.
    """

    def __init__(self, client: redis.Redis, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._client, self._clock = client, clock
        self._lock = threading.Lock()
        self._held: dict[date, _Held] = {}

    def get(self, day: date) -> bytes:
        """The key of `day` for what begins now, made when there is none; `KeyGone` when that day is too long past."""
        return self._keys(day, make=True)[0]

    def existing(self, day: date) -> bytes | None:
        """The key of `day` if this process or Redis has it; makes none."""
        return next(iter(self._keys(day, make=False)), None)

    def every(self, day: date) -> tuple[bytes, ...]:
        """All keys in use on `day`, the one for new things first; empty when there is none. Nearly always one."""
        return self._keys(day, make=False)

    def recent(self, today: date) -> tuple[tuple[date, bytes], ...]:
        """Today's key first, then the others that a contact may have begun under: a day can have two, midnight passes."""
        yesterday = today - timedelta(days=1)
        newest = self.get(today)
        others = [(today, key) for key in self.every(today) if key != newest]
        return ((today, newest), *others, *((yesterday, key) for key in self.every(yesterday)))

    def _keys(self, day: date, *, make: bool) -> tuple[bytes, ...]:
        now = self._clock()
        self._forget(now)
        if now >= end_of(day) or day > local_day(now) + timedelta(days=2):
            if make:
                raise KeyGone(
                    day.isoformat(), "The key of a day dies 24 hours after that day; begin a new conversation."
                )
            return ()
        held = self._held.get(day)
        if held is not None and now < held.look_again_at and (held.keys or not make):
            return held.keys
        mine = held.keys if held is not None else ()
        if held is not None:
            # Only this thread asks Redis; the others go on with what is in memory.
            self._keep(day, mine, now, agreed=False)
        offer = mine or ((secrets.token_bytes(32),) if make else ())
        try:
            found = self._agree(day, offer)
        except (redis.RedisError, ValueError):
            found = ()
        # That nobody has a key is remembered too: most days yesterday has none, and each turn asks for yesterday's.
        return self._keep(day, found or offer, now, agreed=bool(found))

    def _agree(self, day: date, offer: tuple[bytes, ...]) -> tuple[bytes, ...]:
        """Redis's keys of the day, the winner first, after leaving ours there."""
        name, beside = f"hotline:daykey:{day.isoformat()}", f"hotline:daykey:{day.isoformat()}:beside"
        dies_at = int(end_of(day).timestamp())
        with self._client.pipeline(transaction=False) as pipe:
            if offer:
                pipe.set(name, offer[0].hex(), nx=True, exat=dies_at)
            pipe.get(name)
            pipe.smembers(beside)
            answers: list[Any] = pipe.execute()
        if answers[-2] is None:
            return ()
        winner = _from_hex(answers[-2])
        known = sorted(_from_hex(one) for one in answers[-1])
        lost = [key for key in offer if key != winner and key not in known]
        if lost:
            with self._client.pipeline(transaction=False) as pipe:
                pipe.sadd(beside, *(key.hex() for key in lost))
                pipe.expireat(beside, dies_at)
                pipe.execute()
        return (winner, *known, *lost)

    def _keep(self, day: date, keys: tuple[bytes, ...], now: datetime, *, agreed: bool) -> tuple[bytes, ...]:
        with self._lock:
            held = self._held.get(day)
            before = held.keys if held is not None else ()
            both = tuple(dict.fromkeys(keys + before if agreed else before + keys))
            self._held[day] = _Held(both, now + _LOOK_AGAIN)
            return both

    def _forget(self, now: datetime) -> None:
        over = [day for day in tuple(self._held) if now >= end_of(day)]
        if over:
            with self._lock:
                for day in over:
                    self._held.pop(day, None)


def refuse_disk(client: redis.Redis) -> None:
    """Raise `MayWriteToDisk` unless this server says of every setting that could write its memory out that it is off."""
    try:
        asked: dict[Any, Any] = {}
        for setting in ("save", "appendonly", "repl-diskless-sync", "repl-diskless-load"):
            asked.update(client.config_get(setting))
        role = _text(client.info("replication").get("role", ""))
    except redis.ResponseError:
        raise MayWriteToDisk(
            "this Redis does not let us read its settings (CONFIG GET, INFO), so it may write to disk: "
            "allow them for this account, or use a Redis of your own"
        ) from None
    found = {_text(name): _text(value) for name, value in asked.items()}
    wanted = {"save": "", "appendonly": "no", "repl-diskless-sync": "yes"}
    wrong = [
        f"{name} is {found.get(name)!r}, set it to {value!r}"
        for name, value in wanted.items()
        if found.get(name) != value
    ]
    if role == "slave" and found.get("repl-diskless-load") == "disabled":
        wrong.append("repl-diskless-load is 'disabled' on a replica, set it to 'swapdb'")
    if wrong:
        raise MayWriteToDisk(f"this Redis may write to disk: {'; '.join(wrong)}")


def _from_hex(value: Any) -> bytes:
    key = bytes.fromhex(_text(value))
    if len(key) != 32:
        raise ValueError("not a day key")
    return key


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
