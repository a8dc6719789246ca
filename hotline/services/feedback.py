"""The way back, partner's side: assess, pick up, hand back, and write the sentence that the reporter will hear."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from hotline.anonymity.seal import seal
from hotline.domain.dayparts import local_day
from hotline.domain.errors import BadInput, Conflict, NotAllowed
from hotline.domain.lifecycle import Stage, Status, check_stage
from hotline.domain.promise import desk_due
from hotline.domain.report import Priority
from hotline.services.feedback_desk import Draft, approve, drafts, refuse
from hotline.services.feedback_text import LONGEST, clean_feedback
from hotline.services.house import DeskHouse
from hotline.services.partner_act import Once, act_once
from hotline.services.progress import advance_status
from hotline.storage import questions, recipients
from hotline.storage.tables import Feedback, Recipient, Report

__all__ = [
    "LONGEST",
    "RETURN_REASONS",
    "Draft",
    "Once",
    "approve",
    "assess",
    "clean_feedback",
    "drafts",
    "give_feedback",
    "pick_up",
    "refuse",
    "return_report",
]

RETURN_REASONS = {
    "notOurs": "Dit is niet voor ons.",
    "tooLittle": "Er staat te weinig in.",
    "duplicate": "Wij kennen dit al.",
    "other": "Anders. Bel de meldkamer.",
}
"""Codes, not words: the reason stands in clear, and free words could describe a person."""


def assess(
    house: DeskHouse, *, partner: str, recipient_id: UUID, actor: str, now: datetime, once: Once | None = None
) -> Stage:
    """The partner has read the report and weighed it. Saying so again changes nothing."""

    def act(session: Session, report: Report, recipient: Recipient) -> None:
        _step(recipient, Stage.ASSESSED)
        recipient.assessed_at = recipient.assessed_at or now

    return act_once(house, "assess", act, partner, recipient_id, actor, now, once)


def pick_up(
    house: DeskHouse, *, partner: str, recipient_id: UUID, actor: str, now: datetime, once: Once | None = None
) -> Stage:
    """The partner works on it; whoever picks up has assessed. Saying so again changes nothing."""

    def act(session: Session, report: Report, recipient: Recipient) -> None:
        _step(recipient, Stage.PICKED_UP)
        recipient.assessed_at = recipient.assessed_at or now
        recipient.picked_up_at = recipient.picked_up_at or now

    return act_once(house, "pick_up", act, partner, recipient_id, actor, now, once)


def return_report(
    house: DeskHouse,
    *,
    partner: str,
    recipient_id: UUID,
    reason: str,
    actor: str,
    now: datetime,
    once: Once | None = None,
) -> Stage:
    """The partner hands the report back. When every answerable partner did, it is the desk's again, with a new term."""
    if reason not in RETURN_REASONS:
        raise BadInput({"reason": f"moet een van deze zijn: {', '.join(RETURN_REASONS)}"})

    def act(session: Session, report: Report, recipient: Recipient) -> None:
        check_stage(Stage(recipient.stage), Stage.RETURNED)
        recipient.stage, recipient.return_reason = Stage.RETURNED.value, reason
        for sentence in recipients.feedback_of(session, recipient.id):
            if sentence.status == "draft":
                sentence.status = "refused"
        questions.drop_open(session, recipient.id)
        session.flush()
        advance_status(session, report, actor=actor, now=now)
        if report.status == Status.COMPLETE:
            report.due_at = desk_due(Priority(report.priority), now)

    return act_once(house, "return", act, partner, recipient_id, actor, now, once)


def give_feedback(
    house: DeskHouse,
    *,
    partner: str,
    recipient_id: UUID,
    text: str,
    actor: str,
    now: datetime,
    once: Once | None = None,
) -> Stage:
    """Lay a sentence before the desk; the reporter hears it once the desk approves.

    A partner may write again later, also after the report closed, but not while a sentence of its still waits.
    """
    words = clean_feedback(text)
    key = house.keys().month(local_day(now))

    def act(session: Session, report: Report, recipient: Recipient) -> None:
        if recipient.role != "primary":
            raise NotAllowed("Deze melding is alleen ter informatie; een terugkoppeling is niet nodig.")
        if recipient.stage == Stage.RETURNED:
            raise NotAllowed("Deze melding is teruggegeven aan de meldkamer.")
        if any(one.status == "draft" for one in recipients.feedback_of(session, recipient.id)):
            raise Conflict("De meldkamer leest uw vorige zin nog.")
        session.add(
            Feedback(
                id=uuid4(),
                report_id=report.id,
                recipient_id=recipient.id,
                key_id=key.id,
                sealed=seal(key.raw, words.encode()),
                status="draft",
                written_at=now,
            )
        )

    return act_once(house, "give_feedback", act, partner, recipient_id, actor, now, once)


def _step(recipient: Recipient, then: Stage) -> None:
    if recipient.stage != then:
        check_stage(Stage(recipient.stage), then)
        recipient.stage = then.value
