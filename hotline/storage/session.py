"""Connections to PostgreSQL that keep bound values out of errors and logs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

MEGABYTE = 1024 * 1024


def open_engine(url: str, *, pool_size: int = 8) -> Engine:
    """An engine whose connections are checked before use, so that a restarted server costs nobody an error.

    `hide_parameters` keeps bound values out of every exception text. Plans are prepared from the second use.
    """
    return create_engine(
        url,
        hide_parameters=True,
        echo=False,
        pool_size=pool_size,
        max_overflow=4,
        pool_pre_ping=True,
        connect_args={"prepare_threshold": 1, "connect_timeout": 5},
    )


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One transaction: committed when the block ends, rolled back when it raises."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session
