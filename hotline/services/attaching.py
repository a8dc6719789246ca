"""Writes down that somebody left a voice message or pictures: the report they belong to, and sealed, where they lie."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from hotline.anonymity.keyring import PublicKey
from hotline.anonymity.seal import seal
from hotline.domain.attachments import Source, destroy_at
from hotline.domain.dayparts import local_day
from hotline.services.conversations import take_call_turn
from hotline.services.house import IntakeHouse
from hotline.services.turns import OVER, Reply
from hotline.storage import attachments
from hotline.storage import conversations as store
from hotline.telephony.inbound import Heard
from hotline.telephony.left import Left
from ivr_flows.model import HungUp, Started

_AGAIN = Started()
"""At a question, the event that asks it again and counts as no answer."""


def take_recording(house: IntakeHouse, left: Left | None, heard: Heard, now: datetime) -> Reply:
    """A caller has spoken to the tape, or (`left` is None) kept silent there; the question that waited is asked again.

    A voice message makes a report, as words do. Told twice, it is written down once and hears the same.
    """
    conversation = store.find_call(house.engine, [contact.repeat_id for contact in heard.contacts])
    found = store.read_turn(house.engine, conversation, None) if conversation else None
    is_new = left is not None and _add(house, left, found.report_id if found else None, now, is_voice=True)
    if is_new:
        house.bell.ring("attachments")
    if found is None:
        return OVER
    event = heard.event if isinstance(heard.event, HungUp) else _AGAIN
    turn = found.turn - 1 if left is not None and not is_new and found.turn else found.turn
    return take_call_turn(house, found.id, turn, replace(heard, event=event, has_recording=is_new), now)


def take_pictures(house: IntakeHouse, left: tuple[Left, ...], conversation: UUID | None, now: datetime) -> bool:
    """The media of a text that was answered; True where a picture among them is new and has a conversation.

    What is no picture, or belongs nowhere, is written down all the same, so that it is deleted where it lies.
    """
    found = store.read_turn(house.engine, conversation, None) if conversation else None
    report_id = found.report_id if found else None
    added = [one for one in left if _add(house, one, report_id if one.is_picture else None, now, is_voice=False)]
    if added:
        house.bell.ring("attachments")
    return report_id is not None and any(one.is_picture for one in added)


def _add(house: IntakeHouse, left: Left, report_id: UUID | None, now: datetime, *, is_voice: bool) -> bool:
    keys, today = house.keys(), local_day(now)
    key: PublicKey = keys.day(today) if is_voice else keys.month(today)
    return attachments.add(
        house.engine,
        attachments.Arrived(
            id=uuid4(),
            report_id=report_id,
            kind="voice" if is_voice else "picture",
            repeat_id=left.repeat_id,
            source=seal(keys.dispatch_public, Source(left.path, key.id, key.raw).dump()),
            destroy_at=destroy_at(now),
        ),
    )
