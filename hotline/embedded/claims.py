"""One system to a home, one program to a port."""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

PATIENCE = 10.0
"""Seconds in which the processes of a killed system let go of their ports."""


class StartError(Exception):
    """The system cannot start here and now; the text says why and what to do."""


class Claim:
    """This process's hold on a home; gone with the process, however that ends."""

    def __init__(self, home: Path) -> None:
        self._file: IO[str] = (home / "lock").open("a+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise StartError(f"The system already runs in {home}. Stop it there first, or set HOTLINE_HOME.") from None
        self._file.seek(0)
        self.was_killed = bool(self._file.read().strip())
        """Whether the one before us went without saying goodbye."""
        self._write(f"{os.getpid()}\n")

    def release(self) -> None:
        """Say goodbye."""
        self._write("")
        self._file.close()

    def _write(self, text: str) -> None:
        self._file.truncate(0)
        self._file.write(text)
        self._file.flush()


def is_running(home: Path) -> bool:
    """Whether a system holds this home now."""
    try:
        with (home / "lock").open("r") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False


def check_ports(ports: Sequence[int], patience: float) -> None:
    """Raise StartError for the first port that is still in use after `patience` seconds."""
    end = time.monotonic() + patience
    for port in ports:
        while not is_free(port):
            if time.monotonic() > end:
                raise StartError(f"Port {port} is in use. Stop what uses it, or choose another: PORT=8100 make run")
            time.sleep(0.1)


def is_free(port: int) -> bool:
    """Whether this machine's loopback port can be taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
