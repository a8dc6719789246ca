"""A partner asks the reporter something; the desk reads it first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from hotline.anonymity.planted import find_planted
from hotline.anonymity.seal import seal
from hotline.domain.dayparts import local_day
from hotline.domain.errors import BadInput, Conflict, NotAllowed
from hotline.domain.lifecycle import OVER, QuestionStatus, Stage
from hotline.services.feedback_text import clean_sentence
from hotline.services.house import DeskHouse
from hotline.services.partner_act import Once, act_once
from hotline.services.question_state import seen_as
from hotline.storage import questions
from hotline.storage.tables import Question, Recipient, Report


def ask(
    house: DeskHouse,
    *,
    partner: str,
    recipient_id: UUID,
    text: str,
    actor: str,
    now: datetime,
    once: Once | None = None,
) -> Stage:
    """Lay a question before the desk; the reporter meets it at the next contact, once the desk approves.

    One at a time: Conflict while an earlier one waits for the desk or for the reporter. NotAllowed where nobody could
    answer, or where the partner holds the report for information or handed it back.
    """
    words = clean_question(text)
    key = house.keys().month(local_day(now))

    def act(session: Session, report: Report, recipient: Recipient) -> None:
        if recipient.role != "primary":
            raise NotAllowed("Deze melding is alleen ter informatie; een vraag stellen kan niet.")
        if recipient.stage == Stage.RETURNED:
            raise NotAllowed("Deze melding is teruggegeven aan de meldkamer.")
        if report.reply_public is None or report.status in OVER:
            raise NotAllowed("Deze melder kan geen vraag meer krijgen.")
        earlier = {seen_as(one, now) for one in questions.of_recipients(session, [recipient.id])[recipient.id]}
        if "draft" in earlier:
            raise Conflict("De meldkamer leest uw vorige vraag nog.")
        if "asked" in earlier:
            raise Conflict("Uw vorige vraag wacht nog op antwoord.")
        session.add(
            Question(
                id=uuid4(),
                report_id=report.id,
                recipient_id=recipient.id,
                key_id=key.id,
                sealed=seal(key.raw, words.encode()),
                status=QuestionStatus.DRAFT.value,
                written_at=now,
            )
        )

    return act_once(house, "ask", act, partner, recipient_id, actor, now, once)


def clean_question(text: str) -> str:
    """A question that may be stored: as a feedback sentence, and without details that could be planted; else BadInput."""
    words = clean_sentence(text)
    planted = find_planted(words)
    if planted:
        raise BadInput({"text": f"In een vraag mag dit niet staan: {', '.join(planted)}. Vraag het algemener."})
    return words
