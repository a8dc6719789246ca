"""What a partner sees of its reports, in the portal and through the API."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from hotline.anonymity.keyring import DeskKeys
from hotline.domain.errors import BadInput, HotlineError, NotFound
from hotline.domain.lifecycle import Stage
from hotline.services.house import DeskHouse
from hotline.storage import recipients
from hotline.storage.session import transaction
from hotline.storage.tables import Feedback, Recipient


@dataclass(frozen=True, slots=True)
class Held:
    """One report as its partner sees it.

    `version` is the `data` of the partner's webhook, empty where its key was destroyed on its date; `released` is the
    release's time, rounded. `feedback` holds the status of each sentence written, the oldest first.
    """

    id: UUID
    stage: Stage
    is_primary: bool
    respond_by: datetime
    released: str
    version: dict[str, Any]
    return_reason: str | None
    feedback: tuple[str, ...] = ()


def list_held(
    house: DeskHouse, *, partner: str, now: datetime, limit: int, after: UUID | None = None
) -> tuple[list[Held], UUID | None]:
    """A page of this partner's reports, the newest first, and the id to continue after when there are more."""
    keys = house.keys()
    with transaction(house.engine) as session:
        last = recipients.find(session, partner, after, now) if after else None
        if after and last is None:
            raise BadInput({"cursor": "onbekend; begin zonder cursor"})
        rows = recipients.inbox(session, partner, now, limit=limit + 1, after=last)
        shown = [_open(keys, row, ()) for row in rows[:limit]]
    return shown, shown[-1].id if len(rows) > limit else None


def open_held(house: DeskHouse, *, partner: str, recipient_id: UUID, now: datetime) -> Held:
    """One report of this partner; NotFound for an unknown id, another partner's, and one that is not let go yet."""
    with transaction(house.engine) as session:
        return show(session, house.keys(), find_held(session, partner, recipient_id, now))


def find_held(session: Session, partner: str, recipient_id: UUID, now: datetime) -> Recipient:
    """The row behind it, within a transaction."""
    recipient = recipients.find(session, partner, recipient_id, now)
    if recipient is None:
        raise NotFound("there is no such report for this partner")
    return recipient


def show(session: Session, keys: DeskKeys, recipient: Recipient) -> Held:
    """The partner's view of a row, its sentences included."""
    return _open(keys, recipient, recipients.feedback_of(session, recipient.id))


def _open(keys: DeskKeys, row: Recipient, sentences: Iterable[Feedback] | Sequence[Feedback]) -> Held:
    try:
        version: dict[str, Any] = json.loads(keys.open(row.portal_key_id, row.portal_copy))
    except HotlineError:  # the key's date has passed: the report is gone for everybody, its stage is not
        version = {}
    return Held(
        id=row.id,
        stage=Stage(row.stage),
        is_primary=row.role == "primary",
        respond_by=row.respond_by,
        released=version.pop("time", ""),
        version=version,
        return_reason=row.return_reason,
        feedback=tuple(one.status for one in sentences),
    )
