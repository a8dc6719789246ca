"""Turns a webhook's form into an event and a contact; behind this module nobody can see a number.

Text is scrubbed here, with all that Twilio said about the caller at hand, so that no raw word goes further.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hotline.anonymity.caller import CallerKey, caller_key, contact_id
from hotline.anonymity.scrub import Known, Scrubbed, Uncertain, scrub
from hotline.anonymity.seal import derive
from hotline.anonymity.spans import draw_mark
from hotline.domain.content import ThirdParty
from hotline.telephony.signature import Form, first
from hotline.understanding.places import Gazetteer
from ivr_flows.model import Event, HungUp, Keys, NoInput, Said

_MAX_TEXT = 8000
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

    `has_recording` says that the caller left a voice message with it.
    """

    contacts: tuple[Contact, ...]
    event: Event
    third_parties: tuple[ThirdParty, ...] = ()
    uncertain: tuple[Uncertain, ...] = ()
    has_pictures: bool = False
    has_recording: bool = False


DayKey = tuple[date, bytes]


def hear_call(form: Form, day_keys: Iterable[DayKey], gazetteer: Gazetteer | None = None) -> Heard:
    """A voice webhook: keys, speech, silence or the end of the call."""
    sid, number = first(form, "CallSid"), first(form, "From")
    contacts = tuple(
        Contact(
            day,
            contact_id(sid, key),
            caller_key(number, sid, key),
            derive(key, b"state", sid.encode()),
            derive(key, b"replay", sid.encode()),
        )
        for day, key in day_keys
    )
    digits, speech = first(form, "Digits"), first(form, "SpeechResult")
    if digits == "hangup" or first(form, "CallStatus") == "completed":
        return Heard(contacts, HungUp())
    if digits:
        return Heard(contacts, Keys("".join(one for one in digits if one in "0123456789*#")))
    if speech.strip():
        found = scrub_words(speech, _known(form), gazetteer)
        said = Said(found.text, confidence=_confidence(first(form, "Confidence")))
        return Heard(contacts, said, found.sealed, found.uncertain)
    return Heard(contacts, NoInput())


def hear_text(form: Form, day_keys: Iterable[DayKey], gazetteer: Gazetteer | None = None) -> Heard:
    """A text message. The texter's number opens the thread's state and goes no further."""
    sid, number = first(form, "MessageSid"), first(form, "From")
    contacts = tuple(
        Contact(
            day,
            contact_id(sid, key),
            caller_key(number, sid, key),
            derive(key, b"state", number.encode()),
            derive(key, b"replay", sid.encode()),
        )
        for day, key in day_keys
    )
    body = _CONTROL.sub(" ", first(form, "Body")).strip()
    pictures = first(form, "NumMedia") not in ("", "0")
    if not body:
        return Heard(contacts, NoInput(), has_pictures=pictures)
    if _DIGITS_ONLY.fullmatch(body) and len(body) <= 24:
        keys = Keys("".join(one for one in body if one in "0123456789*#"))
        return Heard(contacts, keys, has_pictures=pictures)
    found = scrub_words(body, _known(form), gazetteer)
    return Heard(contacts, Said(found.text), found.sealed, found.uncertain, pictures)


def scrub_words(text: str, known: Known, gazetteer: Gazetteer | None = None) -> Scrubbed:
    """What may be stored of a text, and what was taken out of it to be stored apart."""
    return scrub(_CONTROL.sub(" ", text)[:_MAX_TEXT], known=known, mark=draw_mark(), gazetteer=gazetteer)


def _known(form: Form) -> Known:
    return Known(number=first(form, "From"), name=first(form, "CallerName"), city=first(form, "FromCity"))


def _confidence(value: str) -> float | None:
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return None
