"""Every sealed column with the holder that opens it: what must be sealed anew before a key dies, and what dies with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, ColumnElement, bindparam, func, select, text, update
from sqlalchemy.orm import Session

from hotline.storage.tables import Table


class DeskSeal(NamedTuple):
    """A column that the desk opens, and the one beside it that names the key. The table has an `id`."""

    table: str
    sealed: str
    key_id: str

    def column(self, name: str) -> Column[Any]:
        """A column of this table."""
        return Table.metadata.tables[self.table].c[name]


class DispatchSeal(NamedTuple):
    """A column that the workers open, and the condition (SQL) of the rows that they still must."""

    table: str
    sealed: str
    waits: str


DESK_SEALS: Sequence[DeskSeal] = (
    DeskSeal("report_parts", "sealed", "key_id"),
    DeskSeal("reports", "desk_text", "desk_key_id"),
    DeskSeal("recipients", "portal_copy", "portal_key_id"),
    DeskSeal("recipients", "update_copy", "update_key_id"),
    DeskSeal("feedback", "sealed", "key_id"),
    DeskSeal("questions", "sealed", "key_id"),
    DeskSeal("questions", "answer", "answer_key_id"),
    DeskSeal("uncertain_words", "sealed", "key_id"),
    DeskSeal("attachments", "sealed", "key_id"),
)
"""Under a month's key, or a day's; a month's are sealed anew while their report lives, a day's never."""

DISPATCH_SEALS: Sequence[DispatchSeal] = (
    DispatchSeal("deliveries", "sealed", "status <> 'delivered'"),
    DispatchSeal("attachments", "source", "source IS NOT NULL"),
    DispatchSeal("erasures", "sealed", "true"),
)
"""Under the workers' pair of the time when they were sealed."""

OTHER_BYTES = {
    "reports.code_lookup": "a look-up value",
    "reports.reply_public": "a public half",
    "replies.sealed": "to the reply key, which nobody holds and which dies with the report",
    "questions.for_reporter": "to the reply key",
    "conversations.contact": "a keyed hash",
    "conversations.state": "under the key of the day",
    "turns.repeat_id": "a keyed hash",
    "turns.outputs": "under the key of the day",
    "attachments.repeat_id": "a keyed hash",
    "nudges.reply_public": "a public half",
    "second_looks.digest": "a hash of the sealed text",
    "blind_index.desk_mark": "the beginning of the sealed desk text",
    "blind_index.row": "tokens under the index key of its month",
    "api_keys.key_hash": "a hash",
    "api_answers.key_hash": "a hash",
    "api_answers.request_hash": "a hash",
    "api_answers.body": "an answer to a partner's own POST, for a day",
}
"""Every other column of bytes, and why no key of the calendar opens it; a test asks this of each new column."""


def count_sealed(session: Session) -> dict[str, int]:
    """How many values each of the desk's keys still opens."""
    found: dict[str, int] = {}
    for seal in DESK_SEALS:
        key_id = seal.column(seal.key_id)
        for name, count in session.execute(select(key_id, func.count()).where(_is_full(seal)).group_by(key_id)):
            found[name] = found.get(name, 0) + count
    return found


def lock_sealed(
    session: Session, seal: DeskSeal, key_id: str, *, after: UUID | None, limit: int
) -> Sequence[tuple[UUID, bytes]]:
    """A page of one column's values under this key, in the order of their ids; a row that somebody writes is passed over."""
    row, sealed = seal.column("id"), seal.column(seal.sealed)
    wanted = select(row, sealed).where(seal.column(seal.key_id) == key_id, _is_full(seal)).order_by(row).limit(limit)
    if after is not None:
        wanted = wanted.where(row > after)
    return [(one, bytes(value)) for one, value in session.execute(wanted.with_for_update(skip_locked=True))]


def replace_sealed(session: Session, seal: DeskSeal, key_id: str, anew: Collection[tuple[UUID, bytes]]) -> None:
    """Write values that were sealed anew, under the key that they are sealed to now."""
    changed = (
        update(Table.metadata.tables[seal.table])
        .where(seal.column("id") == bindparam("row"))
        .values({seal.sealed: bindparam("anew"), seal.key_id: key_id})
    )
    if anew:
        session.connection().execute(changed, [{"row": row, "anew": value} for row, value in anew])


def waiting_for_dispatch(session: Session) -> Iterator[bytes]:
    """What the workers still must open."""
    for seal in DISPATCH_SEALS:
        sealed = Table.metadata.tables[seal.table].c[seal.sealed]
        for value in session.scalars(select(sealed).where(text(seal.waits))):
            yield bytes(value)


def _is_full(seal: DeskSeal) -> ColumnElement[bool]:
    return func.octet_length(seal.column(seal.sealed)) > 0  # neither null nor wiped
