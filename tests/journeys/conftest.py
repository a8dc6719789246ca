"""The whole house, for stories."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis
from sqlalchemy import Engine

from tests.world import DemoPartner, World, build_world, partner_process


@pytest.fixture(scope="session")
def police() -> Iterator[DemoPartner]:
    """The police's system, in a process of its own."""
    with partner_process() as partner:
        yield partner


@pytest.fixture
def world(
    tmp_path: Path, database: str, valkey: redis.Redis, valkey_url: str, owner_engine: Engine, police: DemoPartner
) -> Iterator[World]:
    """An installation of its own, whose clock begins now: the partner refuses signatures of another hour."""
    built = build_world(tmp_path, database, valkey_url, owner_engine, datetime.now(UTC), police)
    yield built
    built.close()
