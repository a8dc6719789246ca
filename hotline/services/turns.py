"""Takes one turn of a conversation: open the state, advance the flow, seal what was told, store it, answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID, uuid4

from hotline.anonymity.reply import unlock
from hotline.anonymity.seal import SealError, decrypt, derive, encrypt, seal
from hotline.domain import report
from hotline.domain.dayparts import local_day, part_of_day, round_up
from hotline.domain.lifecycle import Status
from hotline.domain.promise import desk_due
from hotline.domain.report import Category
from hotline.services.dialogue import TurnOfLookup, answer_lookup
from hotline.services.house import IntakeHouse
from hotline.services.telling import NOTHING, seal_told
from hotline.services.uncertain import seal_uncertain
from hotline.storage import conversations as store
from hotline.telephony.inbound import Contact, Heard, go_on
from hotline.understanding.meaning import understand
from ivr_flows.codec import CodecError, dump_outputs, dump_state, load_outputs, load_state
from ivr_flows.engine import advance
from ivr_flows.load import Script
from ivr_flows.model import (
    Event,
    Finish,
    Language,
    Lookup,
    Notify,
    Output,
    Said,
    Speak,
    State,
)

_MAX_LOOKUPS = 4
_MAX_DRAWS = 5
_UNFINISHED = b"~"


@dataclass(frozen=True, slots=True)
class Reply:
    """What to answer, and to which turn of which conversation the next words belong.

    `script` is the conversation's own version; None where there is no conversation, so that any version does.
    `is_repeat` says that it was answered before.
    """

    outputs: tuple[Output, ...]
    language: Language = "nl"
    conversation: UUID | None = None
    turn: int = 0
    script: Script | None = None
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Underway:
    """A conversation between two turns: where it stands, the script that it began with, and whether the last text broke
    off in a telephone number."""

    state: State
    script: Script
    unfinished: bool = False


OVER = Reply((Speak("conversation_over"), Finish("over")))
"""For a repeat that comes too late, a call nobody knows, a conversation whose key has died: it makes nothing."""


def open_state(house: IntakeHouse, found: store.OpenConversation, contact: Contact) -> Underway | None:
    """Where the conversation stands; None where this contact's key does not open it, or its script is gone."""
    if found.state is None:
        return None
    try:
        packed = decrypt(contact.state_key, found.state)
        state = load_state(packed.removeprefix(_UNFINISHED))
    except (SealError, CodecError):
        return None
    script = house.flows.find(state.flow)
    return Underway(state, script, packed.startswith(_UNFINISHED)) if script else None


def seal_state(contact: Contact, state: State, *, unfinished: bool = False) -> bytes:
    """What `open_state` opens."""
    return encrypt(contact.state_key, _UNFINISHED * unfinished + dump_state(state))


def replay(house: IntakeHouse, conversation: UUID, turn: int, outputs: bytes | None, contact: Contact) -> Reply:
    """What a turn was answered, once more; `OVER` where that is wiped or this contact's key does not open it."""
    if outputs is None:
        return OVER
    try:
        language, version, packed = decrypt(contact.replay_key, outputs).split(b"\n", 2)
    except SealError:
        return OVER
    script = house.flows.find(version.decode())
    if script is None:
        return OVER
    return Reply(
        load_outputs(packed), cast(Language, language.decode()), conversation, turn + 1, script, is_repeat=True
    )


def take(
    house: IntakeHouse, found: store.OpenConversation, contact: Contact, before: Underway, heard: Heard, now: datetime
) -> Reply | None:
    """Advance, seal and store; None where another request took the turn first. A code that is taken is drawn again."""
    for _ in range(_MAX_DRAWS):
        try:
            return _take(house, found, contact, before, heard, now)
        except store.CodeTaken:
            given = {**before.state.given, "code": house.make_code()}
            before = replace(before, state=replace(before.state, given=given))
    raise store.CodeTaken("no free code was drawn")


def _take(
    house: IntakeHouse, found: store.OpenConversation, contact: Contact, before: Underway, heard: Heard, now: datetime
) -> Reply | None:
    assert found.report_id is not None  # noqa: S101 - it is wiped with the state, which was opened
    if before.unfinished and (found.channel == "sms" or isinstance(heard.event, Said)):
        heard = go_on(heard, house.gazetteer)
    after, outputs = _advance(house, before, heard, _mark(found, contact), now)
    if heard.has_pictures and not house.takes_pictures:
        outputs = (Speak("no_pictures"), *outputs)
    finished = any(isinstance(output, Finish) for output in outputs)
    ended_at = found.ended_at or (now if finished else None)
    replay_for = store.TEXT_REPLAY if found.channel == "sms" else store.CALL_REPLAY
    exists = found.has_report or report.is_report(after.answers) or heard.has_recording
    sealed = seal_told(house, found, after, outputs, heard.third_parties, now) if exists else NOTHING
    doubts = seal_uncertain(house.keys(), local_day(now), heard.uncertain if exists else ())
    lookup, reply_public = _offer_code(house, after) if exists and _notifies(outputs, "offer_code") else (None, None)
    alarm = exists and _notifies(outputs, "alarm") and not found.training
    complete = report.is_complete(after.answers)
    priority = report.rate(after.answers)
    restricted = report.is_restricted(after.answers)
    ended_status = Status.COMPLETE if complete else Status.INCOMPLETE
    taken = store.take(
        house.engine,
        store.NewTurn(
            id=found.id,
            turn=found.turn,
            now=now,
            state=seal_state(contact, after, unfinished=heard.unfinished),
            outputs=encrypt(contact.replay_key, _pack(before, after.language, outputs)),
            repeat_id=contact.repeat_id if found.channel == "sms" else None,
            report_id=found.report_id,
            has_report=exists,
            is_complete=complete,
            ended_at=ended_at,
            wipe_at=ended_at + replay_for if ended_at else None,
            status=ended_status if ended_at else Status.RECEIVED,
            category=Category.OTHER if restricted else after.answers.get("category"),
            priority=priority,
            neighbourhood=None if restricted else _neighbourhood(after.answers),
            is_restricted=restricted,
            arrived_on=local_day(now),
            arrived_part=part_of_day(now),
            due_at=desk_due(priority, now),
            part_id=uuid4(),
            part_key_id=sealed.key_id,
            part=sealed.told,
            empty_parts=sealed.empty,
            uncertain_key_id=doubts[0],
            uncertain=doubts[1],
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
    return Reply(outputs, after.language, found.id, found.turn + 1, before.script)


def _advance(
    house: IntakeHouse, before: Underway, heard: Heard, mark: bytes, now: datetime
) -> tuple[State, tuple[Output, ...]]:
    """Advance the flow, answering its lookups, until it listens or ends."""
    flow, channel = before.script.flow, before.state.channel
    state, outputs = advance(flow, before.state, _understand(house, heard.event, before.state.language, now))
    for _ in range(_MAX_LOOKUPS):
        if not outputs or not isinstance(outputs[-1], Lookup):
            break
        turn = TurnOfLookup(mark, channel, state.language, heard.third_parties, heard.uncertain)
        state, more = advance(flow, state, answer_lookup(house, outputs[-1], turn, now))
        outputs = outputs[:-1] + more
    return state, outputs


def _mark(found: store.OpenConversation, contact: Contact) -> bytes:
    """What only this turn's sender brings again. A text has a key of its own, whichever turn it comes to be taken at."""
    turn = b"" if found.channel == "sms" else str(found.turn).encode()
    return derive(contact.replay_key, b"mark of a turn", turn)


def _understand(house: IntakeHouse, event: Event, language: str, now: datetime) -> Event:
    if isinstance(event, Said):
        return replace(event, meaning=understand(event.text, language, house.gazetteer, now))
    return event


def _offer_code(house: IntakeHouse, state: State) -> tuple[bytes, bytes]:
    key = unlock(state.given["code"], house.keys().pepper)
    return key.lookup, key.public


def _seal_alarm(house: IntakeHouse, report_id: UUID) -> bytes:
    return seal(house.keys().dispatch_public, f'{{"report": "{report_id}", "priority": "P0"}}'.encode())


def _notifies(outputs: tuple[Output, ...], what: str) -> bool:
    return Notify(what) in outputs


def _neighbourhood(answers: Mapping[str, str]) -> str | None:
    return answers.get("neighbourhood") or answers.get("postcode")


def _pack(underway: Underway, language: Language, outputs: Sequence[Output]) -> bytes:
    """What `replay` reads: language and version, a line each, and the outputs."""
    return f"{language}\n{underway.script.version}\n".encode() + dump_outputs(outputs)
