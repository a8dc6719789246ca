"""Remembers what the database said: looks again every few seconds, and keeps the last answer while it is away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

T = TypeVar("T")

EVERY = timedelta(seconds=3)
"""A change at the desk or by command reaches every process within this time."""

_log = structlog.get_logger()


class Glance(Generic[T]):
    """One answer of the database, `first` until it was reached. A turn never waits for another turn's look."""

    def __init__(
        self, look: Callable[[], T], first: T, clock: Callable[[], datetime], every: timedelta = EVERY
    ) -> None:
        self._look, self._clock, self._every = look, clock, every
        self._answer = first
        self._looked_at: datetime | None = None
        self._lock = threading.Lock()

    def __call__(self) -> T:
        """What the database said, at most `every` ago, or when it was last there."""
        now, before = self._clock(), self._looked_at
        if before is not None and timedelta(0) <= now - before < self._every:
            return self._answer
        # before the first look there is no answer to go on with, so everybody waits for it
        if self._lock.acquire(blocking=before is None):
            try:
                if self._looked_at == before:
                    self._refresh()
                    self._looked_at = now
            finally:
                self._lock.release()
        return self._answer

    def _refresh(self) -> None:
        try:
            self._answer = self._look()
        except SQLAlchemyError as error:
            _log.warning("the database is away: its last answer counts", error=type(error).__name__)
