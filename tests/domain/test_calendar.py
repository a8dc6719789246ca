"""Opening hours over midnight, over the nights in which the clock changes, and on holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.calendar import Hours, Span, easter, is_open, public_holidays, read_span, read_weekly
from hotline.domain.dayparts import MAASTRICHT

OFFICE = Hours(read_weekly("mo-fr 08:00-18:00"))
NIGHT = Hours(read_weekly("fr-sa 22:00-04:00"))


def at(text: str, *, fold: int = 0) -> datetime:
    """A moment in Maastricht, in UTC; `fold` 1 is the second of an hour that comes twice."""
    return datetime.fromisoformat(text).replace(tzinfo=MAASTRICHT, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T07:59", False),
        ("2026-11-23T08:00", True),
        ("2026-11-23T17:59", True),
        ("2026-11-23T18:00", False),
        ("2026-11-28T12:00", False),  # a Saturday
        ("2026-07-06T08:00", True),  # an hour earlier in UTC than in winter
    ],
)
def test_an_office_day_begins_and_ends_on_the_minute(moment: str, expected: bool) -> None:
    assert is_open(OFFICE, at(moment)) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-27T21:59", False),  # Friday
        ("2026-11-27T22:00", True),
        ("2026-11-27T23:59", True),
        ("2026-11-28T00:00", True),
        ("2026-11-28T03:59", True),
        ("2026-11-28T04:00", False),
        ("2026-11-29T03:59", True),  # Saturday's night
        ("2026-11-29T22:30", False),  # Sunday
        ("2026-11-30T03:00", False),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(moment: str, expected: bool) -> None:
    assert is_open(NIGHT, at(moment)) is expected


def test_an_hour_that_comes_twice_is_open_twice() -> None:
    hours = Hours(read_weekly("su 02:00-03:00"))
    assert is_open(hours, at("2026-10-25T02:30")) and is_open(hours, at("2026-10-25T02:30", fold=1))
    first, last = datetime(2026, 10, 25, 0, 0, tzinfo=UTC), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)
    assert not is_open(hours, first - timedelta(seconds=1)) and is_open(hours, first)
    assert is_open(hours, last - timedelta(seconds=1)) and not is_open(hours, last)


def test_an_hour_that_is_skipped_is_nobodys() -> None:
    before = datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
    hours = Hours(read_weekly("su 02:00-03:00"), on_holidays=True)  # Easter falls on that Sunday
    assert not is_open(hours, before) and not is_open(hours, before + timedelta(minutes=1))
    assert is_open(Hours(read_weekly("su 01:00-04:00"), on_holidays=True), before + timedelta(minutes=1))


def test_days_of_their_own_count_before_closed_days_and_holidays() -> None:
    hours = Hours(
        OFFICE.weekly,
        closed=frozenset({date(2026, 12, 24), date(2026, 12, 31)}),
        extra={date(2026, 12, 25): (Span(600, 960),), date(2026, 12, 31): (read_span("22:00-02:00"),)},
    )
    assert not is_open(hours, at("2026-12-24T12:00"))
    assert is_open(hours, at("2026-12-25T12:00")) and not is_open(hours, at("2026-12-25T09:00"))
    assert is_open(hours, at("2027-01-01T01:59"))  # the night that began before New Year's Day
    assert not is_open(hours, at("2027-01-01T12:00"))
    assert is_open(Hours(OFFICE.weekly, on_holidays=True), at("2027-01-01T12:00"))


def test_easter_is_where_the_church_says() -> None:
    # 22 March and 25 April are the first and the last day on which it can fall
    for year, day in ((1818, (3, 22)), (1943, (4, 25)), (1954, (4, 18)), (1981, (4, 19)), (2000, (4, 23))):
        assert easter(year) == date(year, *day)
    for year, day in ((2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))):
        assert easter(year) == date(year, *day)


def test_the_holidays_of_a_year() -> None:
    days = "01-01 04-03 04-05 04-06 04-27 05-05 05-14 05-24 05-25 12-25 12-26"
    assert sorted(f"{day:%m-%d}" for day in public_holidays(2026)) == days.split()
    assert date(2025, 4, 26) in public_holidays(2025) and date(2025, 4, 27) not in public_holidays(2025)


@given(st.integers(1900, 2199))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    found = easter(year)
    assert found.weekday() == 6 and date(year, 3, 22) <= found <= date(year, 4, 25)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)))
def test_a_whole_day_has_no_gap_and_no_hours_no_moment(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert is_open(Hours(read_weekly("mo-su 00:00-24:00"), on_holidays=True), aware)
    assert not is_open(Hours(), aware)


@pytest.mark.parametrize(
    "wrong",
    ["ma-vr 08:00-18:00", "mo 8:00-18:00", "mo 08:00-25:00", "mo 08:00-08:00", "mo 24:00-02:00", "mo", "08:00-18:00"],
)
def test_what_is_no_hours_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        read_weekly(wrong)


def test_days_run_on_past_sunday_and_may_be_named_twice() -> None:
    found = read_weekly("sa-mo 10:00-12:00, mo 14:00-16:00")
    assert sorted(found) == [0, 5, 6]
    assert found[0] == (Span(600, 720), Span(840, 960))
