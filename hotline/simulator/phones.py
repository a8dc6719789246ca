"""The telephones that browsers hold: kept in memory, few of them, and put down when forgotten."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Held(Generic[T]):
    """One telephone, which does one thing at a time."""

    phone: T
    touched: float
    lock: Lock = field(default_factory=Lock)


class Shelf(Generic[T]):
    """Telephones by a random id: at most `most`, each for `seconds` after it was last touched.

    `seconds_now` is a clock that only runs forward; `put_down` is told each telephone that leaves.
    """

    def __init__(
        self, *, most: int, seconds: float, seconds_now: Callable[[], float], put_down: Callable[[T], None]
    ) -> None:
        self._most, self._seconds, self._now, self._put_down = most, seconds, seconds_now, put_down
        self._held: OrderedDict[str, Held[T]] = OrderedDict()
        self._lock = Lock()

    def add(self, phone: T) -> tuple[str, Held[T]]:
        """Keeps a telephone; the one touched longest ago makes room."""
        key, held = secrets.token_urlsafe(16), Held(phone, self._now())
        with self._lock:
            self._held[key] = held
            gone = self._expired()
            while len(self._held) > self._most:
                gone.append(self._held.popitem(last=False)[1])
        for old in gone:
            self._put_down(old.phone)
        return key, held

    def get(self, key: str) -> Held[T] | None:
        """The telephone with this id, None where it is unknown or was forgotten."""
        with self._lock:
            gone = self._expired()
            held = self._held.get(key)
            if held is not None:
                held.touched = self._now()
                self._held.move_to_end(key)
        for old in gone:
            self._put_down(old.phone)
        return held

    def _expired(self) -> list[Held[T]]:
        limit = self._now() - self._seconds
        old = [key for key, held in self._held.items() if held.touched < limit]
        return [self._held.pop(key) for key in old]
