"""The job that a bell starts: take in what was left at the telephone service."""

from __future__ import annotations

import secrets
from datetime import datetime

from hotline.services.fetching import fetch_all, sweep
from workers.deliver import JobFailed
from workers.runtime import this_runtime
from workers.ways import Runtime, stopping


def run() -> None:
    """Fetch, distort, seal and delete everything that waits.

    Running it twice is harmless: `fetch_all` says why.
    """
    try:
        fetch_waiting(this_runtime(), this_runtime().house.clock())
    except Exception as error:
        name = type(error).__name__
    else:
        return
    raise JobFailed(name) from None


def fetch_waiting(runtime: Runtime, now: datetime) -> int:
    """The same, for the sweep; without an address of the telephone service there is nothing to ask."""
    if runtime.media is None:
        return 0
    return fetch_all(runtime.house, runtime.media, secrets.token_bytes, stop=stopping.is_set)


def destroy_over(runtime: Runtime, now: datetime) -> int:
    """Destroy voices and pictures whose time is over."""
    return sweep(runtime.house, now)
