"""The worker and the clock as processes of their own: through kills and a Redis that comes and goes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psutil
import pytest
import redis
import yaml
from sqlalchemy import Engine, func, select

from hotline.anonymity.seal import seal
from hotline.services.wakeup import Bell
from hotline.storage.keyfiles import ensure_keys, read_desk
from hotline.storage.session import transaction
from hotline.storage.tables import Delivery, Report
from tests import servers
from tests.desk_house import Desk, open_desk
from tests.workers.endpoint import SECRET, Answer, Endpoint, open_endpoint

PLAIN = json.dumps({"reportId": "r-1", "text": "Startinformatie", "time": "2026-11-23T02:00:00Z"}).encode()
PATIENCE = 40.0


def wait_for(what: Callable[[], bool], why: str) -> None:
    """Until it is so; the limit only ends a test that would hang."""
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, why
        time.sleep(0.05)


@dataclass
class Plant:
    """An installation's folder and environment, with its processes."""

    desk: Desk
    endpoint: Endpoint
    environ: dict[str, str]
    dispatch_public: bytes
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, module: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-m", module], env=self.environ, stderr=subprocess.PIPE)
        self.processes.append(process)
        return process

    def put(self) -> UUID:
        report_id, delivery_id = self.desk.report({"category": "dealing"}), uuid4()
        with transaction(self.desk.owner) as session:
            session.add(
                Delivery(
                    id=delivery_id,
                    kind="report",
                    target="politie",
                    report_id=report_id,
                    sealed=seal(self.dispatch_public, PLAIN),
                    status="pending",
                    due_at=datetime.now(UTC),
                )
            )
        return delivery_id

    def ring(self) -> None:
        client = redis.Redis.from_url(self.environ["HOTLINE_REDIS_URL"])
        Bell(client).ring("deliver")

    def waits_for(self, *delivery_ids: UUID) -> None:
        def arrived() -> bool:
            with transaction(self.desk.owner) as session:
                done = select(func.count(Delivery.id)).where(
                    Delivery.id.in_(delivery_ids), Delivery.status == "delivered"
                )
                return session.scalar(done) == len(delivery_ids)

        wait_for(arrived, "not delivered")


@contextmanager
def own_valkey() -> Iterator[tuple[str, int]]:
    """A Valkey that the test may kill; its URL and process id."""
    with servers.valkey() as url:
        client = redis.Redis.from_url(url)
        yield url, int(client.info("server")["process_id"])


@pytest.fixture
def plant(
    tmp_path: Path, database: str, desk_engine: Engine, owner_engine: Engine, valkey: redis.Redis, valkey_url: str
) -> Iterator[Plant]:
    with ExitStack() as stack:
        endpoint = stack.enter_context(open_endpoint())
        ensure_keys(tmp_path / "keys", datetime.now(UTC).date())
        partner = {"key": "politie", "name": "Politie", "adapter": "webhook", "url": endpoint.url, "secret": SECRET}
        file = tmp_path / "partners.yaml"
        file.write_text(yaml.safe_dump({"partners": [{**partner, "receives": ["dealing"], "role": "primary"}]}))
        environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HOTLINE_")},
            "HOTLINE_HOME": str(tmp_path),
            "HOTLINE_DATABASE_URL": database.format(role="owner").replace("+psycopg", ""),
            "HOTLINE_REDIS_URL": valkey_url,
            "HOTLINE_PARTNERS_FILE": str(file),
            "HOTLINE_TWILIO_AUTH_TOKENS": "t" * 32,
            "HOTLINE_SECRET_KEY": "k" * 32,
            "HOTLINE_DEMO_PASSWORD": "p" * 20,
            "HOTLINE_DEMO_PARTNER_SECRET": SECRET,
        }
        desk = open_desk(desk_engine, owner_engine, valkey, datetime.now(UTC))
        found = Plant(desk, endpoint, environ, read_desk(tmp_path / "keys").dispatch_public)
        yield found
        for process in found.processes:
            if process.poll() is None:
                process.kill()
            process.communicate()


def test_a_bell_makes_the_worker_deliver_and_sigterm_ends_it_cleanly(plant: Plant) -> None:
    worker = plant.start("workers.main")
    first = plant.put()
    plant.ring()
    plant.waits_for(first)
    assert plant.endpoint.ids == [str(first)]
    client = redis.Redis.from_url(plant.environ["HOTLINE_REDIS_URL"])
    wait_for(lambda: not list(client.scan_iter("rq:job:*")), "a job leaves nothing behind")
    worker.send_signal(signal.SIGTERM)
    _, errors = worker.communicate(timeout=PATIENCE)
    assert worker.returncode == 0
    assert b"Traceback" not in errors


def test_the_clock_alone_delivers_and_lets_go_without_any_redis(plant: Plant) -> None:
    plant.environ["HOTLINE_REDIS_URL"] = "unix:///nergens/valkey.sock"
    delivery_id, over = plant.put(), plant.desk.report({"category": "waste"}, ago=timedelta(days=800))
    clock = plant.start("workers.schedule")
    plant.waits_for(delivery_id)
    wait_for(lambda: not _is_there(plant, over), "a report that is over goes, in a process that the clock starts")
    clock.send_signal(signal.SIGTERM)
    _, errors = clock.communicate(timeout=PATIENCE)
    assert clock.returncode == 0
    assert b"Traceback" not in errors
    assert b"nergens" not in errors


def test_the_worker_outlives_a_killed_redis_and_hears_the_bell_of_the_next(plant: Plant) -> None:
    with own_valkey() as (url, process_id):
        plant.environ["HOTLINE_REDIS_URL"] = url
        worker = plant.start("workers.main")
        first = plant.put()
        plant.ring()
        plant.waits_for(first)
        os.kill(process_id, signal.SIGKILL)
        path = Path(url.removeprefix("unix://"))
        options = ["--port", "0", "--unixsocket", str(path), "--save", "", "--appendonly", "no"]
        wait_for(lambda: not psutil.pid_exists(process_id) or _is_zombie(process_id), "killed")
        again = subprocess.Popen([servers.VALKEY, *options], stdout=subprocess.DEVNULL, cwd=path.parent)
        try:
            client = redis.Redis.from_url(url)
            wait_for(lambda: _answers(client), "the second Valkey")
            second = plant.put()
            plant.ring()
            plant.waits_for(second)
            assert plant.endpoint.ids == [str(first), str(second)]
            assert worker.poll() is None
        finally:
            again.kill()
            again.wait()


def test_a_killed_worker_is_followed_by_another_and_a_bell_still_rings(plant: Plant) -> None:
    plant.endpoint.plan = [Answer(200, delay=60)]
    worker = plant.start("workers.main")
    first = plant.put()
    plant.ring()
    assert plant.endpoint.came.wait(PATIENCE)
    worker.kill()
    worker.wait()
    plant.start("workers.main")
    second = plant.put()
    plant.ring()
    plant.waits_for(second)
    with transaction(plant.desk.owner) as session:
        assert session.get_one(Delivery, first).status == "sending", "until its lease runs out"


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False


def _is_zombie(process_id: int) -> bool:
    return psutil.Process(process_id).status() == psutil.STATUS_ZOMBIE


def _is_there(plant: Plant, report_id: UUID) -> bool:
    with transaction(plant.desk.owner) as session:
        return session.get(Report, report_id) is not None
