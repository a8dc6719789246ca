"""Time made coarse: a day and a part of day in Maastricht, and deadlines rounded up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MAASTRICHT = ZoneInfo("Europe/Amsterdam")
_PARTS = ((6, "night"), (12, "morning"), (18, "afternoon"), (24, "evening"))


def local_day(moment: datetime) -> date:
    """The calendar day in Maastricht of an aware moment."""
    return moment.astimezone(MAASTRICHT).date()


def week_of(moment: datetime) -> date:
    """The Monday of the week in Maastricht: as finely as it may be known when a reporter heard or answered."""
    day = local_day(moment)
    return day - timedelta(days=day.weekday())


def part_of_day(moment: datetime) -> str:
    """`night` (0–6), `morning` (6–12), `afternoon` (12–18) or `evening` (18–24), Maastricht time."""
    return part_of_hour(moment.astimezone(MAASTRICHT).hour)


def part_of_hour(hour: int) -> str:
    """The part of day in which an hour of the clock (0–23) falls."""
    return next(name for end, name in _PARTS if hour < end)


def start_of_part(moment: datetime) -> datetime:
    """When this part of day began: a moment that says no more than the part does."""
    local = moment.astimezone(MAASTRICHT)
    return local.replace(hour=local.hour // 6 * 6, minute=0, second=0, microsecond=0).astimezone(moment.tzinfo)


def round_up(moment: datetime, step: timedelta) -> datetime:
    """The first multiple of `step` since the epoch that is not before `moment`."""
    seconds, size = moment.timestamp(), step.total_seconds()
    return datetime.fromtimestamp(-(-seconds // size) * size, tz=moment.tzinfo)


def end_of_part(moment: datetime) -> datetime:
    """When the part of day of an aware moment ends, in UTC: as finely as a deadline may tell when somebody reported."""
    local = moment.astimezone(MAASTRICHT)
    end = next(end for end, _ in _PARTS if local.hour < end)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    whole = midnight + timedelta(days=1) if end == 24 else midnight.replace(hour=end)
    return whole.astimezone(UTC)
