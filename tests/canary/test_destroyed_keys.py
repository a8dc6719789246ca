"""A backup taken before, and a key destroyed on its date: with everything that is left, what it sealed does not open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, update

from config.retention import load_terms
from config.settings import ROOT
from hotline.anonymity.seal import SealError, seal
from hotline.canary.opening import opened_by_dispatch
from hotline.canary.search import Search
from hotline.domain.dayparts import local_day
from hotline.services.keeping import KeepingHouse
from hotline.services.key_ends import destroy_due
from hotline.services.retention import retain
from hotline.storage.backup import make_backup
from hotline.storage.keyfiles import ensure_keys, rotate_dispatch
from hotline.storage.session import transaction
from hotline.storage.tables import Delivery, ReportPart
from hotline.storage.tables_erasure import Erasure
from tests.canary.house import Watched
from tests.canary.restoring import restore
from tests.canary.thief import Loot, steal, try_keys
from tests.canary.walk import calls_and_tells_all, completes_and_delivers
from tests.servers import find_binaries


@dataclass
class Thief:
    """Took a backup to a server of their own, and comes for every file of the house later on."""

    watched: Watched
    restored: Engine
    kept: dict[str, bytes]

    def opens(self, *, with_key: str = "") -> set[str]:
        """The places in the backup that open with all that lies in the house now, and with one private key of before.

        Not the list of what Twilio still has: it is the workers' own, and no report is in it.
        """
        world = self.watched.world
        backup = steal(self.restored, world.redis, Path("/nergens"))
        today = steal(world.owner, world.redis, world.settings.home)
        keys = set(backup.keys) | set(today.keys)
        if with_key:
            keys.add(bytes.fromhex(self.kept[with_key].decode()))
        found = {place for place, _ in try_keys(Loot(backup.sealed, tuple(keys), (), ()))}
        return found - {"erasures.sealed"}


@pytest.fixture
def house(watched: Watched, retain_engine: Engine) -> KeepingHouse:
    """The house's own calendar."""
    terms = load_terms(ROOT / "config" / "retention.yaml")
    return KeepingHouse(retain_engine, watched.world.settings.keys, terms, frozenset(), watched.folder / "backups")


@pytest.fixture
def take_backup(watched: Watched, database: str) -> Iterator[Callable[[], Thief]]:
    """Takes a real backup and restores it; the keys of that day are noted for the proof."""
    world, program = watched.world, find_binaries() / "pg_dump"
    with ExitStack() as stack:

        def take() -> Thief:
            owner, folder, today = database.format(role="owner"), watched.folder / "stolen", local_day(world.clock())
            file = make_backup(owner, program, folder, today=today, until=today + timedelta(days=30))
            restored = stack.enter_context(restore(watched, file))
            file.unlink()
            kept = {path.stem: path.read_bytes().strip() for path in world.settings.keys.rglob("*.key")}
            return Thief(watched, restored, kept)

        yield take


def let_time_pass(watched: Watched, until: datetime) -> None:
    """The calendar goes on; nobody makes a call."""
    watched.world.clock.now = until
    ensure_keys(watched.world.settings.keys, local_day(until))


def test_a_month_dies_in_every_backup_and_what_lives_does_not(
    watched: Watched, house: KeepingHouse, take_backup: Callable[[], Thief]
) -> None:
    calls_and_tells_all(watched)
    thief, told_in = take_backup(), f"{local_day(watched.world.clock()):%Y-%m}"
    assert "report_parts.sealed" in thief.opens(), "while the key is there, who has both reads all"
    let_time_pass(watched, watched.world.clock() + timedelta(days=430))
    ends = destroy_due(house, watched.world.clock(), attended=True)
    assert (told_in, 0, "") in [(one.key_id, one.count, one.obstacle) for one in ends]
    assert thief.opens() == set()
    assert thief.opens(with_key=told_in) == {"report_parts.sealed"}, "the very key does open it: so it is an attempt"
    alive = steal(watched.world.owner, watched.world.redis, watched.world.settings.keys / "desk")
    opened = b"".join(plain for place, plain in try_keys(alive) if place == "report_parts.sealed").decode()
    assert watched.cast.told("story").lower() in opened.lower(), "the report that was still open was sealed anew"


def test_words_that_nobody_judged_die_with_their_day(
    watched: Watched, house: KeepingHouse, take_backup: Callable[[], Thief]
) -> None:
    calls_and_tells_all(watched)
    day = local_day(watched.world.clock())
    public = watched.world.intake.extensions["hotline.intake"].keys().day(day).raw
    with transaction(watched.world.owner) as session:
        session.execute(update(ReportPart).values(key_id=day.isoformat(), sealed=seal(public, b"misschien een naam")))
    thief = take_backup()
    assert "report_parts.sealed" in thief.opens()
    let_time_pass(watched, watched.world.clock() + timedelta(days=4, hours=1))
    assert day.isoformat() in [one.key_id for one in destroy_due(house, watched.world.clock()) if one.count]
    assert thief.opens() == set()
    assert thief.opens(with_key=day.isoformat()) == {"report_parts.sealed"}


def test_what_left_for_a_partner_dies_with_the_replaced_pair(
    watched: Watched, house: KeepingHouse, take_backup: Callable[[], Thief]
) -> None:
    calls_and_tells_all(watched)
    completes_and_delivers(watched)
    thief = take_backup()
    assert "deliveries.sealed" in thief.opens()
    rotate_dispatch(house.keys, local_day(watched.world.clock()))
    let_time_pass(watched, watched.world.clock() + timedelta(days=3))
    with transaction(watched.world.owner) as session:
        session.execute(update(Delivery).values(status="delivered", delivered_at=watched.world.clock()))
    waiting = [one for one in destroy_due(house, watched.world.clock()) if one.key_id == "dispatch"]
    assert waiting[0].obstacle, "Twilio has not forgotten yet, and its list is sealed to the old pair"
    with transaction(watched.world.owner) as session:
        session.execute(delete(Erasure))
    assert "dispatch" in [one.key_id for one in destroy_due(house, watched.world.clock()) if not one.obstacle]
    assert "deliveries.sealed" not in thief.opens()
    assert "deliveries.sealed" in thief.opens(with_key="dispatch")
    owner = watched.world.owner
    with pytest.raises(SealError):
        list(opened_by_dispatch(owner, house.keys))
    assert list(opened_by_dispatch(owner, house.keys, skip=True)) == [], "the command's search goes on"
    with transaction(owner) as session:
        session.execute(update(Delivery).values(sealed=b""))
    assert list(opened_by_dispatch(owner, house.keys)) == [], "what was wiped is no seal"


def test_a_report_that_went_is_in_no_table(watched: Watched, house: KeepingHouse) -> None:
    calls_and_tells_all(watched)
    world = watched.world
    with world.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE reports SET status = 'rejected', reason = 'known', term_from = '2020-01-01'")
    assert retain(house, world.clock() + timedelta(days=40), attended=True).reports == 1
    loot = steal(world.owner, world.redis, world.settings.keys)
    opened = {place for place, _ in try_keys(loot)} - {"erasures.sealed"}
    assert opened == set(), "with all keys of the house, nothing is left to open"
    with world.owner.connect() as connection:
        assert connection.exec_driver_sql("SELECT count FROM tombstones").scalars().all() == [1]
    cast = watched.cast
    assert not Search((*cast.identity, *cast.secrets, *cast.report_codes)).look(loot.pieces)
