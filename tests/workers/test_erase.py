"""What waits to be erased: noted coarsely, tried until Twilio truly answers 404, counted once, and loud when it is late."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from uuid import UUID

import pytest
import redis
from sqlalchemy import Engine

from hotline.domain.erasure import Kind, Outcome
from hotline.services import erasing
from hotline.telephony.erase import erase
from hotline.telephony.rest import open_client
from tests.faults.webhooks import call_fields, post
from tests.workers.endpoint import SECRET, as_json, open_endpoint
from tests.workers.test_alarms import alarm
from tests.workers.twilio_server import ACCOUNT, TOKEN, Fault, TwilioServer, dies_after, lies, open_twilio, refuses
from tests.world import DemoPartner, World, build_world
from workers.alarms import WebhookAlarm
from workers.late import sound_late
from workers.partners.webhook import Post
from workers.ways import Runtime

EVENING = datetime(2026, 11, 23, 20, 20, tzinfo=UTC)
"""21:20 in Maastricht: the part of day ends at 23:00 UTC."""

MIDNIGHT = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)


@dataclass
class Place:
    """A house and the stand-in behind its exchange."""

    world: World
    twilio: TwilioServer

    @property
    def runtime(self) -> Runtime:
        """The workers, who reach the stand-in, the good token second."""
        client = open_client(self.twilio.url, ACCOUNT, ("an-old-token", TOKEN), seconds=0.5)
        return replace(self.world.runtime, erase=lambda kind, sid: erase(client, kind, sid))

    def erases(self, fault: Fault | None = None) -> int:
        """What is due, under this fault; gives how many rows were tried."""
        self.twilio.fault = fault
        return erasing.drain(self.runtime.house, self.runtime.erase)

    def at(self, moment: datetime) -> None:
        """It is this time now."""
        self.world.clock.now = moment

    def rows(self) -> list[tuple[str, str, int]]:
        """Kind, status and attempts of what waits."""
        with self.world.owner.connect() as connection:
            rows = connection.exec_driver_sql("SELECT kind, status, attempts FROM erasures ORDER BY 1, 2, 3")
            return [(row[0], row[1], row[2]) for row in rows]

    def due(self) -> timedelta:
        """How long the rows rest from now on."""
        with self.world.owner.connect() as connection:
            first: datetime = connection.exec_driver_sql("SELECT min(due_at) FROM erasures").scalar_one()
        return first - self.world.clock()

    def receipts(self) -> dict[str, int]:
        """The counts of all days."""
        with self.world.owner.connect() as connection:
            rows = connection.exec_driver_sql("SELECT kind, sum(count) FROM erasure_receipts GROUP BY kind")
            return {row[0]: int(row[1]) for row in rows}


@pytest.fixture
def place(tmp_path: Path, database: str, valkey: redis.Redis, valkey_url: str, owner_engine: Engine) -> Iterator[Place]:
    world = build_world(tmp_path, database, valkey_url, owner_engine, EVENING, DemoPartner(9))
    with open_twilio(world.exchange.ledger, world.clock) as twilio:
        yield Place(world, twilio)
    world.close()


@pytest.fixture
def after_a_call(place: Place) -> Place:
    """A call was made and is over, and its part of day too."""
    place.world.caller().calls().hangs_up()
    place.at(MIDNIGHT)
    return place


def test_call_and_texts_are_gone_when_their_part_of_day_is_over(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    world = place.world
    world.caller().calls().presses("2").hangs_up()
    texter = world.texter().texts("drugsrunners bij de Boschstraat, elke vrijdag rond tien uur").texts("KLAAR")
    texter.delivers_again()
    sids = place.twilio.ledger.left()
    messages = 2 + len(texter.all_replies)
    assert len(sids) == 1 + messages
    assert place.rows() == [("call", "waiting", 0)] + [("message", "waiting", 0)] * messages, (
        "each once, callbacks twice"
    )
    with world.owner.connect() as connection:
        rows = connection.exec_driver_sql("SELECT id, due_at FROM erasures").all()
        assert {row[1] for row in rows} == {MIDNIGHT}, "no finer moment than a report has"
        others = {
            row[0]
            for table, column in (("conversations", "id"), ("conversations", "report_id"), ("reports", "id"))
            for row in connection.exec_driver_sql(f"SELECT {column} FROM {table}")
        }
    assert not others & {UUID(str(row[0])) for row in rows}
    assert place.erases() == 0 and place.twilio.ledger.left() == sids
    place.at(MIDNIGHT)
    assert place.erases() == 1 + messages
    assert place.twilio.ledger.left() == [] and place.rows() == []
    assert place.receipts() == {"call": 1, "message": messages}
    logged = "\n".join(f"{one.getMessage()} {one.args}" for one in caplog.records)
    assert not [sid for sid in sids if sid in logged]


def test_a_call_that_goes_on_waits_and_its_silence_costs_nothing(place: Place) -> None:
    caller = place.world.caller().calls()
    place.at(MIDNIGHT)
    assert place.erases() == 1
    assert place.rows() == [("call", "unfinished", 1)] and place.due() == timedelta(hours=1)
    caller.call.exchange.ledger.end_call(caller.call.sid, MIDNIGHT)  # and no callback ever came
    place.at(MIDNIGHT + timedelta(hours=1))
    assert place.erases() == 1 and place.receipts() == {"call": 1}


def test_the_end_of_a_call_that_only_the_fallback_answered_is_noted(place: Place) -> None:
    fields = call_fields("CA" + "a" * 32, CallStatus="no-answer")
    for _ in range(2):
        assert post(place.world, "/voice/status", fields).status_code == 204
    assert place.rows() == [("call", "waiting", 0)]
    post(place.world, "/voice/status", call_fields("CA1/../../Keys", CallStatus="completed"))
    assert len(place.rows()) == 1, "what is no SID names nothing at Twilio"


def test_what_comes_in_while_the_database_is_away_is_noted_later(place: Place) -> None:
    with place.world.owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE erasures RENAME TO erasures_away")
    place.world.texter().texts("er wordt gedeald")
    with place.world.owner.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE erasures_away RENAME TO erasures")
    place.world.caller().calls()
    texts = len(place.twilio.ledger.left()) - 1
    assert [row[0] for row in place.rows()] == ["call", *["message"] * texts]


def test_what_lingers_is_deleted_again_later_and_counted_once(after_a_call: Place) -> None:
    place = after_a_call
    place.erases(lies(99))
    assert place.rows() == [("call", "lingering", 1)] and place.due() == timedelta(minutes=5)
    place.at(place.world.clock() + place.due())
    place.erases(dies_after("DELETE"))
    assert place.twilio.ledger.left() == [] and place.rows() == [("call", "failed", 2)]
    place.at(place.world.clock() + place.due())
    place.erases()
    assert place.rows() == [] and place.receipts() == {"call": 1}, "though the last attempt found nothing any more"


def test_too_many_requests_pause_everything_for_as_long_as_was_asked(after_a_call: Place) -> None:
    place = after_a_call
    place.world.clock.moves(hours=-2)
    place.world.caller().calls().hangs_up()
    place.at(MIDNIGHT)
    assert place.erases(refuses(429, 20429, {"Retry-After": "900"})) == 1, "the other is not even tried"
    assert sorted(place.rows()) == [("call", "busy", 1), ("call", "waiting", 0)]
    assert place.due() == timedelta(seconds=900)
    place.world.clock.moves(seconds=900)
    assert place.erases() == 2 and place.receipts() == {"call": 2}


def test_a_wrong_token_is_the_operators_alarm(after_a_call: Place) -> None:
    place, world = after_a_call, after_a_call.world
    desk = world.desk.test_client()
    assert desk.get("/ready").json["dependencies"]["erasing"] == "ok"  # type: ignore[index]
    assert not sound_late(place.runtime, world.clock())
    assert place.erases(refuses(401, 20003)) == 1
    assert place.rows() == [("call", "refused", 1)]
    ready = desk.get("/ready")
    assert (ready.status_code, ready.json["dependencies"]["erasing"]) == (200, "1 late")  # type: ignore[index]
    assert "hotline_erasures_late 1.0" in desk.get("/metrics").get_data(as_text=True)
    world.operator().opens_queue().sees("Wissen loopt achter")
    with open_endpoint() as endpoint:
        way = WebhookAlarm(endpoint.url, SECRET, "0" * 20, "https://desk.example", Post(allow_private=True))
        runtime = replace(place.runtime, alarms={"webhook": way, "mail": alarm("", "")})
        assert sound_late(runtime, world.clock()) and not sound_late(runtime, world.clock())
        world.clock.moves(hours=20)
        assert sound_late(runtime, world.clock())
        assert len(set(endpoint.ids)) == 2
        event = as_json(endpoint.arrivals[0])  # signed long before now, so not verified
    assert event["type"] == "nl.drugsoverlast.wissen.achter.v1"
    assert event["data"] == {"late": 1, "desk": "https://desk.example/desk"}
    place.erases()
    assert desk.get("/ready").json["dependencies"]["erasing"] == "ok"  # type: ignore[index]


def test_a_day_of_errors_ends_in_recovery(after_a_call: Place) -> None:
    place, world = after_a_call, after_a_call.world
    tried = 0
    for _ in range(24 * 4):
        tried += place.erases(refuses(500))
        world.clock.moves(minutes=15)
    assert 24 <= tried <= 28 and place.rows() == [("call", "failed", tried)]
    assert erasing.count_late(world.owner, world.clock()) == 1
    world.clock.moves(hours=1)
    assert place.erases() == 1
    assert place.rows() == [] and erasing.count_late(world.owner, world.clock()) == 0
    assert place.receipts() == {"call": 1}


def test_two_workers_at_once_count_a_call_once(after_a_call: Place) -> None:
    place = after_a_call
    threads = [Thread(target=place.erases) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert place.receipts() == {"call": 1} and place.twilio.deletions() == 1


def test_a_region_that_knows_nothing_shows_in_the_receipts(after_a_call: Place) -> None:
    place = after_a_call
    for sid in place.twilio.ledger.left():
        place.twilio.ledger.forget(sid)
    place.erases()
    assert place.rows() == [] and place.receipts() == {"absent": 1}


def test_a_row_that_no_key_opens_becomes_late_and_stays(after_a_call: Place) -> None:
    place = after_a_call
    with place.world.owner.begin() as connection:
        connection.exec_driver_sql("UPDATE erasures SET sealed = sealed || 'x'")
    assert place.erases() == 1
    assert place.rows() == [("call", "failed", 1)] and place.twilio.asked == []


def test_a_worker_that_died_gives_its_row_back(after_a_call: Place) -> None:
    place = after_a_call

    def dies(kind: Kind, sid: str) -> Outcome:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        erasing.drain(place.runtime.house, dies)
    assert place.erases() == 0
    place.world.clock.moves(minutes=10)
    assert place.erases() == 1 and place.rows() == []
