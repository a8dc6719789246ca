"""`hotline doctor`."""

from __future__ import annotations

import os
import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from config.settings import Settings
from hotline.cli import main, settings
from hotline.cli.switches import warn_of
from hotline.embedded.claims import is_free, is_running


@main.command()
def doctor() -> None:
    """Look at this machine and this installation; say what is wrong and what to do."""
    here = settings()
    worst = 0
    for name, look in _looks(here):
        try:
            found = look()
        except Exception as error:  # a look that cannot be taken is itself the finding
            found = f"fail: {_explain(error)}"
        level = found.partition(":")[0]
        worst = max(worst, {"ok": 0, "warn": 0}.get(level, 1))
        click.echo(f"{name:<12} {found}")
    sys.exit(worst)


def _looks(here: Settings) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "python", lambda: "ok" if sys.version_info >= (3, 11) else "fail: install Python 3.11 or later"
    yield "home", lambda: _look_at_home(here.home)
    yield "servers", lambda: ": ".join(("ok", *here.places.remarks))
    yield "disk", lambda: _look_at_disk(here.home)
    yield "swap", _look_at_swap
    yield "core dumps", _look_at_core_dumps
    yield "ports", lambda: _look_at_ports(here)
    yield "variables", _look_at_variables
    yield "partners", lambda: _look_at_partners(here)
    yield "lines", lambda: _look_at_lines(here)
    yield "switches", lambda: _look_at_switches(here)
    yield "retention", lambda: _look_at_retention(here)
    yield "keys", lambda: _look_at_keys(here)
    yield "redis", lambda: _look_at_redis(here)
    yield "database", lambda: _look_at_database(here)


def _explain(error: Exception) -> str:
    """An error of ours says what to do; the text of a library's may hold anything."""
    ours = type(error).__module__.split(".")[0] in ("hotline", "config")
    return str(error).replace("\n", "; ") if ours else f"{type(error).__name__}; is the system running?"


def _look_at_home(home: Path) -> str:
    if not home.exists():
        return "warn: not made yet; `make run` makes it"
    mode = home.stat().st_mode & 0o777
    return "ok" if mode == 0o700 else f"fail: mode {mode:o}; run: chmod 700 {home}"


def _look_at_disk(home: Path) -> str:
    there = next(folder for folder in (home, *home.absolute().parents) if folder.exists())
    free = shutil.disk_usage(there).free >> 20
    return "ok" if free > 1024 else f"warn: {free} MB free; make room before the disk is full"


def _look_at_swap() -> str:
    swaps = Path("/proc/swaps")
    lines = swaps.read_text().splitlines()[1:] if swaps.exists() else []
    return "ok" if not lines else "warn: swap is on, so memory can reach the disk; run: swapoff -a"


def _look_at_core_dumps() -> str:
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    return "ok" if hard == 0 else "ok: `hotline up` switches them off; elsewhere set LimitCORE=0 or ulimit -c 0"


def _look_at_ports(here: Settings) -> str:
    if is_running(here.home):
        return "ok: the system is running"
    wanted = (here.port, here.desk_port, *((here.partner_port,) if here.is_demo else ()))
    taken = [str(port) for port in wanted if not is_free(port)]
    return "ok" if not taken else f"fail: {', '.join(taken)} in use; stop what uses it, or set PORT"


def _look_at_variables() -> str:
    from config.reading import KNOWN

    strange = sorted(
        name for name in os.environ if name.startswith("HOTLINE_") and name.removesuffix("_FILE") not in KNOWN
    )
    return "ok" if not strange else f"warn: {', '.join(strange)} means nothing here; is it misspelt?"


def _look_at_partners(here: Settings) -> str:
    from config.partners import load_partners

    return f"ok: {len(load_partners(here.partners_file))} partners"


def _look_at_lines(here: Settings) -> str:
    from config.lines import lines_of

    return f"ok: {len(lines_of(here))} lines"


def _look_at_switches(here: Settings) -> str:
    warnings = warn_of(here)
    return f"warn: {' '.join(warnings)}" if warnings else "ok: no voice messages, no pictures"


def _look_at_retention(here: Settings) -> str:
    from config.retention import terms_of
    from hotline.anonymity.key_calendar import is_due
    from hotline.domain.dayparts import local_day
    from hotline.storage.keyfolder import list_ids

    terms, today, desk = terms_of(here), local_day(datetime.now(UTC)), here.keys / "desk"
    late = [one for one in (list_ids(desk, ".key") if desk.is_dir() else []) if is_due(one, terms, today)]
    if late:
        return f"warn: {', '.join(late)} should be gone; run: hotline keys destroy --due"
    return f"ok: a backup made today may be kept until {terms.backup.after(today)}"


def _look_at_keys(here: Settings) -> str:
    from hotline.storage.keyfiles import read_intake
    from hotline.storage.keyservice import KeyService

    if here.key_service:
        KeyService(here.key_service).ask({"ask": "keys"})
        return "ok: the key service answers"
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

    engine = open_engine(here.database_url_for("intake"), pool_size=1)
    try:
        return "ok" if is_current(engine) else "fail: run `hotline db upgrade`"
    finally:
        engine.dispose()
