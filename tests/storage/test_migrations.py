"""The migrations: up, down, equal to the models, and who may do what in what they make."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import ProgrammingError

from hotline.storage.migrate import alembic_config, is_current


def test_models_and_head_agree(database: str) -> None:
    command.check(alembic_config(database.format(role="owner")))


def test_every_step_goes_down_and_up_again(database: str, owner_engine: Engine) -> None:
    config = alembic_config(database.format(role="owner"))
    command.downgrade(config, "base")
    assert inspect(owner_engine).get_table_names() == ["alembic_version"]
    assert not is_current(owner_engine)
    command.upgrade(config, "head")
    assert is_current(owner_engine)


def test_lines_and_flows_keep_what_was_there_and_take_exercises_with_them(database: str, owner_engine: Engine) -> None:
    config = alembic_config(database.format(role="owner"))
    command.downgrade(config, _before("0003"))
    with owner_engine.begin() as connection:
        connection.exec_driver_sql(REPORT.format(columns="", values=""))
        connection.exec_driver_sql(CONVERSATION.format(columns="", values=""))
        connection.exec_driver_sql("INSERT INTO counters VALUES ('2026-11-23', 'night', 'voice', 'report', 7)")
    command.upgrade(config, "head")
    with owner_engine.begin() as connection:
        for table in ("reports", "conversations"):
            assert connection.exec_driver_sql(f"SELECT training FROM {table}").scalars().all() == [False]
            insert = REPORT if table == "reports" else CONVERSATION
            connection.exec_driver_sql(insert.format(columns=", training", values=", true"))
        connection.exec_driver_sql("INSERT INTO counters VALUES ('2026-11-23', 'night', 'voice', 'training_report', 9)")
    command.downgrade(config, _before("0003"))
    with owner_engine.connect() as connection:
        for table in ("reports", "conversations"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 1, table
        assert connection.exec_driver_sql("SELECT outcome, count FROM counters").all() == [("report", 7)]
    command.upgrade(config, "head")


def test_without_its_mark_a_report_for_the_supervisor_alone_does_not_stay(database: str, owner_engine: Engine) -> None:
    config = alembic_config(database.format(role="owner"))
    with owner_engine.begin() as connection:
        connection.exec_driver_sql(REPORT.format(columns="", values=""))
        connection.exec_driver_sql(REPORT.format(columns=", is_restricted", values=", true"))
    command.downgrade(config, _before("0008"))
    with owner_engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM reports").scalar() == 1
    command.upgrade(config, "head")
    with owner_engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT is_restricted, given_grain FROM reports").all() == [(False, None)]


REPORT = """
    INSERT INTO reports (id, status, priority, arrived_on, arrived_part, due_at{columns})
    VALUES (gen_random_uuid(), 'incomplete', 'P3', '2026-11-23', 'night', '2026-11-24T06:00Z'{values})
"""
CONVERSATION = """
    INSERT INTO conversations (id, channel, key_day, turn, has_report, is_complete, touched_at{columns})
    VALUES (gen_random_uuid(), 'voice', '2026-11-23', 1, true, false, '2026-11-23T03:00Z'{values})
"""


def _before(revision: str) -> str:
    """The revision that one follows on."""
    step = ScriptDirectory.from_config(alembic_config("")).get_revision(revision)
    assert step is not None and isinstance(step.down_revision, str)
    return step.down_revision


@pytest.mark.parametrize(
    ("role", "statement", "may"),
    [
        ("intake", "INSERT INTO flow_versions VALUES ('v', '{}', '2026-11-23')", True),
        ("intake", "UPDATE flow_versions SET sources = '{}'", False),
        ("intake", "INSERT INTO flow_publications (published_on) VALUES ('2026-11-23')", False),
        ("intake", "SELECT * FROM flow_publications", True),
        ("intake", "SELECT * FROM line_states", True),
        ("intake", "INSERT INTO line_states (line) VALUES ('x')", False),
        ("intake", "UPDATE reports SET training = false", False),
        ("desk", "INSERT INTO flow_publications (published_on) VALUES ('2026-11-23')", True),
        ("desk", "UPDATE flow_versions SET sources = '{}'", False),
        ("desk", "DELETE FROM flow_publications", False),
        ("desk", "INSERT INTO line_states (line) VALUES ('x')", True),
        ("desk", "DELETE FROM line_states", False),
        ("intake", "UPDATE reports SET is_restricted = true", True),
        ("intake", "SELECT * FROM second_looks", False),
        ("intake", "SELECT * FROM recusals", False),
        ("desk", "INSERT INTO recusals SELECT id, 'x' FROM reports", True),
        ("desk", "DELETE FROM recusals", False),
        ("desk", "DELETE FROM second_looks", False),
        ("dispatch", "SELECT held_until FROM recipients", True),
        ("dispatch", "SELECT * FROM recusals", False),
        ("dispatch", "SELECT count(DISTINCT report_id) FROM uncertain_words WHERE key_id < '2026-11-23'", True),
        ("dispatch", "SELECT sealed FROM uncertain_words", False),
        ("dispatch", "SELECT * FROM flow_versions", False),
        (
            "intake",
            "INSERT INTO erasures (id, kind, sealed, due_at) VALUES (gen_random_uuid(), 'call', 'x', now())",
            True,
        ),
        ("intake", "SELECT id FROM erasures", False),
        ("intake", "SELECT id FROM nudges", False),
        ("desk", "SELECT kind, status, due_at, attempts FROM erasures", True),
        ("desk", "SELECT sealed FROM erasures", False),
        ("desk", "INSERT INTO nudges VALUES (gen_random_uuid(), 'x', '2026-11-23')", True),
        ("desk", "SELECT id FROM nudges", False),
        ("dispatch", "DELETE FROM nudges", True),
        ("dispatch", "INSERT INTO nudges VALUES (gen_random_uuid(), 'x', '2026-11-23')", False),
        ("dispatch", "SELECT * FROM line_states", False),
    ],
)
def test_each_role_may_do_its_own_part(
    database: str, owner_engine: Engine, role: str, statement: str, may: bool
) -> None:
    with owner_engine.connect() as connection:
        connection.exec_driver_sql(f"SET ROLE hotline_{role}")
        if may:
            connection.exec_driver_sql(statement)
        else:
            with pytest.raises(ProgrammingError, match="permission denied"):
                connection.exec_driver_sql(statement)
