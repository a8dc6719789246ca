"""`hotline canary`: plants invented people in a running installation, or searches a backup for them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from config.lines import lines_of
from config.settings import Settings
from hotline.cli import main, settings
from hotline.cli.lines import find_line
from hotline.domain.lines import Line

if TYPE_CHECKING:
    from hotline.canary.inspection import Verdict
    from hotline.canary.plants import Plants
    from hotline.canary.search import Search

_FILE = click.Path(path_type=Path)


@main.command()
@click.option("--on-line", "key", metavar="LINE", help="Walk this line; without it the training line, in a demo any.")
@click.option("--yes", is_flag=True, help="In production: yes, on a line that takes real reports.")
@click.option("--at", metavar="URL", help="Where the intake answers, if not at its public address from here.")
@click.option("--planted", type=_FILE, help="Write what was planted to this file; with --backup, read it from there.")
@click.option("--backup", type=_FILE, help="Search this file or folder that pg_dump wrote, and walk nothing.")
@click.option("--dry-run", is_flag=True, help="Say what would happen.")
def canary(
    key: str | None, yes: bool, at: str | None, planted: Path | None, backup: Path | None, dry_run: bool
) -> None:
    """Call, text and fill in the form as people who do not exist, then search every store for them.

    Exit 0: nothing of them is anywhere, and what they told is kept. Exit 1: something is, or it could not be searched.
    """
    if backup:
        _search_backup(backup, planted, dry_run)
        return
    here = settings()
    line = _choose_line(here, key, yes)
    with_form = line.key == lines_of(here)[0].key or here.is_demo
    if dry_run:
        _announce(here, line, with_form, at)
        return
    with _errors():
        _run(here, line, with_form, at or here.public_url, planted)


def _run(here: Settings, line: Line, with_form: bool, at: str, planted: Path | None) -> None:
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    from hotline.canary.inspection import Installation, inspect_installation
    from hotline.canary.plants import draw_plants
    from hotline.storage.session import open_engine

    engine = open_engine(here.database_url_for("owner"), pool_size=2)
    client = redis.Redis.from_url(here.redis_url, socket_connect_timeout=5, retry=Retry(NoBackoff(), 0))
    try:
        with engine.connect():
            client.ping()
        plants = draw_plants()
        _walk(here, line, with_form, at, plants)
        own = (planted.absolute(),) if planted else ()
        there = Installation(engine, client, here.keys, here.home.absolute(), here.places.postgres_data, own)
        verdict = inspect_installation(there, plants, _say)
    finally:
        engine.dispose()
        client.close()
    _clean_up(at, plants)
    if planted:
        plants.write(planted)
    _show(verdict)
    sys.exit(0 if verdict.is_clean else 1)


def _walk(here: Settings, line: Line, with_form: bool, at: str, plants: Plants) -> None:
    from hotline.canary import walk
    from hotline.canary.site import Site
    from hotline.simulator.exchange import Exchange, Form, Method, Reply
    from hotline.simulator.wire import over_http

    carry = over_http()

    def send(method: Method, url: str, form: Form, headers: Mapping[str, str]) -> Reply:
        return carry(method, url.replace(here.public_url, at.rstrip("/"), 1), form, headers)

    exchange = Exchange(
        here.public_url,
        here.twilio_account_sid,
        here.twilio_auth_tokens[0],
        line.voice_numbers[0] if line.voice_numbers else "",
        line.sms_numbers[0] if line.sms_numbers else "",
        send,
        now=lambda: datetime.now(UTC),
        make_sid=plants.make_sid,
    )
    for name, numbers, act in (("calling", line.voice_numbers, walk.call), ("texting", line.sms_numbers, walk.text)):
        if numbers:
            _say(f"{name} {line.name}")
            act(exchange, plants)
    if with_form:
        _say("filling in the web form")
        walk.fill_in(Site(at, plants.words["browser"]), plants)


def _clean_up(at: str, plants: Plants) -> None:
    from hotline.canary import walk
    from hotline.canary.site import Site

    _say("withdrawing the reports of this run")
    done = sum(walk.withdraw(Site(at, plants.words["browser"]), code) for code in plants.codes)
    click.echo(
        f"{done} of {len(plants.codes)} reports of this run are withdrawn; they stay, sealed, as long as any report."
    )
    click.echo("Their conversations are emptied 15 minutes after a call or form, 24 hours after a text.")


def _search_backup(backup: Path, planted: Path | None, dry_run: bool) -> None:
    from hotline.canary.backups import read_backup
    from hotline.canary.plants import read_plants
    from hotline.canary.search import Search
    from hotline.embedded.binaries import postgres_binaries

    if planted is None:
        raise click.UsageError("--backup needs --planted FILE, which an earlier `hotline canary --planted FILE` wrote")
    if dry_run:
        click.echo(f"Would search {backup} for what is planted according to {planted}. Nothing would be written.")
        return
    with _errors():
        plants = read_plants(planted)
        search = Search((*plants.people, *plants.told, *plants.reached))
        search.look(read_backup(backup, lambda: postgres_binaries(settings().places)))
    click.echo(search.tell())
    if not search.looked:
        raise click.ClickException(f"{backup} holds nothing")
    _show_findings(search)
    sys.exit(1 if search.findings else 0)


def _choose_line(here: Settings, key: str | None, yes: bool) -> Line:
    lines = lines_of(here)
    training = next((one for one in lines if one.is_training), None)
    line = find_line(here, key) if key else training or (lines[0] if here.is_demo else None)
    if line is None:
        raise click.ClickException(
            f"{here.lines_file} has no training line, and reports of invented people would reach the desk and partners: "
            "add one (docs/lines.md), or name a line with --on-line and confirm with --yes"
        )
    if not here.is_demo and not line.is_training and not yes:
        raise click.ClickException(f"{line.name} takes real reports: its operators would see this. Confirm with --yes")
    return line


def _announce(here: Settings, line: Line, with_form: bool, at: str | None) -> None:
    what = ", ".join(
        name
        for name, there in (
            ("call", line.voice_numbers),
            ("text", line.sms_numbers),
            ("fill in the web form", with_form),
        )
        if there
    )
    click.echo(f"Would {what} as invented people: {line.name}, at {at or here.public_url}.")
    click.echo(f"Would then search the database, Valkey, {here.home} and what the keys in {here.keys} open.")
    click.echo("Would withdraw those reports again. Nothing has happened.")


def _show(verdict: Verdict) -> None:
    for name, search in verdict.searches.items():
        if search.looked:
            click.echo(f"\nsearched for {name}:\n{search.tell()}")
    for one in verdict.unseen:
        click.echo(f"not looked at: {one}")
    click.echo(
        "not searched for people: doubtful words, whose seal may hold them until a person judged them, at most 72 hours"
    )
    for search in verdict.searches.values():
        _show_findings(search)
    for who in verdict.lost:
        click.echo(f"LOST: what the {who} told is in no report")
    click.echo("Nothing leads to a person." if verdict.is_clean else "This installation does not keep its promise.")


def _show_findings(search: Search) -> None:
    for one in search.findings:
        click.echo(f"FOUND: {one.needle}, {one.form}, {one.packing}, in {one.store}: {one.place}")


def _say(what: str) -> None:
    click.echo(f"… {what}", err=True)


@contextmanager
def _errors() -> Iterator[None]:
    """What can be away or wrong outside, as a sentence."""
    import redis
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        raise click.ClickException(
            f"The database does not answer or breaks off ({type(error.orig).__name__}). Is the system running? "
            "HOTLINE_DATABASE_URL says where it is; an embedded one starts with `hotline up`."
        ) from None
    except redis.RedisError as error:
        raise click.ClickException(
            f"Valkey does not answer ({type(error).__name__}). Is the system running? HOTLINE_REDIS_URL says where it is."
        ) from None
    except OSError as error:
        raise click.ClickException(f"Nothing answers ({error.strerror or error}). Is the system running?") from None
