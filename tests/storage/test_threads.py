"""A texter is known for two hours after a text, by a keyed hash, in Redis and memory alone."""

from __future__ import annotations

import time
from uuid import uuid4

import pytest
import redis

from hotline.anonymity.caller import caller_key, identity_of
from hotline.storage.threads import TERM_SECONDS, Threads

NUMBER = "+3197010000001"
CALLER = caller_key(identity_of(NUMBER), "SM1", b"k" * 32)


def test_a_texter_is_forgotten_two_hours_after_the_last_text(
    valkey: redis.Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = time.monotonic()
    threads, thread = Threads(valkey), uuid4()
    monkeypatch.setattr(time, "monotonic", lambda: moment)
    assert threads.claim(CALLER, uuid4()) != thread
    threads.keep(CALLER, thread)
    (name,) = valkey.keys()
    assert 0 < valkey.ttl(name) <= TERM_SECONDS == 2 * 60 * 60
    assert NUMBER.removeprefix("+") not in f"{name!r}{valkey.get(name)!r}"
    valkey.flushall()
    assert threads.find(CALLER) == thread, "memory offers it back"
    valkey.flushall()
    monkeypatch.setattr(time, "monotonic", lambda: moment + TERM_SECONDS)
    assert threads.find(CALLER) is None
    assert not valkey.keys()


def test_a_thread_that_ends_forgets_its_texter_at_once(valkey: redis.Redis) -> None:
    threads = Threads(valkey)
    threads.claim(CALLER, uuid4())
    threads.close(CALLER)
    assert threads.find(CALLER) is None
    assert not valkey.keys()
