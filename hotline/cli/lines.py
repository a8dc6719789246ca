"""`hotline line`: shows the lines, takes one down or brings it up, and sets what it announces."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from sqlalchemy import Engine

from config.lines import lines_of
from config.settings import Settings
from hotline.cli import main, settings
from hotline.domain.calendar import is_open
from hotline.domain.dayparts import MAASTRICHT
from hotline.domain.lines import Line

COMMAND_LINE = "command-line"
"""Who acted, in the audit log; a person's name there is a user name."""


@main.group()
def line() -> None:
    """The lines: their switch and their announcements."""


@line.command()
def show() -> None:
    """Read the lines file, and say how each line stands."""
    from hotline.services.lines import read_standings
    from hotline.storage.line_states import Standing

    here, now = settings(), datetime.now(UTC)
    with desk_database(here) as engine:
        standings = read_standings(engine)
    for one in lines_of(here):
        standing = standings.get(one.key, Standing())
        there = "a person is there" if is_open(one.hours, now) else "nobody is there"
        exercise = ", exercises only" if one.is_training else ""
        click.echo(f"{one.key:<12} {'DOWN' if standing.is_down else 'up':<5} {there}{exercise}")
        click.echo(f"{'':<12} {', '.join((*one.voice_numbers, *one.sms_numbers))}; speaks {', '.join(one.languages)}")
        for language, text in standing.announced(now).items():
            click.echo(f"{'':<12} {language}: {text}")


@line.command()
@click.argument("key", metavar="LINE")
@click.option("--dry-run", is_flag=True, help="Say what would happen.")
def down(key: str, dry_run: bool) -> None:
    """Take LINE down: who calls or texts anew hears the words of a failure. Conversations go on."""
    from hotline.services.lines import switch

    here = settings()
    found = find_line(here, key)
    if dry_run:
        click.echo(f"{found.name} would be down for new calls and texts.")
        return
    with desk_database(here) as engine:
        switch(engine, found, is_down=True, actor=COMMAND_LINE, now=datetime.now(UTC))
    click.echo(f"{found.name} is down for new calls and texts. `hotline line up {key}` brings it back.")


@line.command()
@click.argument("key", metavar="LINE")
def up(key: str) -> None:
    """Bring LINE up."""
    from hotline.services.lines import switch

    here = settings()
    found = find_line(here, key)
    with desk_database(here) as engine:
        switch(engine, found, is_down=False, actor=COMMAND_LINE, now=datetime.now(UTC))
    click.echo(f"{found.name} is up.")


@line.command()
@click.argument("key", metavar="LINE")
@click.option("--nl", required=True, help="The announcement in Dutch.")
@click.option("--en", default="", help="In English.")
@click.option("--de", default="", help="In German.")
@click.option("--fr", default="", help="In French.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    help="When it ends, in Maastricht; without it, after a month.",
)
def announce(key: str, nl: str, en: str, de: str, fr: str, until: datetime | None) -> None:
    """Tell who calls or texts LINE about an incident that is known already."""
    from hotline.services.lines import announce as set_announcement

    here = settings()
    end = until.replace(tzinfo=MAASTRICHT) if until else None
    words = {"nl": nl, "en": en, "de": de, "fr": fr}
    found = find_line(here, key)
    with desk_database(here) as engine:
        set_announcement(engine, found, words, until=end, actor=COMMAND_LINE, now=datetime.now(UTC))
    click.echo(f"{found.name} announces it. `hotline line hush {key}` takes it away.")


@line.command()
@click.argument("key", metavar="LINE")
def hush(key: str) -> None:
    """Take LINE's announcement away."""
    from hotline.services.lines import hush as take_away

    here = settings()
    found = find_line(here, key)
    with desk_database(here) as engine:
        take_away(engine, found, actor=COMMAND_LINE, now=datetime.now(UTC))
    click.echo(f"{found.name} announces nothing.")


def find_line(here: Settings, key: str) -> Line:
    """The line of this key; a sentence that says what to do where there is none."""
    for one in lines_of(here):
        if one.key == key:
            return one
    raise click.ClickException(f"{key} is not in {here.lines_file}; `hotline line show` lists the lines")


@contextmanager
def desk_database(here: Settings) -> Iterator[Engine]:
    """The database, with the desk's rights."""
    from hotline.storage.session import open_engine

    engine = open_engine(here.database_url_for("desk"), pool_size=1)
    try:
        yield engine
    finally:
        engine.dispose()
