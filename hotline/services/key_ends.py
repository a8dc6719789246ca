"""Destroys private keys on their date, wherever this host has them, and shows the calendar of all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from hotline.anonymity.key_calendar import KeyKind, destroy_on, is_due, is_superseded, kind_of
from hotline.anonymity.keyring import KeyPair
from hotline.anonymity.seal import SealError, open_sealed
from hotline.domain.dayparts import local_day
from hotline.services.keeping import KeepingHouse
from hotline.services.rewrap import rewrap_due
from hotline.storage.keyfiles import index_id, read_dispatch
from hotline.storage.keyfolder import destroy_key, list_dying, list_ids
from hotline.storage.retention import destroyed_keys, forget_undecided, record_destruction
from hotline.storage.seals import count_sealed, waiting_for_dispatch
from hotline.storage.session import transaction

MOST_MONTHS = 1
"""How many months' keys die unattended at once. Two mean that the house stood still for weeks, or that a clock leapt."""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One pair of this host. `seals`: how many values only it opens; None where the host cannot know."""

    key_id: str
    holder: str
    made_on: date
    dies_on: date | None
    seals: int | None


@dataclass(frozen=True, slots=True)
class Ended:
    """A private half whose time has come: destroyed with the `count` values that it still sealed, or why not (yet)."""

    key_id: str
    count: int
    obstacle: str = ""


def show_keys(house: KeepingHouse, now: datetime) -> list[KeyLine]:
    """Every private half on this host."""
    with transaction(house.engine) as session:
        sealed = count_sealed(session)
        waiting = dict(_count_waiting(house, session))
    found = []
    for holder, counts in (("desk", sealed), ("dispatch", waiting)):
        for key_id in list_ids(house.keys / holder, ".key") if house.holds(holder) else []:
            if kind_of(key_id) is not None:
                made = datetime.fromtimestamp((house.keys / holder / f"{key_id}.key").stat().st_mtime, UTC)
                dies_on = destroy_on(key_id, house.terms)
                found.append(KeyLine(key_id, holder, local_day(made), dies_on, counts.get(key_id, 0)))
    return found


def whole_until(house: KeepingHouse) -> date | None:
    """Until when a backup made now opens in full: the first date of a month's key that something in it needs."""
    with transaction(house.engine) as session:
        sealed = count_sealed(session)
    dates = [destroy_on(key_id, house.terms) for key_id in sealed if kind_of(key_id) is KeyKind.MONTH]
    return min((one for one in dates if one is not None), default=None)


def find_due(house: KeepingHouse, now: datetime) -> list[str]:
    """The private halves on this host whose date has come, or which nobody seals to any more."""
    today = local_day(now)
    desk = [one for one in _ids(house, "desk", ".key") if is_due(one, house.terms, today)]
    begun = [one for holder in ("desk", "dispatch") for one in list_dying(house.keys / holder) if kind_of(one)]
    return list(dict.fromkeys([*desk, *_superseded(_ids(house, "dispatch", ".key"), today), *begun]))


def destroy_due(house: KeepingHouse, now: datetime, *, attended: bool = False) -> list[Ended]:
    """Destroy what is due: public halves first, so that nobody seals to a key that is going, then private ones.

    What lives under a month's key is sealed anew before; where that did not succeed the key stays. Running it twice, or on
    several hosts, is harmless. `attended`: a person asked for it.
    """
    today = local_day(now)
    due = find_due(house, now)
    months = [one for one in _ids(house, "desk", ".key") if one in due and kind_of(one) is KeyKind.MONTH]
    _remove_public_halves(house, today)
    if len(months) > MOST_MONTHS and not attended:
        why = "several months at once: look at the clock, then run `hotline keys destroy --due`"
        return [Ended(one, 0, why) if one in months else _destroy(house, one, today) for one in due]
    may_die = dict.fromkeys(months, 0)
    may_die |= {move.key_id: move.broken for move in (rewrap_due(house, now) if months else ())}
    return [_destroy(house, one, today, may_die.get(one)) for one in due]


def destroy_copies(house: KeepingHouse, folder: Path, *, dry_run: bool = False) -> list[str]:
    """Destroy in a copy of key folders (a vault's) what the house destroyed; gives the ids that were there."""
    with transaction(house.engine) as session:
        gone = destroyed_keys(session)
    with_index = gone | {index_id(key_id) for key_id in gone}
    found = [path for path in sorted(folder.rglob("*.key")) if path.stem in with_index]
    return [path.stem for path in found if dry_run or destroy_key(path)]


def _destroy(house: KeepingHouse, key_id: str, today: date, may_die: int | None = None) -> Ended:
    """Destroy one private half, and write that down: the record waits in a transaction until the file is gone.

    At most `may_die` values may go with it; None means as many as there are.
    """
    holder = "dispatch" if kind_of(key_id) is KeyKind.DISPATCH else "desk"
    with transaction(house.engine) as session:
        if holder == "dispatch":
            count = dict(_count_waiting(house, session)).get(key_id, 0)
            if count:
                return Ended(key_id, 0, f"{count} deliveries wait for it")
            rule = "dispatch, replaced and empty"
        else:
            count = count_sealed(session).get(key_id, 0)
            if may_die is not None and count > may_die:
                return Ended(key_id, 0, f"{count - may_die} values in use")
            month = kind_of(key_id) is KeyKind.MONTH
            rule = f"month {house.terms.longest_after_end}" if month else f"uncertain {house.terms.uncertain}"
        record_destruction(session, on=today, what="key", rule=rule, count=count, key_id=key_id)
        session.flush()
        if kind_of(key_id) is KeyKind.DAY:
            forget_undecided(session, key_id)
        if kind_of(key_id) is KeyKind.MONTH:  # first: once the pair is gone, no round would come back for it
            destroy_key(house.keys / holder / f"{index_id(key_id)}.key")
        if not destroy_key(house.keys / holder / f"{key_id}.key"):
            session.rollback()  # another round was first, and wrote it down
    return Ended(key_id, count)


def _remove_public_halves(house: KeepingHouse, today: date) -> None:
    """Take away what somebody could still seal to; a public half is no secret, so it need not be overwritten."""
    for holder in ("intake", "desk"):
        ids = _ids(house, holder, ".pub")
        for key_id in [*(one for one in ids if is_due(one, house.terms, today)), *_superseded(ids, today)]:
            (house.keys / holder / f"{key_id}.pub").unlink(missing_ok=True)


def _superseded(ids: list[str], today: date) -> list[str]:
    """The workers' pairs among these ids that have had a successor for long enough."""
    pairs = sorted(one for one in ids if kind_of(one) is KeyKind.DISPATCH)
    return [one for one in pairs[:-1] if is_superseded(one, pairs[-1], today)]


def _count_waiting(house: KeepingHouse, session: Session) -> list[tuple[str, int]]:
    """How many deliveries wait for each of the workers' pairs on this host."""
    if not _ids(house, "dispatch", ".key"):
        return []
    keys = read_dispatch(house.keys)
    waiting = list(waiting_for_dispatch(session))
    return [(pair.id, sum(_opens(pair, one) for one in waiting)) for pair in (keys.pair, *keys.older)]


def _opens(pair: KeyPair, sealed: bytes) -> bool:
    try:
        open_sealed(pair.private, sealed)
    except SealError:
        return False
    return True


def _ids(house: KeepingHouse, holder: str, suffix: str) -> list[str]:
    return list_ids(house.keys / holder, suffix) if house.holds(holder) else []
