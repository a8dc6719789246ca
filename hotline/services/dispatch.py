"""Delivers what the outbox holds: claim with a lease, call with no transaction open, settle if still the holder."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import random
from uuid import UUID

from hotline.anonymity.seal import SealError
from hotline.domain.errors import NotAllowed, NotFound
from hotline.domain.lifecycle import DeliveryStatus
from hotline.domain.retry import LEASE, SCHEDULE, Outcome, Verdict, judge
from hotline.services.house import DeskHouse, DispatchHouse
from hotline.storage import audit, outbox
from hotline.storage.outbox import Claim, Failed, Stuck
from hotline.storage.session import transaction
from hotline.storage.tables import Delivery

_log = logging.getLogger(__name__)

MOST_ALARM_TRIES = 60
"""With the pauses below: about an hour and a half. By then somebody has read the red bar at the desk."""

_LONGEST_PAUSE = timedelta(minutes=2)

_GRACE = timedelta(minutes=5)
"""A delivery is overdue when it waits this long past its moment: the bell and the sweep both missed it."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What leaves the house: to whom, under which id (the same at every attempt), and the opened bytes."""

    delivery_id: UUID
    kind: str
    target: str
    recipient_id: UUID | None
    plain: bytes


Send = Callable[[Parcel], Outcome]
"""Makes one attempt; the workers bring it, with the partners' adapters behind it."""


def drain(
    house: DispatchHouse,
    send: Send,
    *,
    budget: timedelta = timedelta(minutes=5),
    most: int = 10_000,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Deliver what is due, one by one, until nothing is, the budget is spent or `stop` says so; gives how many.

    Running it twice, or in two processes at once, is harmless: a row has one holder at a time.
    """
    end = house.clock() + budget
    tried = 0
    while tried < most and house.clock() < end and not stop() and deliver_next(house, send):
        tried += 1
    return tried


def is_due(house: DispatchHouse, now: datetime) -> bool:
    """Whether a delivery could be claimed at this moment."""
    with transaction(house.engine) as session:
        return outbox.is_due(session, now=now)


def deliver_next(house: DispatchHouse, send: Send) -> bool:
    """Try the delivery that is longest due; False when nothing is due."""
    now = house.clock()
    resting = [delivery for delivery, until in house.pauses.items() if until > now]
    with transaction(house.engine) as session:
        claim = outbox.claim_due(session, now=now, until=now + LEASE, skip=resting)
    if claim is None:
        return False
    outcome = _try(house, send, claim)
    after = house.clock()
    verdict = _judge_alarm(claim, outcome) if claim.kind == "alarm" else _judge_report(claim, outcome, after)
    with transaction(house.engine) as session:
        held = outbox.settle(session, claim, verdict, after)
    house.pauses.pop(claim.id, None)
    if claim.kind == "alarm" and verdict.status is DeliveryStatus.PENDING:
        house.pauses[claim.id] = after + _pause(claim.attempt)
    if not outcome.ok or not held:
        _log.warning("delivery %s attempt %d: %s", claim.id, claim.attempt, outcome.reason if held else "lease lost")
    return True


def retry_failed(house: DeskHouse, delivery_id: UUID, *, actor: str, now: datetime) -> None:
    """Let a failed delivery begin again under the same id; NotAllowed when it has not failed."""
    with transaction(house.engine) as session:
        report_id = outbox.revive(session, delivery_id, now)
        if report_id is None:
            if session.get(Delivery, delivery_id) is None:
                raise NotFound("there is no such delivery")
            raise NotAllowed("only a failed delivery can be tried again")
        audit.record(session, actor=actor, act="retry_delivery", now=now, report_id=report_id)
    house.bell.ring("deliver")


def find_failed(house: DeskHouse) -> list[Failed]:
    """The deliveries that failed for good, with their reasons."""
    with transaction(house.engine) as session:
        return list(outbox.failed(session))


def count_stuck(house: DeskHouse, now: datetime) -> Stuck:
    """For `/ready` and the daily summary."""
    with transaction(house.engine) as session:
        return outbox.count_stuck(session, before=now - _GRACE)


def _try(house: DispatchHouse, send: Send, claim: Claim) -> Outcome:
    """One attempt; what goes wrong is an outcome, and no text of an exception is kept: it could quote the parcel."""
    if claim.attempt > len(SCHEDULE) and claim.kind != "alarm":
        return Outcome(False, "De verzending brak steeds af.", permanent=True)
    try:
        plain = house.keys().open(claim.sealed)
    except SealError:
        return Outcome(False, "Niet te openen: de sleutel past niet.", permanent=True)
    except Exception as error:  # an unreadable key folder may be whole again at the next attempt
        return Outcome(False, f"Sleutel niet leesbaar ({type(error).__name__}).")
    try:
        return send(Parcel(claim.id, claim.kind, claim.target, claim.recipient_id, plain))
    except Exception as error:  # an adapter's fault must not stop the other deliveries
        return Outcome(False, f"Fout bij het verzenden ({type(error).__name__}).")


def _judge_report(claim: Claim, outcome: Outcome, now: datetime) -> Verdict:
    return judge(outcome, attempts=claim.attempt, now=now, jitter=random())  # noqa: S311 - spreads load, guards nothing


def _judge_alarm(claim: Claim, outcome: Outcome) -> Verdict:
    """An alarm is tried again within seconds and then minutes, and no moment of it is written."""
    if outcome.ok:
        return Verdict(DeliveryStatus.DELIVERED, None, "")
    if outcome.permanent or claim.attempt >= MOST_ALARM_TRIES:
        return Verdict(DeliveryStatus.FAILED, None, outcome.reason)
    return Verdict(DeliveryStatus.PENDING, None, outcome.reason)


def _pause(attempt: int) -> timedelta:
    pause = min(_LONGEST_PAUSE, timedelta(seconds=5 << min(attempt - 1, 8)))
    return (0.5 + random()) * pause  # noqa: S311 - keeps the count of tries from being a clock
