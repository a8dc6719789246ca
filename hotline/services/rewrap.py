"""Seals what lives under an old month's key anew, to the present month's, so that the old one can be destroyed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hotline.anonymity.key_calendar import is_to_move
from hotline.anonymity.keyring import DeskKeys, PublicKey
from hotline.anonymity.seal import SealError, seal
from hotline.domain.dayparts import local_day
from hotline.services.keeping import KeepingHouse
from hotline.storage.keyfiles import read_desk
from hotline.storage.seals import DESK_SEALS, DeskSeal, count_sealed, lock_sealed, replace_sealed
from hotline.storage.session import transaction

_BATCH = 200

Tell = Callable[[str, int, int], None]
"""Progress: a key's id, how many values were moved so far, and of how many."""


@dataclass(frozen=True, slots=True)
class Move:
    """What happened under one key. `broken` opens with it no more than with another; `left` a writer had in hand."""

    key_id: str
    moved: int
    broken: int
    left: int


def find_moves(house: KeepingHouse, now: datetime) -> dict[str, int]:
    """The months whose values must move now, and how many each has."""
    today = local_day(now)
    months = [one for one in read_desk(house.keys).months if is_to_move(one, house.terms, today)]
    if not months:
        return {}
    with transaction(house.engine) as session:
        counts = count_sealed(session)
    return {key_id: counts[key_id] for key_id in sorted(months) if counts.get(key_id)}


def rewrap_due(house: KeepingHouse, now: datetime, tell: Tell | None = None) -> list[Move]:
    """Move what must move.

    Running it twice, or in two processes at once, is harmless: a value is locked, opened and sealed anew in one short
    transaction, or not touched; whoever writes a report meanwhile is passed over and met at the next round.
    """
    waiting = find_moves(house, now)
    if not waiting:
        return []
    keys = read_desk(house.keys)
    return [move_all(house, keys, key_id, keys.month(local_day(now)), total, tell) for key_id, total in waiting.items()]


def move_all(
    house: KeepingHouse, keys: DeskKeys, key_id: str, to: PublicKey, total: int, tell: Tell | None = None
) -> Move:
    """Seal everything under one key anew."""
    moved = broken = 0
    for one in DESK_SEALS:
        after: UUID | None = None
        while True:
            fine, bad, after = _move_page(house, keys, one, key_id, to, after)
            moved, broken = moved + fine, broken + bad
            if tell is not None and fine + bad:
                tell(key_id, moved, total)
            if after is None:
                break
    with transaction(house.engine) as session:
        left = count_sealed(session).get(key_id, 0) - broken
    return Move(key_id, moved, broken, max(0, left))


def _move_page(
    house: KeepingHouse, keys: DeskKeys, column: DeskSeal, key_id: str, to: PublicKey, after: UUID | None
) -> tuple[int, int, Any]:
    """One short transaction; how many moved, how many did not open, and the row to go on behind (None at the end)."""
    with transaction(house.engine) as session:
        page = lock_sealed(session, column, key_id, after=after, limit=_BATCH)
        anew, broken = [], 0
        for row, sealed in page:
            try:
                anew.append((row, seal(to.raw, keys.open(key_id, sealed))))
            except SealError:
                broken += 1
        replace_sealed(session, column, to.id, anew)
    return len(anew), broken, page[-1][0] if page else None
