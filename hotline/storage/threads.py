"""Which open conversation a texter's next message belongs to: in Redis and memory, never in SQL, two hours long."""

from __future__ import annotations

import threading
import time
from itertools import islice
from uuid import UUID

import redis

from hotline.anonymity.caller import CallerKey

TERM_SECONDS = 2 * 3600


class Threads:
    """The map from a caller's key of the day to an open thread.

    Redis makes it common to all intake processes; the copy in memory outlives a restart of Redis and is offered back.
    """

    def __init__(self, client: redis.Redis) -> None:
        self._redis = client
        self._memory: dict[bytes, tuple[UUID, float]] = {}
        self._lock = threading.Lock()

    def find(self, caller: CallerKey) -> UUID | None:
        """The texter's open thread, if there is one."""
        try:
            stored = self._redis.get(_name(caller))
        except redis.RedisError:
            stored = None
        if isinstance(stored, bytes):
            return UUID(bytes=stored)
        with self._lock:
            remembered = self._memory.get(caller)
        left = remembered[1] - time.monotonic() if remembered else 0.0
        if not remembered or left <= 0:
            return None
        try:  # Redis was flushed or restarted: the other processes must know the thread too
            self._redis.set(_name(caller), remembered[0].bytes, nx=True, px=max(1, int(left * 1000)))
        except redis.RedisError:
            pass
        return remembered[0]

    def claim(self, caller: CallerKey, conversation: UUID) -> UUID:
        """Open `conversation` as the texter's thread, unless there is one; gives the thread that counts."""
        open_one = self.find(caller)
        if open_one is not None:
            return open_one
        winner = conversation
        try:
            if not self._redis.set(_name(caller), conversation.bytes, nx=True, ex=TERM_SECONDS):
                stored = self._redis.get(_name(caller))
                winner = UUID(bytes=stored) if isinstance(stored, bytes) else conversation
        except redis.RedisError:
            pass  # memory alone carries the thread until Redis is back
        self._remember(caller, winner)
        return winner

    def keep(self, caller: CallerKey, conversation: UUID) -> None:
        """Start the two hours anew, after a text."""
        self._remember(caller, conversation)
        try:
            self._redis.set(_name(caller), conversation.bytes, ex=TERM_SECONDS)
        except redis.RedisError:
            pass

    def close(self, caller: CallerKey) -> None:
        """Forget the texter."""
        with self._lock:
            self._memory.pop(caller, None)
        try:
            self._redis.delete(_name(caller))
        except redis.RedisError:
            pass

    def _remember(self, caller: CallerKey, conversation: UUID) -> None:
        now = time.monotonic()
        with self._lock:
            self._memory.pop(caller, None)
            self._memory[caller] = (conversation, now + TERM_SECONDS)
            for key, (_, until) in tuple(islice(self._memory.items(), 8)):  # the oldest stand first
                if until <= now:
                    del self._memory[key]


def _name(caller: CallerKey) -> bytes:
    return b"thread:" + caller.hex().encode()
