"""How finely a report may say where and when: as finely as still leaves enough people who could have told it.

The steps are fixed (`anonymity.md`, Coarsening by table): address → block → street → neighbourhood, and minute → part of
day → weekday pattern. The city gave us no counts of households per street, so `PEOPLE` holds our own round figures of
how many households can tell something at each step; they are an assumption to be replaced, and err on the low side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import product


class Where(IntEnum):
    """How finely a place is told, the finest first."""

    ADDRESS = 0
    BLOCK = 1
    STREET = 2
    NEIGHBOURHOOD = 3


class When(IntEnum):
    """How finely a time is told, the finest first: the minute, a day and its part, or weekdays and weekends."""

    MINUTE = 0
    PART = 1
    PATTERN = 2


@dataclass(frozen=True, slots=True)
class Grain:
    """How finely something is told, in place and in time, and whether it shows that it was seen from inside a building."""

    where: Where
    when: When
    is_inside: bool = False

    def coarsened_to(self, other: Grain) -> Grain:
        """The coarser of both in either respect."""
        inside = self.is_inside or other.is_inside
        return Grain(max(self.where, other.where), max(self.when, other.when), inside)

    def joined_with(self, other: Grain) -> Grain:
        """The finer of both in either respect: what somebody knows who has been told both."""
        inside = self.is_inside or other.is_inside
        return Grain(min(self.where, other.where), min(self.when, other.when), inside)

    def dump(self) -> str:
        """`ADDRESS PART` or `BLOCK PART INSIDE`: the names, as they are stored."""
        return f"{self.where.name} {self.when.name}{' INSIDE' if self.is_inside else ''}"

    @staticmethod
    def load(told: str) -> Grain:
        """The grain that `dump` wrote."""
        where, when, *inside = told.split()
        return Grain(Where[where], When[when], bool(inside))


FINEST = Grain(Where.ADDRESS, When.MINUTE)
COARSEST = Grain(Where.NEIGHBOURHOOD, When.PATTERN)
VERSION = Grain(Where.ADDRESS, When.PART)
"""The finest that a version's own fields can be: they hold a day and its part, never a minute."""

PEOPLE: Mapping[Where, int] = {Where.ADDRESS: 10, Where.BLOCK: 20, Where.STREET: 40, Where.NEIGHBOURHOOD: 1000}
"""Households that can see from outside what happens at a place told so finely: an address is seen by its block."""

INSIDE: Mapping[Where, int] = {Where.ADDRESS: 2, Where.BLOCK: 10, Where.STREET: 40, Where.NEIGHBOURHOOD: 1000}
"""Households that can know it where it was seen from inside a building."""

_AWAKE = {When.MINUTE: 0.1, When.PART: 1.0, When.PATTERN: 4.0}
"""One in ten looks out at a given minute; over the weeks of a pattern four times as many do as on one day."""

K = {"other": 20}
_K = 10
"""So many households must be left that could have told it. Ten, as CBS hides counts below ten; twice that for `other`,
where it may be about a colleague or a relative."""
_GUESSED = 4
"""So many times more where the reporter said that somebody could guess who reports."""

HOUSES_OF_A_BLOCK = 10
# Of an address, not "Plein 1992" and not "2e verdieping".
_NUMBER = re.compile(
    r"(?<=[^\W\d_])(?<!plein)[\s,]+(?:(?:huis)?(?:nummer|nr\.?)\s)?(?P<number>\d{1,4})(?!\d|\s?(?:e|ste|de)\b)(?:-\d{1,4}\b|\s?-?\s?(?:[a-z]|bis|hs|rd)\b)?",
    re.I,
)


def households(category: str | None, *, may_be_guessed: bool = False) -> int:
    """How many households must be left for a report of this category."""
    return K.get(category or "other", _K) * (_GUESSED if may_be_guessed else 1)


def people(grain: Grain) -> float:
    """How many households could have told something this fine; never fewer for a coarser grain."""
    return (INSIDE if grain.is_inside else PEOPLE)[grain.where] * _AWAKE[grain.when]


def is_enough(grain: Grain, wanted: int) -> bool:
    """Whether `wanted` households could have told something this fine."""
    return people(grain) >= wanted


def choose_grain(finest: Grain, wanted: int, *, known: Iterable[Grain] = ()) -> Grain | None:
    """The least coarse grain from `finest` on that leaves `wanted` households, in time before in place.

    `known` is what partners were told already: the grain is checked joined with all of it, because whoever has both
    versions knows the finer part of each. None where no grain makes up for what was told before.
    """
    for grain in _coarser(finest):
        union = grain
        for one in known:
            union = union.joined_with(one)
        if is_enough(union, wanted):
            return grain
    return None


def coarsen_place(place: str, where: Where) -> str:
    """`Proefmolenstraat 12` as an address, `Proefmolenstraat 11-20` as a block, then `Proefmolenstraat`, then nothing.

    Coarsening again to the same step changes nothing.
    """
    if where is Where.NEIGHBOURHOOD:
        return ""
    if where is Where.ADDRESS:
        return place
    told, before = place.strip(), None
    while told != before:  # a number can stand behind a number
        before = told
        told = _NUMBER.sub(lambda one: f" {block_of(int(one['number']))}" if where is Where.BLOCK else "", told).strip()
    return told


def block_of(number: int) -> str:
    """The ten house numbers among which this one is: `11-20`."""
    first = (max(number, 1) - 1) // HOUSES_OF_A_BLOCK * HOUSES_OF_A_BLOCK + 1
    return f"{first}-{first + HOUSES_OF_A_BLOCK - 1}"


def weekday_pattern(day: date) -> str:
    """`weekdays` or `weekend`: all that is left of a day in a pattern."""
    return "weekend" if day.weekday() >= 5 else "weekdays"


def _coarser(finest: Grain) -> Iterator[Grain]:
    all_of_them = [Grain(where, when, finest.is_inside) for where, when in product(Where, When)]
    steps = [one for one in all_of_them if one.where >= finest.where and one.when >= finest.when]
    yield from sorted(steps, key=lambda one: (one.where + one.when, one.where))
