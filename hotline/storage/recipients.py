"""The partners' holds on reports: what each partner may see, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from hotline.domain.errors import NotFound
from hotline.storage.tables import Feedback, Recipient, Report


def of_report(session: Session, report_id: UUID) -> Sequence[Recipient]:
    """Everybody who holds this report, the answerable and the merely informed."""
    return session.scalars(select(Recipient).where(Recipient.report_id == report_id).order_by(Recipient.partner)).all()


def by_id(session: Session, recipient_id: UUID) -> Recipient:
    """A partner's hold, whether let go yet or not; raises NotFound."""
    recipient = session.get(Recipient, recipient_id)
    if recipient is None:
        raise NotFound("there is no such hold")
    return recipient


def find(session: Session, partner: str, recipient_id: UUID, now: datetime) -> Recipient | None:
    """This partner's hold, once it has been let go; another's is as if it did not exist."""
    return session.scalar(
        select(Recipient).where(
            Recipient.id == recipient_id, Recipient.partner == partner, Recipient.released_at <= now
        )
    )


def inbox(
    session: Session, partner: str, now: datetime, *, limit: int, after: Recipient | None = None
) -> Sequence[Recipient]:
    """What this partner has, the newest first, from the one behind `after` on."""
    wanted = select(Recipient).where(Recipient.partner == partner, Recipient.released_at <= now)
    if after is not None:
        same = and_(Recipient.released_at == after.released_at, Recipient.id > after.id)
        wanted = wanted.where(or_(Recipient.released_at < after.released_at, same))
    return session.scalars(wanted.order_by(Recipient.released_at.desc(), Recipient.id).limit(limit)).all()


def lock_report(session: Session, report_id: UUID) -> Report:
    """The report, locked: acts of its partners and of the desk take turns."""
    return session.scalars(select(Report).where(Report.id == report_id).with_for_update()).one()


def feedback_of(session: Session, recipient_id: UUID) -> Sequence[Feedback]:
    """Every sentence that this partner wrote about this report, the oldest first."""
    return session.scalars(
        select(Feedback).where(Feedback.recipient_id == recipient_id).order_by(Feedback.written_at)
    ).all()


def feedback_drafts(session: Session, *, limit: int = 200) -> Sequence[tuple[Feedback, Recipient, bool]]:
    """What waits for the desk's decision, the oldest first, and whether a code was given out that opens an answer."""
    rows = session.execute(
        select(Feedback, Recipient, Report.reply_public.is_not(None))
        .join(Recipient, Recipient.id == Feedback.recipient_id)
        .join(Report, Report.id == Feedback.report_id)
        .where(Feedback.status == "draft")
        .order_by(Feedback.written_at)
        .limit(limit)
    )
    return [(draft, recipient, has_code) for draft, recipient, has_code in rows]
