"""What an attempt to erase something at Twilio came to, when it is tried again, and when somebody must look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What Twilio keeps and is told to forget."""

    CALL = "call"
    MESSAGE = "message"
    RECORDING = "recording"
    MEDIA = "media"


class Result(StrEnum):
    """How one attempt ended; `GONE` alone is an end."""

    GONE = "gone"
    """Twilio answers 404 for the thing and for all that hung on it."""
    UNFINISHED = "unfinished"
    """Error 20009: the call or message has no final state yet, which can last 14 days."""
    LINGERING = "lingering"
    """Deleted and still readable, or its Events are."""
    BUSY = "busy"
    """429: too many requests of this account."""
    REFUSED = "refused"
    """401 or 403: the account or its token is wrong, which only the operator can mend."""
    FAILED = "failed"
    """No answer, a 5xx, or an answer that makes no sense."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One attempt. `found` says whether Twilio had the thing, `others` what hung on it and is gone: child legs,
    recordings, media. `wait` is what `Retry-After` asked.
    """

    result: Result
    found: bool = False
    others: tuple[Kind, ...] = ()
    wait: timedelta | None = None


WAITING = "waiting"
"""The status of a row that nobody has tried yet; afterwards it is the last attempt's result."""

ABSENT = "absent"
"""The receipt for what Twilio did not know at the first attempt. Many of them mean a wrong account or region."""

GRACE = timedelta(hours=1)
"""A row is overdue when it waits this long past its moment: no worker looks."""

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_PAUSES = (5 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE, _HOUR)
_LONG_PAUSE = timedelta(hours=6)
_SHORT_UNFINISHED = 6

LATE_AFTER: Mapping[Result, int] = {
    Result.REFUSED: 1,
    Result.FAILED: 6,  # with the pauses above: about three hours
    Result.BUSY: 6,
    Result.LINGERING: 26,  # a day
    Result.UNFINISHED: 62,  # 14 days, the longest that Twilio's documentation gives
}
"""From so many attempts on, a row that ended its last one like this is late."""

STOPS = frozenset({Result.BUSY, Result.REFUSED})
"""What every other row would meet too, so nothing else is tried until the pause is over."""


def pause_after(result: Result, attempts: int, asked: timedelta | None = None) -> timedelta:
    """How long a row rests after its `attempts`-th attempt; never less than what Twilio asked."""
    pause = _PAUSES[min(attempts, len(_PAUSES)) - 1]
    if result is Result.UNFINISHED:
        pause = _HOUR if attempts <= _SHORT_UNFINISHED else _LONG_PAUSE
    return max(pause, asked or timedelta(0))
