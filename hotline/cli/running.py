"""`hotline up`."""

from __future__ import annotations

import http.client
import os
import resource
import signal
import threading
import time
from datetime import UTC, datetime

import click

from config.settings import ROOT, Settings
from hotline.cli import main, settings
from hotline.cli.switches import warn_of
from hotline.domain.dayparts import local_day
from hotline.embedded.claims import PATIENCE, Claim, check_ports
from hotline.embedded.home import make_home
from hotline.embedded.procfile import read_procfile
from hotline.embedded.supervise import Supervisor

READY_WITHIN = 120.0


@main.command()
def up() -> None:
    """Start everything and keep it running until Ctrl-C."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    first = settings()
    _check_files(first)
    make_home(first.home, first.keys, local_day(datetime.now(UTC)))
    here = settings()  # read again: the demo's own secrets exist now
    claim = Claim(here.home)
    ports = [here.port, here.desk_port, *([here.partner_port] if here.is_demo else [])]
    check_ports(ports, PATIENCE if claim.was_killed else 0)
    for remark in here.places.remarks if here.embeds_database else ():
        click.echo(remark)
    for warning in warn_of(here):
        click.echo(f"Warning: {warning}")
    environ = {
        **os.environ,
        "PORT": str(here.port),
        "DESK_PORT": str(here.desk_port),
        "HOTLINE_HOME": str(here.home),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "MALLOC_ARENA_MAX": "2",  # a heap for each thread costs memory and gains nothing under the GIL
    }
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # containers like to set it; a restart would compile for seconds
    procfile = (ROOT / "Procfile").read_text(encoding="utf-8")
    supervisor = Supervisor(read_procfile(procfile, environ, _skipped(here)), environ, after=_order(here))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, supervisor.stop)
    threading.Thread(target=_announce, args=(here, supervisor), daemon=True).start()
    os.chdir(ROOT)
    supervisor.run()
    claim.release()
    click.echo(f"Everything is stopped. Your data stays in {here.home}")


def _check_files(here: Settings) -> None:
    """Refuse a broken flow, lines or retention file or, where no secret is still to be made, partners file."""
    from config.lines import lines_of
    from config.partners import load_partners
    from config.retention import terms_of
    from ivr_flows.load import load_script, read_sources

    load_script(read_sources())
    lines_of(here)
    terms_of(here)
    if here.demo_partner_secret or not here.is_demo:
        load_partners(here.partners_file)


def _skipped(here: Settings) -> frozenset[str]:
    kept = {"postgres": here.embeds_database, "valkey": here.embeds_redis, "partner": here.is_demo}
    return frozenset(name for name, keep in kept.items() if not keep)


def _order(here: Settings) -> dict[str, str]:
    """Who starts only when the database is ready. The web processes load meanwhile, but for the very first time."""
    waiting = ["worker", "scheduler"]
    if here.embeds_database and not here.places.postgres_data.exists():
        waiting += ["intake", "desk"]
    return dict.fromkeys(waiting, "prepare")


def _announce(here: Settings, supervisor: Supervisor) -> None:
    end = time.monotonic() + READY_WITHIN
    for port in (here.port, here.desk_port):
        while not _answers(port):
            if supervisor.is_stopping:
                return
            if time.monotonic() > end:
                click.echo("Not everything answers yet. The lines above say what is missing.", err=True)
                return
            time.sleep(0.1)
    lines = [
        "",
        "The line is open.",
        f"  web form         {here.public_url}/drugsmeldpunt",
        f"  desk             {here.desk_url}/desk",
    ]
    if here.is_demo:
        lines.insert(2, f"  phone simulator  {here.public_url}/simulator")
        lines += [
            f"  demo partner     http://127.0.0.1:{here.partner_port}/",
            "  accounts         operator, operator2, supervisor, admin, politie, gemeente",
            f"  password         {here.demo_password}",
        ]
    supervisor.say("\n".join([*lines, "Ctrl-C stops everything.", ""]))


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/live")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
