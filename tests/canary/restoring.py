"""A backup of the watched installation, as a file and as the database that it becomes again."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine

from hotline.canary import stores
from hotline.canary.backups import read_backup
from hotline.canary.search import Piece
from tests import servers
from tests.canary.house import Watched


def back_up_and_restore(watched: Watched, folder: Path) -> Iterator[Piece]:
    """pg_dump, unpacked; then pg_restore into a database of its own, row by row."""
    programs, file = servers.find_binaries(), folder / "backup.dump"
    name = str(watched.world.owner.url.database)
    subprocess.run([programs / "pg_dump", *_login(watched), "--format=custom", f"--file={file}", name], check=True)
    yield from read_backup(file, lambda: programs)
    with restore(watched, file) as engine:
        for piece in stores.tables(engine):
            yield Piece("restored tables", piece.place, piece.data)


@contextmanager
def restore(watched: Watched, file: Path) -> Iterator[Engine]:
    """The database that a backup becomes again, which the house knows nothing of; it is gone when the block ends."""
    programs, login, name = servers.find_binaries(), _login(watched), f"{watched.world.owner.url.database}_restored"
    subprocess.run([programs / "createdb", *login, name], check=True)
    engine = create_engine(watched.world.owner.url.set(database=name))
    try:
        subprocess.run([programs / "pg_restore", *login, f"--dbname={name}", file], check=True)
        yield engine
    finally:
        engine.dispose()
        subprocess.run([programs / "dropdb", *login, "--force", name], check=True)


def _login(watched: Watched) -> list[str]:
    return ["-h", str(watched.server), "-U", "owner"]
