"""`hotline flow publish`, `versions` and `revert`: which version of the script new conversations begin with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from hotline.cli import settings
from hotline.cli.flows import PLACE, flow
from hotline.cli.lines import COMMAND_LINE, desk_database, find_line


@flow.command()
@click.argument("folder", type=PLACE)
@click.option("--line", help="The key of the only line that it is for; without it, every line.")
@click.option("--dry-run", is_flag=True, help="Check, and say what would happen.")
def publish(folder: Path, line: str | None, dry_run: bool) -> None:
    """Check the flow in FOLDER (its definitions/ and prompts/), and make it what new conversations begin with."""
    from hotline.services import flows
    from ivr_flows.load import read_sources

    key = find_line(settings(), line).key if line else None
    script = flows.check_sources(read_sources(folder), folder)
    words = f"{script.version} ({len(script.flow.nodes)} nodes)"
    if dry_run:
        click.echo(f"Nothing wrong. {words} would be current on {key or 'every line'}.")
        return
    with desk_database(settings()) as engine:
        flows.publish(engine, script, line=key, actor=COMMAND_LINE, now=datetime.now(UTC))
    click.echo(f"{words} is current on {key or 'every line'}; conversations that began go on as they were.")


@flow.command()
def versions() -> None:
    """List the versions that are kept, and which is current where."""
    from hotline.services import flows

    with desk_database(settings()) as engine:
        kept, publications = flows.list_versions(engine)
    for version, day in kept:
        click.echo(f"{version:<28} kept since {day}")
    click.echo("Made current, the newest first:" if publications else "None was published: the release's own counts.")
    for one in publications:
        click.echo(f"{one.published_on}  {one.version or flows.PACKAGED:<28} on {one.line or 'every line'}")


@flow.command()
@click.argument("version")
@click.option("--line", help="The key of the only line that it is for; without it, every line.")
def revert(version: str, line: str | None) -> None:
    """Make VERSION current again; `packaged` is what the running release brings."""
    from hotline.services import flows

    key = find_line(settings(), line).key if line else None
    with desk_database(settings()) as engine:
        flows.revert(engine, version, line=key, actor=COMMAND_LINE, now=datetime.now(UTC))
    click.echo(f"{version} is current on {key or 'every line'}.")
