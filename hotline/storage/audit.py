"""The audit log: who did what to which report, names of fields and never values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from hotline.domain.dayparts import local_day
from hotline.storage.tables import AuditEvent


def record(
    session: Session,
    *,
    actor: str,
    act: str,
    now: datetime,
    report_id: UUID | None = None,
    fields: Iterable[str] = (),
) -> None:
    """Add one event of the desk or of a partner, in the caller's transaction.

    `actor` is a user name or a partner's key; `act` is a verb such as `release`. Never call this for a reporter's act:
    the exact moment would name the caller.
    """
    session.add(
        AuditEvent(
            id=uuid4(),
            happened_on=local_day(now),
            happened_at=now,
            actor=actor,
            act=act,
            report_id=report_id,
            fields=sorted(fields),
        )
    )
