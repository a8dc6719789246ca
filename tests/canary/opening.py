"""Opens everything sealed with the key that belongs to it, as each rightful holder could."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import redis
from sqlalchemy import Engine

from hotline.anonymity.reply import unlock
from hotline.anonymity.seal import SealError, decrypt, derive, open_sealed
from hotline.storage.keyfiles import read_desk, read_dispatch, read_intake
from tests.canary.search import Piece

DESK = (
    ("report_parts", "sealed", "key_id"),
    ("reports", "desk_text", "desk_key_id"),
    ("recipients", "portal_copy", "portal_key_id"),
    ("recipients", "update_copy", "update_key_id"),
    ("feedback", "sealed", "key_id"),
    ("questions", "sealed", "key_id"),
    ("questions", "answer", "answer_key_id"),
)
"""Table, column, and the column that names the desk's key."""


def opened(
    owner: Engine, client: redis.Redis, keys: Path, *, codes: Iterable[str], ids: Iterable[str]
) -> Iterator[Piece]:
    """The plain text of every sealed value; raises SealError for one that nothing opens.

    `codes` are the report codes that were given out, `ids` what only the other side knows: calls, messages, numbers, and the
    secret of a visitor's page.
    """
    yield from opened_by_desk(owner, keys)
    dispatch = read_dispatch(keys)
    for (sealed,) in _rows(owner, "SELECT sealed FROM deliveries"):
        yield Piece("opened: deliveries", "sealed", dispatch.open(sealed))
    for (sealed,) in _rows(owner, "SELECT sealed FROM erasures"):
        yield Piece("opened: erasures", "what Twilio still has", dispatch.open(sealed))
    pepper = read_intake(keys).pepper
    reply_keys = [unlock(code, pepper).private for code in codes]
    for (sealed,) in _rows(owner, "SELECT sealed FROM replies"):
        yield Piece("opened: replies", "sealed", _first(reply_keys, sealed, open_sealed))
    for (sealed,) in _rows(owner, "SELECT for_reporter FROM questions WHERE for_reporter IS NOT NULL"):
        yield Piece("opened: questions", "for_reporter", _first(reply_keys, sealed, open_sealed))
    shared = [
        derive(day, purpose, one.encode())
        for day in day_keys(client)
        for purpose in (b"state", b"replay", b"form's state", b"form's replay")
        for one in ids
    ]
    for query in ("SELECT state FROM conversations", "SELECT outputs FROM turns"):
        for (encrypted,) in _rows(owner, query):
            if encrypted is not None:
                table = query.rpartition(" ")[2]
                yield Piece(f"opened: {table}", "working state", _first(shared, encrypted, decrypt))


def opened_by_desk(owner: Engine, keys: Path) -> Iterator[Piece]:
    """What the desk's folder opens."""
    desk = read_desk(keys)
    for table, column, key_column in DESK:
        for key_id, sealed in _rows(owner, f"SELECT {key_column}, {column} FROM {table} WHERE {column} IS NOT NULL"):
            yield Piece(f"opened: {table}", column, desk.open(key_id, sealed))


def day_keys(client: redis.Redis) -> list[bytes]:
    """The keys of the days that Valkey holds."""
    found: list[bytes] = []
    for name in client.scan_iter(match="hotline:daykey:*"):
        values = client.smembers(name) if name.endswith(b":beside") else [client.get(name)]
        found += [bytes.fromhex(value.decode()) for value in values]  # type: ignore[union-attr]
    return found


def _first(keys: Iterable[bytes], sealed: bytes, open_with: object) -> bytes:
    assert callable(open_with)
    for key in keys:
        try:
            return bytes(open_with(key, sealed))
        except SealError:
            continue
    raise SealError("something is stored that no holder of a key can open")


def _rows(owner: Engine, query: str) -> list[tuple[Any, ...]]:
    with owner.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]
