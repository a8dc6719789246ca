"""What a partner sees of its reports, in the portal and through the API."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from hotline.anonymity.keyring import DeskKeys
from hotline.domain.dayparts import week_of
from hotline.domain.errors import BadInput, HotlineError, NotFound
from hotline.domain.lifecycle import Stage
from hotline.services.house import DeskHouse
from hotline.services.question_state import SeenAs, is_paused, respond_by, seen_as
from hotline.storage import questions, recipients
from hotline.storage.session import transaction
from hotline.storage.tables import Feedback, Question, Recipient


@dataclass(frozen=True, slots=True)
class HeldQuestion:
    """A partner's question as that partner sees it; `heard` and `answered` are Mondays, known once that week is over.

    `answer` and `third_parties` are filled where the status is `answered`; `text` is empty where its key is gone.
    """

    id: UUID
    status: SeenAs
    text: str
    answer: str = ""
    third_parties: tuple[dict[str, str], ...] = ()
    heard: date | None = None
    answered: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One report as its partner sees it.

    `version` is the `data` of the partner's webhook, empty where its key was destroyed on its date; `released` is the
    time of its last release, rounded. `respond_by` is later while a question of the partner's waits for the reporter
    (`is_paused`). `feedback` holds the status of each sentence written, the oldest first.
    """

    id: UUID
    stage: Stage
    is_primary: bool
    respond_by: datetime
    released: str
    version: dict[str, Any]
    return_reason: str | None
    feedback: tuple[str, ...] = ()
    questions: tuple[HeldQuestion, ...] = ()
    is_withdrawn: bool = False
    is_paused: bool = False


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
        asked = questions.of_recipients(session, [row.id for row in rows])
        shown = [_open(keys, row, (), asked.get(row.id, ()), now) for row in rows[:limit]]
    return shown, shown[-1].id if len(rows) > limit else None


def open_held(house: DeskHouse, *, partner: str, recipient_id: UUID, now: datetime) -> Held:
    """One report of this partner; NotFound for an unknown id, another partner's, and one that is not let go yet."""
    with transaction(house.engine) as session:
        row = find_held(session, partner, recipient_id, now)
        asked = questions.of_recipients(session, [row.id])[row.id]
        return _open(house.keys(), row, recipients.feedback_of(session, row.id), asked, now)


def find_held(session: Session, partner: str, recipient_id: UUID, now: datetime) -> Recipient:
    """The row behind it, within a transaction."""
    recipient = recipients.find(session, partner, recipient_id, now)
    if recipient is None:
        raise NotFound("there is no such report for this partner")
    return recipient


def _open(
    keys: DeskKeys, row: Recipient, sentences: Iterable[Feedback], asked: Sequence[Question], now: datetime
) -> Held:
    version = _open_version(keys, row, now)
    return Held(
        id=row.id,
        stage=Stage(row.stage),
        is_primary=row.role == "primary",
        respond_by=respond_by(row, asked, now),
        released=version.pop("time", ""),
        version=version,
        return_reason=row.return_reason,
        feedback=tuple(one.status for one in sentences),
        questions=tuple(_open_question(keys, one, now) for one in asked),
        is_withdrawn=row.withdrawn_at is not None and row.withdrawn_at <= now,
        is_paused=is_paused(asked, now),
    )


def _open_version(keys: DeskKeys, row: Recipient, now: datetime) -> dict[str, Any]:
    """The copy that the partner may see now; empty once the key's date has passed: its stage stays."""
    key_id, sealed = row.portal_key_id, row.portal_copy
    if row.updated_at is not None and row.updated_at <= now and row.update_key_id and row.update_copy:
        key_id, sealed = row.update_key_id, row.update_copy
    return _load(keys, key_id, sealed)


def _open_question(keys: DeskKeys, one: Question, now: datetime) -> HeldQuestion:
    status = seen_as(one, now)
    answer = _load(keys, one.answer_key_id, one.answer) if status == "answered" else {}
    this_week = week_of(now)
    return HeldQuestion(
        id=one.id,
        status=status,
        text=keys.read(one.key_id, one.sealed),
        answer=answer.get("answer", ""),
        third_parties=tuple(answer.get("thirdParties", ())),
        heard=one.heard_week if one.heard_week and one.heard_week < this_week else None,
        answered=one.answered_week if status == "answered" else None,
    )


def _load(keys: DeskKeys, key_id: str | None, sealed: bytes | None) -> dict[str, Any]:
    if key_id is None or sealed is None:
        return {}
    try:
        content: dict[str, Any] = json.loads(keys.open(key_id, sealed))
    except HotlineError:
        return {}
    return content
