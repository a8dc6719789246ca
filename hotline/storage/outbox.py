"""The outbox: claims what is due with a lease, settles it, and counts what is stuck."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import and_, delete, func, or_, select, text, update
from sqlalchemy.orm import Session

from hotline.domain.lifecycle import DeliveryStatus
from hotline.domain.retry import Verdict
from hotline.storage.tables import Attempt, Delivery

# One statement, so that two claimers never wait for each other; the inner part walks the partial index.
_CLAIM = text(
    """
    UPDATE deliveries SET status = 'sending', lease_until = :until, attempts = attempts + 1
    WHERE id = (
        SELECT id FROM deliveries
        WHERE status IN ('pending', 'sending') AND due_at <= :now
          AND (status = 'pending' OR lease_until <= :now)
          AND NOT (id = ANY(:skip))
        ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, kind, target, recipient_id, sealed, attempts
    """
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this worker holds until its lease runs out; `attempt` (from 1) and the lease prove the hold."""

    id: UUID
    kind: str
    target: str
    recipient_id: UUID | None
    sealed: bytes
    attempt: int
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Failed:
    """A delivery that will not be tried again by itself, and why."""

    id: UUID
    report_id: UUID
    kind: str
    target: str
    attempts: int
    reason: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """How much stands in the outbox: failed for good, and overdue though nothing is known to be wrong."""

    failed: int
    overdue: int


def claim_due(session: Session, *, now: datetime, until: datetime, skip: Collection[UUID] = ()) -> Claim | None:
    """Take the delivery that is longest due, with a lease; its attempt's row exists from here on.

    An alarm leaves no attempt row, because the moment of an emergency would name its caller.
    """
    row = session.execute(_CLAIM, {"now": now, "until": until, "skip": list(skip)}).one_or_none()
    if row is None:
        return None
    claim = Claim(row.id, row.kind, row.target, row.recipient_id, bytes(row.sealed), row.attempts, until)
    if claim.kind != "alarm":
        session.add(Attempt(id=uuid4(), delivery_id=claim.id, number=claim.attempt, started_at=now))
    return claim


def settle(session: Session, claim: Claim, verdict: Verdict, now: datetime) -> bool:
    """Write how an attempt ended; False, and nothing written, when another worker has taken over since.

    An alarm that arrived is deleted; one that waits for a next try keeps its coarse `due_at`, which tells no moment.
    """
    held = (
        Delivery.id == claim.id,
        Delivery.status == DeliveryStatus.SENDING,
        Delivery.attempts == claim.attempt,
        Delivery.lease_until == claim.lease_until,
    )
    ok = verdict.status is DeliveryStatus.DELIVERED
    if claim.kind == "alarm" and ok:
        return session.execute(delete(Delivery).where(*held).returning(Delivery.id)).first() is not None
    values: dict[str, object] = {"status": verdict.status.value, "lease_until": None, "reason": verdict.reason or None}
    if ok:
        values["delivered_at"] = now
    if claim.kind != "alarm" or verdict.status is DeliveryStatus.FAILED:
        values["due_at"] = verdict.due_at
    if session.execute(update(Delivery).where(*held).values(values).returning(Delivery.id)).first() is None:
        return False
    session.execute(
        update(Attempt)
        .where(Attempt.delivery_id == claim.id, Attempt.number == claim.attempt, Attempt.ended_at.is_(None))
        .values(ended_at=now, ok=ok, reason=verdict.reason or None)
    )
    return True


def failed(session: Session, *, limit: int = 100) -> Sequence[Failed]:
    """The deliveries that failed for good."""
    rows = session.scalars(select(Delivery).where(Delivery.status == "failed").order_by(Delivery.id).limit(limit))
    return [Failed(row.id, row.report_id, row.kind, row.target, row.attempts, row.reason or "") for row in rows]


def revive(session: Session, delivery_id: UUID, now: datetime) -> UUID | None:
    """Let a failed delivery begin its schedule again; gives its report's id, None if it had not failed."""
    return session.execute(
        update(Delivery)
        .where(Delivery.id == delivery_id, Delivery.status == DeliveryStatus.FAILED)
        .values(status=DeliveryStatus.PENDING.value, due_at=now, attempts=0, reason=None)
        .returning(Delivery.report_id)
    ).scalar_one_or_none()


def count_stuck(session: Session, *, before: datetime) -> Stuck:
    """How many deliveries failed, and how many still wait that were due `before`; an alarm after three tries."""
    late = or_(
        and_(Delivery.kind != "alarm", Delivery.due_at < before),
        and_(Delivery.kind == "alarm", Delivery.attempts >= 3),
    )
    bad = session.scalar(select(func.count(Delivery.id)).where(Delivery.status == "failed"))
    waiting = session.scalar(select(func.count(Delivery.id)).where(Delivery.status.in_(("pending", "sending")), late))
    return Stuck(bad or 0, waiting or 0)


def is_due(session: Session, *, now: datetime) -> bool:
    """Whether anything could be claimed at this moment."""
    free = or_(Delivery.status == "pending", Delivery.lease_until <= now)
    due = select(Delivery.id).where(Delivery.status.in_(("pending", "sending")), Delivery.due_at <= now, free)
    return session.scalar(due.limit(1)) is not None
