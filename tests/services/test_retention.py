"""Letting go: what goes with a report, what stays of it, what is held back, and who may do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, select, text, update
from sqlalchemy.exc import ProgrammingError

from config.retention import load_terms
from config.settings import ROOT
from hotline.anonymity.seal import seal
from hotline.domain.dayparts import local_day
from hotline.domain.lifecycle import Status
from hotline.domain.retention import State
from hotline.services.keeping import KeepingHouse
from hotline.services.retention import Backlog, Gone, retain, survey
from hotline.storage.session import transaction
from hotline.storage.tables import AuditEvent, Delivery, Feedback, Question, Recipient, Reply, Report, Table
from hotline.storage.tables_retention import Destruction, TombstoneCount
from tests.conftest import NOW
from tests.desk_house import DISPATCH, Desk

TERMS = load_terms(ROOT / "config" / "retention.yaml")
OF_A_REPORT = ("report_parts", "recipients", "deliveries", "attempts", "feedback", "questions", "replies")
DAY = timedelta(days=1)


@pytest.fixture
def house(retain_engine: Engine, tmp_path: Path) -> KeepingHouse:
    return KeepingHouse(retain_engine, tmp_path, TERMS, frozenset({"Wyck"}), tmp_path / "backups")


def put(desk: Desk, *, status: Status, term_from: date | None = None, **columns: object) -> UUID:
    """A report as it stands after a while."""
    answers = {"category": str(columns.pop("category", "dealing")), "neighbourhood": "Wyck", "what": "x"}
    report_id = desk.report(answers, ago=timedelta(days=400))
    reason = "known" if status is Status.REJECTED else None
    with transaction(desk.owner) as session:
        values = {"status": status.value, "term_from": term_from, "reason": reason, **columns}
        session.execute(update(Report).where(Report.id == report_id).values(**values))
    return report_id


def hang_everything_on(desk: Desk, report_id: UUID, **question: object) -> UUID:
    """A partner's hold, a delivery that left, a question, a sentence and a reply; gives the hold's id."""
    held, released = uuid4(), NOW - timedelta(days=60)
    sealed = seal(desk.month.public, b"{}")
    with transaction(desk.owner) as session:
        session.add(
            Recipient(
                id=held, report_id=report_id, partner="gemeente", role="primary", stage="sent", released_at=released,
                respond_by=released + 7 * DAY, portal_key_id=desk.month.id, portal_copy=sealed,
            )
        )  # fmt: skip
        session.flush()
        delivery, same = uuid4(), {"report_id": report_id, "recipient_id": held}
        session.add(
            Delivery(
                id=delivery, kind="report", target="gemeente", sealed=seal(DISPATCH.public, b"{}"), status="delivered",
                delivered_at=released, **same,
            )
        )  # fmt: skip
        sealed_now = {"key_id": desk.month.id, "sealed": sealed, "written_at": released}
        session.add(Feedback(id=uuid4(), status="approved", **same, **sealed_now))
        session.add(Question(id=uuid4(), **{"status": "withheld", **same, **sealed_now, **question}))
        session.add(Reply(id=uuid4(), report_id=report_id, number=1, sealed=b"r", heard_week=None))
        session.flush()
        session.execute(
            text("INSERT INTO attempts (id, delivery_id, number, started_at) VALUES (gen_random_uuid(), :d, 1, now())"),
            {"d": delivery},
        )
    return held


def let_go(house: KeepingHouse, now: datetime) -> Gone:
    """As when a person looks on."""
    return retain(house, now, attended=True)


def left(desk: Desk) -> set[UUID]:
    with transaction(desk.owner) as session:
        return set(session.scalars(select(Report.id)))


def test_a_report_goes_with_all_that_hangs_on_it_and_a_count_stays(desk: Desk, house: KeepingHouse) -> None:
    gone = [put(desk, status=Status.CLOSED, term_from=date(2025, 11, 10)) for _ in range(2)]
    gone.append(put(desk, status=Status.REJECTED, term_from=date(2026, 10, 1)))
    exercise = put(desk, status=Status.COMPLETE, training=True)
    kept = put(desk, status=Status.CLOSED, term_from=date(2025, 12, 1))
    for report_id in (*gone, kept):
        hang_everything_on(desk, report_id)
    assert let_go(house, NOW) == Gone(reports=4, partner_copies=2, audit_rows=0)
    assert let_go(house, NOW) == Gone(0, 0, 0), "twice is harmless"
    assert left(desk) == {kept}
    with transaction(desk.owner) as session:
        for table in OF_A_REPORT:
            assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 1, table
        stones = session.execute(select(*TombstoneCount.__table__.c).order_by(TombstoneCount.outcome)).all()
        month = NOW.date().replace(year=2025, month=10, day=1)
        assert [tuple(stone) for stone in stones] == [
            (month, "dealing", "Wyck", "closed", 2),
            (month, "dealing", "Wyck", "rejected", 1),
        ]
        records = session.execute(select(Destruction.what, Destruction.rule, Destruction.count)).all()
        assert sorted(tuple(record) for record in records) == [
            ("partner copies", "partners' copies 30 days", 2),
            ("reports", "closed 12 months", 2),
            ("reports", "exercise 28 days", 1),
            ("reports", "rejected 28 days", 1),
        ]
        noted = session.execute(select(AuditEvent.report_id, AuditEvent.actor).where(AuditEvent.act == "destroy")).all()
        assert {tuple(one) for one in noted} == {(one, "retention") for one in (*gone, exercise)}


def test_statistics_add_up_over_the_runs(desk: Desk, house: KeepingHouse) -> None:
    for _ in range(2):
        put(desk, status=Status.CLOSED, term_from=date(2025, 11, 10))
        let_go(house, NOW)
    with transaction(desk.owner) as session:
        assert session.scalars(select(TombstoneCount.count)).all() == [2]


def test_a_term_begins_on_the_monday_after_a_report_was_over(desk: Desk, house: KeepingHouse) -> None:
    closed, open_one = put(desk, status=Status.CLOSED), put(desk, status=Status.COMPLETE)
    let_go(house, NOW)
    assert desk.row(closed).term_from == date(2026, 11, 30) and NOW.date() == date(2026, 11, 23)
    let_go(house, NOW + 30 * DAY)
    assert desk.row(closed).term_from == date(2026, 11, 30), "once"
    assert desk.row(open_one).term_from is None


def test_what_is_in_hand_or_waits_is_held_back(desk: Desk, house: KeepingHouse) -> None:
    over: dict[str, Any] = {"status": Status.REJECTED, "term_from": date(2026, 10, 1)}
    leased = put(desk, **over, lease_by="operator", lease_until=NOW + DAY)
    news, asked = put(desk, **over, has_news=True), put(desk, **over)
    hang_everything_on(desk, asked, status="asked")
    fresh = desk.report({"category": "waste"}, ago=timedelta(hours=1))
    with transaction(desk.owner) as session:
        values = {"status": "rejected", "reason": "known", "is_withdrawn": True, "term_from": date(2026, 11, 9)}
        session.execute(update(Report).where(Report.id == fresh).values(**values))
    assert let_go(house, NOW).reports == 0
    assert let_go(house, NOW + 8 * DAY).reports == 2, "the lease ended, and the grace of what had just arrived"
    assert left(desk) == {news, asked} and leased not in left(desk)
    later = NOW + timedelta(days=150)
    assert let_go(house, later).reports == 2, "not for ever"


def test_a_backlog_waits_for_a_person(desk: Desk, house: KeepingHouse) -> None:
    put(desk, status=Status.REJECTED, term_from=date(2026, 10, 1))
    put(desk, status=Status.REJECTED, term_from=date(2026, 6, 22))
    assert retain(house, datetime(2026, 11, 20, tzinfo=UTC)).reports == 2, "four months late, as what was held may be"
    for month in (6, 10):
        put(desk, status=Status.REJECTED, term_from=date(2026, month, 22))
    with pytest.raises(Backlog, match="1 reports should have gone long ago, so nothing goes"):
        retain(house, NOW)
    assert len(left(desk)) == 2
    assert let_go(house, NOW).reports == 2


def test_the_survey_counts_and_changes_nothing(desk: Desk, house: KeepingHouse) -> None:
    put(desk, status=Status.REJECTED, term_from=date(2026, 10, 1), category="waste")
    put(desk, status=Status.REJECTED, term_from=date(2026, 10, 1), category="waste", has_news=True)
    put(desk, status=Status.COMPLETE)
    hang_everything_on(desk, put(desk, status=Status.RELEASED))
    with transaction(desk.owner) as session:
        session.add(AuditEvent(id=uuid4(), happened_on=date(2024, 1, 1), actor="a", act="read", fields=[]))
        before = session.execute(text("SELECT count(*), max(xmin::text) FROM reports")).all()
    found = survey(house, NOW)
    assert [(one.category, one.state, one.goes, one.held, one.kept) for one in found.groups] == [
        ("dealing", State.OPEN, 0, 0, 2),
        ("waste", State.REJECTED, 1, 1, 0),
    ]
    assert (found.partner_copies, found.audit_rows) == (2, 1)
    assert "waste        rejected        1 go      1 held" in str(found.groups[1])
    with transaction(desk.owner) as session:
        assert session.execute(text("SELECT count(*), max(xmin::text) FROM reports")).all() == before


def test_a_partners_copy_stays_while_the_partner_works_and_then_is_wiped(desk: Desk, house: KeepingHouse) -> None:
    report_id = put(desk, status=Status.RELEASED)
    held = hang_everything_on(desk, report_id)
    with transaction(desk.owner) as session:
        session.execute(update(Recipient).values(respond_by=NOW - 3 * DAY))
    assert let_go(house, NOW).partner_copies == 1, "the delivery's, which left two months ago"
    with transaction(desk.owner) as session:
        session.execute(update(Recipient).values(answered_at=NOW - 31 * DAY))
    assert let_go(house, NOW).partner_copies == 1
    with transaction(desk.owner) as session:
        assert session.get_one(Recipient, held).portal_copy == b""
        assert session.scalars(select(Delivery.sealed)).all() == [b""]


def test_a_held_copy_stays_until_its_hold_is_over(desk: Desk, house: KeepingHouse) -> None:
    report_id = put(desk, status=Status.RELEASED)
    held = hang_everything_on(desk, report_id)
    with transaction(desk.owner) as session:
        values = {"answered_at": NOW - 31 * DAY, "held_until": local_day(NOW), "hold_reason": "dispute"}
        session.execute(update(Recipient).values(values))
        session.execute(update(Delivery).values(recipient_id=held))
    assert let_go(house, NOW).partner_copies == 0
    with transaction(desk.owner) as session:
        session.execute(update(Recipient).values(held_until=local_day(NOW - DAY)))
    assert let_go(house, NOW).partner_copies == 2


def test_old_audit_rows_go_and_the_database_keeps_those_of_a_year(
    desk: Desk, house: KeepingHouse, retain_engine: Engine
) -> None:
    young = datetime.now(UTC)  # the server's clock is the true one
    with transaction(desk.owner) as session:
        for day in (date(2024, 11, 22), date(2024, 11, 23), date(2024, 11, 24), (young - 30 * DAY).date()):
            session.add(AuditEvent(id=uuid4(), happened_on=day, actor="a", act="read", fields=[]))
    assert let_go(house, NOW).audit_rows == 2
    with pytest.raises(ProgrammingError, match="kept for a year"), transaction(retain_engine) as session:
        session.execute(text("DELETE FROM audit WHERE happened_on > current_date - 100"))
    short = replace(house, terms=replace(TERMS, audit=TERMS.grace))
    with pytest.raises(ProgrammingError, match="kept for a year"):
        let_go(short, young)


MAY_NOT = (
    ("retain", "DELETE FROM destructions"),
    ("retain", "UPDATE destructions SET count = 0"),
    ("retain", "DELETE FROM tombstones"),
    ("retain", "SELECT code_lookup FROM reports"),
    ("retain", "SELECT sealed FROM replies"),
    ("retain", "UPDATE reports SET status = 'closed'"),
    ("retain", "SELECT * FROM conversations"),
    ("retain", "DELETE FROM recipients"),
    ("desk", "DELETE FROM reports"),
    ("desk", "DELETE FROM audit"),
    ("desk", "UPDATE report_parts SET sealed = ''"),
    ("desk", "INSERT INTO destructions VALUES (gen_random_uuid(), '2026-11-23', 'key', 'x', 1, '2026-11')"),
    ("dispatch", "DELETE FROM reports"),
    ("intake", "DELETE FROM reports"),
)


def test_only_its_own_role_lets_go_and_not_of_the_record(owner_engine: Engine) -> None:
    with owner_engine.connect() as connection:
        for role, statement in MAY_NOT:
            with pytest.raises(ProgrammingError, match="permission denied"), connection.begin_nested():
                connection.exec_driver_sql(f"SET LOCAL ROLE hotline_{role}")
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql("SET LOCAL ROLE hotline_desk")
        connection.exec_driver_sql("SELECT * FROM destructions, tombstones")


def test_everything_that_hangs_on_a_report_goes_with_it() -> None:
    """A new table that names a report must go with it, or say here why it stays."""
    stays = {
        "audit": "its own term",
        "conversations": "wiped minutes after its end",
        "attachments": "it comes before its report; the workers take it away once that is gone",
    }
    for name, table in Table.metadata.tables.items():
        for column in table.c:
            if column.name in ("report_id", "recipient_id") and name not in stays:
                assert {key.ondelete for key in column.foreign_keys} == {"CASCADE"}, f"{name}.{column.name}"
