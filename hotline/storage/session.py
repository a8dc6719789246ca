"""Connections to PostgreSQL that keep bound values out of errors and logs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session

_FRESH = 1.0
"""Seconds during which a connection that just worked is not asked again: a round trip less on a busy line."""


def open_engine(url: str, *, pool_size: int = 8, commits_each: bool = False) -> Engine:
    """An engine whose rested connections are checked before use, so that a restarted server costs nobody an error.

    `hide_parameters` keeps bound values out of every exception text. Plans are prepared from the second use.
    `commits_each` makes every statement a transaction of its own, for `single.py`.
    """
    engine = create_engine(
        url,
        hide_parameters=True,
        echo=False,
        pool_size=pool_size,
        max_overflow=4,
        pool_reset_on_return=None if commits_each else "rollback",
        connect_args={"prepare_threshold": 1, "connect_timeout": 5, "autocommit": commits_each},
    )

    @event.listens_for(engine, "checkin")
    def note_use(connection: DBAPIConnection | None, record: Any) -> None:
        record.info["worked_at"] = monotonic()

    @event.listens_for(engine, "checkout")
    def check_rested(connection: DBAPIConnection, record: Any, _proxy: Any) -> None:
        if monotonic() - record.info.get("worked_at", monotonic()) < _FRESH:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError("the connection was broken while it rested") from error  # the pool makes another

    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One transaction: committed when the block ends, rolled back when it raises."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session
