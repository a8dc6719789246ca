"""The tables of what goes by Twilio: what it must still forget, a day's counts of what went, and news to tell by text."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from hotline.storage.tables import Table


class Erasure(Table):
    """Something that Twilio still has. `sealed` is its SID, to the workers' key; a media file's has its message's before it.

    Nothing joins the row with a report or a conversation: `id` is a keyed hash under the key of the day, so random for
    everybody without it, and `due_at` begins as the end of the part of day, which is as finely as a report tells its time.
    The row goes when Twilio answers 404.
    """

    __tablename__ = "erasures"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    sealed: Mapped[bytes]
    status: Mapped[str] = mapped_column(server_default=text("'waiting'"))
    due_at: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(server_default=text("0"))


class ErasureReceipt(Table):
    """How many things of a kind were gone on a day; `absent` counts what Twilio did not know at the first attempt."""

    __tablename__ = "erasure_receipts"
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)


class Nudge(Table):
    """There is something new under a report's code. Written for every report, whether anybody asked for a text or not.

    Only a day, so that no row tells when a text leaves; the workers send at random hours of a later day.
    """

    __tablename__ = "nudges"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    reply_public: Mapped[bytes]
    written_on: Mapped[date] = mapped_column(index=True)
