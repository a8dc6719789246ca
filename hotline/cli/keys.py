"""`hotline keys`: the calendar of the keys, and what is done by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hotline.cli import main, settings
from hotline.cli.lines import COMMAND_LINE
from hotline.domain.dayparts import local_day

if TYPE_CHECKING:
    from hotline.storage.keyserver import Holder


@main.group()
def keys() -> None:
    """The keys of this host: their calendar, rotation and end."""


@keys.command()
def show() -> None:
    """List every private key here: holder, when it was made, when it dies, how many values only it opens."""
    from hotline.services.key_ends import show_keys
    from workers.retain import open_keeping

    with open_keeping(settings()) as house:
        for one in show_keys(house, datetime.now(UTC)):
            dies = f"dies on {one.dies_on}" if one.dies_on else "dies when replaced and empty"
            click.echo(f"{one.key_id:<20} {one.holder:<9} made {one.made_on}   {dies:<29} {one.seals:>8} sealed")


@keys.command()
def make() -> None:
    """Make the keys of the coming months and days that are missing; only where all holders' folders are together."""
    from hotline.storage.keyfiles import DAYS_AHEAD, MONTHS_AHEAD, ensure_keys

    here = settings()
    ensure_keys(here.keys, local_day(datetime.now(UTC)))
    click.echo(f"Keys for {MONTHS_AHEAD} months and {DAYS_AHEAD} days ahead are in {here.keys}.")


@keys.command()
@click.argument("which", type=click.Choice(["dispatch"]))
@click.option("--dry-run", is_flag=True, help="Say what would happen.")
def rotate(which: str, dry_run: bool) -> None:
    """Replace the workers' pair: everybody seals to the new one, and the old one dies once nothing waits for it."""
    from hotline.services.retention import note_rotation
    from hotline.storage.keyfiles import rotate_dispatch
    from workers.retain import open_keeping

    now = datetime.now(UTC)
    if dry_run:
        click.echo("The workers would get a new pair, and keep the old one until nothing waits for it.")
        return
    with open_keeping(settings()) as house:
        key_id = rotate_dispatch(house.keys, local_day(now))
        note_rotation(house, key_id, actor=COMMAND_LINE, now=now)
    click.echo(
        f"{key_id} is made. Where holders are apart: bring dispatch/ to the workers first, then intake/ and desk/."
    )


@keys.command()
@click.option("--dry-run", is_flag=True, help="Say how much would be sealed anew.")
def rewrap(dry_run: bool) -> None:
    """Seal what lives under a month's key that is soon due anew, to this month's; on the desk's host."""
    from hotline.services.rewrap import find_moves, rewrap_due
    from workers.retain import open_keeping

    now = datetime.now(UTC)
    with open_keeping(settings()) as house:
        if dry_run:
            for key_id, count in find_moves(house, now).items():
                click.echo(f"{key_id}: {count} values would be sealed anew.")
            return
        for move in rewrap_due(house, now, lambda key_id, done, total: click.echo(f"{key_id}: {done} of {total}")):
            click.echo(f"{move.key_id}: {move.moved} moved, {move.broken} do not open, {move.left} in use")


@keys.command()
@click.option("--due", is_flag=True, required=True, help="Those whose date has come; there is no other way.")
@click.option("--dry-run", is_flag=True, help="Say which.")
@click.option(
    "--copy",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Destroy in this copy of the key folders what the house has destroyed already.",
)
def destroy(due: bool, dry_run: bool, copy: Path | None) -> None:
    """Destroy the private keys of this host that are due, after what lives under them was sealed anew."""
    from hotline.services.key_ends import destroy_copies, destroy_due, find_due
    from workers.retain import open_keeping

    now = datetime.now(UTC)
    with open_keeping(settings()) as house:
        if copy is not None:
            gone = destroy_copies(house, copy, dry_run=dry_run)
            click.echo(f"{'Would go' if dry_run else 'Destroyed'} in {copy}: {', '.join(gone) or 'none'}.")
        elif dry_run:
            click.echo(f"Due: {', '.join(find_due(house, now)) or 'none'}.")
        else:
            for one in destroy_due(house, now, attended=True):
                click.echo(f"{one.key_id}: {one.obstacle or f'destroyed, and {one.count} values with it'}")


@keys.command()
@click.argument("holder", type=click.Choice(["intake", "desk", "dispatch"]))
@click.argument("socket", type=click.Path(path_type=Path))
def serve(holder: Holder, socket: Path) -> None:
    """Serve HOLDER's key folder at SOCKET until Ctrl-C, as an account of its own, to a process with HOTLINE_KEYS=unix://SOCKET."""
    from hotline.storage.keyserver import open_server

    with open_server(settings().keys, holder, socket) as server:
        click.echo(f"The keys of {holder} are served at {socket}; private halves stay here.")
        try:
            server.serve_forever()
        finally:
            socket.unlink(missing_ok=True)
