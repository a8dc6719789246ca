"""What the carrier keeps of calls and messages until it is told to forget them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

EVENTS_AFTER = timedelta(minutes=15)
"""A call's Events can be read so long after its end (`twilio.md`)."""

MOST = 10_000

What = Literal["call", "message", "recording", "media"]


@dataclass(slots=True)
class Kept:
    """One thing that the carrier keeps; `belongs_to` is the call of a child leg or recording, or a media's message.

    `content` is a recording's or a media's own bytes; None while it is not ready.
    """

    sid: str
    what: What
    direction: str = "inbound"
    belongs_to: str = ""
    is_final: bool = True
    ended_at: datetime | None = None
    events: list[tuple[str, str]] = field(default_factory=list)
    content: bytes | None = None


class Ledger:
    """Safe to share between threads; the oldest entries make room beyond `MOST`."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._on_the_way: dict[str, list[str]] = {}
        self._lock = threading.Lock()

    def begin_call(self, sid: str, parent: str = "") -> None:
        """A call, or a child leg of one, is being made."""
        self._add(Kept(sid, "call", belongs_to=parent, is_final=False))

    def add_event(self, sid: str, method: str, url: str) -> None:
        """A request went out for a call. Twilio keeps all its fields; where it went is enough here."""
        with self._lock:
            if sid in self._kept:
                self._kept[sid].events.append((method, url))

    def end_call(self, sid: str, now: datetime) -> None:
        """The call has its final state."""
        with self._lock:
            if sid in self._kept:
                self._kept[sid].is_final, self._kept[sid].ended_at = True, now

    def add_message(self, sid: str, direction: str, *, is_final: bool = True) -> None:
        """A text went one way or the other."""
        self._add(Kept(sid, "message", direction, is_final=is_final))

    def deliver(self, sid: str, number: str, text: str) -> None:
        """The line texts somebody of its own accord; the telephone of that number fetches it."""
        self.add_message(sid, "outbound-api")
        with self._lock:
            self._on_the_way.setdefault(number, []).append(text)

    def fetch(self, number: str) -> list[str]:
        """What came for this telephone since it last looked."""
        with self._lock:
            return self._on_the_way.pop(number, [])

    def add_recording(self, sid: str, call: str, content: bytes | None = None) -> None:
        """Something was recorded in a call; it outlives the call's own deletion."""
        self._add(Kept(sid, "recording", belongs_to=call, content=content))

    def add_media(self, sid: str, message: str, content: bytes | None = None) -> None:
        """A picture came with a message."""
        self._add(Kept(sid, "media", belongs_to=message, content=content))

    def find(self, sid: str, what: What) -> Kept | None:
        """The thing, None where there is none or it was deleted."""
        with self._lock:
            kept = self._kept.get(sid)
        return kept if kept is not None and kept.what == what else None

    def of(self, owner: str, what: What) -> list[Kept]:
        """What belongs to a call or message."""
        with self._lock:
            return [kept for kept in self._kept.values() if kept.what == what and kept.belongs_to == owner]

    def events(self, call: Kept, now: datetime) -> list[tuple[str, str]]:
        """The requests of a call, once they can be read."""
        is_late = call.ended_at is not None and now - call.ended_at >= EVENTS_AFTER
        return list(call.events) if is_late else []

    def forget(self, sid: str) -> None:
        """Delete it; a message takes its media along."""
        with self._lock:
            gone = self._kept.pop(sid, None)
            if gone is not None and gone.what == "message":
                for one in [kept.sid for kept in self._kept.values() if kept.belongs_to == sid]:
                    del self._kept[one]

    def left(self) -> list[str]:
        """The SIDs of everything still kept, oldest first."""
        with self._lock:
            return list(self._kept)

    def _add(self, kept: Kept) -> None:
        with self._lock:
            self._kept[kept.sid] = kept
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
