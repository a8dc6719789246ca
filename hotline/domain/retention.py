"""Which report goes when, by its category and state, and why.

AVG art. 5(1)(e): kept no longer than its purpose needs. The terms themselves are the controller's, in a file of their
own (`config/retention.yaml`, with the source of each); here is only how they are counted. All of it is in whole days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from hotline.domain.lifecycle import OVER, Status

_TERM = re.compile(r"([1-9]\d{0,3}) (day|week|month)s?")


@dataclass(frozen=True, slots=True)
class Term:
    """A number of days or of calendar months."""

    days: int = 0
    months: int = 0

    def after(self, day: date) -> date:
        """The first day on which the term that began on `day` is over; 31 January and a month is 28 February."""
        year, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=self.days)

    def before(self, day: date) -> date:
        """The last day on which a term may have begun that is over on `day`."""
        begun = Term(-self.days, -self.months).after(day)
        while self.after(begun + timedelta(days=1)) <= day:  # months differ in length
            begun += timedelta(days=1)
        return begun

    def __str__(self) -> str:
        count, unit = (self.months, "month") if self.months else (self.days, "day")
        return f"{count} {unit}{'s' if count != 1 else ''}"


def read_term(text: str) -> Term:
    """`3 days`, `4 weeks` or `12 months`; ValueError, which says so, for anything else."""
    found = _TERM.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not like `30 days`, `4 weeks` or `12 months`")
    count = int(found[1])
    return Term(months=count) if found[2] == "month" else Term(days=count * (7 if found[2] == "week" else 1))


class State(StrEnum):
    """What the term of a report hangs on: it counts from arrival while `open` and for an `exercise`, else from its end."""

    OPEN = "open"
    CLOSED = "closed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXERCISE = "exercise"


@dataclass(frozen=True, slots=True)
class Terms:
    """How long what is kept. `usual` has every state; `own` holds what a category has otherwise."""

    usual: Mapping[State, Term]
    own: Mapping[str, Mapping[State, Term]]
    grace: Term
    longest_hold: Term
    partner_copy: Term
    uncertain: Term
    audit: Term
    backup: Term

    def of(self, category: str | None, state: State) -> Term:
        """The term of a report of this category in this state."""
        return self.own.get(category or "", {}).get(state, self.usual[state])

    @property
    def longest_after_end(self) -> Term:
        """The longest that any report is kept once it is over: as long must its month's key live."""
        ends = (State.CLOSED, State.REJECTED, State.WITHDRAWN)
        found = [terms[state] for terms in (self.usual, *self.own.values()) for state in ends if state in terms]
        return max(found, key=lambda term: term.after(date(2001, 1, 1)))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules look at, all of it in clear.

    `term_from` is the Monday after the week in which the report was found to be over. `is_leased`: an operator has it in
    hand. `waits`: the reporter's news, or a question, is not dealt with.
    """

    category: str | None
    status: Status
    neighbourhood: str | None
    arrived_on: date
    term_from: date | None
    training: bool
    is_withdrawn: bool
    is_leased: bool
    waits: bool

    @property
    def state(self) -> State:
        """An exercise is one whatever became of it; a withdrawn report only once it is over."""
        if self.training:
            return State.EXERCISE
        if self.status not in OVER:
            return State.OPEN
        if self.is_withdrawn:
            return State.WITHDRAWN
        return State.CLOSED if self.status is Status.CLOSED else State.REJECTED


class Fate(StrEnum):
    """`kept` until its day, `held` beyond it for a while because something is not finished, or it `goes`."""

    KEPT = "kept"
    HELD = "held"
    GOES = "goes"


class Judgement(NamedTuple):
    """What becomes of a report today, by which rule (`waste closed 6 months`), and when its term is over if that is known."""

    fate: Fate
    rule: str
    ends_on: date | None


def judge(terms: Terms, standing: Standing, today: date) -> Judgement:
    """What becomes of a report today.

    Nothing goes that just arrived (a report withdrawn or refused at once must still be heard of under its code), that
    somebody has in hand, or, for `longest_hold` at most, that waits for an answer.
    """
    state = standing.state
    term = terms.of(standing.category, state)
    own = state in terms.own.get(standing.category or "", {})
    rule = f"{standing.category} {state} {term}" if own else f"{state} {term}"
    begins = standing.arrived_on if state in (State.OPEN, State.EXERCISE) else standing.term_from
    if begins is None:
        return Judgement(Fate.KEPT, rule, None)
    ends_on = max(term.after(begins), terms.grace.after(standing.arrived_on))
    if today < ends_on:
        return Judgement(Fate.KEPT, rule, ends_on)
    waits = standing.waits and today < terms.longest_hold.after(ends_on)
    return Judgement(Fate.HELD if waits or standing.is_leased else Fate.GOES, rule, ends_on)


def is_backlog(terms: Terms, judgement: Judgement, today: date) -> bool:
    """Whether a report should have gone more than a month ago, whatever held it.

    Rounds are made every hour: then a clock leapt, the house stood still for long, or somebody shortened the terms.
    """
    if judgement.fate is not Fate.GOES or judgement.ends_on is None:
        return False
    return Term(months=1).after(terms.longest_hold.after(judgement.ends_on)) < today


class Tombstone(NamedTuple):
    """What statistics keep of a report that went: a cell in which it is counted, and nothing of its own."""

    month: date
    category: str
    neighbourhood: str
    outcome: str


def bury(standing: Standing, neighbourhoods: Collection[str]) -> Tombstone | None:
    """The cell that counts this report; None for an exercise.

    As coarse as a month, and a neighbourhood only by its name: a postcode that a reporter typed is finer and becomes "".
    """
    if standing.training:
        return None
    known = standing.neighbourhood in neighbourhoods
    outcome = standing.state if standing.state is State.WITHDRAWN else standing.status
    return Tombstone(
        standing.arrived_on.replace(day=1),
        standing.category or "",
        standing.neighbourhood or "" if known else "",
        outcome.value,
    )
