"""`python -m hotline.embedded.valkey`: becomes a Valkey on a unix socket that writes nothing to disk."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from config.places import Places
from config.settings import SettingsError, load_settings
from hotline.embedded.binaries import MissingWheel, valkey_binary
from hotline.embedded.home import HomeError, make_server_folders
from hotline.embedded.kinship import die_with_parent, drop_rights


def options(socket: Path) -> list[str]:
    """No TCP, no snapshots, no append-only file, and a socket for this account alone."""
    return [
        *("--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--save", "", "--appendonly", "no", "--repl-diskless-sync", "yes", "--dir", "/"),
        *("--maxmemory", "64mb", "--maxmemory-policy", "noeviction", "--daemonize", "no", "--loglevel", "warning"),
    ]


def main() -> None:
    """Become the server; a known trouble is one sentence."""
    parent = os.getppid()
    try:
        become_valkey(load_settings(os.environ).places, parent)
    except (SettingsError, HomeError, MissingWheel) as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"{error.filename or 'Valkey'}: {error.strerror}. Look at the folder's owner and at the disk.")


def become_valkey(places: Places, parent: int) -> None:
    """Never returns; the server dies with the process `parent`."""
    program = str(valkey_binary(places))
    make_server_folders(places)
    if places.account:
        drop_rights(places.account)
    os.umask(0o077)
    die_with_parent(signal.SIGTERM, parent)
    os.chdir("/")
    os.execv(program, [program, *options(places.valkey_socket)])  # noqa: S606 - our own binary


if __name__ == "__main__":
    main()
