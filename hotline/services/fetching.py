"""Fetches what was left at Twilio once, makes it unlike itself, seals it to the desk, and has it erased there."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from hotline.anonymity.seal import SealError, seal
from hotline.domain.attachments import BadSource, Source
from hotline.domain.errors import HotlineError
from hotline.services import erasing
from hotline.services.erasing import Erase
from hotline.services.house import DispatchHouse
from hotline.storage import attachments, erasures
from hotline.storage.attachments import Claim, Kind
from hotline.storage.session import transaction

_log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
PAUSE = timedelta(seconds=30)
"""A recording that is not ready, or a service that is away, is asked again after this; known in memory only."""

Fetch = Callable[[str], bytes]
"""Gives the bytes at a path; an error of ours where a later try may do. The workers bring it, with Twilio behind it."""


def fetch_all(
    house: DispatchHouse,
    fetch: Fetch,
    erase: Erase,
    random: Callable[[int], bytes],
    *,
    most: int = 50,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Take in what waits, one by one; gives how many were tried.

    Running it twice, or in two processes at once, is harmless: a row has one holder at a time, what is ready is not
    fetched again, and erasing what is gone changes nothing.
    """
    tried = 0
    while tried < most and not stop() and _fetch_next(house, fetch, erase, random):
        tried += 1
    return tried


def is_waiting(house: DispatchHouse, now: datetime) -> bool:
    """Whether anything could be taken in at this moment."""
    with transaction(house.engine) as session:
        return attachments.is_waiting(session, now=now, skip=_resting(house, now))


def sweep(house: DispatchHouse, now: datetime) -> int:
    """Destroy what is over; gives how many. Harmless twice."""
    with transaction(house.engine) as session:
        return attachments.sweep(session, now)


def _fetch_next(house: DispatchHouse, fetch: Fetch, erase: Erase, random: Callable[[int], bytes]) -> bool:
    now = house.clock()
    with transaction(house.engine) as session:
        claim = attachments.claim(session, now=now, until=now + LEASE, skip=_resting(house, now))
    if claim is None:
        return False
    try:
        noted = _take_in(house, fetch, claim, random)
    except (SealError, BadSource) as error:
        _log.error("attachment without a source: %s", type(error).__name__)
        # nobody can say what to erase; the erasure of the call or text finds it
        with transaction(house.engine) as session:
            attachments.give_up(session, claim.id)
            attachments.let_go(session, claim.id, is_done=True)
    except HotlineError as error:
        _log.warning("attachment not taken in: %s", type(error).__name__)
        house.pauses[claim.id] = now + PAUSE
        with transaction(house.engine) as session:
            attachments.let_go(session, claim.id, is_done=False)
    else:
        house.pauses.pop(claim.id, None)
        erasing.erase_now(house, erase, noted)
    return True


def _resting(house: DispatchHouse, now: datetime) -> list[UUID]:
    return [one for one, until in house.pauses.items() if until > now]


def _take_in(house: DispatchHouse, fetch: Fetch, claim: Claim, random: Callable[[int], bytes]) -> erasures.Claim:
    """Fetch, change and seal what still waits, and note that it is to be erased; no report's, and it is never looked at."""
    source = Source.load(house.keys().open(claim.source))
    is_wanted = claim.status == "waiting" and claim.report_id is not None
    changed = _change(claim.kind, fetch(source.path), random) if is_wanted else None
    with transaction(house.engine) as session:
        if changed is None:
            attachments.give_up(session, claim.id)
        else:
            attachments.keep(session, claim.id, key_id=source.key_id, sealed=seal(source.public, changed))
        attachments.let_go(session, claim.id, is_done=True)
        return erasing.note_fetched(house, session, *source.there, house.clock())


def _change(kind: Kind, data: bytes, random: Callable[[int], bytes]) -> bytes | None:
    """The distorted voice or the rebuilt picture; None where the bytes are neither."""
    # here, because numpy and Pillow cost 30 MB in every worker, and most installations take neither
    from hotline.anonymity.images import ImageError, re_encode
    from hotline.anonymity.voice import VoiceError, distort

    try:
        return distort(data, random) if kind == "voice" else re_encode(data)
    except (VoiceError, ImageError) as error:
        _log.warning("attachment not usable: %s", type(error).__name__)
        return None
