"""`hotline backup`: a copy of the database that knows its own end."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from config.settings import Settings
from hotline.cli import main, settings
from hotline.domain.dayparts import local_day


@main.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to; without it $HOTLINE_HOME/backups, where `hotline retain` removes what is over.",
)
def backup(folder: Path | None) -> None:
    """Copy the database into a file whose name says until when it may be kept. Keys are not in it."""
    from config.retention import terms_of
    from hotline.storage.backup import make_backup

    here, today = settings(), local_day(datetime.now(UTC))
    until = terms_of(here).backup.after(today)
    target = folder or here.home / "backups"
    made = make_backup(here.database_url_for("owner"), _find_program(here), target, today=today, until=until)
    click.echo(f"{made}: to be removed on {until}. Without the keys it holds no words: back those up apart.")


def _find_program(here: Settings) -> Path:
    if here.embeds_database:
        from hotline.embedded.binaries import postgres_binaries

        return postgres_binaries(here.places) / "pg_dump"
    return Path(shutil.which("pg_dump") or "pg_dump")
