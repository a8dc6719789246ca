"""At ten calls an hour a time is a name: what rests of a report tells no moment of its reporter's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import inspect

from tests.journeys.test_the_whole_way import finishes, tells_of_dealing
from tests.world import World
from workers.sweep import Rounds

NEAR = timedelta(minutes=2)
OF_A_CONVERSATION = {"conversations", "turns"}
"""They know their moments, and after a while no report any more."""


def rows(world: World) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    with world.owner.connect() as connection:
        tables = inspect(world.owner).get_table_names()
        read = {name: connection.exec_driver_sql(f'SELECT * FROM "{name}"').mappings().all() for name in tables}
    return {name: [dict(row) for row in found] for name, found in read.items()}


def moments_near(stored: dict[str, list[dict[str, Any]]], told_at: datetime) -> set[str]:
    """The columns in which some row has a moment near this one."""
    return {
        f"{name}.{column}"
        for name, found in stored.items()
        for row in found
        for column, value in row.items()
        if isinstance(value, datetime) and abs(value - told_at) < NEAR
    }


def test_a_report_at_rest_tells_no_moment(world: World) -> None:
    told_at = world.clock.now = world.clock.now.replace(minute=7, second=13, microsecond=0)
    caller = world.caller()
    tells_of_dealing(caller)
    finishes(caller)
    texter = world.texter()
    for words in ("elke avond dealen ze op de Markt bij de kiosk", "nee", "klaar"):
        texter.texts(words)
    before = rows(world)
    reports = {row["id"] for row in before["reports"]}
    assert len(reports) == 2
    assert "conversations.touched_at" in moments_near(before, told_at), "the search sees a moment where there is one"
    assert {row["report_id"] for row in before["conversations"]} == reports

    for hours in (3, 24):
        world.clock.moves(hours=hours)
        Rounds(world.runtime).walk()
    stored = rows(world)
    at_rest = {name: found for name, found in stored.items() if name not in OF_A_CONVERSATION}
    assert {row["id"] for row in at_rest["reports"]} == reports and len(at_rest["report_parts"]) > 4
    assert not moments_near(at_rest, told_at)
    for name in OF_A_CONVERSATION:
        joined = {value for row in stored[name] for value in row.values() if isinstance(value, UUID)}
        assert not joined & reports, f"{name} still knows the report"
    assert {row["id"].version for row in (*at_rest["reports"], *at_rest["report_parts"])} == {4}
