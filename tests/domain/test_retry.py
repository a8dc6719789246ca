"""When a failed delivery is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.lifecycle import DeliveryStatus
from hotline.domain.retry import LEASE, SCHEDULE, Outcome, judge

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)

outcomes = st.builds(
    Outcome,
    ok=st.booleans(),
    reason=st.text(max_size=20),
    permanent=st.booleans(),
    wait=st.none() | st.timedeltas(timedelta(0), timedelta(hours=24)),
)


@given(outcomes, st.integers(1, 30), st.floats(0, 1))
def test_every_attempt_ends_in_one_of_three_ways(outcome: Outcome, attempts: int, jitter: float) -> None:
    verdict = judge(outcome, attempts=attempts, now=NOW, jitter=jitter)
    if outcome.ok:
        assert verdict.status is DeliveryStatus.DELIVERED
    elif outcome.permanent or attempts >= len(SCHEDULE):
        assert verdict.status is DeliveryStatus.FAILED
        assert verdict.reason == outcome.reason
    else:
        assert verdict.status is DeliveryStatus.PENDING
    assert (verdict.due_at is None) == (verdict.status is not DeliveryStatus.PENDING)


@given(outcomes.filter(lambda outcome: not outcome.ok and not outcome.permanent), st.integers(1, 9), st.floats(0, 1))
def test_the_wait_is_what_was_asked_or_longer_and_jitter_adds_a_tenth_at_most(
    outcome: Outcome, attempts: int, jitter: float
) -> None:
    due = judge(outcome, attempts=attempts, now=NOW, jitter=jitter).due_at
    assert due is not None
    asked = max(SCHEDULE[attempts], outcome.wait or timedelta(0))
    assert asked <= due - NOW <= asked * 1.1 + timedelta(microseconds=1)


def test_the_schedule_is_that_of_standard_webhooks() -> None:
    assert len(SCHEDULE) == 10
    assert sum(SCHEDULE, timedelta(0)) == timedelta(hours=75, minutes=35, seconds=5)
    assert timedelta(seconds=30) < LEASE
