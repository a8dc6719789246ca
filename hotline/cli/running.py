"""`hotline up` and `hotline doctor`."""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import signal
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from config.settings import ROOT, Settings
from hotline.cli import main, settings
from hotline.domain.dayparts import local_day
from hotline.embedded.home import make_home
from hotline.embedded.supervise import Supervisor, read_procfile

READY_WITHIN = 120.0


class StartError(Exception):
    """The system cannot start here and now; the text says why and what to do."""


@main.command()
def up() -> None:
    """Start everything and keep it running until Ctrl-C."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    first = settings()
    make_home(first.home, first.keys, local_day(datetime.now(UTC)))
    here = settings()  # read again: the demo's own secrets exist now
    lock = _lock(here.home)
    skip = _skipped(here)
    ports = [here.port, here.port + 1, *(() if "partner" in skip else (here.port + 2,))]
    for port in ports:
        _check_port(port)
    environ = {
        **os.environ,
        "PORT": str(here.port),
        "DESK_PORT": str(here.port + 1),
        "HOTLINE_HOME": str(here.home),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    supervisor = Supervisor(read_procfile((ROOT / "Procfile").read_text(), environ, skip), environ)
    signal.signal(signal.SIGINT, supervisor.stop)
    signal.signal(signal.SIGTERM, supervisor.stop)
    threading.Thread(target=_announce, args=(here, supervisor), daemon=True).start()
    supervisor.run()
    lock.close()
    click.echo("Everything is stopped. Your data stays in " + str(here.home))


def _skipped(here: Settings) -> frozenset[str]:
    return frozenset(
        name
        for name, leave_out in (
            ("postgres", not here.embeds_database),
            ("valkey", not here.embeds_redis),
            ("partner", here.mode != "demo"),
        )
        if leave_out
    )


def _lock(home: Path) -> click.utils.LazyFile | object:
    file = (home / "lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise StartError(f"The system already runs in {home}. Stop it there first, or set HOTLINE_HOME.") from None
    return file


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise StartError(
                f"Port {port} is in use. Stop what uses it, or choose another: PORT=8100 make run"
            ) from None


def _announce(here: Settings, supervisor: Supervisor) -> None:
    end = time.monotonic() + READY_WITHIN
    wanted = [f"http://127.0.0.1:{here.port}/live", f"http://127.0.0.1:{here.port + 1}/live"]
    for url in wanted:
        while not _answers(url):
            if time.monotonic() > end:
                click.echo("Not everything answers yet. The lines above say what is missing.", err=True)
                return
            time.sleep(0.1)
    here_url, desk_url = here.public_url.rstrip("/"), here.desk_url.rstrip("/")
    lines = [
        "",
        "The line is open.",
        f"  web form         {here_url}/drugsmeldpunt",
        f"  desk             {desk_url}/desk",
    ]
    if here.mode == "demo":
        lines[2:2] = [f"  phone simulator  {here_url}/simulator"]
        lines += [
            f"  demo partner     http://127.0.0.1:{here.port + 2}/",
            "  accounts         operator, operator2, supervisor, admin, politie, gemeente",
            f"  password         {here.demo_password}",
        ]
    click.echo("\n".join([*lines, "Ctrl-C stops everything.", ""]))
    sys.stdout.flush()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - this machine
            return bool(answer.status == 200)
    except OSError:
        return False


@main.command()
def doctor() -> None:
    """Look at this machine and this installation; say what is wrong and what to do."""
    here = settings()
    worst = 0
    for name, look in _looks(here):
        try:
            found = look()
        except Exception as error:  # a look that cannot be taken is itself the finding
            found = f"fail: {type(error).__name__}"
        level = found.partition(":")[0]
        worst = max(worst, {"ok": 0, "warn": 0}.get(level, 1))
        click.echo(f"{name:<16} {found}")
    sys.exit(worst)


def _looks(here: Settings) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "python", lambda: "ok" if sys.version_info >= (3, 11) else "fail: Python 3.11 or later is needed"
    yield "home", lambda: _look_at_home(here.home)
    yield "disk", lambda: _look_at_disk(here.home)
    yield "swap", _look_at_swap
    yield "keys", lambda: _look_at_keys(here)
    yield "redis", lambda: _look_at_redis(here)
    yield "database", lambda: _look_at_database(here)


def _look_at_home(home: Path) -> str:
    if not home.exists():
        return "warn: not made yet; `make run` makes it"
    mode = home.stat().st_mode & 0o777
    return "ok" if mode == 0o700 else f"fail: mode {mode:o}; run: chmod 700 {home}"


def _look_at_disk(home: Path) -> str:
    free = shutil.disk_usage(home if home.exists() else home.parent).free // 2**20
    return "ok" if free > 1024 else f"warn: {free} MB free; make room before the disk is full"


def _look_at_swap() -> str:
    lines = Path("/proc/swaps").read_text().splitlines()[1:]
    return "ok" if not lines else "warn: swap is on, so memory can reach the disk; run: swapoff -a"


def _look_at_keys(here: Settings) -> str:
    from hotline.storage.keyfiles import read_intake

    read_intake(here.keys)
    return "ok"


def _look_at_redis(here: Settings) -> str:
    import redis

    from hotline.storage.daykeys import refuse_disk

    refuse_disk(redis.Redis.from_url(here.redis_url, socket_connect_timeout=2))
    return "ok"


def _look_at_database(here: Settings) -> str:
    from hotline.storage.migrate import is_current
    from hotline.storage.session import open_engine

    return "ok" if is_current(open_engine(here.database_url_for("intake"))) else "fail: run `hotline db upgrade`"
