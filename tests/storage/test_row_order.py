"""Mixing rows: it loses nothing, stands aside for who works, and only the workers may ask for it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import ProgrammingError

from hotline.storage.row_order import mix_all, mix_recent

DAY = date(2026, 11, 23)


def fill(owner: Engine, count: int) -> list[UUID]:
    """Reports that came in one after the other, each in a transaction of its own, with two parts and doubtful words."""
    ids = [uuid4() for _ in range(count)]
    for one in ids:
        with owner.begin() as connection:
            values = (one, "complete", "P2", DAY, "night", datetime(2026, 11, 24, 6, tzinfo=UTC))
            connection.exec_driver_sql(
                "INSERT INTO reports (id, status, priority, arrived_on, arrived_part, due_at)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                values,
            )
            for table in ("report_parts", "report_parts", "uncertain_words"):
                insert = f"INSERT INTO {table} (id, report_id, key_id, sealed) VALUES (%s, %s, '2026-11', %s)"
                connection.exec_driver_sql(insert, (uuid4(), one, one.bytes))
    return ids


def everything(owner: Engine) -> dict[str, list[tuple[object, ...]]]:
    """All rows, in the order of their ids."""
    with owner.connect() as connection:
        return {
            table: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY id")]
            for table in ("reports", "report_parts", "uncertain_words")
        }


@pytest.mark.parametrize("mix", [mix_all, lambda engine: mix_recent(engine, DAY)], ids=["all", "recent"])
def test_the_rows_stay_and_their_order_goes(owner_engine: Engine, dispatch_engine: Engine, mix: object) -> None:
    assert callable(mix)
    ids = fill(owner_engine, 30)
    before = everything(owner_engine)
    mix(dispatch_engine)
    assert everything(owner_engine) == before
    with owner_engine.connect() as connection:
        place = connection.exec_driver_sql("SELECT id FROM reports ORDER BY ctid").scalars().all()
        written = "SELECT id FROM reports ORDER BY xmin::text::bigint, ctid"
        by_transaction = connection.exec_driver_sql(written).scalars().all()
    assert list(place) == list(by_transaction) == sorted(ids)


def test_what_is_older_and_at_rest_is_left_alone_by_day(owner_engine: Engine, dispatch_engine: Engine) -> None:
    fill(owner_engine, 3)
    query = "SELECT id, xmin::text FROM report_parts ORDER BY id"
    with owner_engine.connect() as connection:
        before = connection.exec_driver_sql(query).all()
    mix_recent(dispatch_engine, date(2026, 11, 24))
    with owner_engine.connect() as connection:
        assert connection.exec_driver_sql(query).all() == before


def test_who_works_at_a_report_is_not_hindered(owner_engine: Engine, dispatch_engine: Engine) -> None:
    fill(owner_engine, 3)
    before = everything(owner_engine)
    with owner_engine.begin() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM reports")
        mix_all(dispatch_engine)  # it cannot lock the table while it is read, and leaves it
    assert everything(owner_engine) == before


@pytest.mark.parametrize("role", ["intake", "desk"])
def test_only_the_workers_may_ask(owner_engine: Engine, role: str) -> None:
    with owner_engine.connect() as connection:
        connection.exec_driver_sql(f"SET ROLE hotline_{role}")
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.exec_driver_sql("SELECT lay_rows_by_id(1)")


def test_nothing_refers_to_the_rows_that_are_taken_out_for_a_moment(owner_engine: Engine) -> None:
    """A row that did would go with them, by its ON DELETE CASCADE."""
    query = """
        SELECT conrelid::regclass::text FROM pg_constraint
        WHERE contype = 'f' AND confrelid IN ('report_parts'::regclass, 'uncertain_words'::regclass)
    """
    with owner_engine.connect() as connection:
        assert not connection.exec_driver_sql(query).all()
