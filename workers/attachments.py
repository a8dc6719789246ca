"""The job that a bell starts: take in what was left at the telephone service."""

from __future__ import annotations

import secrets
from datetime import datetime

from hotline.services.fetching import fetch_all, is_waiting, sweep
from workers.deliver import JobFailed
from workers.runtime import this_runtime
from workers.ways import Runtime, stopping


def run() -> None:
    """Fetch, distort, seal and erase everything that waits.

    Running it twice is harmless: `fetch_all` says why.
    """
    try:
        take_in_waiting(this_runtime())
    except Exception as error:
        name = type(error).__name__
    else:
        return
    raise JobFailed(name) from None


def take_in_waiting(runtime: Runtime, most: int = 50) -> int:
    """The job's work on a runtime."""
    random = secrets.token_bytes
    return fetch_all(runtime.house, runtime.fetch, runtime.erase, random, most=most, stop=stopping.is_set)


def sweep_waiting(runtime: Runtime, now: datetime) -> int:
    """Ring for what waits. The clock does it itself only where the bell is away, and one at a time: others wait for it."""
    if not is_waiting(runtime.house, now) or runtime.house.bell.ring("attachments"):
        return 0
    return take_in_waiting(runtime, most=1)


def destroy_over(runtime: Runtime, now: datetime) -> int:
    """Destroy voices and pictures whose time is over."""
    return sweep(runtime.house, now)
