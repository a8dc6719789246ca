"""Makes an installation's home: closed folders, and the secrets that a demo makes up for itself."""

from __future__ import annotations

import base64
import os
import secrets
import shutil
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

from config.places import Account, NoAccount, Places, find_places, password_file, secret_file
from hotline.storage.keyfiles import ensure_keys

_DEMO_SECRETS: dict[str, Callable[[], str]] = {
    "twilio-auth-token": lambda: secrets.token_hex(16),
    "secret-key": lambda: secrets.token_urlsafe(48),
    "demo-password": lambda: "-".join(secrets.token_hex(2) for _ in range(3)),
    "partner-politie": lambda: "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
}
_LOGINS = ("superuser", "owner", "intake", "desk", "dispatch", "retain")
_NEEDED = 150
"""Megabytes: a fresh database takes 40, its write-ahead log grows to 64 before it is reused."""


class HomeError(Exception):
    """The home cannot be used; the text says which folder and what to do."""


def make_home(home: Path, keys: Path, today: date) -> None:
    """Everything that must be there before the first process starts; what is there already is left alone."""
    try:
        if home.is_dir() and stat.S_IMODE(home.stat().st_mode) & 0o077 and any(home.iterdir()):
            raise HomeError(
                f"{home} is open to other accounts: chmod 700 {home}, or set HOTLINE_HOME to another folder."
            )
        places = find_places(home)
        make_server_folders(places)
        for folder in (home / "secrets", keys, *(keys / login for login in _LOGINS)):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            folder.chmod(0o700)
        for folder in {home, places.servers}:
            free = shutil.disk_usage(folder).free >> 20
            if free < _NEEDED:
                raise HomeError(f"The disk of {folder} is full: {free} MB free, {_NEEDED} MB needed. Make room there.")
        for name, make in _DEMO_SECRETS.items():
            _make_once(secret_file(home, name), make)
        for login in _LOGINS:
            _make_once(password_file(keys, login), lambda: secrets.token_urlsafe(32))
        ensure_keys(keys, today)
    except NoAccount as error:
        raise HomeError(str(error)) from None
    except OSError as error:
        where = error.filename or home
        raise HomeError(
            f"{where}: {error.strerror}. Free some room, or set HOTLINE_HOME to a folder of yours."
        ) from None


def make_server_folders(places: Places) -> None:
    """The home, and the folders that belong to the account of the servers, each closed to everybody else."""
    for folder in (places.home, places.servers, places.sockets):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _refuse_foreign(folder, places.account)
        if places.account and folder != places.home:
            os.chown(folder, places.account.uid, places.account.gid)
        folder.chmod(0o700)
    if places.account and places.servers == places.home:
        # the account must be able to pass; keys and secrets below stay root's
        os.chown(places.home, places.account.uid, places.account.gid)


def _refuse_foreign(folder: Path, account: Account | None) -> None:
    """A folder in a place where everybody may make one (a short one below /tmp) must be ours and no link."""
    status = folder.lstat()
    ours = {os.geteuid(), account.uid if account else os.geteuid()}
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in ours:
        raise HomeError(f"{folder} belongs to another account. Set HOTLINE_HOME to a folder of yours.")


def _make_once(path: Path, make: Callable[[], str]) -> None:
    """Write a secret unless it is there; of two processes at once, the first one's counts."""
    if path.exists():
        return
    half = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(make())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(half, path)
    except FileExistsError:
        pass  # the other process was first
    finally:
        half.unlink()
