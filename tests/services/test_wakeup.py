"""The bell: rung after a commit, carrying nothing, missed by nobody when it is lost."""

from __future__ import annotations

import importlib
import zlib
from typing import Any

import pytest
import redis
from rq import Queue
from rq.serializers import JSONSerializer

from hotline.services.wakeup import JOBS, Bell


def test_a_bell_carries_nothing_and_describes_itself(valkey: redis.Redis) -> None:
    assert Bell(valkey).ring("deliver")
    queue = Queue("deliver", connection=valkey, serializer=JSONSerializer)
    (job,) = queue.jobs
    assert (job.func_name, job.args, job.kwargs, job.description) == ("workers.deliver.run", [], {}, "bell deliver")
    raw: Any = valkey.hgetall(f"rq:job:{job.id}")
    assert b"workers.deliver.run" in zlib.decompress(raw[b"data"])
    assert raw[b"result_ttl"] == b"0"


def test_bells_do_not_pile_up_while_nobody_works(valkey: redis.Redis) -> None:
    for _ in range(50):
        Bell(valkey).ring("deliver")
    assert valkey.llen("rq:queue:deliver") == 1


def test_a_redis_that_is_away_is_no_error_and_its_address_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    gone = redis.Redis(unix_socket_path="/nergens/valkey.sock")
    assert not Bell(gone).ring("deliver")
    assert "nergens" not in caplog.text


@pytest.mark.parametrize("job", JOBS.values())
def test_every_job_s_name_resolves(job: str) -> None:
    module, _, name = job.rpartition(".")
    assert callable(getattr(importlib.import_module(module), name))
