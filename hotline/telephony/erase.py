"""Erases one thing at Twilio: deletes it and all that hangs on it, and reads again until that answers 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from hotline.domain.erasure import Kind, Outcome, Result
from hotline.telephony.rest import Answered, NoAnswer

UNFINISHED = 20009
"""Twilio's error for what has no final state yet (`twilio.md`)."""

_GOING_ON = frozenset({"queued", "ringing", "in-progress"})
_TRIES = 3
_MOST = 200


class _Lingers(Exception):
    """Deleted, and still readable."""


def erase(client: Client, kind: Kind, sid: str) -> Outcome:
    """One attempt. Of a call: its child legs, its recordings, itself and its Events. Of a message: its media and itself.

    Of a call that goes on, nothing: a tape may still run in it.
    A media file's `sid` is its message's, a slash, and its own. Doing it again is harmless: a 404 is what is wanted.
    """
    others: list[Kind] = []
    found = False
    try:
        match kind:
            case Kind.CALL if _goes_on(client, sid):
                return Outcome(Result.UNFINISHED)
            case Kind.CALL:
                found = _erase_call(client, sid, others, set())
            case Kind.MESSAGE:
                for media in _list(client.messages(sid).media.list):
                    others += [Kind.MEDIA] * _forget(client.messages(sid).media(media.sid))
                found = _forget(client.messages(sid))
            case Kind.RECORDING:
                found = _forget(client.recordings(sid))
            case Kind.MEDIA:
                message, _, media_sid = sid.partition("/")
                found = _forget(client.messages(message).media(media_sid))
    except _Lingers:
        return Outcome(Result.LINGERING, others=tuple(others))
    except Answered as answer:
        return Outcome(_judge(answer), others=tuple(others), wait=answer.wait)
    except (NoAnswer, TwilioException, ValueError, KeyError, TypeError, AttributeError):  # the last: no JSON we know
        return Outcome(Result.FAILED, others=tuple(others))
    return Outcome(Result.GONE, found, tuple(others))


def _goes_on(client: Client, sid: str) -> bool:
    try:
        return client.calls(sid).fetch().status in _GOING_ON
    except Answered as answer:
        if answer.status == 404:
            return False
        raise


def _erase_call(client: Client, sid: str, others: list[Kind], seen: set[str]) -> bool:
    """Child legs first, because they are calls of their own; `seen` ends a circle, which Twilio should not give."""
    seen.add(sid)
    for child in client.calls.list(parent_call_sid=sid, limit=_MOST):
        if child.sid not in seen:
            others += [Kind.CALL] * _erase_call(client, child.sid, others, seen)
    for recording in _list(client.calls(sid).recordings.list):
        others += [Kind.RECORDING] * _forget(client.recordings(recording.sid))
    found = _forget(client.calls(sid))
    if _is_there(lambda: client.calls(sid).events.list(limit=1)):
        raise _Lingers
    return found


def _forget(resource: Any) -> bool:
    """Delete and read again until that is a 404; says whether there was something. A 204 alone proves nothing."""
    was_there = False
    for _ in range(_TRIES):
        was_there |= _is_there(resource.delete)
        if not _is_there(resource.fetch):
            return was_there
        was_there = True
    raise _Lingers


def _list(read: Callable[..., list[Any]]) -> list[Any]:
    """What hangs on something; nothing, where that is gone itself."""
    try:
        return read(limit=_MOST)
    except Answered as answer:
        if answer.status == 404:
            return []
        raise


def _is_there(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except Answered as answer:
        if answer.status == 404:
            return False
        raise
    return True


def _judge(answer: Answered) -> Result:
    if answer.code == UNFINISHED:
        return Result.UNFINISHED
    if answer.status in (401, 403):
        return Result.REFUSED
    return Result.BUSY if answer.status == 429 else Result.FAILED
