"""Takes one turn of a conversation: open the state, advance the flow, seal what was told, store it, answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID, uuid4

from hotline.anonymity.reply import unlock
from hotline.anonymity.seal import SealError, decrypt, encrypt, seal
from hotline.domain import report
from hotline.domain.content import Part, ThirdParty
from hotline.domain.dayparts import local_day, part_of_day, round_up
from hotline.domain.lifecycle import Status
from hotline.domain.promise import desk_due
from hotline.services.house import IntakeHouse
from hotline.services.status import find_status
from hotline.storage import conversations as store
from hotline.telephony.inbound import Contact, Heard
from hotline.understanding.meaning import understand
from ivr_flows.codec import CodecError, dump_outputs, dump_state, load_outputs, load_state
from ivr_flows.engine import advance, begin
from ivr_flows.model import (
    Answered,
    Channel,
    Event,
    Finish,
    Keys,
    Language,
    Lookup,
    Notify,
    Output,
    Said,
    Speak,
    Started,
    State,
)

LATE = timedelta(seconds=60)
"""A turn that arrives this long after the end is still appended (`interfaces.md`, Ends)."""

_TRIES = 20
_MAX_LOOKUPS = 4


@dataclass(frozen=True, slots=True)
class Reply:
    """What to answer, and to which turn of which conversation the next words belong."""

    outputs: tuple[Output, ...]
    language: Language = "nl"
    conversation: UUID | None = None
    turn: int = 0


OVER = Reply((Speak("conversation_over"), Finish("over")))
"""For a repeat that comes too late, a call nobody knows, a conversation whose key has died: it makes nothing."""

NO_THREAD = Reply((Speak("no_thread"), Finish("no_thread")))
"""For a lone digit without an open thread: begin again, or send your code."""


def begin_call(house: IntakeHouse, heard: Heard, now: datetime) -> Reply:
    """A call comes in; the same call told twice hears the same and makes one conversation."""
    known = store.find_call(house.engine, [contact.repeat_id for contact in heard.contacts])
    if known is None:
        known = _open(house, heard.contacts[0], "voice", contact_id=heard.contacts[0].repeat_id, now=now)
    return take_call_turn(house, known, 0, replace(heard, event=Started()), now)


def take_call_turn(house: IntakeHouse, conversation: UUID, turn: int, heard: Heard, now: datetime) -> Reply:
    """One turn of a call. A turn that was taken already answers the same words and stores nothing."""
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
            return _replay(found.id, turn, found.outputs, contact)
        if turn != found.turn or found.state is None or (found.ended_at and now - found.ended_at > LATE):
            return OVER
        before = _open_state(house, found, contact)
        if before is None:
            _close(house, found.id, now)
            return OVER
        reply = _take(house, found, contact, before, heard, now)
        if reply is not None:
            return reply
    raise TimeoutError("a turn was contended for too long")


def take_text(house: IntakeHouse, heard: Heard, now: datetime) -> Reply:
    """One text message. A repeated message answers the same; two at once from one phone take turns."""
    for _ in range(_TRIES):
        repeated = store.find_repeat(house.engine, [contact.repeat_id for contact in heard.contacts])
        if repeated is not None:
            contact = next(one for one in heard.contacts if one.repeat_id == repeated.repeat_id)
            return _replay(repeated.conversation, repeated.turn, repeated.outputs, contact)
        thread = next(filter(None, (house.threads.find(contact.caller) for contact in heard.contacts)), None)
        if thread is None:
            if isinstance(heard.event, Keys) and len(heard.event.digits) < 12:
                return NO_THREAD
            thread = _open_thread(house, heard, now)
        found = store.read_turn(house.engine, thread, None)
        opened = found and not found.ended_at and _open_thread_state(house, found, heard.contacts)
        if found is None or not opened:
            if found is not None and found.ended_at is None:
                _close(house, found.id, now)
            for one in heard.contacts:
                house.threads.close(one.caller)
            continue
        contact, before = opened
        reply = _take(house, found, contact, before, heard, now)
        if reply is None:
            continue
        if any(isinstance(output, Finish) for output in reply.outputs):
            house.threads.close(contact.caller)
        else:
            house.threads.keep(contact.caller, thread)
        return reply
    raise TimeoutError("a thread was contended for too long")


def end_call(house: IntakeHouse, heard: Heard, now: datetime) -> None:
    """The carrier says that a call is over; what was told goes to the desk as it stands. Harmless twice."""
    contacts = [contact.repeat_id for contact in heard.contacts]
    store.end_call(house.engine, contacts, now=now, day=local_day(now), part=part_of_day(now))


def _open(house: IntakeHouse, contact: Contact, channel: Channel, *, contact_id: bytes | None, now: datetime) -> UUID:
    given = {"code": house.make_code(), "demo": "yes" if house.is_demo else "no"}
    state = begin(house.flow, channel=channel, given=given)
    conversation = uuid4()
    opened = store.begin(
        house.engine,
        conversation=conversation,
        channel=channel,
        key_day=contact.day,
        contact=contact_id,
        state=encrypt(contact.state_key, dump_state(state)),
        report_id=uuid4(),
        now=now,
    )
    if opened or contact_id is None:
        return conversation
    return store.find_call(house.engine, [contact_id]) or conversation


def _open_thread(house: IntakeHouse, heard: Heard, now: datetime) -> UUID:
    contact = heard.contacts[0]
    conversation = _open(house, contact, "sms", contact_id=None, now=now)
    thread = house.threads.claim(contact.caller, conversation)
    if thread != conversation:
        store.drop_untouched(house.engine, conversation)  # another text of this phone opened one at the same moment
    return thread


def _close(house: IntakeHouse, conversation: UUID, now: datetime) -> None:
    """What was told so far goes to the desk as it stands."""
    store.end_one(house.engine, conversation, now=now, day=local_day(now), part=part_of_day(now))


def _open_state(house: IntakeHouse, found: store.OpenConversation, contact: Contact) -> State | None:
    """Where the conversation stands; None where this contact's key does not open it, or the flow is another by now."""
    if found.state is None:
        return None
    try:
        state = load_state(decrypt(contact.state_key, found.state))
    except (SealError, CodecError):
        return None
    return state if state.flow == house.flow.version else None


def _open_thread_state(
    house: IntakeHouse, found: store.OpenConversation, contacts: Sequence[Contact]
) -> tuple[Contact, State] | None:
    """The contact whose key opens the thread: a day may have had two keys for a while (`daykeys.py`)."""
    for contact in contacts:
        if contact.day == found.key_day and (state := _open_state(house, found, contact)) is not None:
            return contact, state
    return None


def _replay(conversation: UUID, turn: int, outputs: bytes | None, contact: Contact) -> Reply:
    if outputs is None:
        return OVER
    try:
        language, _, packed = decrypt(contact.replay_key, outputs).partition(b"\n")
    except SealError:
        return OVER
    return Reply(load_outputs(packed), cast(Language, language.decode()), conversation, turn + 1)


def _take(
    house: IntakeHouse, found: store.OpenConversation, contact: Contact, before: State, heard: Heard, now: datetime
) -> Reply | None:
    """Advance, seal and store; None where another request took the turn first."""
    assert found.report_id is not None  # noqa: S101 - it is wiped with the state, which was opened
    after, outputs = _advance(house, before, heard.event, now)
    finished = any(isinstance(output, Finish) for output in outputs)
    ended_at = found.ended_at or (now if finished else None)
    replay_for = store.CALL_REPLAY if found.channel == "voice" else store.TEXT_REPLAY
    exists = found.has_report or report.is_report(after.answers)
    told = _told(found, after, outputs)
    part = (
        _seal_part(house, found, after, told, heard.third_parties, now)
        if exists and (told or heard.third_parties)
        else None
    )
    lookup, reply_public = _offer_code(house, after) if exists and _notifies(outputs, "offer_code") else (None, None)
    alarm = exists and _notifies(outputs, "alarm")
    complete = report.is_complete(after.answers)
    priority = report.rate(after.answers)
    ended_status = Status.COMPLETE if complete else Status.INCOMPLETE
    taken = store.take(
        house.engine,
        store.NewTurn(
            id=found.id,
            turn=found.turn,
            now=now,
            state=encrypt(contact.state_key, dump_state(after)),
            outputs=encrypt(contact.replay_key, after.language.encode() + b"\n" + dump_outputs(outputs)),
            repeat_id=contact.repeat_id if found.channel == "sms" else None,
            report_id=found.report_id,
            has_report=exists,
            is_complete=complete,
            ended_at=ended_at,
            wipe_at=ended_at + replay_for if ended_at else None,
            status=ended_status if ended_at else Status.RECEIVED,
            category=after.answers.get("category"),
            priority=priority,
            neighbourhood=_neighbourhood(after.answers),
            arrived_on=local_day(now),
            arrived_part=part_of_day(now),
            due_at=desk_due(priority, now),
            part_id=uuid4(),
            part_key_id=part and part[0],
            part=part and part[1],
            code_lookup=lookup,
            reply_public=reply_public,
            alarm=_seal_alarm(house, found.report_id) if alarm else None,
            alarm_due_at=round_up(now, timedelta(hours=6)) - timedelta(hours=6),
            channel=found.channel,
            outcome=("report" if exists else "none") if finished and not found.ended_at else None,
        ),
    )
    if not taken:
        return None
    if alarm:
        house.bell.ring("deliver")
    return Reply(outputs, after.language, found.id, found.turn + 1)


def _advance(house: IntakeHouse, state: State, event: Event, now: datetime) -> tuple[State, tuple[Output, ...]]:
    """Advance the flow, answering its lookups, until it listens or ends."""
    state, outputs = advance(house.flow, state, _understand(house, event, state.language))
    for _ in range(_MAX_LOOKUPS):
        if not outputs or not isinstance(outputs[-1], Lookup):
            break
        lookup = outputs[-1]
        answer = find_status(house, lookup, now)
        state, more = advance(house.flow, state, answer)
        outputs = outputs[:-1] + more
    return state, outputs


def _understand(house: IntakeHouse, event: Event, language: str) -> Event:
    if isinstance(event, Said):
        return replace(event, meaning=understand(event.text, language, house.gazetteer))
    return event


def _told(found: store.OpenConversation, after: State, outputs: tuple[Output, ...]) -> Mapping[str, str]:
    """What this turn adds to the report: everything so far when the report begins, else the new answers."""
    if not found.has_report:
        return {name: value for name, value in after.answers.items() if not name.startswith("_")}
    return {output.name: output.value for output in outputs if isinstance(output, Answered)}


def _seal_part(
    house: IntakeHouse,
    found: store.OpenConversation,
    after: State,
    told: Mapping[str, str],
    third_parties: tuple[ThirdParty, ...],
    now: datetime,
) -> tuple[str, bytes]:
    key = house.keys().month(local_day(now))
    part = Part(found.turn, now, found.channel, after.language, told, third_parties)
    return key.id, seal(key.raw, part.dump())


def _offer_code(house: IntakeHouse, state: State) -> tuple[bytes, bytes]:
    key = unlock(state.given["code"], house.keys().pepper)
    return key.lookup, key.public


def _seal_alarm(house: IntakeHouse, report_id: UUID) -> bytes:
    return seal(house.keys().dispatch_public, f'{{"report": "{report_id}", "priority": "P0"}}'.encode())


def _notifies(outputs: tuple[Output, ...], what: str) -> bool:
    return Notify(what) in outputs


def _neighbourhood(answers: Mapping[str, str]) -> str | None:
    return answers.get("neighbourhood") or answers.get("postcode")
