"""Opens a report code as it was keyed, and slows everybody down a little while many wrong ones come in."""

from __future__ import annotations

import time

import redis

from hotline.anonymity.reply import ReplyKey, unlock
from hotline.domain.codes import parse_code
from hotline.services.house import IntakeHouse

_FREE_FAILURES = 30
_SLOWEST = 3.0


def open_code(house: IntakeHouse, keyed: str) -> ReplyKey:
    """The reply key of a code; raises CodeTypo for what cannot be one, which is not counted.

    The failure rate of the whole house slows every check down and locks nobody out.
    """
    code = parse_code(keyed)
    _slow_down(house)
    return unlock(code, house.keys().pepper)


def count_wrong(house: IntakeHouse) -> None:
    """A well-formed code led nowhere."""
    try:
        with house.redis.pipeline() as pipe:
            pipe.incr("wrong-codes")
            pipe.expire("wrong-codes", 60, nx=True)
            pipe.execute()
    except redis.RedisError:
        pass  # a limiter that fails open: Redis down must not keep a reporter from the answer


def _slow_down(house: IntakeHouse) -> None:
    try:
        failures = int(house.redis.get("wrong-codes") or 0)
    except redis.RedisError:
        return
    if failures > _FREE_FAILURES:
        time.sleep(min(_SLOWEST, (failures - _FREE_FAILURES) / 20))
