"""Finds in a webhook what its sender left at the telephone service: a voice message, or the media of a text.

Only the service's own ids are read. The addresses that a webhook brings are never called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hotline.anonymity.caller import contact_id
from hotline.telephony.inbound import DayKey
from hotline.telephony.signature import Form, first

MOST_MEDIA = 10
"""Twilio brings at most ten with one text."""

_RECORDING = re.compile(r"RE[0-9a-f]{32}")
_MESSAGE = re.compile(r"[SM]M[0-9a-f]{32}")
_MEDIUM = re.compile(r"/Media/(ME[0-9a-f]{32})$")


@dataclass(frozen=True, slots=True)
class Left:
    """One thing at the telephone service: its `path` below the account, and by what a repeat of it is known.

    `is_picture` is false for media that are none, which are deleted unseen.
    """

    path: str
    repeat_id: bytes
    is_picture: bool = False


def find_recording(form: Form, day_keys: Iterable[DayKey]) -> Left | None:
    """The voice message that this webhook tells of."""
    sid = first(form, "RecordingSid")
    return _left(f"Recordings/{sid}", day_keys) if _RECORDING.fullmatch(sid) else None


def find_media(form: Form, day_keys: Iterable[DayKey]) -> tuple[Left, ...]:
    """The media that came with this text."""
    message, keys = first(form, "MessageSid"), tuple(day_keys)
    if not _MESSAGE.fullmatch(message):
        return ()
    found = []
    for number in range(MOST_MEDIA):
        medium = _MEDIUM.search(first(form, f"MediaUrl{number}"))
        if medium is not None:
            is_picture = first(form, f"MediaContentType{number}").lower().startswith("image/")
            found.append(_left(f"Messages/{message}/Media/{medium[1]}", keys, is_picture=is_picture))
    return tuple(found)


def _left(path: str, day_keys: Iterable[DayKey], *, is_picture: bool = False) -> Left:
    _, key = next(iter(day_keys))
    return Left(path, contact_id(path, key), is_picture)
