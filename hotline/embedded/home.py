"""Makes an installation's home: closed folders, and the secrets that a demo makes up for itself."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path

from config.places import password_file, secret_file
from hotline.storage.keyfiles import ensure_keys

_DEMO_SECRETS: dict[str, Callable[[], str]] = {
    "twilio-auth-token": lambda: secrets.token_hex(16),
    "secret-key": lambda: secrets.token_urlsafe(48),
    "demo-password": lambda: "-".join(secrets.token_hex(2) for _ in range(3)),
    "partner-politie": lambda: "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
}
_LOGINS = ("superuser", "owner", "intake", "desk", "dispatch")


class HomeError(Exception):
    """The home cannot be used; the text says which folder and what to do."""


def make_home(home: Path, keys: Path, today: date) -> None:
    """Everything that must be there before the first process starts; what is there already is left alone."""
    try:
        for folder in (home, home / "secrets", keys, *(keys / login for login in _LOGINS)):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            folder.chmod(0o700)
        for name, make in _DEMO_SECRETS.items():
            _make_once(secret_file(home, name), make)
        for login in _LOGINS:
            _make_once(password_file(keys, login), lambda: secrets.token_urlsafe(32))
        ensure_keys(keys, today)
    except OSError as error:
        where = error.filename or home
        raise HomeError(
            f"{where}: {error.strerror}. Free some room, or set HOTLINE_HOME to a folder of yours."
        ) from None


def _make_once(path: Path, make: Callable[[], str]) -> None:
    if path.exists():
        return
    half = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(make())
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)
