"""The way back, desk's side: read a partner's sentence, let the reporter hear it, or refuse it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from hotline.anonymity.seal import seal
from hotline.domain.dayparts import local_day
from hotline.domain.errors import NotAllowed, NotFound
from hotline.domain.lifecycle import Stage, check_stage
from hotline.services.feedback_text import clean_feedback
from hotline.services.house import DeskHouse
from hotline.services.progress import advance_status
from hotline.storage import audit, nudges, recipients, reports
from hotline.storage.session import transaction
from hotline.storage.tables import Feedback, Question, Recipient


@dataclass(frozen=True, slots=True)
class Draft:
    """What a partner wrote for the reporter and the desk has not read yet; `can_be_heard` is False where the reporter took no code."""

    id: UUID
    report_id: UUID
    partner: str
    partner_name: str
    text: str
    written_at: datetime
    can_be_heard: bool


def drafts(house: DeskHouse) -> list[Draft]:
    """What waits for a decision, the oldest first; a sentence whose key is gone shows empty and can be refused."""
    with transaction(house.engine) as session:
        return show_drafts(house, recipients.feedback_drafts(session))


def show_drafts(house: DeskHouse, written: Iterable[tuple[Feedback | Question, Recipient, bool]]) -> list[Draft]:
    """What partners wrote, each with its partner's hold and whether the reporter took a code, as the desk reads it."""
    keys = house.keys()
    return [
        Draft(
            id=one.id,
            report_id=one.report_id,
            partner=recipient.partner,
            partner_name=house.partner_name(recipient.partner),
            text=keys.read(one.key_id, one.sealed),
            written_at=one.written_at,
            can_be_heard=can_be_heard,
        )
        for one, recipient, can_be_heard in written
    ]


def approve(house: DeskHouse, feedback_id: UUID, *, operator: str, text: str | None, now: datetime) -> None:
    """Let the reporter hear the sentence, changed to `text` where that is given; the partner has answered.

    One transaction: the sentence sealed to the report code's key, the partner's stage, the report's status, the audit
    event. When this was the last answer owed, the report closes. NotAllowed when somebody decided already.
    """
    with transaction(house.engine) as session:
        feedback, recipient = _locked(session, feedback_id)
        report = recipients.lock_report(session, feedback.report_id)
        told = house.keys().open(feedback.key_id, feedback.sealed).decode()
        words = clean_feedback(text or told)
        if words != told:
            key = house.keys().month(local_day(now))
            feedback.key_id, feedback.sealed = key.id, seal(key.raw, words.encode())
        feedback.status = "approved"
        if report.reply_public is not None:
            reply = json.dumps({"text": words, "kind": "feedback"}, ensure_ascii=False).encode()
            reports.add_reply(session, report.id, seal(report.reply_public, reply))
            nudges.add(session, report.reply_public, local_day(now))
        if recipient.stage not in (Stage.ANSWERED, Stage.CLOSED):
            check_stage(Stage(recipient.stage), Stage.ANSWERED)
            recipient.stage = Stage.ANSWERED.value
        recipient.answered_at = recipient.answered_at or now
        session.flush()
        changed = ["text"] if words != told else []
        audit.record(session, actor=operator, act="approve_feedback", now=now, report_id=report.id, fields=changed)
        advance_status(session, report, actor=operator, now=now)


def refuse(house: DeskHouse, feedback_id: UUID, *, operator: str, now: datetime) -> None:
    """The reporter does not hear this sentence; the partner sees that and may write another."""
    with transaction(house.engine) as session:
        feedback, _ = _locked(session, feedback_id)
        feedback.status = "refused"
        audit.record(session, actor=operator, act="refuse_feedback", now=now, report_id=feedback.report_id)


def _locked(session: Session, feedback_id: UUID) -> tuple[Feedback, Recipient]:
    """The waiting sentence and its partner's hold, behind the report's lock so that decisions take turns."""
    feedback = session.get(Feedback, feedback_id)
    if feedback is None:
        raise NotFound("there is no such feedback")
    recipients.lock_report(session, feedback.report_id)
    session.refresh(feedback)
    if feedback.status != "draft":
        raise NotAllowed("this feedback is decided already")
    recipient = session.get_one(Recipient, feedback.recipient_id, populate_existing=True)
    return feedback, recipient
