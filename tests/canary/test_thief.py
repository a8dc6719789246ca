"""A thief's evening: all tables, Valkey with the key of the day, files, logs, a backup, the intake's keys, and no word."""

from __future__ import annotations

import re
from collections.abc import Callable

from config.settings import ROOT
from hotline.anonymity.blind_index import may_meet
from hotline.canary import stores
from hotline.canary.opening import day_keys, opened_by_desk
from hotline.canary.search import Search
from hotline.understanding.terms import STEMMERS, read_words
from tests.canary.cast import PLACE, PLATE
from tests.canary.house import Watched
from tests.canary.records import log_records
from tests.canary.restoring import back_up_and_restore
from tests.canary.thief import PURPOSES, Loot, steal, try_everything, try_keys
from tests.canary.walk import aborts, calls_and_tells_all, texts
from workers.sweep import Rounds


def stolen(watched: Watched) -> Loot:
    """The tables, Valkey, the intake's folder of keys, the spool and every other file of the home, the logs, a backup."""
    world, keys = watched.world, watched.world.settings.keys
    more = [*stores.files(watched.folder, without=(keys,)), *log_records(watched.logs.records)]
    more += back_up_and_restore(watched, watched.folder / "tmp")
    return steal(world.owner, world.redis, keys / "intake", more)


def passes(watched: Watched, **by: float) -> None:
    """Time passes, and the workers make their rounds."""
    watched.world.clock.moves(**by)
    Rounds(watched.world.runtime).walk()


def tells(watched: Watched, loot: Loot) -> bool:
    """Whether a word of a report, a person or a code stands in the loot as it is."""
    cast = watched.cast
    return bool(Search((*cast.identity, *cast.secrets, *cast.report_codes)).look(loot.pieces))


def test_the_thief_knows_every_purpose() -> None:
    code = "".join(path.read_text() for path in (ROOT / "hotline").rglob("*.py"))
    assert {one.encode() for one in re.findall(r'\bderive\([^"]*?, b"([^"]+)"', code)} == set(PURPOSES)


def test_after_the_calls_the_thief_reads_nothing(watched: Watched, tell: Callable[[str], None]) -> None:
    calls_and_tells_all(watched)
    aborts(watched)
    passes(watched, minutes=16)
    loot = stolen(watched)
    held = set(day_keys(watched.world.redis))
    assert held and held <= set(loot.keys), "the thief holds the key of the day"
    assert {place for place, _ in loot.sealed} >= {"report_parts.sealed"}
    assert "turns.outputs" not in {place for place, _ in loot.sealed}
    # Even the carrier's own list of calls opens nothing any more.
    assert not list(try_everything(loot, extra=[*watched.cast.sids, watched.cast.caller]))
    assert not tells(watched, loot)
    told = b"\n".join(piece.data for piece in opened_by_desk(watched.world.owner, watched.world.settings.keys)).decode()
    assert PLACE.lower() in told.lower() and PLATE in told and watched.cast.told("story").lower() in told.lower()
    tell(
        f"thief: {len(loot.keys)} keys, {len(loot.known)} ids and words, {len(loot.sealed)} sealed values: none opened"
    )


def test_after_the_texts_the_thief_reads_nothing(watched: Watched) -> None:
    texts(watched)
    passes(watched, hours=25)
    loot = stolen(watched)
    assert loot.keys and loot.sealed
    assert not list(try_everything(loot, extra=[*watched.cast.sids, watched.cast.texter]))
    assert not tells(watched, loot)
    told = b"\n".join(piece.data for piece in opened_by_desk(watched.world.owner, watched.world.settings.keys)).decode()
    assert watched.cast.told("texted").lower() in told.lower()


def test_during_a_call_the_thief_lacks_what_only_the_carrier_sends(watched: Watched) -> None:
    cast = watched.cast
    watched.world.caller(cast.caller, **cast.sent_with("caller")).calls().presses("2").presses("1").presses(
        "1"
    ).presses("1")
    loot = stolen(watched)
    assert {place for place, _ in loot.sealed} >= {"conversations.state", "turns.outputs"}
    assert not list(try_everything(loot))
    # The same attempt opens both once it is given the call's id: so it is an attempt.
    found = {place for place, _ in try_everything(loot, extra=cast.sids)}
    assert found == {"conversations.state", "turns.outputs"}


def test_with_the_desks_keys_everything_opens(watched: Watched) -> None:
    calls_and_tells_all(watched)
    loot = steal(watched.world.owner, watched.world.redis, watched.world.settings.keys / "desk")
    found = b"\n".join(plain for place, plain in try_keys(loot) if place == "report_parts.sealed")
    assert watched.cast.told("story").lower() in found.decode().lower()


def test_a_text_that_is_over_is_not_opened_by_trying_every_number(watched: Watched) -> None:
    texts(watched)
    passes(watched, minutes=16)
    loot = stolen(watched)
    with watched.world.owner.connect() as connection:
        query = "SELECT count(*) FROM conversations WHERE report_id IS NOT NULL OR has_report OR turn <> -1"
        assert not connection.exec_driver_sql(query).scalar(), "the thread leads to its report"
    assert "turns.outputs" in {place for place, _ in loot.sealed}, "a repeated message is still answered"
    assert not list(try_everything(loot, extra=[watched.cast.texter]))


def test_the_blind_index_answers_to_the_desks_key_alone(watched: Watched) -> None:
    calls_and_tells_all(watched)
    query = " ".join((watched.cast.told("story"), PLACE, PLATE))
    watched.world.operator().searches(query).sees("1 melding gevonden")
    with watched.world.owner.connect() as connection:
        (row,) = connection.exec_driver_sql("SELECT row FROM blind_index").scalars()
    asked = [word.terms for word in read_words(query, STEMMERS.keys(), None)]
    for holder, holds in (("intake", False), ("dispatch", False), ("desk", True)):
        loot = steal(watched.world.owner, watched.world.redis, watched.world.settings.keys / holder)
        assert any(may_meet(key, row, asked) for key in loot.keys) is holds, holder
        assert not tells(watched, loot)
