"""The rows of the blind index: which are missing or old, writing them, and reading them newest first."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from hotline.domain.lifecycle import Status
from hotline.storage.reports import PART_ORDER
from hotline.storage.tables import IndexRow, Report, ReportPart

MARK = 16
"""Bytes that a sealed text begins with; random, so that another text begins with others."""

_AT_ONCE = 500


class Entry(NamedTuple):
    """A row and the month of its key."""

    report_id: UUID
    month: str
    row: bytes


def count_stale(session: Session, months: Collection[str]) -> int:
    """How many reports that arrived in these months have no row, or one of other words than they have now."""
    return session.scalar(_stale(months).with_only_columns(func.count())) or 0


def count_all(session: Session, months: Collection[str]) -> int:
    """How many reports arrived in these months."""
    return session.scalar(select(func.count()).where(_month().in_(months))) or 0


def lock_stale(
    session: Session, months: Collection[str], *, most: int, statuses: Collection[Status]
) -> Sequence[Report]:
    """At most so many of them in these statuses, kept from being deleted until the transaction ends; what somebody writes to is left out.

    In the order of their ids, which are random: so two passes at once do not wait for each other crosswise, and the
    order of the rows on the disk is not that of their arrival.
    """
    held = _stale(months).where(Report.status.in_(statuses)).order_by(Report.id).limit(most)
    return session.scalars(held.with_for_update(of=Report, read=True, key_share=True, skip_locked=True)).all()


def write(session: Session, report: Report, *, month: str, parts: int, row: bytes) -> None:
    """Put the row in the place of the one before."""
    values = {"month": month, "parts": parts, "desk_mark": report.desk_text and report.desk_text[:MARK], "row": row}
    fresh = insert(IndexRow).values(report_id=report.id, **values)
    session.execute(fresh.on_conflict_do_update(index_elements=[IndexRow.report_id], set_=values))


def forget(session: Session, report_id: UUID) -> None:
    """Take a report's row away: its words changed in a way that neither a new part nor a new desk text shows."""
    session.execute(delete(IndexRow).where(IndexRow.report_id == report_id))


def doubt_all(session: Session) -> None:
    """Have every row made anew; until then it is still searched."""
    session.execute(update(IndexRow).values(parts=-1))


def drop_keyless(session: Session, months: Collection[str]) -> int:
    """Take away the rows of all months but these: without its key a row finds nothing. Says how many."""
    gone = session.execute(delete(IndexRow).where(IndexRow.month.not_in(months)).returning(IndexRow.report_id))
    return len(gone.all())


def read_newest(
    session: Session, *, since: date, most: int, training: bool, statuses: Collection[Status]
) -> Generator[Sequence[Entry]]:
    """At most so many rows of reports, or exercises, of these statuses and since a day: the newest first, some at a time.

    Close it within the transaction when enough was read: the database holds the rest ready until then.
    """
    wanted = (
        select(IndexRow.report_id, IndexRow.month, IndexRow.row)
        .join(Report, Report.id == IndexRow.report_id)
        .where(Report.arrived_on >= since, Report.training.is_(training), Report.status.in_(statuses))
        .order_by(Report.arrived_on.desc(), PART_ORDER.desc(), Report.id)
        .limit(most)
    )
    with session.execute(wanted.execution_options(yield_per=_AT_ONCE)) as result:
        for rows in result.partitions():
            yield [Entry(*row) for row in rows]


def _month() -> ColumnElement[str]:
    return func.to_char(Report.arrived_on, "YYYY-MM")


def _stale(months: Collection[str]) -> Select[Report]:
    parts = select(func.count()).where(ReportPart.report_id == Report.id).scalar_subquery()
    return (
        select(Report)
        .outerjoin(IndexRow, IndexRow.report_id == Report.id)
        .where(
            _month().in_(months),
            or_(
                IndexRow.report_id.is_(None),
                IndexRow.month != _month(),
                IndexRow.parts != parts,
                IndexRow.desk_mark.is_distinct_from(func.substring(Report.desk_text, 1, MARK)),
            ),
        )
    )
