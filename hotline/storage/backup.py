"""Backups of the database that carry their own end in their name, and go on that day."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import URL, make_url

from hotline.domain.errors import HotlineError

_NAME = re.compile(r"\.?hotline-\d{4}-\d{2}-\d{2}-until-(\d{4}-\d{2}-\d{2})\.dump(?:-[0-9a-f]{16})?")
"""Also the half one that a kill left behind."""


class BackupError(HotlineError):
    """No backup could be made; the text says what to do."""


def make_backup(url: str, program: Path, folder: Path, *, today: date, until: date) -> Path:
    """Dump the whole database, as its owner, into one file of `pg_restore`'s format; it replaces one of the same day.

    The keys are not in it: what is sealed stays sealed, and dies with its key in the backup too.
    """
    target = folder / f"hotline-{today}-until-{until}.dump"
    there = make_url(url)
    environ = {**os.environ, "PGPASSWORD": there.password or ""}  # an argument could be read by every account
    address = URL.create(
        "postgresql", there.username, host=there.host, port=there.port, database=there.database, query=there.query
    ).render_as_string()
    half = folder / f".{target.name}-{secrets.token_hex(8)}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        dump = [str(program), "--format=custom", "--no-password", f"--file={half}", f"--dbname={address}"]
        done = subprocess.run(dump, env=environ, capture_output=True, text=True, errors="replace")  # noqa: S603
        if done.returncode:
            said = done.stderr.strip().splitlines()
            raise BackupError(f"pg_dump made no backup: {said[-1] if said else 'it did not say why'}")
        half.rename(target)
    except OSError as error:
        where = error.filename or folder
        raise BackupError(
            f"{where}: {error.strerror}. Free some room, or install PostgreSQL's client programs."
        ) from None
    finally:
        half.unlink(missing_ok=True)
    return target


def find_expired(folder: Path, today: date) -> Iterator[Path]:
    """The backups in a folder whose last day is past."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        named = _NAME.fullmatch(path.name)
        if named and date.fromisoformat(named[1]) <= today:
            yield path
