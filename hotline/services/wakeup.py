"""Rings the workers' bell after a commit; a lost bell costs a few seconds and no more, for the sweep looks too."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from uuid import uuid4

import redis
from rq import Queue
from rq.serializers import JSONSerializer

JOBS: Mapping[str, str] = {
    "deliver": "workers.deliver.run",
    "attachments": "workers.attachments.run",
    "erase": "workers.erase.run",
}
"""What may be rung for → the job's dotted name; a test resolves each."""

LONGEST_JOB = 900
"""Seconds that one drain may take."""

_log = logging.getLogger(__name__)


class Bell:
    """Enqueues jobs that carry nothing: they look in the outbox themselves."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def ring(self, what: str) -> bool:
        """Wake the workers for `what`; False when Redis is away, which is no error.

        A job that still waits in the queue will start after this moment and see what was committed, so a second one is
        not added: bells don't pile up while no worker runs.
        """
        queue = open_queue(what, self._client)
        try:
            if queue.count == 0:
                queue.enqueue_call(
                    JOBS[what],
                    job_id=f"bell-{what}-{uuid4().hex}",
                    description=f"bell {what}",
                    timeout=LONGEST_JOB,
                    result_ttl=0,
                    ttl=3600,
                    failure_ttl=300,
                )
        except (redis.RedisError, OSError) as error:
            _log.warning("bell not rung: %s", type(error).__name__)
            return False
        return True


def open_queue(what: str, client: redis.Redis) -> Queue:
    """The queue of one kind of bell, JSON inside."""
    return Queue(what, connection=client, serializer=JSONSerializer)
