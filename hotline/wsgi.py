"""The two web processes as a WSGI server starts them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from config.logging import configure_logging
from config.settings import Settings, load_settings
from hotline.app import Part, create_app
from hotline.embedded.kinship import die_with_parent
from hotline.storage.migrate import is_current
from hotline.storage.session import open_engine

PATIENCE = 90.0
"""Seconds that a starting process waits for a database that is reachable and migrated."""


LOOK_AT_KEYS = 30.0
"""Seconds between two looks at the key folder."""


def intake() -> Flask:
    """What the telephone network and residents reach."""
    return _start("intake")


def desk() -> Flask:
    """What staff and partners reach; it need not be on the internet."""
    app = _start("desk")
    follow_keys(app.extensions["hotline.desk"].keys)
    return app


def follow_keys(keys: Callable[[], object], every: float = LOOK_AT_KEYS) -> None:
    """Look at the key folder again and again, so that a destroyed key leaves the memory of a desk where nobody works."""

    def follow() -> None:
        while True:
            time.sleep(every)
            keys()

    threading.Thread(target=follow, name="follow keys", daemon=True).start()


def _start(part: Part) -> Flask:
    server = multiprocessing.parent_process()
    # A server's worker must not keep the port when its parent was killed, not even while it was still starting.
    die_with_parent(signal.SIGKILL, None if server is None else server.pid)
    settings = load_settings(os.environ)
    configure_logging(settings)
    wait_for_database(settings, part)
    return create_app(settings, parts=(part,))


def wait_for_database(settings: Settings, part: Part, sleep: Callable[[float], None] = time.sleep) -> None:
    """Return when the schema is the newest; raise SystemExit with what to do when it does not become so."""
    engine = open_engine(settings.database_url_for(part), pool_size=1)
    end = time.monotonic() + PATIENCE
    try:
        while True:
            try:
                if is_current(engine):
                    return
            except SQLAlchemyError:
                pass  # not up yet, or its roles are not made yet
            if time.monotonic() > end:
                raise SystemExit(f"{part}: the database is away or not migrated. Run `hotline db upgrade`.")
            sleep(0.2)
    finally:
        engine.dispose()
