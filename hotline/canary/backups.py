"""A backup of the database as bytes: what pg_dump wrote in any of its formats, or any folder or file."""

from __future__ import annotations

import gzip
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from hotline.canary.search import Piece
from hotline.domain.errors import HotlineError

CHUNK, OVERLAP = 8 << 20, 64 << 10
"""Bytes that are searched at once, and what two neighbours share so that nothing hides on their border."""

_CUSTOM, _GZIPPED = b"PGDMP", b"\x1f\x8b"
Programs = Callable[[], Path]
"""Gives the folder with `pg_restore`; asked only where it is needed."""


class BackupError(HotlineError):
    """This backup cannot be read; the text says why and what to do."""


def read_backup(path: Path, programs: Programs) -> Iterator[Piece]:
    """Everything in a backup, unpacked; raises BackupError where there is none or pg_restore cannot read it."""
    if not path.exists():
        raise BackupError(f"{path} is not there: name a file that pg_dump wrote, or a folder")
    try:
        if _is_archive(path):
            yield from _restored(path, programs())
            return
        if path.is_file():
            yield from _chunks(path.name, path)
            return
        for one in sorted(path.rglob("*")):
            if _is_archive(one.parent):
                continue
            if _is_archive(one):
                yield from _restored(one, programs())
            elif one.is_file():
                yield from _chunks(str(one.relative_to(path)), one)
    except OSError as error:
        raise BackupError(f"{error.filename or path} cannot be read ({error.strerror})") from None


def _is_archive(path: Path) -> bool:
    """Whether pg_restore reads it: pg_dump's custom format, its folder or its tar."""
    if path.is_dir():
        return (path / "toc.dat").exists()
    if not path.is_file():
        return False
    with path.open("rb") as file:
        if file.read(len(_CUSTOM)) == _CUSTOM:
            return True
    if not tarfile.is_tarfile(path):
        return False
    with tarfile.open(path) as archive:
        return archive.getnames()[:1] == ["toc.dat"]


def _restored(path: Path, programs: Path) -> Iterator[Piece]:
    """The SQL in the archive, as pg_restore writes it."""
    command = [str(programs / "pg_restore"), "--no-owner", "--file=-", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - our own binary
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        yield from _cut(path.name, process.stdout)
    if process.returncode:
        raise BackupError(f"{path} is a broken backup, or of a newer PostgreSQL than the one that comes along")


def _chunks(place: str, path: Path) -> Iterator[Piece]:
    with path.open("rb") as file:
        is_zipped = file.read(len(_GZIPPED)) == _GZIPPED
        file.seek(0)
        yield Piece("backup", place, place.encode())
        if not is_zipped:
            yield from _cut(place, file)
            return
        try:
            with gzip.open(file) as inside:
                yield from _cut(place, inside)
        except (gzip.BadGzipFile, EOFError):
            raise BackupError(f"{path} ends in the middle, or is no gzip file") from None


def _cut(place: str, stream: IO[bytes] | gzip.GzipFile) -> Iterator[Piece]:
    before = b""
    while data := stream.read(CHUNK):
        yield Piece("backup", place, before + data)
        before = data[-OVERLAP:]
