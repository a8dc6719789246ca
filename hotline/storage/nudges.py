"""News under a report's code, for the workers to tell whoever asked for a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from hotline.storage.tables_erasure import Nudge


@dataclass(frozen=True, slots=True)
class News:
    """One row; `reply_public` is the report's."""

    id: UUID
    reply_public: bytes


def add(session: Session, reply_public: bytes, today: date) -> None:
    """There is something new under this report's code."""
    session.add(Nudge(id=uuid4(), reply_public=reply_public, written_on=today))


def list_news(session: Session, *, until: date, limit: int = 500) -> Sequence[News]:
    """What was written on that day or before."""
    rows = session.scalars(select(Nudge).where(Nudge.written_on <= until).order_by(Nudge.id).limit(limit))
    return [News(row.id, row.reply_public) for row in rows]


def drop(session: Session, id: UUID) -> None:
    """The news was told, or nobody asked for it."""
    session.execute(delete(Nudge).where(Nudge.id == id))
