"""What the demo partner received: each delivery once, however often it came, and how it should misbehave next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, Literal

Kind = Literal["melding", "alarm"]
Json = Mapping[str, Any]


@dataclass(slots=True)
class Received:
    """One delivery, known by its `webhook-id`; `times` counts how often it came."""

    webhook_id: str
    kind: Kind
    content: Json
    first_at: datetime
    times: int = 1


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the partner answers the next `times` deliveries; `delay` and `retry_after` are in seconds.

    With `keep` it takes a delivery in although it answers with a failure, as a partner whose answer got lost.
    """

    status: int = 200
    times: int = 0
    delay: float = 0.0
    retry_after: int | None = None
    keep: bool = False


class Inbox:
    """The last `most` deliveries, newest last; safe to use from several threads."""

    def __init__(self, *, most: int = 50) -> None:
        self._most = most
        self._received: OrderedDict[str, Received] = OrderedDict()
        self._behaviour = Behaviour()
        self._refused = 0
        self._lock = Lock()

    def take(self, webhook_id: str, kind: Kind, content: Json, now: datetime) -> None:
        """Takes one delivery in; one that came before is only counted."""
        with self._lock:
            known = self._received.get(webhook_id)
            if known is not None:
                known.times += 1
                return
            self._received[webhook_id] = Received(webhook_id, kind, content, now)
            while len(self._received) > self._most:
                self._received.popitem(last=False)

    def refuse(self) -> None:
        """Counts a delivery whose signature was wrong."""
        with self._lock:
            self._refused += 1

    def behave(self, behaviour: Behaviour) -> None:
        """Sets how the next deliveries are answered."""
        with self._lock:
            self._behaviour = behaviour

    def next_behaviour(self) -> Behaviour | None:
        """The misbehaviour for this delivery, None for a good answer."""
        with self._lock:
            current = self._behaviour
            if current.times <= 0:
                return None
            left = current.times - 1
            self._behaviour = Behaviour(current.status, left, current.delay, current.retry_after, current.keep)
            return current

    def show(self) -> tuple[list[Received], int]:
        """What was received, oldest first, and how many were refused."""
        with self._lock:
            return list(self._received.values()), self._refused

    def clear(self) -> None:
        """Forgets everything received, and the misbehaviour."""
        with self._lock:
            self._received.clear()
            self._behaviour, self._refused = Behaviour(), 0
