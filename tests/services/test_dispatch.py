"""Deliveries: claimed once, tried as often as the standard asks, settled only by who holds them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import redis
from sqlalchemy import Engine, select

from hotline.anonymity.keyring import DispatchKeys, make_pair
from hotline.anonymity.seal import seal
from hotline.domain.errors import NotAllowed, NotFound
from hotline.domain.retry import LEASE, SCHEDULE, Outcome
from hotline.services import dispatch
from hotline.services.dispatch import Parcel, deliver_next, drain, is_due
from hotline.services.house import DispatchHouse
from hotline.services.wakeup import Bell
from hotline.storage.session import transaction
from hotline.storage.tables import Attempt, AuditEvent, Delivery, Report
from tests.conftest import NOW
from tests.desk_house import DISPATCH, Desk

FULL = {"category": "dealing", "place": "Proefmolenstraat", "now": "no", "when": "week", "what": "Er wordt gedeald."}
GOOD = Outcome(True)
BAD = Outcome(False, "De partner antwoordde met status 500.")


@dataclass
class Outside:
    """The other side of the wire: remembers what came and answers as planned."""

    plan: list[Outcome] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)
    during: Callable[[], object] = lambda: None

    def __call__(self, parcel: Parcel) -> Outcome:
        self.parcels.append(parcel)
        self.during()
        return self.plan.pop(0) if self.plan else GOOD


@pytest.fixture
def house(dispatch_engine: Engine, valkey: redis.Redis, desk: Desk) -> DispatchHouse:
    """A worker that shares the desk's clock."""
    return DispatchHouse(dispatch_engine, lambda: DispatchKeys(DISPATCH), Bell(valkey), desk.clock)


@pytest.fixture
def outside() -> Outside:
    return Outside()


def put(
    desk: Desk,
    *,
    kind: str = "report",
    target: str = "politie",
    plain: bytes = b'{"x":1}',
    due: timedelta = timedelta(0),
) -> UUID:
    report_id, delivery_id = desk.report(FULL), uuid4()
    with transaction(desk.owner) as session:
        session.add(
            Delivery(
                id=delivery_id,
                kind=kind,
                target=target,
                report_id=report_id,
                sealed=seal(DISPATCH.public, plain),
                status="pending",
                due_at=NOW + due,
            )
        )
    return delivery_id


def row(desk: Desk, delivery_id: UUID) -> Delivery:
    with transaction(desk.owner) as session:
        return session.get_one(Delivery, delivery_id)


def attempts(desk: Desk, delivery_id: UUID) -> list[Attempt]:
    with transaction(desk.owner) as session:
        wanted = select(Attempt).where(Attempt.delivery_id == delivery_id).order_by(Attempt.started_at)
        return list(session.scalars(wanted))


def test_one_drain_delivers_everything_that_is_due_and_nothing_else(
    desk: Desk, house: DispatchHouse, outside: Outside
) -> None:
    due = {put(desk, due=-timedelta(minutes=minutes)) for minutes in range(5)}
    later = put(desk, due=timedelta(seconds=1))
    assert drain(house, outside) == 5
    assert {parcel.delivery_id for parcel in outside.parcels} == due
    assert outside.parcels[0].plain == b'{"x":1}'
    assert {row(desk, one).status for one in due} == {"delivered"}
    assert row(desk, later).status == "pending"
    assert not is_due(house, NOW)


def test_the_attempt_is_written_before_the_call_and_no_transaction_is_open_during_it(
    desk: Desk, house: DispatchHouse, outside: Outside
) -> None:
    delivery_id = put(desk)
    seen: list[tuple[str, int]] = []

    def look() -> None:
        found = row(desk, delivery_id)
        with transaction(desk.owner) as session:
            found_open = (
                session.connection()
                .exec_driver_sql(
                    "SELECT count(*) FROM pg_stat_activity WHERE usename = 'hotline_dispatch' AND state <> 'idle' "
                    "AND datname = current_database()"
                )
                .scalar_one()
            )
        assert found_open == 0
        seen.append((found.status, len(attempts(desk, delivery_id))))

    outside.during = look
    assert deliver_next(house, outside)
    assert seen == [("sending", 1)]
    (attempt,) = attempts(desk, delivery_id)
    assert (attempt.number, attempt.ok) == (1, True)


def test_a_failing_partner_is_tried_as_the_schedule_says_and_then_shown_with_the_reason(
    desk: Desk, house: DispatchHouse, outside: Outside
) -> None:
    delivery_id = put(desk)
    outside.plan = [BAD] * 20
    for number in range(1, len(SCHEDULE) + 1):
        assert deliver_next(house, outside)
        assert not deliver_next(house, outside), "not again before its time"
        found = row(desk, delivery_id)
        if found.due_at is not None:
            assert found.due_at >= desk.clock.now + SCHEDULE[number]
            desk.clock.now = found.due_at
    assert (found.status, found.attempts, found.reason) == ("failed", 10, BAD.reason)
    assert [one.delivery_id for one in outside.parcels] == [delivery_id] * 10
    (failed,) = dispatch.find_failed(desk.house)
    assert (failed.id, failed.reason) == (delivery_id, BAD.reason)
    assert dispatch.count_stuck(desk.house, desk.clock.now).failed == 1


def test_a_permanent_failure_is_not_tried_again_until_the_desk_says_so(
    desk: Desk, house: DispatchHouse, outside: Outside, valkey: redis.Redis
) -> None:
    delivery_id = put(desk)
    outside.plan = [Outcome(False, "Opgeheven.", permanent=True)]
    drain(house, outside)
    assert row(desk, delivery_id).status == "failed"
    dispatch.retry_failed(desk.house, delivery_id, actor="operator", now=NOW)
    assert valkey.llen("rq:queue:deliver") == 1
    drain(house, outside)
    assert row(desk, delivery_id).status == "delivered"
    assert [one.delivery_id for one in outside.parcels] == [delivery_id] * 2
    with transaction(desk.owner) as session:
        assert session.scalars(select(AuditEvent.act)).all() == ["retry_delivery"]


def test_only_a_failed_delivery_can_be_retried(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        dispatch.retry_failed(desk.house, put(desk), actor="operator", now=NOW)
    with pytest.raises(NotFound):
        dispatch.retry_failed(desk.house, uuid4(), actor="operator", now=NOW)


def test_what_cannot_be_opened_fails_with_a_reason(desk: Desk, house: DispatchHouse, outside: Outside) -> None:
    delivery_id = put(desk)
    with transaction(desk.owner) as session:
        session.get_one(Delivery, delivery_id).sealed = seal(make_pair("other").public, b"{}")
    drain(house, outside)
    assert row(desk, delivery_id).reason == "Niet te openen: de sleutel past niet."
    assert outside.parcels == []


def test_an_adapter_that_breaks_stops_nobody_and_its_words_are_kept_nowhere(
    desk: Desk, house: DispatchHouse, outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = put(desk, due=-timedelta(seconds=1)), put(desk)

    def broken(parcel: Parcel) -> Outcome:
        if parcel.delivery_id == first:
            raise ValueError("Proefmolenstraat")
        return GOOD

    assert drain(house, broken) == 2
    assert row(desk, first).reason == "Fout bij het verzenden (ValueError)."
    assert row(desk, second).status == "delivered"
    assert "Proefmolen" not in caplog.text


def test_two_workers_at_once_deliver_each_once(desk: Desk, house: DispatchHouse, outside: Outside) -> None:
    wanted = {put(desk) for _ in range(30)}
    threads = [threading.Thread(target=drain, args=(house, outside)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(parcel.delivery_id for parcel in outside.parcels) == sorted(wanted)
    assert {one.attempts for one in map(lambda one: row(desk, one), wanted)} == {1}


def test_a_worker_that_comes_back_after_its_lease_changes_nothing(
    desk: Desk, house: DispatchHouse, outside: Outside
) -> None:
    delivery_id = put(desk)
    slow = Outside(plan=[BAD])

    def overtaken() -> None:
        desk.clock.moves(LEASE + timedelta(seconds=1))
        assert drain(house, outside) == 1

    slow.during = overtaken
    assert deliver_next(house, slow)
    found = row(desk, delivery_id)
    assert (found.status, found.attempts, found.reason) == ("delivered", 2, None)
    assert slow.parcels[0].delivery_id == outside.parcels[0].delivery_id == delivery_id


def test_a_living_lease_is_respected(desk: Desk, house: DispatchHouse, outside: Outside) -> None:
    put(desk)
    slow = Outside(during=lambda: drain(house, outside))
    deliver_next(house, slow)
    assert outside.parcels == []


def test_a_delivery_that_kills_its_worker_each_time_ends_as_failed(
    desk: Desk, house: DispatchHouse, outside: Outside
) -> None:
    delivery_id = put(desk)
    with transaction(desk.owner) as session:
        found = session.get_one(Delivery, delivery_id)
        found.status, found.attempts, found.lease_until = "sending", len(SCHEDULE), NOW - LEASE
    drain(house, outside)
    assert row(desk, delivery_id).status == "failed"
    assert outside.parcels == []


# ---- alarms ------------------------------------------------------------------------------


def test_a_delivered_alarm_leaves_no_row(desk: Desk, house: DispatchHouse, outside: Outside) -> None:
    delivery_id = put(desk, kind="alarm", target="mail")
    drain(house, outside)
    with transaction(desk.owner) as session:
        assert session.get(Delivery, delivery_id) is None


def test_a_failing_alarm_is_tried_within_seconds_and_writes_no_moment(
    desk: Desk, house: DispatchHouse, outside: Outside
) -> None:
    began = -timedelta(hours=2)
    delivery_id = put(desk, kind="alarm", target="mail", due=began)
    outside.plan = [BAD] * 3
    assert drain(house, outside) == 1
    found = row(desk, delivery_id)
    assert (found.status, found.due_at, found.lease_until) == ("pending", NOW + began, None)
    assert attempts(desk, delivery_id) == []
    desk.clock.moves(timedelta(seconds=8))
    assert drain(house, outside) == 1
    desk.clock.moves(timedelta(minutes=4))
    assert drain(house, outside) == 1
    assert dispatch.count_stuck(desk.house, desk.clock.now).overdue == 1
    desk.clock.moves(timedelta(minutes=4))
    assert drain(house, outside) == 1
    with transaction(desk.owner) as session:
        assert session.get(Delivery, delivery_id) is None


def test_an_alarm_without_an_address_is_not_tried_for_ever(desk: Desk, house: DispatchHouse, outside: Outside) -> None:
    delivery_id = put(desk, kind="alarm", target="webhook")
    outside.plan = [Outcome(False, "Niet ingesteld.", permanent=True)]
    drain(house, outside)
    assert (row(desk, delivery_id).status, row(desk, delivery_id).reason) == ("failed", "Niet ingesteld.")


def test_an_alarm_that_never_gets_through_ends_and_shows(desk: Desk, house: DispatchHouse) -> None:
    delivery_id = put(desk, kind="alarm", target="mail")
    outside = Outside(plan=[BAD] * 200)
    for _ in range(dispatch.MOST_ALARM_TRIES):
        drain(house, outside)
        desk.clock.moves(timedelta(minutes=4))
    assert row(desk, delivery_id).status == "failed"


def test_the_overdue_are_counted(desk: Desk) -> None:
    put(desk, due=-timedelta(minutes=10))
    put(desk, due=-timedelta(minutes=1))
    stuck = dispatch.count_stuck(desk.house, NOW)
    assert (stuck.failed, stuck.overdue) == (0, 1)


def test_the_claim_walks_the_partial_index(desk: Desk, owner_engine: Engine) -> None:
    report_id = desk.report(FULL)
    with transaction(owner_engine) as session:
        assert session.get(Report, report_id)
        many = (
            "INSERT INTO deliveries (id, kind, target, report_id, sealed, status, due_at) "
            "SELECT gen_random_uuid(), 'report', 'x', '%s', '', 'delivered', now() FROM generate_series(1, 5000)"
        )
        session.connection().exec_driver_sql(many % report_id)
        session.connection().exec_driver_sql("ANALYZE deliveries")
        plan = session.connection().exec_driver_sql(
            "EXPLAIN SELECT id FROM deliveries WHERE status IN ('pending', 'sending') AND due_at <= now() "
            "AND (status = 'pending' OR lease_until <= now()) ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED"
        )
        assert "ix_deliveries_waiting" in "\n".join(line[0] for line in plan)
