"""What the intake writes when a reporter comes back: one more part, a question moved on, a report withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.orm import Session

from hotline.domain.lifecycle import QuestionStatus, Status
from hotline.storage.tables import Question, Report, ReportPart


@dataclass(frozen=True, slots=True)
class Reached:
    """The report that a code reached, as much of it as the intake may know."""

    id: UUID
    status: Status
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits for the reporter, sealed to the reply key."""

    id: UUID
    sealed: bytes


def lock_by_code(session: Session, lookup: bytes) -> Reached | None:
    """The report whose code has this look-up value, held against every other writer until the transaction ends."""
    row = session.execute(
        select(Report.id, Report.status, Report.is_withdrawn).where(Report.code_lookup == lookup).with_for_update()
    ).one_or_none()
    return Reached(row.id, Status(row.status), row.is_withdrawn) if row else None


def has_part(session: Session, part_id: UUID) -> bool:
    """Whether this very part was stored before."""
    return session.scalar(select(ReportPart.id).where(ReportPart.id == part_id)) is not None


def count_parts(session: Session, report_id: UUID) -> int:
    """Of how many parts the report consists."""
    return session.scalar(select(func.count(ReportPart.id)).where(ReportPart.report_id == report_id)) or 0


def add_part(session: Session, *, part_id: UUID, report_id: UUID, key_id: str, sealed: bytes) -> None:
    """Store the part; the caller holds the report's lock."""
    session.execute(insert(ReportPart).values(id=part_id, report_id=report_id, key_id=key_id, sealed=sealed))


def note_news(session: Session, report_id: UUID) -> None:
    """Let the desk know that the report says more than before."""
    session.execute(update(Report).where(Report.id == report_id).values(has_news=True))


def withdraw(session: Session, report_id: UUID, *, reject_as: str | None) -> None:
    """The reporter withdraws; with a reason in `reject_as` the report is not passed on any more either."""
    values: dict[str, object] = {"is_withdrawn": True}
    if reject_as is not None:
        values |= {"status": Status.REJECTED.value, "reason": reject_as}
    session.execute(update(Report).where(Report.id == report_id).values(values))


def waiting_questions(session: Session, report_id: UUID) -> Sequence[Waiting]:
    """The questions that the desk let through and nobody answered yet, the oldest first."""
    rows = session.execute(
        select(Question.id, Question.for_reporter)
        .where(
            Question.report_id == report_id,
            Question.status == QuestionStatus.ASKED,
            Question.for_reporter.is_not(None),
        )
        .order_by(Question.written_at, Question.id)
    )
    return [Waiting(row.id, row.for_reporter) for row in rows if row.for_reporter is not None]


def mark_question_heard(engine: Engine, question_id: UUID, week: date) -> None:
    """Note that the reporter heard the question, as the Monday of the week: a finer time would name a caller."""
    with engine.begin() as connection:
        connection.execute(
            update(Question).where(Question.id == question_id, Question.heard_week.is_(None)).values(heard_week=week)
        )


def mark_answered(session: Session, question_id: UUID, week: date) -> None:
    """The reporter answered in this week; the answer waits for the desk."""
    session.execute(
        update(Question)
        .where(Question.id == question_id)
        .values(status=QuestionStatus.ANSWERED.value, answered_week=week)
    )
