"""The SQL of a conversation's life: one read and one statement a turn.

A turn is stored by a single statement that is its own transaction: the conversation moves on only if it still stands at
the turn that was read, and everything else hangs on that, so that of two equal requests one wins and one replays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, TextClause, text
from sqlalchemy.exc import DBAPIError, IntegrityError

CALL_REPLAY = timedelta(minutes=15)
TEXT_REPLAY = timedelta(hours=24)
"""How long after the end a repeat is still answered with the same words (`anonymity.md`)."""


@dataclass(frozen=True, slots=True)
class OpenConversation:
    """A conversation as it stands, and what was answered at the turn that was asked for, if it was."""

    id: UUID
    channel: str
    key_day: date
    contact: bytes | None
    turn: int
    state: bytes | None
    report_id: UUID | None
    has_report: bool
    ended_at: datetime | None
    was_taken: bool
    outputs: bytes | None


@dataclass(frozen=True, slots=True)
class NewTurn:
    """Everything that one turn writes; the columns of `tables.py`, sealed and coarse already.

    `status`, `category`, `priority`, `neighbourhood` and `due_at` are the report's, written while `has_report`.
    """

    id: UUID
    turn: int
    now: datetime
    state: bytes
    outputs: bytes
    repeat_id: bytes | None
    report_id: UUID
    has_report: bool
    is_complete: bool
    ended_at: datetime | None
    wipe_at: datetime | None
    status: str
    category: str | None
    priority: str
    neighbourhood: str | None
    arrived_on: date
    arrived_part: str
    due_at: datetime
    part_id: UUID
    part_key_id: str | None
    part: bytes | None
    code_lookup: bytes | None
    reply_public: bytes | None
    alarm: bytes | None
    alarm_due_at: datetime
    channel: str
    outcome: str | None


_READ = text("""
    SELECT c.id, c.channel, c.key_day, c.contact, c.turn, c.state, c.report_id, c.has_report, c.ended_at,
           t.turn IS NOT NULL AS was_taken, t.outputs
    FROM conversations c LEFT JOIN turns t ON t.conversation_id = c.id AND t.turn = COALESCE(:turn, c.turn)
    WHERE c.id = :id
""")

_REPEATED = text("""
    SELECT c.id, t.turn, t.outputs, t.repeat_id FROM turns t JOIN conversations c ON c.id = t.conversation_id
    WHERE t.repeat_id = ANY(:repeat_ids)
""")

_BEGIN = text("""
    INSERT INTO conversations (id, channel, key_day, contact, turn, state, report_id, has_report, is_complete, touched_at)
    VALUES (:id, :channel, :key_day, :contact, 0, :state, :report_id, false, false, :now)
    ON CONFLICT DO NOTHING
    RETURNING id
""")
_FIND_CALL = text("SELECT id FROM conversations WHERE contact = ANY(:contacts)")
_DROP = text("DELETE FROM conversations WHERE id = :id AND turn = 0 RETURNING id")

_TAKE = text("""
    WITH moved AS (
        UPDATE conversations
        SET turn = :turn + 1, touched_at = :now, has_report = :has_report, is_complete = :is_complete,
            -- Numbers can be tried one by one, a call's id cannot: a text's state goes at its end, not at `wipe_at`.
            state = CASE WHEN channel = 'sms' AND CAST(:ended_at AS timestamptz) IS NOT NULL
                         THEN NULL ELSE CAST(:state AS bytea) END,
            ended_at = COALESCE(ended_at, CAST(:ended_at AS timestamptz)),
            wipe_at = COALESCE(wipe_at, CAST(:wipe_at AS timestamptz))
        WHERE id = :id AND turn = :turn
        RETURNING id
    ), kept AS (
        INSERT INTO turns (conversation_id, turn, repeat_id, outputs)
        SELECT id, :turn, CAST(:repeat_id AS bytea), CAST(:outputs AS bytea) FROM moved
    ), report AS (
        INSERT INTO reports (id, status, category, priority, neighbourhood, arrived_on, arrived_part, due_at,
                             code_lookup, reply_public)
        SELECT :report_id, :status, :category, :priority, :neighbourhood, CAST(:arrived_on AS date), :arrived_part,
               CAST(:due_at AS timestamptz), CAST(:code_lookup AS bytea), CAST(:reply_public AS bytea)
        FROM moved WHERE :has_report
        ON CONFLICT (id) DO UPDATE
        SET status = excluded.status, category = excluded.category, priority = LEAST(reports.priority, excluded.priority),
            neighbourhood = excluded.neighbourhood, due_at = excluded.due_at,
            code_lookup = COALESCE(excluded.code_lookup, reports.code_lookup),
            reply_public = COALESCE(excluded.reply_public, reports.reply_public)
        WHERE reports.status IN ('received', 'incomplete', 'complete')
    ), part AS (
        INSERT INTO report_parts (id, report_id, key_id, sealed)
        SELECT :part_id, :report_id, CAST(:part_key_id AS text), CAST(:part AS bytea)
        FROM moved WHERE CAST(:part AS bytea) IS NOT NULL
    ), alarm AS (
        INSERT INTO deliveries (id, kind, target, report_id, sealed, status, due_at)
        SELECT gen_random_uuid(), 'alarm', target, :report_id,
               CAST(:alarm AS bytea), 'pending', CAST(:alarm_due_at AS timestamptz)
        FROM moved, (VALUES ('mail'), ('webhook')) AS targets (target) WHERE CAST(:alarm AS bytea) IS NOT NULL
    ), counted AS (
        INSERT INTO counters (day, part, channel, outcome, count)
        SELECT CAST(:arrived_on AS date), :arrived_part, :channel, CAST(:outcome AS text), 1
        FROM moved WHERE CAST(:outcome AS text) IS NOT NULL
        ON CONFLICT (day, part, channel, outcome) DO UPDATE SET count = counters.count + 1
    )
    SELECT count(*) FROM moved
""")

_END = """
    WITH ended AS (
        UPDATE conversations
        SET ended_at = :now, state = CASE channel WHEN 'sms' THEN NULL ELSE state END,
            wipe_at = :now + CASE channel WHEN 'voice' THEN CAST(:call AS interval) ELSE :text END
        WHERE ended_at IS NULL AND {which}
        RETURNING report_id, is_complete, has_report, channel
    ), closed AS (
        UPDATE reports SET status = CASE WHEN ended.is_complete THEN 'complete' ELSE 'incomplete' END
        FROM ended WHERE reports.id = ended.report_id AND reports.status = 'received'
    ), counted AS (
        INSERT INTO counters (day, part, channel, outcome, count)
        SELECT :day, :part, channel, CASE WHEN has_report THEN 'report' ELSE 'none' END, count(*)
        FROM ended GROUP BY 3, 4
        ON CONFLICT (day, part, channel, outcome) DO UPDATE SET count = counters.count + excluded.count
    )
    SELECT count(*) FROM ended
"""
_END_ONE = text(_END.format(which="id = :id"))
_END_CALL = text(_END.format(which="contact = ANY(:contacts)"))
_END_IDLE = text(
    _END.format(
        which="touched_at < :now - CASE channel WHEN 'voice' THEN CAST(:idle_call AS interval) "
        "WHEN 'web' THEN :idle_form ELSE :idle_text END"
    )
)

_WIPE = text("""
    WITH wiped AS (
        UPDATE conversations SET state = NULL, report_id = NULL
        WHERE wipe_at <= :now AND report_id IS NOT NULL RETURNING id
    )
    UPDATE turns SET outputs = NULL FROM wiped WHERE turns.conversation_id = wiped.id
""")
_FORGET = text("DELETE FROM conversations WHERE wipe_at <= :now AND key_day < :day")


_names_of_turn = tuple(field.name for field in fields(NewTurn))
_values_of_turn = attrgetter(*_names_of_turn)


@lru_cache(maxsize=8)
def _autocommit(engine: Engine) -> Engine:
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _rows(engine: Engine, statement: TextClause, values: Mapping[str, object]) -> Sequence[tuple[Any, ...]]:
    """The rows of one statement that is its own transaction, run once more where a restarted server broke it off.

    Every statement here bears a second run after a commit whose answer was lost: it changes nothing, or loses against
    its own first run as it would against another request.
    """
    try:
        return _rows_once(engine, statement, values)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return _rows_once(engine, statement, values)


def _rows_once(engine: Engine, statement: TextClause, values: Mapping[str, object]) -> Sequence[tuple[Any, ...]]:
    with _autocommit(engine).connect() as connection:
        return connection.execute(statement, values).all()


def read_turn(engine: Engine, conversation: UUID, turn: int | None) -> OpenConversation | None:
    """The conversation with what was answered at `turn`; at the present turn where that is None."""
    rows = _rows(engine, _READ, {"id": conversation, "turn": turn})
    return OpenConversation(*rows[0]) if rows else None


@dataclass(frozen=True, slots=True)
class Repeated:
    """What was answered to a message that has come before; None once that is wiped."""

    conversation: UUID
    turn: int
    outputs: bytes | None
    repeat_id: bytes


def find_repeat(engine: Engine, repeat_ids: Sequence[bytes]) -> Repeated | None:
    """The turn that answered this very message, if one did."""
    rows = _rows(engine, _REPEATED, {"repeat_ids": list(repeat_ids)})
    return Repeated(*rows[0]) if rows else None


def find_call(engine: Engine, contacts: Sequence[bytes]) -> UUID | None:
    """The conversation of a call, by the keyed hash of its id."""
    rows = _rows(engine, _FIND_CALL, {"contacts": list(contacts)})
    return rows[0][0] if rows else None


def begin(
    engine: Engine,
    *,
    conversation: UUID,
    channel: str,
    key_day: date,
    contact: bytes | None,
    state: bytes,
    report_id: UUID,
    now: datetime,
) -> bool:
    """Open a conversation at turn 0; False where this call has one already."""
    values = {
        "id": conversation,
        "channel": channel,
        "key_day": key_day,
        "contact": contact,
        "state": state,
        "report_id": report_id,
        "now": now,
    }
    return bool(_rows(engine, _BEGIN, values))


def drop_untouched(engine: Engine, conversation: UUID) -> None:
    """Delete a conversation in which nothing was said."""
    _rows(engine, _DROP, {"id": conversation})


def take(engine: Engine, turn: NewTurn) -> bool:
    """Store one turn; False where another request took it, or this very message, first."""
    values = dict(zip(_names_of_turn, _values_of_turn(turn), strict=True))
    try:
        return bool(_rows(engine, _TAKE, values)[0][0])
    except IntegrityError as error:
        if getattr(error.orig, "sqlstate", None) == "23505":  # unique_violation: the message id
            return False
        raise


def end_call(engine: Engine, contacts: Sequence[bytes], *, now: datetime, day: date, part: str) -> bool:
    """Close the conversation of a call that is over; its report is complete or incomplete from now on."""
    values = {"contacts": list(contacts), **_terms(now, day, part)}
    return bool(_rows(engine, _END_CALL, values)[0][0])


def end_one(engine: Engine, conversation: UUID, *, now: datetime, day: date, part: str) -> bool:
    """Close one conversation, with which nobody can go on."""
    return bool(_rows(engine, _END_ONE, {"id": conversation, **_terms(now, day, part)})[0][0])


def end_idle(
    engine: Engine, *, now: datetime, day: date, part: str, call: timedelta, thread: timedelta, form: timedelta
) -> int:
    """Close what nobody has touched for as long as its channel allows; gives how many."""
    values = {**_terms(now, day, part), "idle_call": call, "idle_text": thread, "idle_form": form}
    return int(_rows(engine, _END_IDLE, values)[0][0])


def wipe(engine: Engine, *, now: datetime, day: date) -> None:
    """Empty what has been over long enough, and delete rows whose day's key can answer nothing any more."""
    with engine.begin() as connection:
        connection.execute(_WIPE, {"now": now})
        connection.execute(_FORGET, {"now": now, "day": day - timedelta(days=1)})


def _terms(now: datetime, day: date, part: str) -> dict[str, object]:
    return {"now": now, "day": day, "part": part, "call": CALL_REPLAY, "text": TEXT_REPLAY}
