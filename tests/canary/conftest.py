"""An installation under observation, on servers of its own so that no other test's traces lie in them."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis
from sqlalchemy import Engine

from tests import servers
from tests.canary.cast import Cast
from tests.canary.house import Watched
from tests.canary.mailbox import open_mailbox
from tests.canary.wire import Wire, open_relay
from tests.world import DemoPartner, build_world, partner_process

LOGGERS = (
    None,
    "hotline",
    "sqlalchemy",
    "sqlalchemy.engine",
    "psycopg",
    "urllib3",
    "rq",
    "rq.worker",
    "werkzeug",
    "redis",
)
"""The root and those that keep a level of their own."""


@pytest.fixture(scope="package")
def postgres_folder() -> Iterator[str]:
    """As the one that all tests share, and apart from it."""
    with servers.postgres() as folder:
        servers.make_database(folder, "template")
        yield folder


@pytest.fixture(scope="package")
def police() -> Iterator[DemoPartner]:
    """The police's system, in a process of its own."""
    with partner_process() as partner:
        yield partner


@pytest.fixture
def watched(
    tmp_path: Path,
    database: str,
    postgres_folder: str,
    valkey: redis.Redis,
    valkey_url: str,
    owner_engine: Engine,
    police: DemoPartner,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Watched]:
    """An empty installation; logging is at DEBUG before it is built, so that every library says all it ever would."""
    for name in LOGGERS:
        caplog.set_level(logging.DEBUG, name)
    police.forgets()  # what earlier tests planted there on purpose
    cast = Cast()
    for place in ("tmp", "cwd"):
        (tmp_path / place).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.chdir(tmp_path / "cwd")
    valkey.config_set("rdbcompression", "no")  # else a snapshot packs what it holds, and no search sees it
    with open_relay(police.url) as relay, open_mailbox() as mailbox:
        mail = {"HOTLINE_ALARM_EMAIL": "dienst@example.org", "HOTLINE_SMTP_URL": mailbox.url}
        behind = DemoPartner(0)
        behind.url = relay.url
        world = build_world(tmp_path, database, valkey_url, owner_engine, datetime.now(UTC), behind, **mail)
        world.police = police
        world.exchange.make_sid = cast.make_sid
        intake, desk = (Wire(name, cast.address, cast.agent) for name in ("intake", "desk"))
        intake.wrap(world.intake)
        desk.wrap(world.desk)
        yield Watched(world, cast, intake, desk, relay, mailbox, caplog, Path(postgres_folder), tmp_path)
        world.close()
