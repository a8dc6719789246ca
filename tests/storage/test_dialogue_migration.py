"""The dialogue's step of the schema comes and goes, and leaves what was there."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from hotline.storage.migrate import alembic_config


def put_report(engine: Engine, **more: object) -> UUID:
    """A released report with a hold and a delivery, as the first schema knows them."""
    values = {"report": uuid4(), "hold": uuid4(), "delivery": uuid4(), "kind": "report", **more}
    with engine.begin() as connection:
        for sql in (
            "INSERT INTO reports (id, status, priority, arrived_on, arrived_part, due_at)"
            " VALUES (:report, 'released', 'P3', '2026-11-23', 'night', now())",
            "INSERT INTO recipients (id, report_id, partner, role, stage, respond_by, released_at, portal_key_id, portal_copy)"
            " VALUES (:hold, :report, 'politie', 'primary', 'sent', now(), now(), '2026-11', 'x')",
            "INSERT INTO deliveries (id, kind, target, report_id, recipient_id, sealed, status)"
            " VALUES (:delivery, :kind, 'politie', :report, :hold, 'x', 'pending')",
        ):
            connection.execute(text(sql), values)
    return values["report"]  # type: ignore[return-value]


def test_the_dialogue_comes_and_goes_and_leaves_what_was_there(database: str, owner_engine: Engine) -> None:
    config = alembic_config(database.format(role="owner"))
    command.downgrade(config, "0001")
    before = put_report(owner_engine)
    command.upgrade(config, "0002")
    with owner_engine.begin() as connection:
        kept = connection.execute(text("SELECT id, has_news, is_withdrawn FROM reports")).all()
        assert kept == [(before, False, False)]
        held = connection.execute(text("SELECT update_copy, updated_at, withdrawn_at FROM recipients")).all()
        assert held == [(None, None, None)]
        connection.execute(text("UPDATE reports SET has_news = true"))
    after = put_report(owner_engine, kind="update")
    command.downgrade(config, "0001")
    with owner_engine.begin() as connection:
        assert set(connection.execute(text("SELECT id FROM reports")).scalars()) == {before, after}
        assert connection.execute(text("SELECT kind FROM deliveries")).scalars().all() == ["report"]


@pytest.mark.parametrize(
    ("role", "sql"),
    [
        ("intake", "SELECT sealed FROM report_parts"),
        ("intake", "SELECT sealed FROM questions"),
        ("intake", "SELECT answer FROM questions"),
        ("intake", "UPDATE questions SET for_reporter = NULL"),
        ("intake", "INSERT INTO questions (id) VALUES (gen_random_uuid())"),
        ("intake", "DELETE FROM questions"),
        ("intake", "UPDATE report_parts SET sealed = NULL"),
        ("intake", "SELECT desk_text FROM reports"),
        ("desk", "DELETE FROM questions"),
        ("dispatch", "SELECT id FROM questions"),
        ("dispatch", "SELECT id FROM report_parts"),
    ],
)
def test_nobody_may_more_than_the_dialogue_asks_for(request: pytest.FixtureRequest, role: str, sql: str) -> None:
    engine: Engine = request.getfixturevalue(f"{role}_engine")
    with engine.begin() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text(sql))
