"""The key of the day: agreed among processes, alive through a flush, dead on time, and never near a disk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from hotline.anonymity.keyring import KeyGone
from hotline.storage.daykeys import DayKeys, MayWriteToDisk, end_of, refuse_disk

# Far ahead, because the server's own clock decides when a key expires.
DAY = date(2099, 11, 23)
NOON = datetime(2099, 11, 23, 12, tzinfo=UTC)


class FixedClock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def later(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> FixedClock:
    """One clock for every process of a test."""
    return FixedClock()


@pytest.fixture
def nobody() -> Iterator[redis.Redis]:
    """A client of a server that is not there."""
    client = redis.Redis(unix_socket_path="/nonexistent/socket", retry=Retry(NoBackoff(), 0))
    yield client
    client.close()


def test_two_processes_have_one_key(valkey: redis.Redis, clock: FixedClock) -> None:
    one, two = DayKeys(valkey, clock=clock), DayKeys(valkey, clock=clock)
    assert one.existing(DAY) is None
    key = one.get(DAY)
    assert len(key) == 32
    assert two.existing(DAY) == two.get(DAY) == one.get(DAY) == key
    assert one.every(DAY) == (key,)
    assert one.get(DAY + timedelta(days=1)) != key


def test_it_expires_a_day_after_its_day(valkey: redis.Redis, clock: FixedClock) -> None:
    DayKeys(valkey, clock=clock).get(DAY)
    assert valkey.expiretime(f"hotline:daykey:{DAY.isoformat()}") == int(end_of(DAY).timestamp())
    assert end_of(date(2026, 11, 23)) == datetime(2026, 11, 24, 23, tzinfo=UTC)
    assert end_of(date(2026, 3, 28)) == datetime(2026, 3, 29, 23, tzinfo=UTC)


def test_memory_forgets_it_then_too(valkey: redis.Redis, clock: FixedClock) -> None:
    keys = DayKeys(valkey, clock=clock)
    keys.get(DAY)
    clock.now = end_of(DAY)
    assert keys.existing(DAY) is None
    assert keys.every(DAY) == ()
    with pytest.raises(KeyGone):
        keys.get(DAY)


def test_a_flushed_server_gets_it_back(valkey: redis.Redis, clock: FixedClock) -> None:
    old = DayKeys(valkey, clock=clock)
    key = old.get(DAY)
    valkey.flushall()
    clock.later(seconds=1)
    assert old.get(DAY) == key
    assert DayKeys(valkey, clock=clock).get(DAY) == key


def test_without_a_server_a_process_works_from_memory(nobody: redis.Redis, clock: FixedClock) -> None:
    keys = DayKeys(nobody, clock=clock)
    assert keys.existing(DAY) is None
    key = keys.get(DAY)
    clock.later(hours=3)
    assert keys.get(DAY) == keys.existing(DAY) == key


def test_two_that_began_alone_agree_afterwards_and_both_still_know_what_began_before(
    valkey: redis.Redis, nobody: redis.Redis, clock: FixedClock
) -> None:
    one, two = DayKeys(nobody, clock=clock), DayKeys(nobody, clock=clock)
    first, second = one.get(DAY), two.get(DAY)
    assert first != second
    one._client = two._client = valkey
    clock.later(seconds=1)
    assert one.get(DAY) == two.get(DAY) == first
    assert two.every(DAY) == (first, second)
    clock.later(seconds=1)
    assert one.every(DAY) == DayKeys(valkey, clock=clock).every(DAY) == (first, second)


def test_a_server_that_answers_nonsense_is_as_good_as_none(valkey: redis.Redis, clock: FixedClock) -> None:
    valkey.set(f"hotline:daykey:{DAY.isoformat()}", "nonsense")
    assert len(DayKeys(valkey, clock=clock).get(DAY)) == 32


def test_a_client_that_decodes_answers_works_too(valkey_url: str, valkey: redis.Redis, clock: FixedClock) -> None:
    decoding = redis.Redis.from_url(valkey_url, decode_responses=True)
    assert DayKeys(decoding, clock=clock).get(DAY) == DayKeys(valkey, clock=clock).get(DAY)
    refuse_disk(decoding)
    decoding.close()


def test_a_server_without_disk_is_accepted(valkey: redis.Redis) -> None:
    refuse_disk(valkey)


@pytest.mark.parametrize(
    ("setting", "bad", "good"),
    [("save", "900 1", ""), ("appendonly", "yes", "no"), ("repl-diskless-sync", "no", "yes")],
)
def test_a_server_that_may_write_is_refused_by_name(valkey: redis.Redis, setting: str, bad: str, good: str) -> None:
    valkey.config_set(setting, bad)
    try:
        with pytest.raises(MayWriteToDisk, match=f"{setting} is '{bad}', set it to '{good}'"):
            refuse_disk(valkey)
    finally:
        valkey.config_set(setting, good)


def test_a_server_that_will_not_say_is_refused(valkey_url: str, valkey: redis.Redis) -> None:
    valkey.acl_setuser("mute", enabled=True, nopass=True, keys=["*"], categories=["+@all"], commands=["-config"])
    mute = redis.Redis.from_url(valkey_url, username="mute", password="any")
    try:
        with pytest.raises(MayWriteToDisk, match="does not let us read"):
            refuse_disk(mute)
    finally:
        mute.close()
        valkey.acl_deluser("mute")
