"""`python -m workers.main`: answers the bells, through every restart of Redis, until SIGTERM."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import Any

import redis
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from hotline.services.wakeup import JOBS, open_queue
from workers.runtime import begin, open_redis
from workers.ways import stopping

LONGEST_PAUSE = 5.0
"""Seconds between two knocks at a Redis that is away; meanwhile the sweep delivers."""


class Ringer(SimpleWorker):
    """Works in its own process: no fork to pay for, one pool of connections, and a kill loses nothing but a bell."""

    max_connection_wait_time = LONGEST_PAUSE

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Let the job in hand end after its present delivery, then leave."""
        stopping.set()
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]  # rq


def main() -> None:
    """Work until told to stop; whatever else ends RQ's loop begins it anew."""
    begin()
    client = open_redis()
    pause = 0.2
    while not stopping.is_set():
        signal.signal(signal.SIGTERM, _leave)
        signal.signal(signal.SIGINT, _leave)
        try:
            _worker(client).work(logging_level="WARNING")
            pause = 0.2
        except (redis.RedisError, OSError):
            pause = min(pause * 2, LONGEST_PAUSE)
        stopping.wait(pause)


def _worker(client: redis.Redis) -> Ringer:
    options: dict[str, Any] = {"log_job_description": False, "default_result_ttl": 0, "serializer": JSONSerializer}
    return Ringer([open_queue(what, client) for what in JOBS], connection=client, **options)


def _leave(signum: int, frame: FrameType | None) -> None:
    stopping.set()
    sys.exit(0)


if __name__ == "__main__":
    main()
