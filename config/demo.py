"""The secrets of a demo: made once, kept in the home folder, never the same on two machines."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

_WORDS = "anker berg boot brug dijk duin eik fiets gracht haven hof kade klok linde maan molen nest plein riet ster"


def _speakable() -> str:
    return "-".join([*(secrets.choice(_WORDS.split()) for _ in range(3)), str(secrets.randbelow(900) + 100)])


def _whsec() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


SECRETS: Mapping[str, tuple[str, Callable[[], str]]] = {
    "HOTLINE_SECRET_KEY": ("secret-key", lambda: secrets.token_hex(32)),
    "HOTLINE_TWILIO_AUTH_TOKENS": ("twilio-token", lambda: secrets.token_hex(16)),
    "HOTLINE_DEMO_PASSWORD": ("demo-password", _speakable),
    "HOTLINE_DEMO_PARTNER_SECRET": ("partner-politie", _whsec),
}
"""Variable → file below `HOTLINE_HOME/secrets`, and how it is made."""


def ensure_demo_secrets(home: Path) -> None:
    """Make the secrets that are missing, mode 0600; two processes at once agree on the first."""
    folder = home / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, make in SECRETS.values():
        path = folder / name
        if path.exists():
            continue
        draft = folder / f".{name}.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(make(), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # the other process was first: its secret counts
        finally:
            draft.unlink()


def read_demo_secret(home: Path, variable: str) -> str | None:
    """The secret made for a variable, or None before the first start."""
    if variable not in SECRETS:
        return None
    try:
        return (home / "secrets" / SECRETS[variable][0]).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
