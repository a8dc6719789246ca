"""Partners' questions as the desk and the partners ask for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from hotline.domain.errors import NotFound
from hotline.domain.lifecycle import QuestionStatus
from hotline.storage.recipients import lock_report
from hotline.storage.tables import Question, Recipient, Report


def locked(session: Session, question_id: UUID) -> tuple[Question, Report]:
    """The question as it stands behind its report's lock, so that decisions take turns; raises NotFound."""
    question = session.get(Question, question_id)
    if question is None:
        raise NotFound("there is no such question")
    report = lock_report(session, question.report_id)
    session.refresh(question)
    return question, report


def of_recipients(session: Session, recipient_ids: Collection[UUID]) -> dict[UUID, list[Question]]:
    """Every question of these partners about their reports, the oldest first."""
    found: defaultdict[UUID, list[Question]] = defaultdict(list)
    if recipient_ids:
        wanted = select(Question).where(Question.recipient_id.in_(recipient_ids))
        for one in session.scalars(wanted.order_by(Question.written_at, Question.id)):
            found[one.recipient_id].append(one)
    return found


def drafts(session: Session, *, limit: int = 200) -> Sequence[tuple[Question, Recipient, bool]]:
    """What waits for the desk's decision, the oldest first, and whether a code was given out that opens a question."""
    rows = session.execute(
        select(Question, Recipient, Report.reply_public.is_not(None))
        .join(Recipient, Recipient.id == Question.recipient_id)
        .join(Report, Report.id == Question.report_id)
        .where(Question.status == QuestionStatus.DRAFT)
        .order_by(Question.written_at, Question.id)
        .limit(limit)
    )
    return [(question, recipient, has_code) for question, recipient, has_code in rows]


def drop_open(session: Session, recipient_id: UUID) -> None:
    """Nobody waits any more for what this partner asked and got no answer to."""
    session.execute(
        update(Question)
        .where(
            Question.recipient_id == recipient_id,
            Question.status.in_((QuestionStatus.DRAFT, QuestionStatus.ASKED)),
        )
        .values(status=QuestionStatus.REFUSED.value)
    )
