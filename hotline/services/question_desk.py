"""A partner's question at the desk: read it, let the reporter meet it, or refuse it."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from hotline.anonymity.seal import seal
from hotline.domain.dayparts import local_day
from hotline.domain.errors import BadInput, NotAllowed
from hotline.domain.lifecycle import OVER, QuestionStatus
from hotline.services.feedback_desk import Draft, show_drafts
from hotline.services.house import DeskHouse
from hotline.services.questions import clean_question
from hotline.storage import audit, nudges, questions
from hotline.storage.session import transaction
from hotline.storage.tables import Question, Report


def question_drafts(house: DeskHouse) -> list[Draft]:
    """What waits for a decision, the oldest first; a question whose key is gone shows empty and can be refused."""
    with transaction(house.engine) as session:
        return show_drafts(house, questions.drafts(session))


def approve_question(house: DeskHouse, question_id: UUID, *, operator: str, text: str | None, now: datetime) -> None:
    """Let the reporter meet the question, changed to `text` where that is given; the partner's clock stops meanwhile.

    NotAllowed when somebody decided already, BadInput when the text may not be asked or nobody could answer it.
    """
    with transaction(house.engine) as session:
        question, report = _locked(session, question_id)
        told = house.keys().open(question.key_id, question.sealed).decode()
        words = clean_question(text or told)
        if report.reply_public is None or report.is_withdrawn or report.status in OVER:
            raise BadInput({"text": "Deze melder kan geen vraag meer krijgen. Keur de vraag af."})
        if words != told:
            key = house.keys().month(local_day(now))
            question.key_id, question.sealed = key.id, seal(key.raw, words.encode())
        plain = json.dumps({"text": words, "kind": "question"}, ensure_ascii=False).encode()
        question.for_reporter = seal(report.reply_public, plain)
        nudges.add(session, report.reply_public, local_day(now))
        question.status, question.asked_at = QuestionStatus.ASKED.value, now
        changed = ["text"] if words != told else []
        audit.record(session, actor=operator, act="approve_question", now=now, report_id=report.id, fields=changed)


def refuse_question(house: DeskHouse, question_id: UUID, *, operator: str, now: datetime) -> None:
    """The reporter does not meet this question; the partner sees that and may write another."""
    with transaction(house.engine) as session:
        question, report = _locked(session, question_id)
        question.status = QuestionStatus.REFUSED.value
        audit.record(session, actor=operator, act="refuse_question", now=now, report_id=report.id)


def _locked(session: Session, question_id: UUID) -> tuple[Question, Report]:
    question, report = questions.locked(session, question_id)
    if question.status != QuestionStatus.DRAFT:
        raise NotAllowed("this question is decided already")
    return question, report
