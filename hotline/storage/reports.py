"""Reports as the desk asks for them; every list is bounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import case, func, select, union
from sqlalchemy.orm import Session

from hotline.domain.errors import NotFound
from hotline.domain.lifecycle import OPEN_AT_DESK, QuestionStatus, Status
from hotline.storage.tables import AuditEvent, Delivery, Question, Reply, Report, ReportPart

PART_ORDER = case({"night": 0, "morning": 1, "afternoon": 2, "evening": 3}, value=Report.arrived_part, else_=0)


def page(
    session: Session,
    statuses: Collection[Status],
    *,
    limit: int,
    training: bool = False,
    hidden: Collection[UUID] = (),
) -> Sequence[Report]:
    """At most `limit` reports, or exercises, in these statuses: the most urgent, and of those the newest, first.

    `hidden` are those that the reader must not see.
    """
    newest = (Report.arrived_on.desc(), PART_ORDER.desc(), Report.id)
    return session.scalars(
        select(Report)
        .where(Report.status.in_(statuses), Report.training.is_(training), Report.id.not_in(hidden))
        .order_by(Report.priority, *newest)
        .limit(limit)
    ).all()


def with_news(session: Session, *, limit: int) -> Sequence[tuple[Report, bool]]:
    """Reports that the queue of open ones does not show and whose reporter came back, the most urgent first.

    Beside each: whether an answer to a partner's question waits for the desk.
    """
    answered = select(Question.report_id).where(Question.status == QuestionStatus.ANSWERED)
    away = select(Report.id).where(Report.has_news, Report.status.not_in(OPEN_AT_DESK))
    rows = session.execute(
        select(Report, Report.id.in_(answered))
        .where(Report.id.in_(union(away, answered)))  # not `or`: that would read every report
        .order_by(Report.priority, Report.id)
        .limit(limit)
    )
    return [(report, has_answer) for report, has_answer in rows]


def count_by_status(session: Session, *, training: bool = False, hidden: Collection[UUID] = ()) -> dict[str, int]:
    """How many reports, or exercises, stand where; those that the reader must not see are not counted."""
    found = select(Report.status, func.count()).where(Report.training.is_(training), Report.id.not_in(hidden))
    rows = session.execute(found.group_by(Report.status))
    return {status: count for status, count in rows}


def by_id(session: Session, report_id: UUID) -> Report:
    """The report; raises NotFound."""
    report = session.get(Report, report_id)
    if report is None:
        raise NotFound("no such report")
    return report


def by_ids(session: Session, report_ids: Collection[UUID]) -> dict[UUID, Report]:
    """Those of these reports that are there."""
    return {report.id: report for report in session.scalars(select(Report).where(Report.id.in_(report_ids)))}


def locked(session: Session, report_id: UUID) -> Report:
    """The report, held against every other writer until the transaction ends; raises NotFound."""
    report = session.get(Report, report_id, with_for_update=True, populate_existing=True)
    if report is None:
        raise NotFound("no such report")
    return report


def parts_of(session: Session, report_ids: Collection[UUID]) -> dict[UUID, list[ReportPart]]:
    """The sealed parts of each of these reports, in no order: only inside the seal stands which came first."""
    found: defaultdict[UUID, list[ReportPart]] = defaultdict(list)
    if report_ids:
        for part in session.scalars(select(ReportPart).where(ReportPart.report_id.in_(report_ids))):
            found[part.report_id].append(part)
    return found


def deliveries_of(session: Session, report_id: UUID) -> Sequence[Delivery]:
    """All that left or must leave the house for this report."""
    return session.scalars(select(Delivery).where(Delivery.report_id == report_id).order_by(Delivery.target)).all()


def held_since(session: Session, report_id: UUID, operator: str) -> datetime | None:
    """When this operator last took the report; renewals do not count."""
    return session.scalar(
        select(func.max(AuditEvent.happened_at)).where(
            AuditEvent.report_id == report_id, AuditEvent.actor == operator, AuditEvent.act == "take"
        )
    )


def add_reply(session: Session, report_id: UUID, sealed: bytes) -> None:
    """Lay one more sealed answer ready under the report's code; the caller holds the report's lock."""
    last = session.scalar(select(func.max(Reply.number)).where(Reply.report_id == report_id)) or 0
    session.add(Reply(id=uuid4(), report_id=report_id, number=last + 1, sealed=sealed, heard_week=None))
