"""When somebody is there: weekly hours, days that are otherwise, and the Dutch public holidays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from hotline.domain.dayparts import MAASTRICHT

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
FULL_DAY = 24 * 60

_TIME = r"([01]\d|2[0-4]):([0-5]\d)"
_HOURS = re.compile(rf"{_TIME}-{_TIME}")
_WEEKLY = re.compile(rf"({'|'.join(DAYS)})(?:-({'|'.join(DAYS)}))? (\S+)")


@dataclass(frozen=True, slots=True)
class Span:
    """Minutes of the clock in Maastricht since midnight, `end` not included; an end past 1440 lies in the next day."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of persons: by weekday (Monday is 0), closed days, and days with hours of their own.

    A day of `extra` counts before everything; then closed days and, unless `on_holidays`, public holidays have none.
    """

    weekly: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()
    extra: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    on_holidays: bool = False

    def of_day(self, day: date) -> tuple[Span, ...]:
        """The spans that begin on this day."""
        if day in self.extra:
            return self.extra[day]
        if day in self.closed or (not self.on_holidays and day in public_holidays(day.year)):
            return ()
        return self.weekly.get(day.weekday(), ())


def is_open(hours: Hours, moment: datetime) -> bool:
    """Whether somebody is there at an aware moment.

    The clock on the wall counts: in the night in which an hour comes twice both are open, and one that is skipped is
    nobody's. A span past midnight belongs to the day on which it begins, holiday or not.
    """
    local = moment.astimezone(MAASTRICHT)
    today, minute = local.date(), local.hour * 60 + local.minute
    yesterday = today - timedelta(days=1)
    return any(span.start <= minute < span.end for span in hours.of_day(today)) or any(
        minute < span.end - FULL_DAY for span in hours.of_day(yesterday)
    )


def read_weekly(text: str) -> dict[int, tuple[Span, ...]]:
    """The spans by weekday of `mo-fr 08:00-18:00, sa 22:00-04:00`; raises ValueError that says what is wrong."""
    found: dict[int, tuple[Span, ...]] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        match = _WEEKLY.fullmatch(part)
        if match is None:
            raise ValueError(f"{part!r} is not like 'mo-fr 08:00-18:00'; days are {', '.join(DAYS)}")
        first, last, span = DAYS.index(match[1]), DAYS.index(match[2] or match[1]), read_span(match[3])
        for day in _days_between(first, last):
            found[day] = (*found.get(day, ()), span)
    return found


def read_span(text: str) -> Span:
    """`08:00-18:00`, or `22:00-04:00` past midnight; raises ValueError that says what is wrong."""
    match = _HOURS.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not like '08:00-18:00'")
    start, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    if start >= FULL_DAY or end > FULL_DAY:
        raise ValueError(f"{text!r} goes beyond 24:00")
    if start == end:
        raise ValueError(f"{text!r} has no length; a whole day is '00:00-24:00'")
    return Span(start, end if end > start else end + FULL_DAY)


@lru_cache(maxsize=16)
def public_holidays(year: int) -> frozenset[date]:
    """The days of article 3 of the Algemene termijnenwet, Good Friday and 5 May included, and both feasts' Sundays.

    King's Day is 27 April, or the 26th where that is a Sunday.
    """
    sunday = easter(year)
    moved = {sunday + timedelta(days=days) for days in (-2, 0, 1, 39, 49, 50)}
    king = date(year, 4, 27)
    king -= timedelta(days=king.weekday() == 6)
    return frozenset({*moved, king, *(date(year, *day) for day in ((1, 1), (5, 5), (12, 25), (12, 26)))})


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, left = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - shift + 15) % 30
    week = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7
    month, day = divmod(moon + week - 7 * ((golden + 11 * moon + 22 * week) // 451) + 114, 31)
    return date(year, month, day + 1)


def _days_between(first: int, last: int) -> Iterator[int]:
    day = first
    yield day
    while day != last:
        day = (day + 1) % 7
        yield day
