"""Takes in what comes: a call, a text or a page of the form, each turn once, however often it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from hotline.anonymity.caller import CallerKey
from hotline.anonymity.seal import derive
from hotline.domain.dayparts import local_day, part_of_day
from hotline.domain.lines import Line, given_by
from hotline.services.house import IntakeHouse
from hotline.services.turns import OVER, Reply, Underway, open_state, replay, seal_state, take
from hotline.storage import conversations as store
from hotline.telephony.inbound import Contact, Heard
from ivr_flows.engine import begin
from ivr_flows.model import Channel, Finish, Keys, Language, Speak, Started

LATE = timedelta(seconds=60)
"""A turn that arrives this long after the end is still appended (`interfaces.md`, Ends)."""

_TRIES = 20

NO_THREAD = Reply((Speak("no_thread"), Finish("no_thread")))
"""For a lone digit without an open thread: begin again, or send your code."""


def begin_call(house: IntakeHouse, heard: Heard, line: Line, now: datetime) -> Reply | None:
    """A call comes in; the same call told twice hears the same and makes one conversation. None: the line is down."""
    heard = replace(heard, event=Started())
    return _begin(house, heard, "voice", line, now, may_begin=lambda: not house.board.standing(line).is_down)


def begin_form(
    house: IntakeHouse, heard: Heard, line: Line, now: datetime, *, language: Language, may_begin: Callable[[], bool]
) -> Reply | None:
    """The first page of a form comes in; sent twice it makes one conversation. None where a new one may not begin."""
    return _begin(house, heard, "web", line, now, may_begin=may_begin, language=language)


def take_call_turn(house: IntakeHouse, conversation: UUID, turn: int, heard: Heard, now: datetime) -> Reply:
    """One turn of a call or a form. A turn that was taken already answers the same words and stores nothing."""
    for _ in range(_TRIES):
        found = store.read_turn(house.engine, conversation, turn)
        if found is None:
            return OVER
        contact = next((one for one in heard.contacts if one.repeat_id == found.contact), None)
        if contact is None:
            if all(one.day != found.key_day for one in heard.contacts):
                _close(house, found.id, now)  # its day's key has died, so nobody can go on with it
            return OVER
        if found.was_taken:
            return replay(house, found.id, turn, found.outputs, contact)
        if turn != found.turn or found.state is None or (found.ended_at and now - found.ended_at > LATE):
            return OVER
        before = open_state(house, found, contact)
        if before is None:
            _close(house, found.id, now)
            return OVER
        reply = take(house, found, contact, before, heard, now)
        if reply is not None:
            return reply
    raise TimeoutError("a turn was contended for too long")


def say_again(house: IntakeHouse, conversation: UUID, heard: Heard, now: datetime) -> Reply:
    """What a form was answered last, for a page that came late or cannot be taken; stores nothing."""
    found = store.read_turn(house.engine, conversation, None)
    if found is None or found.turn == 0:
        return OVER
    return take_call_turn(house, conversation, found.turn - 1, heard, now)


def take_text(house: IntakeHouse, heard: Heard, line: Line, now: datetime) -> Reply | None:
    """One text message. A repeated message answers the same; two at once from one phone take turns.

    None: the line is down, and the text belongs to no open thread.
    """
    for _ in range(_TRIES):
        repeated = store.find_repeat(house.engine, [contact.repeat_id for contact in heard.contacts])
        if repeated is not None:
            contact = next(one for one in heard.contacts if one.repeat_id == repeated.repeat_id)
            return replay(house, repeated.conversation, repeated.turn, repeated.outputs, contact)
        thread = next(filter(None, (house.threads.find(_thread_key(one, line)) for one in heard.contacts)), None)
        if thread is None:
            if house.board.standing(line).is_down:
                return None
            if isinstance(heard.event, Keys) and len(heard.event.digits) < 12:
                return NO_THREAD
            thread = _open_thread(house, heard, line, now)
        found = store.read_turn(house.engine, thread, None)
        opened = found and not found.ended_at and _open_thread_state(house, found, heard.contacts)
        if found is None or not opened:
            if found is not None and found.ended_at is None:
                _close(house, found.id, now)
            for one in heard.contacts:
                house.threads.close(_thread_key(one, line))
            continue
        contact, before = opened
        reply = take(house, found, contact, before, heard, now)
        if reply is None:
            continue
        if any(isinstance(output, Finish) for output in reply.outputs):
            house.threads.close(_thread_key(contact, line))
        else:
            house.threads.keep(_thread_key(contact, line), thread)
        return reply
    raise TimeoutError("a thread was contended for too long")


def end_call(house: IntakeHouse, heard: Heard, now: datetime) -> None:
    """The carrier says that a call is over; what was told goes to the desk as it stands. Harmless twice."""
    contacts = [contact.repeat_id for contact in heard.contacts]
    store.end_call(house.engine, contacts, now=now, day=local_day(now), part=part_of_day(now))


def _begin(
    house: IntakeHouse,
    heard: Heard,
    channel: Channel,
    line: Line,
    now: datetime,
    *,
    may_begin: Callable[[], bool],
    language: Language = "nl",
) -> Reply | None:
    known = store.find_call(house.engine, [contact.repeat_id for contact in heard.contacts])
    if known is None:
        if not may_begin():
            return None
        known = _open(house, heard.contacts[0], channel, line, now, language)
    return take_call_turn(house, known, 0, heard, now)


def _open(
    house: IntakeHouse, contact: Contact, channel: Channel, line: Line, now: datetime, language: Language = "nl"
) -> UUID:
    """A new conversation, or the one that another request opened for the same call. A text is known by its thread."""
    contact_id = None if channel == "sms" else contact.repeat_id
    flow = house.flows.current(line.key).flow
    state = begin(flow, channel=channel, language=language, given=_lay_ready(house, line, now))
    conversation = uuid4()
    opened = store.begin(
        house.engine,
        conversation=conversation,
        channel=channel,
        key_day=contact.day,
        contact=contact_id,
        state=seal_state(contact, state),
        report_id=uuid4(),
        now=now,
        training=line.is_training,
    )
    if opened or contact_id is None:
        return conversation
    return store.find_call(house.engine, [contact_id]) or conversation


def _lay_ready(house: IntakeHouse, line: Line, now: datetime) -> dict[str, str]:
    """What the flow is given at its start: the report code, how the line stands, and what it announces."""
    announced = house.board.standing(line).announced(now)
    return {
        "code": house.make_code(),
        "demo": "yes" if house.is_demo else "no",
        **given_by(line, now),
        **{f"announcement.{language}": text for language, text in announced.items()},
    }


def _open_thread(house: IntakeHouse, heard: Heard, line: Line, now: datetime) -> UUID:
    contact = heard.contacts[0]
    conversation = _open(house, contact, "sms", line, now)
    thread = house.threads.claim(_thread_key(contact, line), conversation)
    if thread != conversation:
        store.drop_untouched(house.engine, conversation)  # another text of this phone opened one at the same moment
    return thread


def _thread_key(contact: Contact, line: Line) -> CallerKey:
    """Who a thread belongs to: one telephone on one line, so that a report is never taken for the exercise before it."""
    return CallerKey(derive(contact.caller, b"line", line.key.encode()))


def _close(house: IntakeHouse, conversation: UUID, now: datetime) -> None:
    """What was told so far goes to the desk as it stands."""
    store.end_one(house.engine, conversation, now=now, day=local_day(now), part=part_of_day(now))


def _open_thread_state(
    house: IntakeHouse, found: store.OpenConversation, contacts: Sequence[Contact]
) -> tuple[Contact, Underway] | None:
    """The contact whose key opens the thread: a day may have had two keys for a while (`daykeys.py`)."""
    for contact in contacts:
        if contact.day == found.key_day and (underway := open_state(house, found, contact)) is not None:
            return contact, underway
    return None
