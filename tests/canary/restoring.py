"""A backup of the watched installation, as a file and as the database that it becomes again."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine

from hotline.canary import stores
from hotline.canary.backups import read_backup
from hotline.canary.search import Piece
from tests import servers
from tests.canary.house import Watched


def back_up_and_restore(watched: Watched, folder: Path) -> Iterator[Piece]:
    """pg_dump, unpacked; then pg_restore into a database of its own, row by row."""
    programs, sockets, file = servers.find_binaries(), str(watched.server), folder / "backup.dump"
    name = str(watched.world.owner.url.database)
    login = ["-h", sockets, "-U", "owner"]
    subprocess.run([programs / "pg_dump", *login, "--format=custom", f"--file={file}", name], check=True)
    yield from read_backup(file, lambda: programs)
    subprocess.run([programs / "createdb", *login, "restored"], check=True)
    try:
        subprocess.run([programs / "pg_restore", *login, "--dbname=restored", file], check=True)
        engine = create_engine(watched.world.owner.url.set(database="restored"))
        for piece in stores.tables(engine):
            yield Piece("restored tables", piece.place, piece.data)
        engine.dispose()
    finally:
        subprocess.run([programs / "dropdb", *login, "--force", "restored"], check=True)
