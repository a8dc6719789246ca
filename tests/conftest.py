"""The servers and databases that tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

import pytest
import redis
from hypothesis import settings
from sqlalchemy import Engine, create_engine, text

from hotline.storage.session import open_engine
from tests import servers
from tests.desk_house import Desk, open_desk

if TYPE_CHECKING:  # most tests need no browser
    from playwright.sync_api import Browser

# No test asserts a time, and the first example of a run also loads the models.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# What helpers assert fails as readably as what tests assert.
pytest.register_assert_rewrite("tests.canary.walk", "tests.canary.walk_badly", "tests.canary.house", "tests.world")

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
"""03:30 in Maastricht, on a Monday night: the moment at which tests begin."""

_numbers = count()


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Puts a text below the summary of the run, whichever process the test runs in: what was searched or measured."""
    return lambda text: record_property("told", text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write what was told."""
    reports = [one for several in terminalreporter.stats.values() for one in several]
    told = [
        str(text)
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, text in report.user_properties
        if name == "told"
    ]
    if told:
        terminalreporter.section("what was searched and measured")
        terminalreporter.write_line("\n".join(told))


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[str]:
    """The socket folder of a server whose database `template` is migrated."""
    with servers.postgres() as folder:
        servers.make_database(folder, "template")
        yield folder


@pytest.fixture
def database(postgres_folder: str) -> Iterator[str]:
    """A URL with `{role}` in it (owner, hotline_intake, hotline_desk, hotline_dispatch, hotline_retain) for an empty database."""
    name = f"test{next(_numbers)}"
    admin = create_engine(f"postgresql+psycopg://owner@/postgres?host={postgres_folder}", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template"))
    yield f"postgresql+psycopg://{{role}}@/{name}?host={postgres_folder}"
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def _engine(database: str, role: str) -> Iterator[Engine]:
    engine = open_engine(database.format(role=role))
    yield engine
    engine.dispose()


@pytest.fixture
def owner_engine(database: str) -> Iterator[Engine]:
    """Sees everything; for looking, never for the code under test."""
    yield from _engine(database, "owner")


@pytest.fixture
def intake_engine(database: str) -> Iterator[Engine]:
    """Connected as the intake's role."""
    yield from _engine(database, "hotline_intake")


@pytest.fixture
def desk_engine(database: str) -> Iterator[Engine]:
    """Connected as the desk's role."""
    yield from _engine(database, "hotline_desk")


@pytest.fixture
def dispatch_engine(database: str) -> Iterator[Engine]:
    """Connected as the workers' role."""
    yield from _engine(database, "hotline_dispatch")


@pytest.fixture
def retain_engine(database: str) -> Iterator[Engine]:
    """Connected as the role that lets things go."""
    yield from _engine(database, "hotline_retain")


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """A real Valkey."""
    with servers.valkey() as url:
        yield url


@pytest.fixture
def valkey(valkey_url: str) -> Iterator[redis.Redis]:
    """A client of an empty Valkey."""
    client = redis.Redis.from_url(valkey_url)
    client.flushall()
    yield client
    client.close()


@pytest.fixture
def desk(desk_engine: Engine, owner_engine: Engine, valkey: redis.Redis) -> Desk:
    """A desk on a night."""
    return open_desk(desk_engine, owner_engine, valkey, NOW)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; one for a module, because while it is open no other event loop can run in this thread."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield launched
        launched.close()
