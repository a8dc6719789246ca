"""Opens everything sealed with the key that belongs to it, as each rightful holder could."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import redis
from sqlalchemy import Engine

from hotline.anonymity.keyring import KeyGone
from hotline.anonymity.reply import unlock
from hotline.anonymity.seal import SealError, decrypt, derive, open_sealed
from hotline.canary.search import Piece
from hotline.canary.stores import stream
from hotline.storage.keyfiles import read_desk, read_dispatch, read_intake
from hotline.storage.seals import DESK_SEALS, DISPATCH_SEALS

DESK = tuple(one for one in DESK_SEALS if one.table != "attachments")
DISPATCH = tuple(one for one in DISPATCH_SEALS if one.table != "attachments")
"""What holds words. Attachments are sound and pixels, and where they lie: no search reads those."""

REPLY = (("replies", "sealed"), ("questions", "for_reporter"))
"""What only a report's code opens."""

STILL_AT_TWILIO = "opened: erasures"
"""The carrier's ids of what must still be erased there, which is all that this store is for."""

WORKING = (("conversations", "state"), ("turns", "outputs"))
"""What opens with the day's key and what the other side sends."""


def opened(
    owner: Engine, client: redis.Redis, keys: Path, *, codes: Iterable[str], ids: Iterable[str]
) -> Iterator[Piece]:
    """The plain text of every sealed value; raises SealError for one that nothing opens.

    `codes` are the report codes that were given out, `ids` what only the other side knows: calls, messages, numbers, and the
    secret of a visitor's page.
    """
    yield from opened_by_desk(owner, keys)
    yield from opened_by_dispatch(owner, keys)
    pepper = read_intake(keys).pepper
    reply_keys = [unlock(code, pepper).private for code in codes]
    for table, column in REPLY:
        for (sealed,) in _rows(owner, table, column):
            yield Piece(f"opened: {table}", column, _first(reply_keys, sealed, open_sealed))
    yield from opened_by_other_side(owner, client, list(ids))


def opened_by_desk(owner: Engine, keys: Path, *, skip: bool = False) -> Iterator[Piece]:
    """What the desk's folder opens; `skip` goes on where a key was destroyed on its date."""
    desk = read_desk(keys)
    for table, column, key_column in DESK:
        for sealed, key_id in _rows(owner, table, column, key_column):
            yield from _opened(table, column, partial(desk.open, key_id, sealed), skip)


def opened_by_dispatch(owner: Engine, keys: Path, *, skip: bool = False) -> Iterator[Piece]:
    """What the workers' folder opens; `skip` goes on where a pair was replaced and destroyed."""
    dispatch = read_dispatch(keys)
    for table, column, _ in DISPATCH:
        for (sealed,) in _rows(owner, table, column):
            yield from _opened(table, column, partial(dispatch.open, sealed), skip)


def opened_by_other_side(
    owner: Engine, client: redis.Redis, ids: Collection[str], *, skip: bool = False
) -> Iterator[Piece]:
    """Working state and replayable answers that these ids open; `skip` passes over what is of other people."""
    shared = [
        derive(day, purpose, one.encode())
        for day in day_keys(client)
        for purpose in (b"state", b"replay", b"form's state", b"form's replay")
        for one in ids
    ]
    for table, column in WORKING:
        for (encrypted,) in _rows(owner, table, column):
            yield from _opened(table, "working state", partial(_first, shared, encrypted, decrypt), skip)


def day_keys(client: redis.Redis) -> list[bytes]:
    """The keys of the days that Valkey holds."""
    found: list[bytes] = []
    for name in client.scan_iter(match="hotline:daykey:*"):
        values = client.smembers(name) if name.endswith(b":beside") else [client.get(name)]
        found += [bytes.fromhex(value.decode()) for value in values]  # type: ignore[union-attr]
    return found


def _opened(table: str, place: str, open_one: Callable[[], bytes], skip: bool) -> Iterator[Piece]:
    try:
        plain = open_one()
    except (KeyGone, SealError):
        if not skip:
            raise
        return
    yield Piece(f"opened: {table}", place, plain)


def _first(keys: Iterable[bytes], sealed: bytes, open_with: Callable[[bytes, bytes], bytes]) -> bytes:
    for key in keys:
        try:
            return open_with(key, sealed)
        except SealError:
            continue
    raise SealError("something is stored that no holder of a key can open")


def _rows(owner: Engine, table: str, column: str, *beside: str) -> Iterator[tuple[Any, ...]]:
    """The values of a column that are there and not wiped, with what stands beside each."""
    query = f"SELECT {', '.join((column, *beside))} FROM {table} WHERE octet_length({column}) > 0"  # noqa: S608 - names above
    with stream(owner, query) as rows:
        for row in rows:
            yield tuple(row)
