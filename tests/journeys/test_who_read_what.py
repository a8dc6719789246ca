"""Whoever opens a report leaves a line that says so, and that nobody at the desk can change or take away."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import ProgrammingError

from tests.journeys.test_the_whole_way import finishes, tells_of_dealing
from tests.world import World


def readings(world: World) -> list[tuple[str, str, UUID]]:
    """Who opened what, to work on it or to read along."""
    with world.owner.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT actor, act, report_id FROM audit WHERE act IN ('take', 'read') ORDER BY happened_at"
        )
        return [(row[0], row[1], row[2]) for row in rows]


def test_every_reading_is_written_down(world: World) -> None:
    caller = world.caller()
    tells_of_dealing(caller)
    finishes(caller)
    operator = world.operator().takes_first().sees("drie jongens geven zakjes")
    with world.owner.connect() as connection:
        report: UUID = connection.exec_driver_sql("SELECT id FROM reports").scalar_one()
    assert readings(world) == [("operator", "take", report)]
    world.clock.moves(minutes=1)
    world.operator("operator2").opens(f"/desk/reports/{report}").sees("drie jongens geven zakjes")
    assert readings(world)[1:] == [("operator2", "read", report)]
    operator.sees("drie jongens geven zakjes")


def test_no_process_can_rewrite_it(owner_engine: Engine) -> None:
    for role in ("intake", "desk", "dispatch"):
        for statement in ("UPDATE audit SET actor = 'x'", "DELETE FROM audit", "TRUNCATE audit"):
            with owner_engine.connect() as connection:
                connection.exec_driver_sql(f"SET ROLE hotline_{role}")
                with pytest.raises(ProgrammingError, match="permission denied"):
                    connection.exec_driver_sql(statement)
