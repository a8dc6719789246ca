"""A hold on a partner's copy: while a court or a complaint needs it, its term does not end. The original is never held."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from hotline.domain.dayparts import local_day
from hotline.domain.errors import BadInput
from hotline.services.house import DeskHouse
from hotline.storage import audit, recipients
from hotline.storage.session import transaction
from hotline.storage.tables import Recipient

LONGEST = timedelta(days=365)
"""A hold that is needed longer is put anew, so that none is forgotten."""

HOLD_REASONS = {
    "court": "Een rechter of officier van justitie vroeg erom.",
    "dispute": "Er loopt een bezwaar, beroep of klacht.",
    "request": "Iemand vroeg om inzage.",
}
"""Codes, because the reason stands in clear."""


def put_hold(
    house: DeskHouse, recipient_id: UUID, *, supervisor: str, until: date | None, reason: str, now: datetime
) -> UUID:
    """Keep this partner's copies up to and on a day, or change the hold; gives the report's id.

    It holds what the partner was given and nothing else: what reporters told goes on its own date all the same. Copies
    are sealed to a key that dies on its date, so a hold keeps the bytes, and readable only as long as that key lives.
    """
    errors = {}
    today = local_day(now)
    if until is None or not today < until <= today + LONGEST:
        errors["until"] = "Kies een dag, na vandaag en binnen een jaar."
    if reason not in HOLD_REASONS:
        errors["reason"] = "Kies een reden."
    if errors:
        raise BadInput(errors)
    with transaction(house.engine) as session:
        recipient = _locked(session, recipient_id)
        recipient.held_until, recipient.hold_reason = until, reason
        audit.record(
            session, actor=supervisor, act="hold_copy", now=now, report_id=recipient.report_id, fields=[reason]
        )
        return recipient.report_id


def lift_hold(house: DeskHouse, recipient_id: UUID, *, supervisor: str, now: datetime) -> UUID:
    """Let the copies go at their own term again; harmless where nothing is held. Gives the report's id."""
    with transaction(house.engine) as session:
        recipient = _locked(session, recipient_id)
        if recipient.held_until is not None:
            recipient.held_until = recipient.hold_reason = None
            audit.record(session, actor=supervisor, act="lift_hold", now=now, report_id=recipient.report_id)
        return recipient.report_id


def _locked(session: Session, recipient_id: UUID) -> Recipient:
    recipient = recipients.by_id(session, recipient_id)
    recipients.lock_report(session, recipient.report_id)
    session.refresh(recipient)
    return recipient
