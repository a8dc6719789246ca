"""`hotline partner check` and `hotline partner key`."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from config.partners import load_partners
from hotline.cli import main, settings
from hotline.cli.lines import desk_database


@main.group()
def partner() -> None:
    """The partners that receive reports."""


@partner.command()
def check() -> None:
    """Read the partners file and say what it holds."""
    here = settings()
    for one in load_partners(here.partners_file):
        click.echo(f"{one.key:<12} {one.adapter:<9} {one.role:<12} receives {', '.join(one.receives)}")


@partner.command()
@click.argument("key")
def key(key: str) -> None:
    """Make an API key for the partner KEY, and show it this once."""
    from hotline.services.api_keys import make_api_key

    here = settings()
    if key not in {one.key for one in load_partners(here.partners_file)}:
        raise click.ClickException(f"{key} is not in {here.partners_file}; `hotline partner check` lists the partners")
    with desk_database(here) as engine:
        made = make_api_key(engine, key, datetime.now(UTC))
    click.echo(f"Give this to {key}. It is not shown again, and nobody can look it up:\n{made}")
