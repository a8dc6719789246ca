"""The life of a report and of a partner's hold on it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.errors import NotAllowed
from hotline.domain.lifecycle import ALLOWED, Stage, Status, check_stage, check_step, furthest

stages = st.lists(st.sampled_from(Stage), min_size=1, max_size=5)


@given(stages)
def test_a_report_closes_only_when_every_partner_that_kept_it_has_closed(found: list[Stage]) -> None:
    live = [stage for stage in found if stage is not Stage.RETURNED]
    assert (furthest(found) is Status.CLOSED) == (bool(live) and all(stage is Stage.CLOSED for stage in live))


@given(stages)
def test_the_order_of_partners_does_not_matter_and_returned_ones_do_not_count(found: list[Stage]) -> None:
    assert furthest(found) is furthest(reversed(found))
    assert furthest([*found, Stage.RETURNED]) is furthest(found)


@given(st.lists(st.sampled_from(Stage), max_size=12))
def test_a_partner_only_goes_forward(steps: list[Stage]) -> None:
    order = list(Stage)
    now = Stage.SENT
    for then in steps:
        try:
            check_stage(now, then)
        except NotAllowed:
            continue
        assert now is not Stage.RETURNED
        assert order.index(then) > order.index(now)
        now = then


@pytest.mark.parametrize("now", [Stage.ANSWERED, Stage.CLOSED, Stage.RETURNED])
def test_what_was_answered_cannot_be_handed_back(now: Stage) -> None:
    with pytest.raises(NotAllowed):
        check_stage(now, Stage.RETURNED)


def test_closed_needs_an_answer() -> None:
    assert [now for now, then in ALLOWED.items() if Status.CLOSED in then] == [Status.ANSWERED]


@pytest.mark.parametrize("end", [Status.CLOSED, Status.REJECTED])
def test_the_end_is_the_end(end: Status) -> None:
    for then in Status:
        with pytest.raises(NotAllowed):
            check_step(end, then)
