"""Turns a webhook's form into an event and a contact; behind this module nobody can see a number.

Text is scrubbed here, with all that Twilio said about the caller at hand, so that no raw word goes further.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from hotline.anonymity.caller import CallerKey, caller_key, contact_id, identity_of
from hotline.anonymity.scrub import Known, Scrubbed, Uncertain, scrub
from hotline.anonymity.seal import derive
from hotline.anonymity.spans import draw_mark
from hotline.domain.codes import is_code
from hotline.domain.content import ThirdParty
from hotline.telephony.signature import Form, first
from hotline.understanding.places import Gazetteer
from ivr_flows.model import Event, HungUp, Keys, NoInput, Said

_MAX_TEXT = 8000
_MOST_KEYS = 24
_FEWEST = 5
"""Digits from which on the recognisers look for a telephone number; fewer, and a code, answer what was asked."""
_DIGITS_ONLY = re.compile(r"[\d\s.\-]*\d[\d\s.\-]*|[*#]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Contact:
    """The other side under one day's key: enough to know a repeat and to open its own state, nothing to find it by.

    `state_key` comes from the day's key *and* what only the carrier sends (a call's id, a texter's number);
    `replay_key` likewise from this message's or call's id. A dump of every store lacks those.
    """

    day: date
    repeat_id: bytes
    caller: CallerKey
    state_key: bytes
    replay_key: bytes


@dataclass(frozen=True, slots=True)
class Heard:
    """One webhook, with everything removed that points at who sent it.

    `unfinished` says that it breaks off in a telephone number, `has_recording` that the caller left a voice message.
    """

    contacts: tuple[Contact, ...]
    event: Event
    third_parties: tuple[ThirdParty, ...] = ()
    uncertain: tuple[Uncertain, ...] = ()
    unfinished: bool = False
    has_pictures: bool = False
    has_recording: bool = False


DayKey = tuple[date, bytes]


def hear_call(form: Form, day_keys: Iterable[DayKey], gazetteer: Gazetteer | None = None) -> Heard:
    """A voice webhook: keys, speech, silence or the end of the call."""
    sid, number = first(form, "CallSid"), first(form, "From")
    contacts = _contacts(sid, number, sid, day_keys)
    digits, speech = first(form, "Digits"), first(form, "SpeechResult")
    if digits == "hangup" or first(form, "CallStatus") == "completed":
        return Heard(contacts, HungUp())
    if digits:
        return Heard(contacts, Keys("".join(one for one in digits if one in "0123456789*#")))
    if speech.strip():
        found = scrub_words(speech, _known(form), gazetteer)
        said = Said(found.text, confidence=_confidence(first(form, "Confidence")))
        return _tell(contacts, said, found)
    return Heard(contacts, NoInput())


def hear_text(form: Form, day_keys: Iterable[DayKey], gazetteer: Gazetteer | None = None) -> Heard:
    """A text message. The texter's number opens the thread's state and goes no further."""
    sid, number = first(form, "MessageSid"), first(form, "From")
    contacts = _contacts(sid, number, number, day_keys)
    body = _CONTROL.sub(" ", first(form, "Body")).strip()
    pictures = first(form, "NumMedia") not in ("", "0")
    if not body:
        return Heard(contacts, NoInput(), has_pictures=pictures)
    alone = _read_text(body)
    if isinstance(alone, Keys) and (len(alone.digits) < _FEWEST or is_code(alone.digits)):
        return Heard(contacts, alone, has_pictures=pictures)
    found = scrub_words(body, _known(form), gazetteer)
    return replace(_tell(contacts, _read_text(found.text), found), has_pictures=pictures)


def go_on(heard: Heard, gazetteer: Gazetteer | None = None) -> Heard:
    """What came after a text that broke off in a telephone number: digits at its beginning end that number.

    Keys of a telephone answer what was asked; digits that were texted may be the rest of the number.
    """
    event = heard.event
    if isinstance(event, Said):
        found = scrub_words(event.text, Known(), gazetteer, continues=True)
        event = replace(event, text=found.text)
    elif isinstance(event, Keys) and len(event.digits) > 1 and not is_code(event.digits):
        found = scrub_words(event.digits, Known(), gazetteer, continues=True)
        event = _read_text(found.text)
    else:
        return heard
    return replace(
        heard,
        event=event,
        third_parties=heard.third_parties + found.sealed,
        uncertain=heard.uncertain + found.uncertain,
        unfinished=found.unfinished,
    )


def _read_text(text: str) -> Event:
    """Digits alone count as keys."""
    if _DIGITS_ONLY.fullmatch(text) and len(text) <= _MOST_KEYS:
        return Keys("".join(one for one in text if one in "0123456789*#"))
    return Said(text)


def _tell(contacts: tuple[Contact, ...], event: Event, found: Scrubbed) -> Heard:
    return Heard(contacts, event, found.sealed, found.uncertain, found.unfinished)


def scrub_words(text: str, known: Known, gazetteer: Gazetteer | None = None, *, continues: bool = False) -> Scrubbed:
    """What may be stored of a text, and what was taken out of it to be stored apart."""
    text = _CONTROL.sub(" ", text)[:_MAX_TEXT]
    return scrub(text, known=known, mark=draw_mark(), gazetteer=gazetteer, continues=continues)


def _contacts(sid: str, number: str, opens: str, day_keys: Iterable[DayKey]) -> tuple[Contact, ...]:
    """The other side under each day's key; `opens` is what its state's key comes from beside that."""
    identity = identity_of(number)
    return tuple(
        Contact(
            day,
            contact_id(sid, key),
            caller_key(identity, sid, key),
            derive(key, b"state", opens.encode()),
            derive(key, b"replay", sid.encode()),
        )
        for day, key in day_keys
    )


def _known(form: Form) -> Known:
    return Known(number=first(form, "From"), name=first(form, "CallerName"), city=first(form, "FromCity"))


def _confidence(value: str) -> float | None:
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return None
