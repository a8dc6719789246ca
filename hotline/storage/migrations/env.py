"""Runs the migrations as the owner of the database."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, text

from hotline.storage import tables_erasure, tables_guard, tables_retention  # noqa: F401 - their tables join the metadata
from hotline.storage.tables import Table

_ONE_AT_A_TIME = 5_111_350  # any fixed number: two processes that start at once migrate one after the other


def run() -> None:
    """Migrate in one transaction under a lock."""
    engine = create_engine(context.config.attributes["url"], hide_parameters=True)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Table.metadata, compare_type=True)
        with context.begin_transaction():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
            context.run_migrations()
    engine.dispose()


run()
