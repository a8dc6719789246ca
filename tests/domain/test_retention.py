"""Terms and fates: which report goes when, what holds it back, and what statistics keep of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.retention import load_terms
from config.settings import ROOT
from hotline.domain.lifecycle import Status
from hotline.domain.retention import Fate, Standing, State, Term, bury, judge, read_term

TERMS = load_terms(ROOT / "config" / "retention.yaml")
OVER = date(2026, 11, 23)
CLOSED = Standing(
    category="dealing",
    status=Status.CLOSED,
    neighbourhood="Wyck",
    arrived_on=date(2026, 9, 1),
    term_from=OVER,
    training=False,
    is_withdrawn=False,
    is_leased=False,
    waits=False,
)
DAYS = st.dates(date(2001, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("text", "begun", "over"),
    [
        ("3 days", date(2026, 12, 30), date(2027, 1, 2)),
        ("4 weeks", date(2026, 2, 1), date(2026, 3, 1)),
        ("1 month", date(2026, 1, 31), date(2026, 2, 28)),
        ("12 months", date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_term_is_over_on_its_day(text: str, begun: date, over: date) -> None:
    assert read_term(text).after(begun) == over


@pytest.mark.parametrize("text", ["", "soon", "0 days", "-1 days", "1,5 months", "12", "10000 days", "1 year"])
def test_what_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not like"):
        read_term(text)


@given(DAYS, st.sampled_from(["1 day", "30 days", "1 month", "5 months", "24 months"]))
def test_before_is_the_last_day_whose_term_is_over(today: date, text: str) -> None:
    term = read_term(text)
    begun = term.before(today)
    assert term.after(begun) <= today < term.after(begun + timedelta(days=1))
    assert read_term(str(term)) == term


@pytest.mark.parametrize(
    ("change", "rule", "ends_on"),
    [
        ({}, "closed 12 months", date(2027, 11, 23)),
        ({"category": "waste"}, "waste closed 6 months", date(2027, 5, 23)),
        ({"category": None}, "closed 12 months", date(2027, 11, 23)),
        ({"category": "waste", "status": Status.REJECTED}, "rejected 28 days", date(2026, 12, 21)),
        ({"status": Status.REJECTED, "is_withdrawn": True}, "withdrawn 7 days", date(2026, 11, 30)),
        ({"is_withdrawn": True}, "withdrawn 7 days", date(2026, 11, 30)),
        ({"status": Status.ANSWERED, "is_withdrawn": True}, "open 24 months", date(2028, 9, 1)),
        ({"status": Status.RECEIVED, "term_from": None}, "open 24 months", date(2028, 9, 1)),
        ({"training": True}, "exercise 28 days", date(2026, 9, 29)),
        ({"training": True, "status": Status.COMPLETE, "term_from": None}, "exercise 28 days", date(2026, 9, 29)),
    ],
)
def test_a_report_goes_on_the_day_that_its_category_and_state_give(
    change: dict[str, object], rule: str, ends_on: date
) -> None:
    standing = replace(CLOSED, **change)  # type: ignore[arg-type]
    assert judge(TERMS, standing, ends_on - timedelta(days=1)) == (Fate.KEPT, rule, ends_on)
    assert judge(TERMS, standing, ends_on) == (Fate.GOES, rule, ends_on)


def test_what_is_over_but_not_found_yet_is_kept() -> None:
    assert judge(TERMS, replace(CLOSED, term_from=None), date(2099, 1, 1)).fate is Fate.KEPT


def test_nothing_goes_that_just_arrived() -> None:
    fresh = replace(CLOSED, status=Status.REJECTED, is_withdrawn=True, arrived_on=OVER, term_from=date(2026, 11, 16))
    assert judge(TERMS, fresh, date(2026, 11, 29)).fate is Fate.KEPT
    assert judge(TERMS, fresh, date(2026, 11, 30)).fate is Fate.GOES


def test_what_waits_is_held_for_a_while_and_what_is_in_hand_for_as_long_as_that() -> None:
    due, end = date(2027, 11, 23), date(2028, 2, 23)
    waiting, leased = replace(CLOSED, waits=True), replace(CLOSED, is_leased=True)
    assert judge(TERMS, waiting, due).fate is Fate.HELD
    assert judge(TERMS, waiting, end - timedelta(days=1)).fate is Fate.HELD
    assert judge(TERMS, waiting, end).fate is Fate.GOES
    assert judge(TERMS, leased, end).fate is Fate.HELD
    assert judge(TERMS, waiting, due - timedelta(days=1)).fate is Fate.KEPT


@given(DAYS, DAYS, st.sampled_from(Status), st.booleans(), st.booleans(), st.booleans())
def test_what_goes_today_goes_tomorrow_too(
    today: date, arrived: date, status: Status, training: bool, withdrawn: bool, waits: bool
) -> None:
    standing = replace(
        CLOSED, status=status, arrived_on=arrived, training=training, is_withdrawn=withdrawn, waits=waits
    )
    if judge(TERMS, standing, today).fate is Fate.GOES:
        assert judge(TERMS, standing, today + timedelta(days=1)).fate is Fate.GOES
        assert today >= TERMS.grace.after(arrived)


def test_a_tombstone_is_a_cell_and_as_coarse_as_a_month() -> None:
    assert bury(CLOSED, {"Wyck"}) == (date(2026, 9, 1), "dealing", "Wyck", "closed")
    typed = replace(CLOSED, neighbourhood="6221 AB", category=None, status=Status.REJECTED, is_withdrawn=True)
    assert bury(replace(typed, arrived_on=date(2026, 9, 30)), {"Wyck"}) == (date(2026, 9, 1), "", "", "withdrawn")
    assert bury(replace(CLOSED, training=True), {"Wyck"}) is None


def test_the_longest_term_of_a_report_that_is_over_counts_for_its_key() -> None:
    assert TERMS.longest_after_end == Term(months=12)
    own = {"premises": {State.CLOSED: Term(months=18)}, "waste": {State.OPEN: Term(months=60)}}
    assert replace(TERMS, own=own).longest_after_end == Term(months=18)
