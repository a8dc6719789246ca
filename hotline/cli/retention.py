"""`hotline retain`: lets go what is over, or says what would go."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from hotline.cli import main, settings
from hotline.domain.dayparts import local_day


@main.command()
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
def retain(dry_run: bool) -> None:
    """Let go what is over: reports, partners' copies, old audit rows; and destroy the keys of this host that are due."""
    from hotline.services.key_ends import find_due, whole_until
    from hotline.services.retention import survey
    from workers.retain import open_keeping, walk

    now = datetime.now(UTC)
    with open_keeping(settings()) as house:
        found, due = survey(house, now), find_due(house, now)
        for group in found.groups:
            click.echo(group)
        click.echo(f"{found.partner_copies} copies of partners' versions and {found.audit_rows} audit rows are over.")
        click.echo(f"Keys of this host that are due: {', '.join(due) or 'none'}.")
        kept_until = house.terms.backup.after(local_day(now))
        whole = whole_until(house)
        click.echo(
            f"A backup made today may be kept until {kept_until}{f', and opens in full until {whole}' if whole else ''}."
        )
        if dry_run:
            click.echo("Nothing was changed.")
            return
        if not walk(house, now, attended=True):
            raise click.ClickException("not everything could be done: see the lines above, and `hotline doctor`")
    click.echo("Done; `hotline retain --dry-run` shows what stayed, and the table destructions what went.")
