"""Slows guessing of passwords down and locks nobody out for long; forgets everything when the process ends."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

WINDOW = timedelta(minutes=15)
PAUSE = timedelta(seconds=30)
FREE_TRIES = 5
FREE_TRIES_TOGETHER = 60
_MOST_NAMES = 2000


class LoginLimit:
    """After five wrong tries at a name, one try each half minute; after sixty in all, so for each name that failed.

    A name that never failed can always log in, so a flood of guesses shuts no colleague out.
    """

    def __init__(self) -> None:
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._together: deque[datetime] = deque(maxlen=FREE_TRIES_TOGETHER)
        self._lock = Lock()

    def wait(self, username: str, now: datetime) -> timedelta:
        """How long this name must still wait; zero when it may try."""
        with self._lock:
            failures = self._failures.get(username.strip().lower())
            if not failures or now - failures[-1] > WINDOW:
                return timedelta(0)
            flooded = len(self._together) == FREE_TRIES_TOGETHER and now - self._together[0] < WINDOW
            if len(failures) < FREE_TRIES and not flooded:
                return timedelta(0)
            return max(timedelta(0), failures[-1] + PAUSE - now)

    def failed(self, username: str, now: datetime) -> None:
        """A wrong try."""
        with self._lock:
            name = username.strip().lower()
            failures = self._failures.setdefault(name, deque(maxlen=FREE_TRIES))
            if failures and now - failures[-1] > WINDOW:
                failures.clear()
            failures.append(now)
            self._failures.move_to_end(name)
            self._together.append(now)
            while len(self._failures) > _MOST_NAMES:
                self._failures.popitem(last=False)

    def passed(self, username: str) -> None:
        """A right one."""
        with self._lock:
            self._failures.pop(username.strip().lower(), None)
