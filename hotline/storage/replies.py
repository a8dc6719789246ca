"""What a report code brings back: the report's status and the sentences sealed to its reply key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Engine, text


@dataclass(frozen=True, slots=True)
class Told:
    """A report as its reporter may know it; `replies` are sealed, oldest first."""

    report_id: UUID
    status: str
    is_withdrawn: bool
    replies: tuple[bytes, ...]


_BY_LOOKUP = text("""
    SELECT r.id, r.status, r.is_withdrawn, COALESCE(array_agg(p.sealed ORDER BY p.number) FILTER (WHERE p.id IS NOT NULL), '{}')
    FROM reports r LEFT JOIN replies p ON p.report_id = r.id
    WHERE r.code_lookup = :lookup GROUP BY r.id, r.status, r.is_withdrawn
""")
_HEARD = text("UPDATE replies SET heard_week = :week WHERE report_id = :report AND heard_week IS NULL")


def by_lookup(engine: Engine, lookup: bytes) -> Told | None:
    """The report whose code has this look-up value."""
    with engine.connect() as connection:
        row = connection.execute(_BY_LOOKUP, {"lookup": lookup}).one_or_none()
    return Told(row[0], row[1], row[2], tuple(row[3])) if row else None


def mark_heard(engine: Engine, report_id: UUID, week: date) -> None:
    """Note that the reporter heard what there was, as the Monday of the week: a finer time would name a caller."""
    with engine.begin() as connection:
        connection.execute(_HEARD, {"report": report_id, "week": week})
