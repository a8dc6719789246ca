"""The tables of what is gone: counts of reports that went, and a record of every destruction."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from hotline.storage.tables import Table


class TombstoneCount(Table):
    """How many reports of a month, category and neighbourhood went with which outcome; "" where that was not known.

    A count per cell and no row per report: a row would keep what is unique about it.
    """

    __tablename__ = "tombstones"
    month: Mapped[date] = mapped_column(primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)
    neighbourhood: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)


class Destruction(Table):
    """That something was destroyed: how many of what, by which rule. Nobody may change or delete a row.

    `what` is `reports`, `partner copies`, `audit`, `backups` or `key`; `key_id` names the key, and `count` then says how many
    sealed values died with it.
    """

    __tablename__ = "destructions"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    destroyed_on: Mapped[date] = mapped_column(index=True)
    what: Mapped[str]
    rule: Mapped[str]
    count: Mapped[int] = mapped_column(BigInteger)
    key_id: Mapped[str | None]
