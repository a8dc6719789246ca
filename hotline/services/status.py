"""Answers a report code: the stage, and the sentence that only this code can open."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta

import redis

from hotline.anonymity.reply import unlock
from hotline.anonymity.seal import SealError, open_sealed
from hotline.domain.codes import CodeTypo, parse_code
from hotline.domain.dayparts import local_day
from hotline.services.house import IntakeHouse
from hotline.storage import replies
from ivr_flows.model import Found, Lookup

_FREE_FAILURES = 30
_SLOWEST = 3.0
_STAGE = {"incomplete": "received", "complete": "received", "released": "received"}


def find_status(house: IntakeHouse, lookup: Lookup, now: datetime) -> Found:
    """The flow's question `report_status`: `found` (stage, feedback), `unknown`, or `typo`, which is not counted.

    A wrong code counts towards a failure rate of the whole house that slows every check down and locks nobody out.
    """
    try:
        code = parse_code(lookup.args.get("code", ""))
    except CodeTypo:
        return Found(lookup.name, "typo")
    _slow_down(house)
    key = unlock(code, house.keys().pepper)
    told = replies.by_lookup(house.engine, key.lookup)
    if told is None:
        _count_failure(house)
        return Found(lookup.name, "unknown")
    texts = []
    for sealed in told.replies:
        try:
            texts.append(json.loads(open_sealed(key.private, sealed))["text"])
        except SealError:
            continue
    if texts:
        today = local_day(now)
        replies.mark_heard(house.engine, told.report_id, today - timedelta(days=today.weekday()))
    stage = _STAGE.get(told.status, told.status)
    return Found(lookup.name, "found", {"stage": stage, "feedback": texts[-1] if texts else ""})


def _count_failure(house: IntakeHouse) -> None:
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
