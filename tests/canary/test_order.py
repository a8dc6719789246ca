"""A thief with the carrier's list of a day's calls joins no report to a call: by no order, moment, key or value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hotline.anonymity.seal import derive
from hotline.domain.dayparts import part_of_day, start_of_part
from tests.canary.carrier_export import (
    Exported,
    calls_of_a_day,
    count_joined,
    count_joined_by_length,
    moments,
    orders,
    rank_correlation,
)
from tests.canary.house import Watched
from tests.canary.thief import PURPOSES, steal
from workers.sweep import Rounds

CALLS = 40
MOST_BY_CHANCE = 8
"""A blind guess joins one report on average; nine or more come by chance once in 900,000 tries."""
NO_RELATION = 0.72
"""With 40 calls, a blind guess correlates this strongly once in 150,000 tries."""
CONVERSATIONS = {"conversations.touched_at", "conversations.ended_at", "conversations.wipe_at"}
"""The carrier knows these moments itself; that nothing leads on from them to a report is what is tested."""


def test_no_report_is_joined_to_a_call(watched: Watched, tell: Callable[[str], None]) -> None:
    world = watched.world
    world.clock.now = world.clock.now.replace(hour=19, minute=5) + timedelta(days=1)
    calls = calls_of_a_day(watched, CALLS)
    before = {name: count_joined(calls, order) for name, order in orders(world.owner).items()}
    assert before["transaction of its first part"] == CALLS, "the same attempt joins all while rows lie as they came"

    world.clock.moves(minutes=16)
    Rounds(world.runtime).walk()
    found = orders(world.owner)
    after = {name: count_joined(calls, order) for name, order in found.items()}
    relation = {name: rank_correlation(calls, order) for name, order in found.items()}
    by_length, at_most = count_joined_by_length(world.owner, calls)
    for name in after:
        tell(f"thief, {name}: joined {before[name]} of {CALLS} before rows are mixed, {after[name]} after")
    tell(f"thief, by the length of calls: joined {by_length:.1f} of {CALLS}, at most {at_most}, blindly 1")
    assert max(by_length, *after.values()) <= MOST_BY_CHANCE, (by_length, after)
    assert max(map(abs, relation.values())) < NO_RELATION, relation
    assert_that_moments_are_coarse(watched)
    assert_that_nothing_leads_from_a_call_to_a_report(watched, calls)


def assert_that_moments_are_coarse(watched: Watched) -> None:
    """Nobody worked at the desk, so every moment that is stored lies on the border of a part of day."""
    for column, values in moments(watched.world.owner).items():
        if column not in CONVERSATIONS:
            fine = {one for one in values if one.timestamp() % (6 * 3600) and start_of_part(one) != one}
            assert not fine, f"{column} is finer than a part of day"
    with watched.world.owner.connect() as connection:
        arrived = connection.exec_driver_sql("SELECT DISTINCT arrived_part FROM reports").scalars().all()
        assert not connection.exec_driver_sql("SELECT count(*) FROM audit WHERE report_id IS NOT NULL").scalar()
    assert set(arrived) <= {"morning", "afternoon", "evening", "night"} and part_of_day(watched.world.clock())


def assert_that_nothing_leads_from_a_call_to_a_report(watched: Watched, calls: list[Exported]) -> None:
    """What is stored of a conversation shares no value and no transaction with what is stored of a report.

    Nor does anything that a key of the loot makes of a call's id or number stand beside a report.
    """
    world = watched.world
    with world.owner.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM conversations").mappings().all()
        turns = connection.exec_driver_sql("SELECT count(*) FROM turns").scalar()
        kept = {
            bytes(value)
            for table in ("reports", "report_parts", "uncertain_words", "replies", "deliveries")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
            for value in (getattr(one, "bytes", one) for one in row)
            if isinstance(value, bytes | memoryview)
        }
        numbers = [
            set(connection.exec_driver_sql(f"SELECT xmin::text FROM {table}").scalars())
            for table in ("conversations", "reports", "report_parts")
        ]
    assert len(rows) == CALLS and not turns
    assert not [row for row in rows if row["report_id"] or row["state"] or row["turn"] != -1 or row["has_report"]]
    assert not {row["id"].bytes for row in rows} & kept and not {row["contact"] for row in rows} & kept
    assert not numbers[0] & (numbers[1] | numbers[2]), "one transaction wrote a conversation and a report"
    assert len(numbers[1] | numbers[2]) <= 2
    loot = steal(world.owner, world.redis, world.settings.keys / "intake")
    for key in loot.keys:
        made = {
            derive(key, purpose, one.encode())
            for purpose in PURPOSES
            for call in calls
            for one in (call.sid, call.number)
        }
        assert not made & kept and not {one[:16] for one in made} & kept
