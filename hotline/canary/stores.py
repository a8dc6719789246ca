"""Everything an installation leaves behind, as bytes: tables, the database server's own files, Valkey and files."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis
from sqlalchemy import CursorResult, Engine, inspect
from sqlalchemy.exc import DBAPIError

from hotline.canary.search import Piece

_PAGE = 8192
_ZEROES = bytes(_PAGE)


def tables(engine: Engine, names: Collection[str] | None = None) -> Iterator[Piece]:
    """Every column of every row, of these tables or of all."""
    for name in inspect(engine).get_table_names() if names is None else names:
        with stream(engine, f'SELECT * FROM "{name}"') as rows:  # noqa: S608 - the database's own names
            for row in rows:
                yield Piece("table rows", name, b"\x00".join(as_bytes(value) for value in row))


def readable(engine: Engine) -> dict[str, bool]:
    """The tables, and whether this login may read each."""
    query = """
        SELECT relname, has_table_privilege(oid, 'SELECT') FROM pg_class
        WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY relname
    """
    with engine.connect() as connection:
        return {str(name): bool(may) for name, may in connection.exec_driver_sql(query)}


@contextmanager
def stream(engine: Engine, query: str) -> Iterator[CursorResult[Any]]:
    """A query's rows as they come, however many there are."""
    with (
        engine.connect().execution_options(stream_results=True, yield_per=1000) as connection,
        connection.exec_driver_sql(query) as rows,
    ):
        yield rows


def server_files(owner: Engine, data: Path) -> Iterator[Piece]:
    """The database's data files, the server's write-ahead log and whatever else lies in its data folder, from the disk.

    What other databases of the same server hold is left out.
    """
    with owner.connect() as connection:
        query = "SELECT oid FROM pg_database WHERE datname = current_database()"
        mine = str(connection.exec_driver_sql(query).scalar())
    for path in sorted(data.rglob("*")):
        parts = path.relative_to(data).parts
        others = parts[0] == "base" and len(parts) > 1 and parts[1] != mine
        if path.is_file() and not others:
            store = "write-ahead log" if parts[0] == "pg_wal" else "database server's files"
            yield Piece(store, "/".join(parts), _without_empty_pages(read(path)))


def write_out(owner: Engine) -> bool:
    """Have the server write its memory to its files; False where this login may not ask that."""
    try:
        with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("CHECKPOINT")
    except DBAPIError:
        return False
    return True


def valkey(client: redis.Redis) -> Iterator[Piece]:
    """Every key with its value, whatever its type, both as commands give it and as a snapshot (RDB) would write it.

    Also the log of slow commands, which holds their arguments, and the names of who is connected.
    """
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
        yield Piece("Valkey, as a snapshot holds it", kind, store.dump(key) or b"")
    yield Piece("Valkey", "slow log", repr(store.slowlog_get(-1)).encode())
    yield Piece("Valkey", "clients", repr(store.client_list()).encode())


def files(folder: Path, *, without: Collection[Path] = ()) -> Iterator[Piece]:
    """Every file below a folder, and its name; `without` are folders and files to leave out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(path.is_relative_to(one) for one in without):
            yield Piece("files", path.relative_to(folder).as_posix(), str(path).encode() + b"\x00" + read(path))


def as_bytes(value: object) -> bytes:
    """A value of a column or a key, unchanged where it is bytes."""
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode("utf-8", "replace")


def _without_empty_pages(data: bytes) -> bytes:
    pages = (data[at : at + _PAGE] for at in range(0, len(data), _PAGE))
    return b"".join(page for page in pages if page != _ZEROES[: len(page)])


def read(path: Path) -> bytes:
    """A file's bytes; none where it went meanwhile."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
