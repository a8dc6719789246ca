"""The job that a bell starts: deliver everything that is due."""

from __future__ import annotations

from hotline.services.dispatch import drain
from workers.runtime import this_runtime
from workers.ways import stopping


class JobFailed(Exception):
    """A job's failure as RQ may know it: the type's name, because RQ keeps and logs the text of an exception."""


def run() -> None:
    """Drain the outbox.

    Running it twice is harmless: a delivery has one holder at a time, and keeps its id at every attempt.
    """
    try:
        runtime = this_runtime()
        drain(runtime.house, runtime.send, stop=stopping.is_set)
    except Exception as error:
        name = type(error).__name__
    else:
        return
    raise JobFailed(name) from None
