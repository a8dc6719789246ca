"""The SQL of voice messages and pictures: they come, are claimed, kept, shown and destroyed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, case, delete, or_, select, text, update
from sqlalchemy.orm import Session

from hotline.domain.lifecycle import OPEN_AT_DESK
from hotline.storage.single import run_single
from hotline.storage.tables import Attachment, Report

Kind = Literal["voice", "picture"]

_ADD = """
    INSERT INTO attachments (id, report_id, kind, repeat_id, source, status, destroy_at)
    VALUES (%(id)s, %(report_id)s, %(kind)s, %(repeat_id)s, %(source)s, 'waiting', %(destroy_at)s)
    ON CONFLICT DO NOTHING RETURNING id
"""

_CLAIM = text(
    """
    UPDATE attachments SET lease_until = :until
    WHERE id = (
        SELECT id FROM attachments
        WHERE source IS NOT NULL AND (lease_until IS NULL OR lease_until <= :now) AND NOT (id = ANY(:skip))
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, report_id, kind, status, source
    """
)


@dataclass(frozen=True, slots=True)
class Arrived:
    """Something that lies at the telephone service: `source` is sealed to the workers, `repeat_id` knows a repeat."""

    id: UUID
    report_id: UUID | None
    kind: Kind
    repeat_id: bytes
    source: bytes
    destroy_at: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """What a worker holds for a while: fetch it where it is `waiting`, then have it erased at its source."""

    id: UUID
    report_id: UUID | None
    kind: Kind
    status: str
    source: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """What the desk may know without opening it."""

    id: UUID
    kind: Kind
    status: str


def add(engine: Engine, arrived: Arrived) -> bool:
    """Write down that something came; False where the same came before."""
    values = {name: getattr(arrived, name) for name in Arrived.__slots__}
    return bool(run_single(engine, _ADD, values))


def claim(session: Session, *, now: datetime, until: datetime, skip: Collection[UUID] = ()) -> Claim | None:
    """Take one that still lies at the telephone service, whether fetched already or not."""
    row = session.execute(_CLAIM, {"now": now, "until": until, "skip": list(skip)}).one_or_none()
    return None if row is None else Claim(row.id, row.report_id, row.kind, row.status, bytes(row.source))


def is_waiting(session: Session, *, now: datetime, skip: Collection[UUID] = ()) -> bool:
    """Whether anything could be claimed at this moment."""
    free = or_(Attachment.lease_until.is_(None), Attachment.lease_until <= now)
    waiting = select(Attachment.id).where(Attachment.source.is_not(None), free, Attachment.id.not_in(skip))
    return session.scalar(waiting.limit(1)) is not None


def keep(session: Session, attachment_id: UUID, *, key_id: str, sealed: bytes) -> bool:
    """Store what was fetched; False where it is no longer wanted."""
    return _settle(session, attachment_id, status="ready", key_id=key_id, sealed=sealed)


def give_up(session: Session, attachment_id: UUID) -> bool:
    """Nothing usable came of it."""
    return _settle(session, attachment_id, status="failed")


def let_go(session: Session, attachment_id: UUID, *, is_done: bool) -> None:
    """End a claim; `is_done` once nothing at the telephone service is needed any more."""
    values: dict[str, object] = {"lease_until": None, **({"source": None} if is_done else {})}
    session.execute(update(Attachment).where(Attachment.id == attachment_id).values(values))


def of_report(session: Session, report_id: UUID, now: datetime) -> Sequence[Kept]:
    """What a report has, without its bytes."""
    rows = session.execute(
        select(Attachment.id, Attachment.kind, Attachment.status)
        .where(Attachment.report_id == report_id, Attachment.status != "gone", _lives(now))
        .order_by(Attachment.kind, Attachment.id)
    )
    return [Kept(row.id, row.kind, row.status) for row in rows]


def kinds_of(session: Session, report_ids: Collection[UUID], now: datetime) -> Mapping[UUID, Collection[Kind]]:
    """Of each of these reports that has any, what kinds can be opened."""
    kinds: defaultdict[UUID, set[Kind]] = defaultdict(set)
    if report_ids:
        ready = Attachment.report_id.in_(report_ids), Attachment.status == "ready", _lives(now)
        for row in session.execute(select(Attachment.report_id, Attachment.kind).where(*ready)):
            kinds[row.report_id].add(row.kind)
    return kinds


def sealed_of(session: Session, report_id: UUID, attachment_id: UUID, now: datetime) -> tuple[Kind, str, bytes] | None:
    """Kind, key and sealed bytes of one that is ready; None where it is not (any more)."""
    row = session.execute(
        select(Attachment.kind, Attachment.key_id, Attachment.sealed).where(
            Attachment.id == attachment_id,
            Attachment.report_id == report_id,
            Attachment.status == "ready",
            _lives(now),
        )
    ).one_or_none()
    return None if row is None else (row.kind, row.key_id, bytes(row.sealed))


def replace(session: Session, attachment_id: UUID, *, key_id: str, sealed: bytes) -> None:
    """Other bytes in the place of those that the desk changed."""
    session.execute(
        update(Attachment)
        .where(Attachment.id == attachment_id, Attachment.status == "ready")
        .values(key_id=key_id, sealed=sealed)
    )


def destroy(session: Session, report_id: UUID, attachment_id: UUID) -> bool:
    """Empty one; False where it was empty already. The row goes with the sweep."""
    gone = (
        update(Attachment)
        .where(Attachment.id == attachment_id, Attachment.report_id == report_id, Attachment.status != "gone")
        .values(status="gone", sealed=None, key_id=None)
        .returning(Attachment.id)
    )
    return session.execute(gone).first() is not None


def sweep(session: Session, now: datetime) -> int:
    """Destroy what is over: a voice after its day or once its report left the desk, a picture with its report.

    Gives how many. A row stays, empty, until what lies at the telephone service is noted to be erased.
    """
    mine = select(Report.id).where(Report.id == Attachment.report_id)
    there, left = mine.exists(), mine.where(Report.status.not_in(OPEN_AT_DESK)).exists()
    is_picture = Attachment.kind == "picture"
    session.execute(update(Attachment).where(is_picture, Attachment.destroy_at <= now, there).values(destroy_at=None))
    over = case(
        (is_picture, or_(Attachment.destroy_at <= now, Attachment.destroy_at.is_(None)) & ~there),
        else_=or_(Attachment.destroy_at <= now, left),
    )
    emptied = session.execute(
        update(Attachment)
        .where(Attachment.status != "gone", over)
        .values(status="gone", sealed=None, key_id=None)
        .returning(Attachment.id)
    ).all()
    session.execute(delete(Attachment).where(Attachment.status == "gone", Attachment.source.is_(None)))
    return len(emptied)


def _lives(now: datetime) -> ColumnElement[bool]:
    return or_(Attachment.destroy_at.is_(None), Attachment.destroy_at > now)


def _settle(session: Session, attachment_id: UUID, **values: object) -> bool:
    settled = (
        update(Attachment)
        .where(Attachment.id == attachment_id, Attachment.status == "waiting")
        .values(values)
        .returning(Attachment.id)
    )
    return session.execute(settled).first() is not None
