"""Clears what a killed PostgreSQL left behind, and waits for one that is still stopping."""

from __future__ import annotations

import os
import time
from pathlib import Path

STOPPING = 15.0
"""Seconds that an earlier server gets: its supervisor was killed, so the kernel told it to stop."""


class StillRunning(Exception):
    """Another server works on the same data; the text names its process."""


def wait_for_earlier(data: Path, sockets: Path, patience: float = STOPPING) -> None:
    """Return when no server works on `data`; lock files of a dead one, whose number others may have by now, go."""
    locks = (data / "postmaster.pid", sockets / ".s.PGSQL.5432.lock")
    end = time.monotonic() + patience
    for lock in locks:
        while (pid := _owner(lock)) is not None:
            if not _is_postgres(pid):
                lock.unlink(missing_ok=True)
            elif time.monotonic() > end:
                raise StillRunning(
                    f"Another PostgreSQL (process {pid}) works on {data}. Stop it first: kill -INT {pid}"
                )
            else:
                time.sleep(0.1)


def _owner(lock: Path) -> int | None:
    try:
        return int(lock.read_text(encoding="utf-8").split("\n", 1)[0])
    except FileNotFoundError:
        return None
    except ValueError:  # cut off in the middle of being written: nobody holds it
        lock.unlink(missing_ok=True)
        return None


def _is_postgres(pid: int) -> bool:
    try:
        return os.path.basename(os.readlink(f"/proc/{pid}/exe")).split(" ")[0] == "postgres"
    except OSError:
        return False
