"""Where the embedded servers keep their data and sockets, and as which account they run."""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

_LONGEST_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
"""A unix socket's path holds at most 107 bytes, PostgreSQL's file name included."""


@dataclass(frozen=True, slots=True)
class Account:
    """An existing account without privileges."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of the embedded servers. `account` is None where they run as whoever starts them."""

    home: Path
    account: Account | None
    servers: Path
    sockets: Path

    @property
    def postgres_data(self) -> Path:
        return self.servers / "postgres"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What somebody who looks for the data should know, one sentence each."""
        said = []
        if self.servers != self.home:
            who = self.account.name if self.account else "this account"
            said.append(f"{who} cannot reach {self.home}, so the database lives in {self.servers}.")
        if self.sockets.parent != self.servers:
            said.append(f"The path of the data folder is too long for a socket, so the sockets are in {self.sockets}.")
        return tuple(said)


class NoAccount(Exception):
    """Started as root on a machine without an account to run servers as."""


def find_places(home: Path) -> Places:
    """The places that belong to a home folder; the same answer every time, and nothing is made."""
    home = home.absolute()
    account = _server_account(home)
    tag = hashlib.sha256(os.fsencode(home)).hexdigest()[:10]
    servers = home
    if account and not is_reachable(home, account):
        servers = Path("/var/lib") / f"drugsmeldpunt-{tag}"
    sockets = servers / "run"
    if len(os.fsencode(sockets)) > _LONGEST_FOLDER:
        sockets = Path("/tmp") / f"drugsmeldpunt-{tag}"  # noqa: S108 -- made 0700 and its owner checked before use
    return Places(home, account, servers, sockets)


def is_reachable(path: Path, account: Account) -> bool:
    """Whether the account may pass through every folder above `path`."""
    return all(_may_pass(parent, account) for parent in path.absolute().parents if parent.exists())


def _may_pass(folder: Path, account: Account) -> bool:
    status = folder.stat()
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def _server_account(home: Path) -> Account | None:
    """PostgreSQL refuses to run as root: take the home's owner, so that a home keeps its account, else `nobody`."""
    if os.geteuid() != 0:
        return None
    owner = home.stat().st_uid if home.exists() else 0
    try:
        entry = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    except KeyError:
        raise NoAccount(
            "There is no account `nobody` to run PostgreSQL as. Start this as an ordinary user, "
            "or set HOTLINE_DATABASE_URL and HOTLINE_REDIS_URL."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def postgres_socket(home: Path) -> Path:
    """The folder in which the embedded PostgreSQL has its socket."""
    return find_places(home).sockets


def valkey_socket(home: Path) -> Path:
    """The embedded Valkey's socket."""
    return find_places(home).valkey_socket


def secret_file(home: Path, name: str) -> Path:
    """One generated secret of a demo."""
    return home / "secrets" / name


def password_file(keys: Path, holder: str) -> Path:
    """The password of a database login, in the folder of the process that uses it."""
    return keys / holder / "database.password"
