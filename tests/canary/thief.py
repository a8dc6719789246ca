"""What a thief can do who has a dump of every table, all of Valkey and the intake's key folder: try everything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis
from nacl.bindings import sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.secret import SecretBox
from sqlalchemy import Engine, inspect

from hotline.anonymity.seal import PAD_TO, derive
from hotline.canary import stores
from hotline.canary.search import Piece

PURPOSES = (
    *(b"state", b"replay", b"caller", b"caller of one call", b"contact", b"code", b"code salt", b"reply seed"),
    *(b"form", b"form's caller", b"form's state", b"form's replay", b"puzzle", b"line", b"mark of a turn"),
    *(b"part of a report", b"erasure", b"return path", b"return number", b"return mark", b"return mark salt"),
    *(b"reply lookup", b"blind index"),
)
"""Every purpose for which the house derives a key or a name."""


@dataclass(frozen=True)
class Loot:
    """What was carried off. `sealed` are the values that look sealed, by table and column; `known` every id and word."""

    sealed: tuple[tuple[str, bytes], ...]
    keys: tuple[bytes, ...]
    known: tuple[bytes, ...]
    pieces: tuple[Piece, ...]


def steal(owner: Engine, client: redis.Redis, folder: Path, more: Iterable[Piece] = ()) -> Loot:
    """Carry off every row, every key of Valkey, this folder of keys, and `more`: files, logs, backups."""
    pieces = [*stores.tables(owner), *stores.valkey(client), *stores.files(folder), *more]
    sealed, known, raw = [], set[bytes](), set[bytes]()
    with owner.connect() as connection:
        for table in inspect(owner).get_table_names():
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"').mappings():
                for column, value in row.items():
                    if isinstance(value, bytes) and len(value) >= 24 + 16 + PAD_TO:
                        sealed.append((f"{table}.{column}", value))
                    elif value is not None:
                        known |= _ways_to_write(value)
                        raw |= {value} if isinstance(value, bytes) and len(value) == 32 else set()
    everything = b"\x00".join(piece.data for piece in pieces)
    raw |= {bytes.fromhex(one.decode()) for one in re.findall(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", everything)}
    known |= set(re.findall(rb"[\w:.@+-]{8,80}", b"\x00".join(one.data for one in pieces if one.store == "Valkey")))
    return Loot(tuple(sealed), tuple(raw), tuple(sorted(known)), tuple(pieces))


def try_everything(loot: Loot, *, extra: Iterable[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Whatever opens: every key, and every key derived from a key with anything in the dump or in `extra`."""
    yield from try_keys(loot)
    yield from _try_derived(loot, [*loot.known, *(one.encode() for one in extra), b""])


def try_keys(loot: Loot) -> Iterator[tuple[str, bytes]]:
    """Whatever a key of the loot opens as it is, as a private half or as a shared key."""
    for key in loot.keys:
        as_private = SealedBox(PrivateKey(key))
        for place, sealed in loot.sealed:
            yield from _tried(place, as_private, sealed)
            yield from _tried(place, SecretBox(key), sealed)


def _try_derived(loot: Loot, contexts: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    encrypted = [(place, sealed) for place, sealed in loot.sealed if (len(sealed) - 40) % PAD_TO == 0]
    for key in loot.keys:
        for derived in {derive(key, purpose, context) for purpose in PURPOSES for context in contexts}:
            box = SecretBox(derived)
            for place, sealed in encrypted:
                yield from _tried(place, box, sealed)


def _tried(place: str, box: SealedBox[Any] | SecretBox, sealed: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        yield place, sodium_unpad(box.decrypt(sealed), PAD_TO)
    except (CryptoError, ValueError, TypeError):
        return


def _ways_to_write(value: object) -> set[bytes]:
    whole = stores.as_bytes(value)
    return {whole, whole.replace(b"-", b""), getattr(value, "bytes", whole)}
