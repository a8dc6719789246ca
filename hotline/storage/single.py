"""Runs one statement that is its own transaction, straight on the driver: a turn of a call does this twice.

SQLAlchemy still keeps the pool. Past it, a statement costs half of what it costs through it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from hotline.storage.session import open_engine


def run_single(engine: Engine, sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """The rows of a statement with `%(name)s` in it, run once more where a restarted server broke it off.

    So only for statements that bear a second run after a commit whose answer was lost. Raises SQLAlchemy's errors.
    """
    try:
        return _run(engine, sql, values)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return _run(engine, sql, values)


def _run(engine: Engine, sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    committing = _committing(engine)
    pooled, is_broken = None, False
    try:
        pooled = committing.raw_connection()
        driver = cast("psycopg.Connection[tuple[Any, ...]]", pooled.driver_connection)
        return driver.execute(sql.encode(), values).fetchall()
    except psycopg.Error as error:
        if pooled is not None and cast("psycopg.Connection[Any]", pooled.driver_connection).closed:
            is_broken = True
            pooled.invalidate()
            committing.dispose()  # the others of the pool are as old
        raise DBAPIError.instance(
            sql,
            None,
            error,
            psycopg.Error,
            hide_parameters=True,
            connection_invalidated=is_broken,
            dialect=engine.dialect,
        ) from None
    finally:
        if pooled is not None:
            pooled.close()


@lru_cache(maxsize=8)
def _committing(engine: Engine) -> Engine:
    """A pool beside the engine's own whose connections commit each statement by themselves; it goes with the engine."""
    beside = open_engine(engine.url.render_as_string(hide_password=False), commits_each=True)
    event.listen(engine, "engine_disposed", lambda _: beside.dispose())
    return beside
