"""`hotline erase`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from hotline.cli import main, settings

if TYPE_CHECKING:
    from hotline.services.erasing import Standing


@main.command()
@click.option("--dry-run", "--status", "only_look", is_flag=True, help="Send nothing; show what waits and what went.")
def erase(only_look: bool) -> None:
    """Make Twilio forget what is due now; exit 1 when something is late."""
    from hotline.services import erasing
    from workers.runtime import build_house, reach_twilio

    here = settings()
    house = build_house(here)
    if not only_look:
        click.echo(f"tried {erasing.drain(house, reach_twilio(here))}")
    standing = erasing.look(house.engine, house.clock())
    house.engine.dispose()
    for line in _tell(standing):
        click.echo(line)
    sys.exit(1 if any(pile.late for pile in standing.piles) else 0)


def _tell(standing: Standing) -> list[str]:
    lines = [
        f"waiting  {pile.kind:<10} {pile.all:>6}  due now {pile.due}, late {pile.late} ({pile.status})"
        for pile in standing.piles
    ]
    lines = lines or ["waiting  nothing"]
    lines += [f"erased   {one.kind:<10} {one.count:>6}  on {one.day}" for one in standing.receipts]
    if any(one.kind == "absent" for one in standing.receipts):
        lines.append(
            "absent: Twilio did not know it at the first attempt. Many of them mean a wrong account or region."
        )
    return lines
