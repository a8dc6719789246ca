"""Makes the folders an installation writes in, closed to every other account."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

from config.places import Account, Places

_NEEDED = 150 * 1024 * 1024
"""A fresh PostgreSQL takes 40 MB, its write-ahead log up to 64 MB."""


class HomeError(Exception):
    """The home folder cannot be used; the text is one sentence that says why and what to do."""


def make_home(places: Places, keys: Path) -> None:
    """Make the home and its folders with mode 0700; raises HomeError. Harmless when they are there."""
    home = places.home
    if home.is_dir() and any(home.iterdir()) and stat.S_IMODE(home.stat().st_mode) & 0o077:
        raise HomeError(f"{home} is open to other accounts: `chmod 700 {home}`, or set HOTLINE_HOME to another folder.")
    try:
        for folder in (places.servers, home):
            _make(folder, places.account)
        for folder in (keys, home / "secrets"):
            _make(folder, None)
        _make(places.sockets, places.account)
        probe = home / "secrets" / ".probe"
        probe.write_bytes(bytes(4096))
        probe.unlink()
    except OSError as error:
        raise HomeError(
            f"{error.filename or home} cannot be written ({error.strerror}): "
            "set HOTLINE_HOME to a folder that can, on a disk with room."
        ) from None
    for folder in {home, places.servers}:
        free = shutil.disk_usage(folder).free
        if free < _NEEDED:
            raise HomeError(f"The disk of {folder} is full: {free >> 20} MB left, {_NEEDED >> 20} MB needed.")


def _make(folder: Path, account: Account | None) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    ours = {os.geteuid(), account.uid if account else os.geteuid()}
    if not stat.S_ISDIR(status.st_mode) or (status.st_uid not in ours and os.geteuid() != 0):
        raise HomeError(f"{folder} belongs to another account: remove it, or set HOTLINE_HOME to another folder.")
    if account and status.st_uid not in ours and folder.parent == Path("/tmp"):  # noqa: S108 -- anyone may have made it
        raise HomeError(f"{folder} belongs to another account: remove it, or set HOTLINE_HOME to a shorter path.")
    if account:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)
