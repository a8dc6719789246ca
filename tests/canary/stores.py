"""Everything the house leaves behind, as bytes: tables, the server's own files, Valkey, logs and files."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import redis
from sqlalchemy import Engine, inspect

from tests.canary.search import Piece

_PAGE = 8192
_ZEROES = bytes(_PAGE)


def tables(owner: Engine) -> Iterator[Piece]:
    """Every column of every row."""
    names = inspect(owner).get_table_names()
    with owner.connect() as connection:
        for name in names:
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
                yield Piece("table rows", name, b"\x00".join(as_bytes(value) for value in row))


def server_files(owner: Engine, folder: Path) -> Iterator[Piece]:
    """The database's data files, the server's write-ahead log and whatever else it keeps, as they lie on the disk."""
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        mine = str(
            connection.exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()").scalar()
        )
    data = folder / "data"
    for path in sorted(data.rglob("*")):
        parts = path.relative_to(data).parts
        others = parts[0] == "base" and len(parts) > 1 and parts[1] != mine
        if path.is_file() and not others:
            store = "write-ahead log" if parts[0] == "pg_wal" else "database server's files"
            yield Piece(store, "/".join(parts), _without_empty_pages(_read(path)))
    yield Piece("database server's log", "log", _read(folder.parent / f"{folder.name}.log"))


def valkey(client: redis.Redis) -> Iterator[Piece]:
    """Every key with its value, whatever its type, and the log of slow commands, which holds their arguments."""
    store: Any = client
    for key in store.scan_iter(count=1000):
        kind = store.type(key).decode()
        match kind:
            case "string":
                value = [store.get(key)]
            case "hash":
                value = [part for pair in store.hgetall(key).items() for part in pair]
            case "list":
                value = store.lrange(key, 0, -1)
            case "set":
                value = list(store.smembers(key))
            case "zset":
                value = [part for pair in store.zrange(key, 0, -1, withscores=True) for part in pair]
            case "stream":
                value = [part for _, entry in store.xrange(key) for pair in entry.items() for part in pair]
            case _:
                value = [store.dump(key)]
        yield Piece("Valkey", kind, b"\x00".join([key, *(as_bytes(one) for one in value)]))
    yield Piece("Valkey", "slow log", repr(store.slowlog_get(-1)).encode())


def log_records(records: Iterable[logging.LogRecord]) -> Iterator[Piece]:
    """Each record as any handler could write it: the message, its arguments, and all that an exception carries."""
    for record in list(records):
        told = [record.getMessage(), repr(record.msg), repr(record.args), repr(record.__dict__)]
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            told += traceback.format_exception(error)
        while error is not None:
            told += [repr(error.args), repr(vars(error))]
            error = error.__cause__ or error.__context__
        yield Piece("log records", "at every level", "\n".join(told).encode("utf-8", "replace"))


def files(folder: Path) -> Iterator[Piece]:
    """Every file below a folder, and its name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield Piece("files", path.relative_to(folder).as_posix(), str(path).encode() + b"\x00" + _read(path))


def as_bytes(value: object) -> bytes:
    """A value of a column or a key, unchanged where it is bytes."""
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode("utf-8", "replace")


def _without_empty_pages(data: bytes) -> bytes:
    pages = (data[at : at + _PAGE] for at in range(0, len(data), _PAGE))
    return b"".join(page for page in pages if page != _ZEROES[: len(page)])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""  # the server removed it meanwhile
