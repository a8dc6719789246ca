"""The life of a report and of a delivery: the statuses, and the steps that are allowed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from hotline.domain.errors import NotAllowed


class Status(StrEnum):
    """Where a report stands. `answered`: a feedback text is approved; `closed` needs that."""

    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    RELEASED = "released"
    ASSESSED = "assessed"
    PICKED_UP = "picked_up"
    ANSWERED = "answered"
    CLOSED = "closed"
    REJECTED = "rejected"


S = Status
ALLOWED: dict[Status, frozenset[Status]] = {
    S.RECEIVED: frozenset({S.INCOMPLETE, S.COMPLETE}),
    S.INCOMPLETE: frozenset({S.COMPLETE, S.RELEASED, S.REJECTED}),
    S.COMPLETE: frozenset({S.RELEASED, S.REJECTED}),
    S.RELEASED: frozenset({S.ASSESSED, S.PICKED_UP, S.ANSWERED, S.COMPLETE}),
    S.ASSESSED: frozenset({S.PICKED_UP, S.ANSWERED, S.COMPLETE}),
    S.PICKED_UP: frozenset({S.ANSWERED, S.COMPLETE}),
    S.ANSWERED: frozenset({S.CLOSED}),
    S.CLOSED: frozenset(),
    S.REJECTED: frozenset(),
}
"""The step back to `complete` is a partner handing the report back to the desk."""

OPEN_AT_DESK = frozenset({S.RECEIVED, S.INCOMPLETE, S.COMPLETE})
AT_PARTNERS = frozenset({S.RELEASED, S.ASSESSED, S.PICKED_UP, S.ANSWERED})
OVER = frozenset({S.CLOSED, S.REJECTED})
"""Nothing more can be told to such a report."""


def check_step(now: Status, then: Status) -> None:
    """Raise NotAllowed unless a report may go from `now` to `then`."""
    if then not in ALLOWED[now]:
        raise NotAllowed(f"a report that is {now} cannot become {then}")


def released_as(*, is_training: bool) -> Status:
    """What a released report becomes. An exercise goes to nobody, so nobody owes an answer and it is done at once."""
    return S.CLOSED if is_training else S.RELEASED


class Stage(StrEnum):
    """How far one partner is with its version of a report."""

    SENT = "sent"
    ASSESSED = "assessed"
    PICKED_UP = "picked_up"
    ANSWERED = "answered"
    CLOSED = "closed"
    RETURNED = "returned"


_ORDER = (Stage.SENT, Stage.ASSESSED, Stage.PICKED_UP, Stage.ANSWERED, Stage.CLOSED)
_STATUS_OF = {
    Stage.SENT: S.RELEASED,
    Stage.ASSESSED: S.ASSESSED,
    Stage.PICKED_UP: S.PICKED_UP,
    Stage.ANSWERED: S.ANSWERED,
    Stage.CLOSED: S.ANSWERED,
}


def furthest(stages: Iterable[Stage]) -> Status:
    """The report's status from the stages of its primary partners: the furthest one, `closed` only when all have.

    A partner that handed the report back does not count; when all did, the report is `complete` again.
    """
    live = [stage for stage in stages if stage is not Stage.RETURNED]
    if not live:
        return S.COMPLETE
    if all(stage is Stage.CLOSED for stage in live):
        return S.CLOSED
    return _STATUS_OF[max(live, key=_ORDER.index)]


def check_stage(now: Stage, then: Stage) -> None:
    """Raise NotAllowed unless a partner may go from `now` to `then`: only forward, or hand back before answering."""
    if then is Stage.RETURNED:
        allowed = now in (Stage.SENT, Stage.ASSESSED, Stage.PICKED_UP)
    else:
        allowed = now is not Stage.RETURNED and _ORDER.index(then) > _ORDER.index(now)
    if not allowed:
        raise NotAllowed(f"a partner's report that is {now} cannot become {then}")


class QuestionStatus(StrEnum):
    """How far a partner's question is: `draft` at the desk, `asked` under the code, `answered` and back at the desk.

    In the end the answer was `passed_on` to the partner or `withheld`; a `refused` question is not asked (any more).
    """

    DRAFT = "draft"
    REFUSED = "refused"
    ASKED = "asked"
    ANSWERED = "answered"
    PASSED_ON = "passed_on"
    WITHHELD = "withheld"


class DeliveryStatus(StrEnum):
    """Where one delivery stands."""

    PENDING = "pending"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"
