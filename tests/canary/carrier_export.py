"""What Twilio knows of a day: each call's id, number, begin and end; and how a thief joins that with a dump."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from tests.canary.house import Watched


@dataclass(frozen=True)
class Exported:
    """One call in the carrier's list. `report` is what the thief wants to know, and only the test does."""

    sid: str
    number: str
    begun_at: datetime
    ended_at: datetime
    report: UUID


def calls_of_a_day(watched: Watched, count: int) -> list[Exported]:
    """So many calls one after the other, some short and some long, each of which makes a report."""
    world, known, found = watched.world, set[UUID](), []
    for _ in range(count):
        caller = world.caller(f"+3160{secrets.randbelow(10**7):07}")
        begun = world.clock()
        caller.calls().presses("2111").says("op de Markt bij de kiosk").presses("1")
        caller.presses("1").says(f"er staan jongens met {watched.cast.told('story')}")
        for _ in range(secrets.randbelow(6)):
            world.clock.moves(seconds=5 + secrets.randbelow(6))
            caller.presses("2")
        world.clock.moves(seconds=5 + secrets.randbelow(10))
        caller.hangs_up()
        with world.owner.connect() as connection:
            now = set(connection.exec_driver_sql("SELECT id FROM reports").scalars())
        (made,) = now - known
        known = now
        found.append(Exported(caller.call.sid, caller.number, begun, world.clock(), made))
        world.clock.moves(seconds=secrets.randbelow(90))
    return found


def orders(owner: Engine) -> dict[str, list[UUID]]:
    """Every order of reports that a dump shows: where rows lie, which transaction wrote them, how they are listed."""
    ways = {
        "reports as pg_dump lists them": "SELECT id FROM reports",
        "place of the report": "SELECT id FROM reports ORDER BY ctid",
        "transaction of the report": "SELECT id FROM reports ORDER BY xmin::text::bigint, ctid",
        "place of its first part": "SELECT report_id FROM report_parts GROUP BY 1 ORDER BY min(ctid)",
        "place of its last part": "SELECT report_id FROM report_parts GROUP BY 1 ORDER BY max(ctid)",
        "transaction of its first part": "SELECT report_id FROM report_parts GROUP BY 1"
        " ORDER BY min(xmin::text::bigint), min(ctid)",
    }
    with owner.connect() as connection:
        return {name: list(connection.exec_driver_sql(query).scalars()) for name, query in ways.items()}


def count_joined(calls: Sequence[Exported], order: Sequence[UUID]) -> int:
    """How many reports the thief joins to the right call by laying both in their orders beside each other."""
    return sum(call.report == report for call, report in zip(calls, order, strict=True))


def rank_correlation(calls: Sequence[Exported], order: Sequence[UUID]) -> float:
    """Spearman's rho between the order of the calls and this one: 1 the same, 0 no relation."""
    places = {report: at for at, report in enumerate(order)}
    gaps = sum((at - places[call.report]) ** 2 for at, call in enumerate(calls))
    size = len(calls)
    return 1 - 6 * gaps / (size * (size * size - 1))


def count_joined_by_length(owner: Engine, calls: Sequence[Exported]) -> tuple[float, int]:
    """How many reports the lengths of calls join on average; and how many they would if length told the parts exactly.

    The longest call is laid beside the report with the most parts; where several have as many, the thief draws. A blind
    guess joins one.
    """
    with owner.connect() as connection:
        query = "SELECT report_id, count(*) FROM report_parts GROUP BY 1"
        parts: dict[UUID, int] = {row[0]: row[1] for row in connection.exec_driver_sql(query)}
    classes = Counter(parts.values())
    by_length = sorted(calls, key=lambda call: call.ended_at - call.begun_at)
    joined, at = 0.0, 0
    for size in sorted(classes):
        here = by_length[at : at + classes[size]]
        joined += sum(parts[call.report] == size for call in here) / classes[size]
        at += classes[size]
    return joined, len(classes)


def moments(owner: Engine) -> dict[str, set[Any]]:
    """Every moment in the dump, by table and column."""
    query = """
        SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND data_type LIKE 'timestamp%%' ORDER BY 1, 2
    """
    found: dict[str, set[Any]] = {}
    with owner.connect() as connection:
        for table, column in connection.exec_driver_sql(query).all():
            values = connection.exec_driver_sql(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")
            found[f"{table}.{column}"] = set(values.scalars())
    return found
