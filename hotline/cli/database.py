"""`hotline db upgrade`."""

from __future__ import annotations

import click

from hotline.cli import main, settings


@main.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the database to the newest schema."""
    from hotline.storage.migrate import upgrade as run

    run(settings().database_url_for("owner"))
    click.echo("The database stands at the newest schema.")
