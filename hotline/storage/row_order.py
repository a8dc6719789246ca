"""Mixes rows, because the order in which they lie, and their transactions' numbers, tell in which order people called.

Ids are random, so rows that lie in the order of their ids, all written by one transaction, tell nothing. The database
does the work (migration 0015): the workers' role may ask for it and sees none of the rows.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import Engine, text

_RENEW = text("SELECT renew_rows(:since, :first, :last)")
_LAY = text("SELECT lay_rows_by_id(:at_most)")

SMALL = 8 << 20
"""Bytes of the table of reports up to which it is laid anew by day: some 10,000 reports, locked for a tenth of a second."""

_ANY_SIZE = 1 << 50
_SLICES = 16


def mix_recent(engine: Engine, since: date) -> None:
    """Mix what belongs to reports that came in since this day, or whose reporter came back. Harmless twice."""
    _renew(engine, since, UUID(int=0), UUID(int=(1 << 128) - 1))
    _lay(engine, SMALL)


def mix_all(engine: Engine) -> None:
    """Mix everything, a sixteenth at a time so that nobody waits long. Harmless twice."""
    size = (1 << 128) // _SLICES
    for at in range(_SLICES):
        _renew(engine, date(2000, 1, 1), UUID(int=at * size), UUID(int=(at + 1) * size - 1))
    _lay(engine, _ANY_SIZE)


def _renew(engine: Engine, since: date, first: UUID, last: UUID) -> None:
    with engine.begin() as connection:
        connection.execute(_RENEW, {"since": since, "first": first, "last": last})


def _lay(engine: Engine, at_most: int) -> None:
    """In a transaction of its own: only then are the old versions of the renewed rows gone."""
    with engine.begin() as connection:
        connection.execute(_LAY, {"at_most": at_most})
