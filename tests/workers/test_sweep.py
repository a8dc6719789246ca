"""The duties of the clock, and a worker that dies: nothing due is ever lost, with Redis up or down."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import redis
from sqlalchemy import Engine, select, text

from hotline.anonymity.keyring import DispatchKeys
from hotline.anonymity.seal import seal
from hotline.domain.partners import Partner
from hotline.domain.retry import LEASE
from hotline.services.house import DispatchHouse
from hotline.services.wakeup import Bell
from hotline.storage.session import transaction
from hotline.storage.tables import ApiAnswer, Attempt, Conversation, Delivery
from tests.conftest import NOW
from tests.desk_house import DISPATCH, Desk
from tests.workers.endpoint import SECRET, Answer, Endpoint, open_endpoint
from workers.partners.webhook import Post
from workers.sweep import BELL_GRACE, DUTIES, Duty, Rounds, forget_api_answers, sweep_outbox
from workers.ways import Runtime, build_adapters

OIN = "0" * 20
PLAIN = json.dumps({"reportId": "r-1", "text": "Startinformatie", "time": "2026-11-23T02:00:00Z"}).encode()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with open_endpoint() as found:
        yield found


def runtime_of(engine: Engine, desk: Desk, endpoint: Endpoint, client: redis.Redis) -> Runtime:
    partners = (
        Partner("politie", "Politie", "webhook", url=endpoint.url, secret=SECRET),
        Partner("gemeente", "Gemeente", "portal"),
        Partner("later", "Later", "zgw", url=endpoint.url),
    )
    house = DispatchHouse(engine, lambda: DispatchKeys(DISPATCH), Bell(client), desk.clock)
    return Runtime(house, build_adapters(partners, OIN, Post(allow_private=True)), {})


@pytest.fixture
def runtime(dispatch_engine: Engine, desk: Desk, endpoint: Endpoint, valkey: redis.Redis) -> Runtime:
    return runtime_of(dispatch_engine, desk, endpoint, valkey)


def put(desk: Desk, target: str = "politie", *, due: datetime = NOW, kind: str = "report") -> UUID:
    report_id, delivery_id = desk.report({"category": "dealing"}), uuid4()
    with transaction(desk.owner) as session:
        session.add(
            Delivery(
                id=delivery_id,
                kind=kind,
                target=target,
                report_id=report_id,
                sealed=seal(DISPATCH.public, PLAIN),
                status="pending",
                due_at=due,
            )
        )
    return delivery_id


def status(desk: Desk, delivery_id: UUID) -> str:
    with transaction(desk.owner) as session:
        return session.get_one(Delivery, delivery_id).status


def test_the_sweep_rings_first_and_delivers_itself_what_no_worker_fetched(
    desk: Desk, runtime: Runtime, endpoint: Endpoint, valkey: redis.Redis
) -> None:
    delivery_id = put(desk)
    assert sweep_outbox(runtime, desk.clock()) == 0
    assert valkey.llen("rq:queue:deliver") == 1
    assert endpoint.arrivals == []
    desk.clock.moves(BELL_GRACE)
    assert sweep_outbox(runtime, desk.clock()) == 1
    assert endpoint.ids == [str(delivery_id)]


def test_with_redis_stopped_the_sweep_delivers_at_once(desk: Desk, dispatch_engine: Engine, endpoint: Endpoint) -> None:
    gone = redis.Redis(unix_socket_path="/nergens/valkey.sock")
    delivery_id = put(desk)
    sweep_outbox(runtime_of(dispatch_engine, desk, endpoint, gone), desk.clock())
    assert endpoint.ids == [str(delivery_id)]
    assert status(desk, delivery_id) == "delivered"


def test_a_flushed_redis_costs_a_bell_and_no_delivery(
    desk: Desk, runtime: Runtime, endpoint: Endpoint, valkey: redis.Redis
) -> None:
    put(desk)
    desk.house.bell.ring("deliver")
    valkey.flushall()
    desk.clock.moves(BELL_GRACE)
    sweep_outbox(runtime, desk.clock())
    assert len(endpoint.arrivals) == 1


def test_an_alarm_does_not_wait_for_the_bell(
    desk: Desk, dispatch_engine: Engine, endpoint: Endpoint, valkey: redis.Redis
) -> None:
    runtime = runtime_of(dispatch_engine, desk, endpoint, valkey)
    delivery_id = put(desk, "mail", kind="alarm", due=NOW - timedelta(hours=3))
    assert sweep_outbox(runtime, desk.clock()) == 1
    assert status(desk, delivery_id) == "failed"


def test_the_portal_has_it_and_an_adapter_that_does_not_exist_yet_says_so(
    desk: Desk, runtime: Runtime, endpoint: Endpoint
) -> None:
    portal, later = put(desk, "gemeente"), put(desk, "later")
    desk.clock.moves(BELL_GRACE)
    sweep_outbox(runtime, desk.clock())
    assert (status(desk, portal), status(desk, later)) == ("delivered", "failed")
    assert endpoint.arrivals == []


def test_nothing_due_makes_no_bell(runtime: Runtime, valkey: redis.Redis) -> None:
    sweep_outbox(runtime, NOW)
    assert valkey.llen("rq:queue:deliver") == 0


def test_a_worker_killed_in_the_middle_of_a_call_is_followed_by_the_same_id(
    desk: Desk, runtime: Runtime, endpoint: Endpoint, database: str
) -> None:
    delivery_id = put(desk)
    endpoint.plan = [Answer(200, delay=60)]
    command = [sys.executable, "-m", "tests.workers.one_worker", database.format(role="hotline_dispatch")]
    worker = subprocess.Popen([*command, bytes(DISPATCH.private).hex(), endpoint.url], cwd=os.getcwd())
    assert endpoint.came.wait(30)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert status(desk, delivery_id) == "sending"
    desk.clock.now = datetime.now(UTC)
    assert sweep_outbox(runtime, desk.clock()) == 0, "the dead worker's lease still holds"
    desk.clock.moves(LEASE + BELL_GRACE + timedelta(seconds=1))
    assert sweep_outbox(runtime, desk.clock()) == 1
    assert endpoint.ids == [str(delivery_id)] * 2
    assert endpoint.arrivals[0].body == endpoint.arrivals[1].body
    assert status(desk, delivery_id) == "delivered"
    with transaction(desk.owner) as session:
        tried = session.execute(select(Attempt.number, Attempt.ok).order_by(Attempt.number)).all()
    assert [tuple(one) for one in tried] == [(1, None), (2, True)]


def test_idle_conversations_are_closed_and_old_api_answers_forgotten(
    desk: Desk, runtime: Runtime, owner_engine: Engine
) -> None:
    with transaction(owner_engine) as session:
        session.add(
            Conversation(
                id=uuid4(),
                channel="voice",
                key_day=NOW.date(),
                contact=b"c",
                turn=1,
                state=b"s",
                has_report=False,
                is_complete=False,
                touched_at=NOW - timedelta(hours=1),
            )
        )
        for hours in (1, 25):
            made = NOW - timedelta(hours=hours)
            session.add(
                ApiAnswer(partner="p", key_hash=bytes([hours]), request_hash=b"", status=200, body=b"", made_at=made)
            )
    Rounds(runtime).walk()
    with transaction(owner_engine) as session:
        assert session.scalars(select(Conversation)).one().ended_at is not None
        assert session.scalars(select(ApiAnswer.key_hash)).all() == [b"\x01"]
    assert forget_api_answers(runtime, NOW) == 0


def test_a_duty_that_fails_stops_no_other_and_is_logged_by_its_type(
    desk: Desk, runtime: Runtime, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[datetime] = []

    def fails(runtime: Runtime, now: datetime) -> None:
        raise RuntimeError("Proefmolenstraat")

    duties = (
        Duty("fails", timedelta(seconds=5), fails),
        Duty("works", timedelta(seconds=5), lambda runtime, now: done.append(now)),
    )
    rounds = Rounds(runtime, duties)
    rounds.walk()
    rounds.walk()
    assert len(done) == 1, "not again before its time"
    desk.clock.moves(timedelta(seconds=5))
    rounds.walk()
    assert len(done) == 2
    assert "duty fails: RuntimeError" in caplog.text
    assert "Proefmolen" not in caplog.text


def test_every_duty_runs_with_the_workers_role_alone(runtime: Runtime) -> None:
    with runtime.house.engine.connect() as connection:
        assert connection.execute(text("SELECT current_user")).scalar_one() == "hotline_dispatch"
    for duty in DUTIES:
        duty.run(runtime, NOW)
