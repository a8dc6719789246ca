"""The whole house in one test: both web processes as apps, the workers' rounds, and the people who act.

Everything is real but the telephone exchange, which plays TwiML as strictly as the carrier does, and the partner, which
is a process of its own that checks each signature with the public library.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import redis
from flask import Flask
from sqlalchemy import Engine

from config.settings import Settings, load_settings
from hotline.app import create_app
from hotline.domain.dayparts import local_day
from hotline.services.people import ensure_demo_people
from hotline.simulator.exchange import Exchange
from hotline.storage.keyfiles import ensure_keys
from tests.drivers.caller import Caller
from tests.drivers.line import connect, over_test_client
from tests.drivers.operator import Operator
from tests.drivers.partner import PartnerSystem
from tests.drivers.texter import Texter
from workers.runtime import build_runtime
from workers.sweep import Rounds
from workers.ways import Runtime

PASSWORD = "a-password-for-tests"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def moves(self, **by: float) -> None:
        """Later, by `minutes=`, `hours=` …"""
        self.now += timedelta(**by)


class DemoPartner:
    """The police's own system: another process that verifies what reaches it."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def received(self, kind: str = "melding") -> list[dict[str, Any]]:
        """What came in and was signed well, oldest first; `times` says how often."""
        return [one for one in self._get("/received.json")["received"] if one["kind"] == kind]

    def refused(self) -> int:
        """How many came in that were not signed well."""
        return int(self._get("/received.json")["refused"])

    def behaves(self, **how: object) -> None:
        """From now on badly: `status`, `times`, `delay`, `retryAfter`, `keep`."""
        request = urllib.request.Request(self.url + "/behave", json.dumps(how).encode())
        urllib.request.urlopen(request, timeout=5).close()

    def forgets(self) -> None:
        """Empties its memory."""
        urllib.request.urlopen(urllib.request.Request(self.url + "/forget", b""), timeout=5).close()

    def _get(self, path: str) -> Any:
        with urllib.request.urlopen(self.url + path, timeout=5) as answer:
            return json.load(answer)


@contextmanager
def partner_process() -> Iterator[DemoPartner]:
    """Start the partner; it is gone when the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {**os.environ, "PORT": str(port - 2), "HOTLINE_DEMO_PARTNER_SECRET": SECRET}
    process = subprocess.Popen([sys.executable, "-m", "hotline.simulator.partner"], env=environ)
    partner = DemoPartner(port)
    try:
        for _ in range(200):
            try:
                partner.received()
                break
            except OSError:
                time.sleep(0.05)
        yield partner
    finally:
        process.terminate()
        process.wait()


@dataclass
class World:
    """One installation for one test."""

    settings: Settings
    clock: Clock
    intake: Flask
    desk: Flask
    runtime: Runtime
    exchange: Exchange
    police: DemoPartner
    owner: Engine
    redis: redis.Redis

    def caller(self, number: str | None = None, **extra: str) -> Caller:
        """Somebody with a telephone."""
        return Caller(self.exchange, number, extra=extra)

    def texter(self, number: str | None = None, **extra: str) -> Texter:
        """Somebody who texts, from a number that is one: a thread needs to know its texter again."""
        return Texter(self.exchange, number, extra=extra)

    def operator(self, name: str = "operator") -> Operator:
        """Somebody at the desk, logged in."""
        return Operator(self.desk.test_client()).logs_in(name, PASSWORD)

    def partner_system(self, partner: str) -> PartnerSystem:
        """A partner's machine with a key of the API."""
        return PartnerSystem.with_new_key(self.desk, partner, self.clock())

    def workers_walk(self) -> None:
        """The scheduler's rounds, each duty once; what is due is delivered although no worker listens to the bell."""
        self.clock.moves(seconds=11)
        Rounds(self.runtime).walk()

    def close(self) -> None:
        """Let go of the database."""
        for house in (
            self.intake.extensions["hotline.intake"],
            self.desk.extensions["hotline.desk"],
            self.runtime.house,
        ):
            house.engine.dispose()


def build_world(
    folder: Path, database: str, valkey_url: str, owner: Engine, now: datetime, police: DemoPartner, **more: str
) -> World:
    """An installation in `folder`, on an empty database and Valkey; `more` are variables of its own."""
    clock = Clock(now)
    partners = folder / "partners.yaml"
    partners.write_text(
        f"""
partners:
  - key: politie
    name: Politie Limburg, basisteam Maastricht
    adapter: webhook
    url: {police.url}/webhook
    secret: {SECRET}
    receives: [dealing, premises, production, threat]
    sees: [third_parties, exact_address]
    role: primary
  - key: gemeente
    name: Gemeente Maastricht
    adapter: portal
    receives: '*'
    role: primary
"""
    )
    settings = load_settings(
        {
            "HOTLINE_HOME": str(folder),
            "HOTLINE_DATABASE_URL": database.format(role="owner"),
            "HOTLINE_REDIS_URL": valkey_url,
            "HOTLINE_DEMO_PASSWORD": PASSWORD,
            "HOTLINE_PARTNERS_FILE": str(partners),
            "HOTLINE_ALARM_WEBHOOK": f"{police.url}/alarm",
            "HOTLINE_ALARM_SECRET": SECRET,
            "HOTLINE_DEMO_PARTNER_SECRET": SECRET,
            "HOTLINE_SECRET_KEY": "for tests alone, and long enough to pass",
            "HOTLINE_TWILIO_AUTH_TOKENS": "a-token-that-signs-nothing-outside-the-tests",
            "HOTLINE_TWILIO_API_URL": "http://127.0.0.1:9",
            **more,
        }
    )
    ensure_keys(settings.keys, local_day(now))
    intake = create_app(settings, parts=("intake",), clock=clock)
    desk = create_app(settings, parts=("desk",), clock=clock)
    ensure_demo_people(desk.extensions["hotline.desk"].engine, PASSWORD)
    exchange = connect(
        over_test_client(intake.test_client(use_cookies=False)),
        now=clock,
        public_url=settings.public_url,
        account_sid=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_tokens[0],
        voice_number=settings.voice_number,
        sms_number=settings.sms_number,
    )
    client = redis.Redis.from_url(valkey_url)
    runtime = build_runtime(settings, clock)
    return World(settings, clock, intake, desk, runtime, exchange, police, owner, client)
