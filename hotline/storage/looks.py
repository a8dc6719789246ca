"""Second looks as the desk asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from hotline.domain.errors import NotFound
from hotline.domain.lifecycle import OPEN_AT_DESK
from hotline.storage.tables import Report
from hotline.storage.tables_guard import SecondLook

LONGEST = 200


def add(
    session: Session, *, report_id: UUID, digest: bytes, asked_by: str, now: datetime, bypass: str | None = None
) -> None:
    """Write down that somebody asked, or went without."""
    look = SecondLook(id=uuid4(), report_id=report_id, digest=digest, asked_by=asked_by, asked_at=now, bypass=bypass)
    session.add(look)


def of_text(session: Session, report_id: UUID, digest: bytes) -> SecondLook | None:
    """The look that was asked for at this very text; the newest where there are several."""
    wanted = select(SecondLook).where(
        SecondLook.report_id == report_id, SecondLook.digest == digest, SecondLook.bypass.is_(None)
    )
    return session.scalars(wanted.order_by(SecondLook.asked_at.desc()).limit(1)).first()


def waiting(session: Session) -> Sequence[tuple[SecondLook, Report]]:
    """What was asked for and nobody did, about reports that are still at the desk; older texts' looks are among them."""
    wanted = select(SecondLook, Report).join(Report, Report.id == SecondLook.report_id)
    asked = wanted.where(SecondLook.bypass.is_(None), SecondLook.seen_at.is_(None), Report.status.in_(OPEN_AT_DESK))
    return [(look, report) for look, report in session.execute(asked.order_by(SecondLook.asked_at).limit(LONGEST))]


def owed(session: Session) -> Sequence[tuple[SecondLook, Report]]:
    """What left without a second look and nobody looked at since, the oldest first."""
    wanted = select(SecondLook, Report).join(Report, Report.id == SecondLook.report_id).where(*_OWED)
    return [(look, report) for look, report in session.execute(wanted.order_by(SecondLook.asked_at).limit(LONGEST))]


def count_owed(session: Session) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(SecondLook).where(*_OWED)) or 0


def locked(session: Session, look_id: UUID) -> SecondLook:
    """The look, held against every other writer; raises NotFound."""
    look = session.get(SecondLook, look_id, with_for_update=True, populate_existing=True)
    if look is None:
        raise NotFound("there is no such look")
    return look


_OWED = (SecondLook.bypass.is_not(None), SecondLook.seen_at.is_(None))
