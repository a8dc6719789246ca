"""The residents' pages as an app of their own, for tests of the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import redis
from flask import Flask
from sqlalchemy import Engine

from config.settings import load_settings
from hotline.app import create_app
from hotline.domain.dayparts import local_day
from hotline.storage.keyfiles import ensure_keys
from tests.drivers.visitor import Visitor
from tests.world import Clock

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass
class Site:
    """The intake's app, its clock, and an engine that sees everything."""

    app: Flask
    clock: Clock
    owner: Engine
    redis: redis.Redis

    def visitor(self, language: str = "nl", **headers: str) -> Visitor:
        """Somebody with a browser that keeps no cookies; `headers` are what it sends along."""
        return Visitor(self.app.test_client(use_cookies=False), language=language, headers=headers)

    def count(self, table: str, where: str = "true") -> int:
        """How many rows a table has."""
        return int(self.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])

    def rows(self, query: str) -> list[Any]:
        """What the database answers."""
        with self.owner.connect() as connection:
            return list(connection.exec_driver_sql(query).all())


def open_site(folder: Path, database: str, valkey: redis.Redis, valkey_url: str, owner: Engine, now: datetime) -> Site:
    """The intake on an empty database and Valkey."""
    partners = folder / "partners.yaml"
    partners.write_text(
        "partners: [{key: gemeente, name: Gemeente Maastricht, adapter: portal, receives: '*', role: primary}]"
    )
    settings = load_settings(
        {
            "HOTLINE_HOME": str(folder),
            "HOTLINE_DATABASE_URL": database.format(role="owner"),
            "HOTLINE_REDIS_URL": valkey_url,
            "HOTLINE_PARTNERS_FILE": str(partners),
            "HOTLINE_DEMO_PASSWORD": "a-password-for-tests",
            "HOTLINE_DEMO_PARTNER_SECRET": SECRET,
            "HOTLINE_SECRET_KEY": "for tests alone, and long enough to pass",
            "HOTLINE_TWILIO_AUTH_TOKENS": "a-token-that-signs-nothing-outside-the-tests",
        }
    )
    ensure_keys(settings.keys, local_day(now))
    clock = Clock(now)
    return Site(create_app(settings, parts=("intake",), clock=clock), clock, owner, valkey)
