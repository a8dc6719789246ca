"""The SQL of what must be erased at Twilio: note it, claim it, and count it when it is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, and_, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from hotline.domain.erasure import GRACE, LATE_AFTER
from hotline.storage.single import run_single
from hotline.storage.tables_erasure import Erasure, ErasureReceipt

# Noted twice, it is one row. The intake may not read the table, so nothing is returned of it.
_NOTE = """
    WITH noted AS (
        INSERT INTO erasures (id, kind, sealed, due_at) VALUES (%(id)s, %(kind)s, %(sealed)s, %(due_at)s)
        ON CONFLICT DO NOTHING
    )
    SELECT 1
"""

PATIENCE = timedelta(minutes=30)
"""So long past its moment a call or message waits for what is still to be fetched, because erasing it takes that along.

No column says which call a recording belongs to, so each waits for all of them; less than `GRACE`, so it is not late.
"""

_DUE = """
    SELECT id FROM erasures
    WHERE due_at <= :now AND (
        kind NOT IN ('call', 'message') OR due_at <= :patient
        OR NOT EXISTS (SELECT FROM attachments WHERE source IS NOT NULL AND status = 'waiting'))
    ORDER BY due_at, id LIMIT 1
"""
_IS_DUE = text(_DUE)

# A claim moves the row's moment on, so nobody else takes it meanwhile, and a worker that dies gives it back by itself.
_CLAIM = text(
    f"""
    UPDATE erasures SET attempts = attempts + 1, due_at = :until
    WHERE id = ({_DUE} FOR UPDATE SKIP LOCKED)
    RETURNING id, kind, sealed, attempts
    """  # noqa: S608 - the question above
)


@dataclass(frozen=True, slots=True)
class Noted:
    """A row to be: what Twilio has, sealed, and when it is to go."""

    id: UUID
    kind: str
    sealed: bytes
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """A row in hand; `attempt` counts from 1."""

    id: UUID
    kind: str
    sealed: bytes
    attempt: int


@dataclass(frozen=True, slots=True)
class Pile:
    """How many rows of a kind stand at a status: all, those whose moment has come, and those that are late."""

    kind: str
    status: str
    all: int
    due: int
    late: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A day's count."""

    day: date
    kind: str
    count: int


def note(engine: Engine, noted: Noted) -> None:
    """Write down that Twilio has something; harmless twice."""
    run_single(engine, _NOTE, asdict(noted))


def take_in(session: Session, noted: Noted) -> Claim:
    """Write down what a worker noted itself, with its first attempt in hand."""
    session.add(Erasure(**asdict(noted), attempts=1))
    return Claim(noted.id, noted.kind, noted.sealed, attempt=1)


def claim_due(session: Session, *, now: datetime, until: datetime) -> Claim | None:
    """Take the row that is longest due; it comes back at `until` unless it is settled."""
    row = session.execute(_CLAIM, {"now": now, "patient": now - PATIENCE, "until": until}).one_or_none()
    return Claim(row.id, row.kind, bytes(row.sealed), row.attempts) if row else None


def drop(session: Session, claim: Claim) -> bool:
    """Delete the row; False when another worker did it first."""
    return session.execute(delete(Erasure).where(Erasure.id == claim.id).returning(Erasure.id)).first() is not None


def count_gone(session: Session, day: date, kinds: Iterable[str]) -> None:
    """Add to the day's receipts."""
    for kind, count in Counter(kinds).items():
        added = insert(ErasureReceipt).values(day=day, kind=kind, count=count)
        session.execute(
            added.on_conflict_do_update(
                index_elements=["day", "kind"], set_={"count": ErasureReceipt.count + added.excluded.count}
            )
        )


def put_back(session: Session, claim: Claim, *, status: str, due_at: datetime) -> None:
    """Let the row wait until `due_at` with the last attempt's result."""
    session.execute(update(Erasure).where(Erasure.id == claim.id).values(status=status, due_at=due_at))


def postpone_all(session: Session, until: datetime) -> None:
    """Nothing is due before `until`."""
    session.execute(update(Erasure).where(Erasure.due_at < until).values(due_at=until))


def is_due(session: Session, now: datetime) -> bool:
    """Whether anything could be claimed at this moment."""
    return session.scalar(_IS_DUE, {"now": now, "patient": now - PATIENCE}) is not None


def count_late(session: Session, now: datetime) -> int:
    """How many rows are late."""
    return session.scalar(select(func.count(Erasure.kind)).where(_is_late(now))) or 0


def count_piles(session: Session, now: datetime) -> Sequence[Pile]:
    """Every kind and status that has rows."""
    count = func.count(Erasure.kind)
    rows = session.execute(
        select(Erasure.kind, Erasure.status, count, count.filter(Erasure.due_at <= now), count.filter(_is_late(now)))
        .group_by(Erasure.kind, Erasure.status)
        .order_by(Erasure.kind, Erasure.status)
    )
    return [Pile(*row) for row in rows]


def read_receipts(session: Session, since: date) -> Sequence[Receipt]:
    """The counts from that day on, newest first."""
    rows = session.scalars(
        select(ErasureReceipt)
        .where(ErasureReceipt.day >= since)
        .order_by(ErasureReceipt.day.desc(), ErasureReceipt.kind)
    )
    return [Receipt(row.day, row.kind, row.count) for row in rows]


def _is_late(now: datetime) -> ColumnElement[bool]:
    tried = [and_(Erasure.status == result.value, Erasure.attempts >= most) for result, most in LATE_AFTER.items()]
    return or_(Erasure.due_at < now - GRACE, *tried)
