"""A house without a partner, for everything that goes wrong at the telephone network's side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis
from sqlalchemy import Engine

from tests.world import DemoPartner, World, build_world

EVENING = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
"""21:00 in Maastricht."""


@pytest.fixture
def world(tmp_path: Path, database: str, valkey: redis.Redis, valkey_url: str, owner_engine: Engine) -> Iterator[World]:
    """An installation of its own at nine in the evening; nothing listens where its partner would."""
    built = build_world(tmp_path, database, valkey_url, owner_engine, EVENING, DemoPartner(9))
    yield built
    built.close()
