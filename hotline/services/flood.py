"""Keeps a flood of forms slow without knowing who sends them: a solved puzzle passes, all others share one narrow gate."""

from __future__ import annotations

import hashlib
from datetime import datetime

import redis

from hotline.anonymity.seal import derive
from hotline.domain.dayparts import local_day
from hotline.domain.proof import LIFE, is_solved, make_challenge
from hotline.services.house import IntakeHouse

FREE_A_MINUTE = 30
"""Forms without a solved puzzle that may begin each minute, from everybody together: browsers without a script."""


def offer_challenge(house: IntakeHouse, salt: bytes, now: datetime) -> str:
    """A puzzle for a first page; every process of the intake knows it again by the day's key."""
    return make_challenge(_keys(house, now)[0], salt, now)


def may_begin(house: IntakeHouse, proof: str, now: datetime) -> bool:
    """Whether a new form may begin. A puzzle counts once; with Redis away everybody passes."""
    try:
        return (is_solved(_keys(house, now), proof, now) and _is_fresh(house, proof)) or _passes_gate(house)
    except redis.RedisError:
        return True  # a limiter that fails open: Redis down must not keep a report out


def _keys(house: IntakeHouse, now: datetime) -> list[bytes]:
    return [derive(key, b"puzzle") for _, key in house.day_keys.recent(local_day(now))]


def _is_fresh(house: IntakeHouse, proof: str) -> bool:
    challenge = proof.partition(":")[0]
    name = f"puzzle:{hashlib.sha256(challenge.encode()).hexdigest()[:32]}"
    return bool(house.redis.set(name, b"1", nx=True, ex=int(LIFE.total_seconds())))


def _passes_gate(house: IntakeHouse) -> bool:
    with house.redis.pipeline() as pipe:
        pipe.set("forms-without-proof", 0, nx=True, ex=60)
        pipe.incr("forms-without-proof")
        return int(pipe.execute()[1]) <= FREE_A_MINUTE
