"""The numbers that may be texted once: in Redis alone, encrypted, and gone by themselves on the day that was told.

return:path:<mark of the report>     the mark of the number and the encrypted number; later `over:` and a language
return:number:<mark of the number>   the mark of the report, and the language to answer in
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import redis

_OVER = b"over:"
_MARK = 32


@dataclass(frozen=True, slots=True)
class Waiting:
    """A number that waits: by which mark it is found, encrypted, and in how many milliseconds it dies."""

    number_mark: bytes
    encrypted: bytes
    left: int


class ReturnPaths:
    """The paths of all reports. Redis errors are the caller's: what is lost here was promised to nobody for sure."""

    def __init__(self, client: redis.Redis) -> None:
        self._redis: Any = client

    def keep(self, mark: bytes, number_mark: bytes, encrypted: bytes, language: str, dies_at: datetime) -> None:
        """Keep a number for a report; it takes the place of the report's other number and the number's other report."""
        self.stop(number_mark)
        old = self.find(mark)
        moment = int(dies_at.timestamp())
        with self._redis.pipeline(transaction=True) as pipe:
            if old is not None:
                pipe.delete(_number(old.number_mark))
            pipe.set(_path(mark), number_mark + encrypted, exat=moment)
            pipe.set(_number(number_mark), mark + language.encode(), exat=moment)
            pipe.execute()

    def find(self, mark: bytes) -> Waiting | None:
        """What waits for this report's news."""
        stored = self._redis.get(_path(mark))
        return _read(stored, self._redis.pttl(_path(mark))) if stored and not _is_over(stored) else None

    def find_over(self, mark: bytes) -> str | None:
        """The language of whoever waited for this report's news and does so no more; known until the day that was told."""
        stored = self._redis.get(_path(mark))
        return str(stored[len(_OVER) :].decode()) if stored and _is_over(stored) else None

    def take(self, mark: bytes) -> Waiting | None:
        """Take the number out, for one sender alone; from now on it is nowhere but in that sender's memory.

        STOP still finds it meanwhile, and then it cannot be put back.
        """
        with self._redis.pipeline(transaction=True) as pipe:
            pipe.pttl(_path(mark))
            pipe.getdel(_path(mark))
            left, stored = pipe.execute()
        if stored and not _is_over(stored):
            return _read(stored, left)
        if stored and left > 0:
            self._redis.set(_path(mark), stored, px=left)
        return None

    def put_back(self, mark: bytes, waiting: Waiting) -> None:
        """The text surely did not leave: the number waits on, no longer than before, unless somebody said STOP."""
        if waiting.left > 0 and self._redis.exists(_number(waiting.number_mark)):
            self._redis.set(_path(mark), waiting.number_mark + waiting.encrypted, px=waiting.left)

    def end(self, mark: bytes, waiting: Waiting, language: str) -> None:
        """Remember, without a number, that this report's text left or never will."""
        self._redis.delete(_number(waiting.number_mark))
        if waiting.left > 0:
            self._redis.set(_path(mark), _OVER + language.encode(), px=waiting.left)

    def stop(self, number_mark: bytes) -> str | None:
        """Forget a number at once; the language in which it asked, None where it did not wait."""
        stored = self._redis.getdel(_number(number_mark))
        if not stored:
            return None
        self._redis.delete(_path(stored[:_MARK]))
        return str(stored[_MARK:].decode())

    def count(self) -> int:
        """How many numbers wait."""
        return sum(1 for _ in self._redis.scan_iter(match="return:number:*", count=1000))


def _read(stored: bytes, left: int) -> Waiting:
    return Waiting(stored[:_MARK], stored[_MARK:], left)


def _is_over(stored: bytes) -> bool:
    return len(stored) < _MARK


def _path(mark: bytes) -> str:
    return f"return:path:{mark.hex()}"


def _number(mark: bytes) -> str:
    return f"return:number:{mark.hex()}"
