"""Makes Twilio forget: notes what it has of a contact, and erases that until it answers 404."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from hotline.anonymity.seal import SealError, derive, seal
from hotline.domain.dayparts import end_of_part, local_day
from hotline.domain.erasure import ABSENT, STOPS, Kind, Outcome, Result, pause_after
from hotline.services.house import DispatchHouse, IntakeHouse
from hotline.storage import erasures
from hotline.storage.erasures import Claim, Noted, Pile, Receipt
from hotline.storage.session import transaction

_log = logging.getLogger(__name__)

Erase = Callable[[Kind, str], Outcome]
"""Makes one attempt at what this SID names; the workers bring it, with Twilio behind it."""

_HOLD = timedelta(minutes=10)
"""After this an attempt that never ended is made again. A second one at the same time would be harmless."""

_AT_ONCE = 20
"""So many rows are written in one webhook, which must answer soon."""

_RECEIPT_DAYS = timedelta(days=14)
_SHAPES = {
    Kind.CALL: re.compile(r"CA[0-9a-f]{32}"),
    Kind.MESSAGE: re.compile(r"[SM]M[0-9a-f]{32}"),
    Kind.RECORDING: re.compile(r"RE[0-9a-f]{32}"),
    Kind.MEDIA: re.compile(r"[SM]M[0-9a-f]{32}/ME[0-9a-f]{32}"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What waits to be erased, and what was."""

    piles: tuple[Pile, ...]
    receipts: tuple[Receipt, ...]


def note(house: IntakeHouse, kind: Kind, sid: str, now: datetime) -> None:
    """Write down what Twilio has, sealed to the workers, before anything else can fail. Harmless twice.

    Due at the end of the part of day, so that the row tells no finer moment than a report does and what came in
    together is erased together. A media file's `sid` has its message's before it, with a slash. What is no SID names
    nothing at Twilio and is not noted.
    """
    if _SHAPES[kind].fullmatch(sid):
        mark = derive(house.day_keys.get(local_day(now)), b"erasure", sid.encode())
        sealed = seal(house.keys().dispatch_public, sid.encode())
        house.unnoted.append(Noted(UUID(bytes=mark[:16], version=4), kind, sealed, end_of_part(now)))
        _write_down(house)


def _write_down(house: IntakeHouse) -> None:
    """What a database that was away could not take yet goes first; what it cannot take now stays in memory."""
    for _ in range(_AT_ONCE):
        try:
            noted = house.unnoted.popleft()
        except IndexError:
            return
        try:
            erasures.note(house.engine, noted)
        except SQLAlchemyError as error:  # the call itself must not fail for this
            house.unnoted.appendleft(noted)
            _log.warning("not noted yet: %s", type(error).__name__)
            return


def note_sent(house: DispatchHouse, sid: str, now: datetime) -> None:
    """Write down a message that a worker sent."""
    if _SHAPES[Kind.MESSAGE].fullmatch(sid):
        sealed = seal(house.keys().pair.public, sid.encode())
        erasures.note(house.engine, Noted(uuid4(), Kind.MESSAGE, sealed, end_of_part(now)))


def note_fetched(house: DispatchHouse, session: Session, kind: Kind, sid: str, now: datetime) -> Claim:
    """Write down what nobody needs at Twilio any more, in the transaction that forgets where it lies; for `erase_now`."""
    sealed = seal(house.keys().pair.public, sid.encode())
    return erasures.take_in(session, Noted(uuid4(), kind, sealed, end_of_part(now)))


def erase_now(house: DispatchHouse, erase: Erase, claim: Claim) -> None:
    """Try before its moment. Where that fails the row waits for it unchanged: a pause from now on would tell of now."""
    outcome = _try(house, erase, claim)
    with transaction(house.engine) as session:
        _settle(house, session, claim, outcome)


def drain(
    house: DispatchHouse,
    erase: Erase,
    *,
    budget: timedelta = timedelta(minutes=5),
    most: int = 10_000,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Erase what is due, one by one, until nothing is, Twilio wants a pause, or the budget is spent; gives how many.

    Running it twice, or in two processes at once, is harmless: what is erased already is a 404, and a row is counted
    by who deletes it.
    """
    end = house.clock() + budget
    tried = 0
    while tried < most and house.clock() < end and not stop():
        result = _erase_next(house, erase)
        if result is None:
            break
        tried += 1
        if result in STOPS:
            break
    return tried


def is_due(house: DispatchHouse, now: datetime) -> bool:
    """Whether something could be erased at this moment."""
    with transaction(house.engine) as session:
        return erasures.is_due(session, now)


def count_late(engine: Engine, now: datetime) -> int:
    """How many things Twilio should have forgotten by now."""
    with transaction(engine) as session:
        return erasures.count_late(session, now)


def look(engine: Engine, now: datetime) -> Standing:
    """What waits, and the receipts of two weeks."""
    with transaction(engine) as session:
        receipts = erasures.read_receipts(session, local_day(now) - _RECEIPT_DAYS)
        return Standing(tuple(erasures.count_piles(session, now)), tuple(receipts))


def _erase_next(house: DispatchHouse, erase: Erase) -> Result | None:
    """Try the row that is longest due, and say how that ended; None when nothing is due."""
    now = house.clock()
    with transaction(house.engine) as session:
        claim = erasures.claim_due(session, now=now, until=now + _HOLD)
    if claim is None:
        return None
    outcome = _try(house, erase, claim)
    with transaction(house.engine) as session:
        _settle(house, session, claim, outcome)
        if outcome.result is Result.GONE:
            return outcome.result
        due_at = house.clock() + pause_after(outcome.result, claim.attempt, outcome.wait)
        erasures.put_back(session, claim, status=outcome.result, due_at=due_at)
        if outcome.result in STOPS:
            erasures.postpone_all(session, due_at)
    return outcome.result


def _settle(house: DispatchHouse, session: Session, claim: Claim, outcome: Outcome) -> None:
    """Drop the row of what is gone and say of the rest why; add what went to the day's receipts."""
    if outcome.result is not Result.GONE:
        _log.warning("erasing a %s, attempt %d: %s", claim.kind, claim.attempt, outcome.result.value)
    gone: list[str] = list(outcome.others)
    if outcome.result is Result.GONE and erasures.drop(session, claim):
        was_there = outcome.found or claim.attempt > 1
        gone.append(claim.kind if was_there else ABSENT)
    erasures.count_gone(session, local_day(house.clock()), gone)


def _try(house: DispatchHouse, erase: Erase, claim: Claim) -> Outcome:
    """One attempt. No text of an exception is kept: it could quote Twilio's, which quotes numbers."""
    try:
        return erase(Kind(claim.kind), house.keys().open(claim.sealed).decode())
    except SealError:
        return Outcome(Result.FAILED)  # late after some attempts, so that somebody looks for the key
    except Exception as error:
        _log.warning("erasing a %s: %s", claim.kind, type(error).__name__)
        return Outcome(Result.FAILED)
