"""`hotline index`: brings the desk's blind index up to date."""

from __future__ import annotations

import click

from hotline.cli import main, settings
from hotline.cli.lines import desk_database


@main.command()
@click.option("--rebuild", is_flag=True, help="Make every row anew, as after new keys or a new way of reading words.")
@click.option("--dry-run", is_flag=True, help="Say how many reports would be indexed.")
def index(rebuild: bool, dry_run: bool) -> None:
    """Make every report findable at the desk by its words; needs the desk's keys.

    A search does this itself for what came since the last one. Stopping halfway and running it again is harmless.
    """
    import redis

    from config.neighbourhoods import load_gazetteer
    from hotline.services import indexing
    from hotline.services.house import DeskHouse, utc_now
    from hotline.services.wakeup import Bell
    from hotline.storage.keyfiles import watch_desk
    from hotline.storage.keyservice import key_source

    here = settings()
    keys = watch_desk(key_source(here.keys, here.key_service)).current
    bell = Bell(redis.Redis.from_url(here.redis_url))
    with desk_database(here) as engine:
        house = DeskHouse(engine, keys, partners=(), bell=bell, clock=utc_now, gazetteer=load_gazetteer())
        if dry_run:
            count = indexing.count_all(house) if rebuild else indexing.count_waiting(house)
            click.echo(f"{count} reports would be indexed.")
            return
        if rebuild:
            dropped = indexing.begin_anew(house)
            click.echo(f"{dropped} rows were dropped: their key is gone.")
        total = indexing.count_waiting(house)
        for done in indexing.index_all(house):
            click.echo(f"\r{done} of {max(done, total)} reports", nl=False)
        click.echo(f"\n{indexing.count_waiting(house)} reports wait; an operator may be writing to them.")
