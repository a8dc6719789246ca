"""One act of a partner on a report it holds: locked, audited, and done once under one `Idempotency-Key`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from hotline.domain.errors import Conflict
from hotline.domain.lifecycle import Stage
from hotline.services.house import DeskHouse
from hotline.services.partner_inbox import find_held
from hotline.services.progress import advance_status
from hotline.storage import api_keys, audit, recipients
from hotline.storage.session import transaction
from hotline.storage.tables import Recipient, Report


@dataclass(frozen=True, slots=True)
class Once:
    """A partner system's `Idempotency-Key` and what it sent with it, both hashed; a repeat changes nothing."""

    key_hash: bytes
    request_hash: bytes


Act = Callable[[Session, Report, Recipient], None]


def act_once(
    house: DeskHouse,
    name: str,
    act: Act,
    partner: str,
    recipient_id: UUID,
    actor: str,
    now: datetime,
    once: Once | None,
) -> Stage:
    """One act of a partner and its audit event in one transaction; gives the partner's stage after it.

    With `once`, a repeat of the key gives the first answer; the key with another request is a Conflict.
    """
    with transaction(house.engine) as session:
        if once is not None:
            earlier = api_keys.begin_answer(
                session, partner=partner, key_hash=once.key_hash, request_hash=once.request_hash, now=now
            )
            if earlier is not None:
                if earlier.request_hash != once.request_hash:
                    raise Conflict("Deze Idempotency-Key hoort al bij een ander verzoek.")
                return Stage(earlier.body.decode())
        report = recipients.lock_report(session, find_held(session, partner, recipient_id, now).report_id)
        recipient = find_held(session, partner, recipient_id, now)
        session.refresh(recipient)
        act(session, report, recipient)
        session.flush()
        advance_status(session, report, actor=actor, now=now)
        audit.record(session, actor=actor, act=name, now=now, report_id=report.id)
        if once is not None:
            body = recipient.stage.encode()
            api_keys.end_answer(session, partner=partner, key_hash=once.key_hash, status=200, body=body)
        return Stage(recipient.stage)
