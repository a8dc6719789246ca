"""The only thing that is ever known of a caller: a keyed name that lasts a day."""

from __future__ import annotations

from typing import NewType

import phonenumbers
from phonenumbers import PhoneNumberType

from hotline.anonymity.seal import derive

Identity = NewType("Identity", str)
"""A number that names one subscriber, in E.164 (`identity_of`)."""

CallerKey = NewType("CallerKey", bytes)
"""32 bytes: the same for one number on one day, and for nobody without the day's key a way back to the number."""

_WITHHELD_WORDS = frozenset({"", "anonymous", "restricted", "unknown", "unavailable", "private", "withheld"})
# The same words on a keypad, which is how some carriers write them (Twilio's documentation of `From`).
_WITHHELD_DIGITS = frozenset({"266696687", "7378742833", "2562533", "8656696", "86282452253"})
# A switchboard's, a service's or a pager's number stands for many people, so it names none.
_SHARED_TYPES = frozenset(
    {
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
        PhoneNumberType.VOICEMAIL,
        PhoneNumberType.PAGER,
    }
)


def is_withheld(number: str) -> bool:
    """Whether the carrier wrote a word, or a word's keypad digits, in the place of a number."""
    bare = number.strip().lower()
    return bare in _WITHHELD_WORDS or bare.lstrip("+") in _WITHHELD_DIGITS


def caller_key(identity: Identity | None, call_id: str, day_key: bytes) -> CallerKey:
    """The caller's name for today, of what `identity_of` gave; where that is None, its name is the call's own."""
    if identity is None:
        return CallerKey(derive(day_key, b"caller of one call", call_id.encode("utf-8", "replace")))
    return CallerKey(derive(day_key, b"caller", identity.encode()))


def contact_id(call_or_message_sid: str, day_key: bytes) -> bytes:
    """32 bytes that recognise a repeat of the same call or message, and say nothing without the day's key."""
    return derive(day_key, b"contact", call_or_message_sid.encode("utf-8", "replace"))


def identity_of(number: str) -> Identity | None:
    """The number in E.164; None for one that is withheld, invalid or shared."""
    if is_withheld(number) or len(number) > 40:
        return None
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed) or phonenumbers.number_type(parsed) in _SHARED_TYPES:
        return None
    return Identity(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
