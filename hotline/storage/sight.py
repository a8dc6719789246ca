"""Who does not see which report: questions to the marks of restricted reports and to the recusals."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from hotline.storage.tables import Delivery, Feedback, Person, Question, Recipient, Report
from hotline.storage.tables_guard import Recusal, SecondLook

_OF_A_REPORT = {
    "question_id": (Question.id, Question.report_id),
    "feedback_id": (Feedback.id, Feedback.report_id),
    "delivery_id": (Delivery.id, Delivery.report_id),
    "recipient_id": (Recipient.id, Recipient.report_id),
    "look_id": (SecondLook.id, SecondLook.report_id),
}


def restricted(session: Session) -> set[UUID]:
    """The reports that are for the supervisor alone."""
    return set(session.scalars(select(Report.id).where(Report.is_restricted)))


def recused(session: Session, username: str) -> set[UUID]:
    """The reports that this person knows the people of."""
    return set(session.scalars(select(Recusal.report_id).where(Recusal.username == username)))


def without_operator(session: Session) -> set[UUID]:
    """The reports that every active operator stepped back from."""
    operators = select(Person.username).where(Person.active, Person.role == "operator")
    count = session.scalar(select(func.count()).select_from(operators.subquery())) or 0
    stepped_back = select(Recusal.report_id).where(Recusal.username.in_(operators)).group_by(Recusal.report_id)
    return set(session.scalars(stepped_back.having(func.count() >= count)))


def others_who_see(session: Session, report: Report, username: str) -> int:
    """How many active people besides this one may still work on the report."""
    roles = ("supervisor",) if report.is_restricted else ("operator", "supervisor")
    stepped_back = select(Recusal.username).where(Recusal.report_id == report.id)
    found = select(func.count()).select_from(Person)
    others = found.where(
        Person.active, Person.role.in_(roles), Person.username != username, Person.username.not_in(stepped_back)
    )
    return session.scalar(others) or 0


def recuse(session: Session, report_id: UUID, username: str) -> None:
    """Write down that this person steps back; doing so again changes nothing."""
    session.execute(insert(Recusal).values(report_id=report_id, username=username).on_conflict_do_nothing())


def report_of(session: Session, name: str, row_id: UUID) -> UUID | None:
    """The report that a question, a sentence, a delivery or a look belongs to; `name` is the address's word for it."""
    if name == "report_id":
        return row_id
    if name not in _OF_A_REPORT:
        return None
    key, report_id = _OF_A_REPORT[name]
    return session.scalar(select(report_id).where(key == row_id))
