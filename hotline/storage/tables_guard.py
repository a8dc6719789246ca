"""The tables of the guards before release: second looks, and who does not see which report."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from hotline.storage.tables import Table


class SecondLook(Table):
    """Somebody asked for a second pair of eyes on a text, or went without (`bypass` says why).

    `digest` is the hash of the sealed text that was looked at: another text needs another look. `seen_by` looked, or
    looked afterwards at what went without.
    """

    __tablename__ = "second_looks"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    digest: Mapped[bytes]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    bypass: Mapped[str | None]
    seen_by: Mapped[str | None]
    seen_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_second_looks_owed", "asked_at", postgresql_where=text("bypass IS NOT NULL AND seen_at IS NULL")),
    )


class Recusal(Table):
    """Somebody at the desk knows these people, and sees the report no more. The reason is not kept: it would say who."""

    __tablename__ = "recusals"
    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True)
    username: Mapped[str] = mapped_column(primary_key=True, index=True)
