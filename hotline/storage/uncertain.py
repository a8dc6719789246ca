"""Uncertain words as they wait for a person, sealed to the desk's key of the day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from hotline.storage.tables import UncertainWords


def of_report(session: Session, report_id: UUID) -> Sequence[UncertainWords]:
    """What waits for a judgement in this report, in no order."""
    return session.scalars(select(UncertainWords).where(UncertainWords.report_id == report_id)).all()


def add(session: Session, report_id: UUID, key_id: str, sealed: Iterable[bytes]) -> None:
    """Lay words apart; inside each seal stands its placeholder."""
    rows = [{"id": uuid4(), "report_id": report_id, "key_id": key_id, "sealed": one} for one in sealed]
    if rows:
        session.execute(insert(UncertainWords), rows)


def drop(session: Session, ids: Collection[UUID]) -> None:
    """Forget these words."""
    if ids:
        session.execute(delete(UncertainWords).where(UncertainWords.id.in_(ids)))


def count_before(session: Session, key_id: str) -> int:
    """How many reports have words that wait under keys of days before this one."""
    query = select(func.count(func.distinct(UncertainWords.report_id))).where(UncertainWords.key_id < key_id)
    return session.scalar(query) or 0


def reports_before(session: Session, key_id: str) -> Sequence[UUID]:
    """The reports whose words wait under keys of days before this one."""
    return session.scalars(
        select(UncertainWords.report_id)
        .where(UncertainWords.key_id < key_id)
        .group_by(UncertainWords.report_id)
        .order_by(func.min(UncertainWords.key_id), UncertainWords.report_id)
    ).all()
