"""The SQL of a conversation's life: one read and one statement a turn.

A turn is stored by a single statement that is its own transaction: the conversation moves on only if it still stands at
the turn that was read, and everything else hangs on that, so that of two equal requests one wins and one replays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from operator import attrgetter
from uuid import UUID

from psycopg.errors import UniqueViolation
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from hotline.domain.errors import HotlineError
from hotline.storage.single import run_single

CALL_REPLAY = timedelta(minutes=15)
TEXT_REPLAY = timedelta(hours=24)
"""How long after the end a repeat is still answered with the same words (`anonymity.md`); a form's as a call's."""


class CodeTaken(HotlineError):
    """Another report has the code that this one was to be given."""


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
    training: bool


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
    is_restricted: bool
    arrived_on: date
    arrived_part: str
    due_at: datetime
    part_id: UUID
    part_key_id: str | None
    part: bytes | None
    empty_parts: list[bytes]
    uncertain_key_id: str
    uncertain: list[bytes]
    code_lookup: bytes | None
    reply_public: bytes | None
    alarm: bytes | None
    alarm_due_at: datetime
    channel: str
    outcome: str | None


_READ = """
    SELECT c.id, c.channel, c.key_day, c.contact, c.turn, c.state, c.report_id, c.has_report, c.ended_at,
           t.turn IS NOT NULL AS was_taken, t.outputs, c.training
    FROM conversations c LEFT JOIN turns t ON t.conversation_id = c.id AND t.turn = COALESCE(%(turn)s, c.turn)
    WHERE c.id = %(id)s
"""

_REPEATED = """
    SELECT c.id, t.turn, t.outputs, t.repeat_id FROM turns t JOIN conversations c ON c.id = t.conversation_id
    WHERE t.repeat_id = ANY(%(repeat_ids)s)
"""

_BEGIN = """
    INSERT INTO conversations (id, channel, key_day, contact, turn, state, report_id, has_report, is_complete, touched_at,
                               training)
    VALUES (%(id)s, %(channel)s, %(key_day)s, %(contact)s, 0, %(state)s, %(report_id)s, false, false, %(now)s,
            %(training)s)
    ON CONFLICT DO NOTHING
    RETURNING id
"""
_FIND_CALL = "SELECT id FROM conversations WHERE contact = ANY(%(contacts)s)"
_DROP = "DELETE FROM conversations WHERE id = %(id)s AND turn = 0 RETURNING id"

_TAKE = """
    WITH moved AS (
        UPDATE conversations
        SET turn = %(turn)s + 1, touched_at = %(now)s, has_report = %(has_report)s, is_complete = %(is_complete)s,
            -- Numbers can be tried one by one, a call's id cannot: a text's state goes at its end, not at `wipe_at`.
            state = CASE WHEN channel = 'sms' AND CAST(%(ended_at)s AS timestamptz) IS NOT NULL
                         THEN NULL ELSE CAST(%(state)s AS bytea) END,
            ended_at = COALESCE(ended_at, CAST(%(ended_at)s AS timestamptz)),
            wipe_at = COALESCE(wipe_at, CAST(%(wipe_at)s AS timestamptz))
        WHERE id = %(id)s AND turn = %(turn)s
        RETURNING id, training
    ), kept AS (
        INSERT INTO turns (conversation_id, turn, repeat_id, outputs)
        SELECT id, %(turn)s, CAST(%(repeat_id)s AS bytea), CAST(%(outputs)s AS bytea) FROM moved
    ), report AS (
        INSERT INTO reports (id, status, category, priority, neighbourhood, arrived_on, arrived_part, due_at,
                             code_lookup, reply_public, training, is_restricted)
        SELECT %(report_id)s, %(status)s, %(category)s, %(priority)s, %(neighbourhood)s,
               CAST(%(arrived_on)s AS date), %(arrived_part)s, CAST(%(due_at)s AS timestamptz),
               CAST(%(code_lookup)s AS bytea), CAST(%(reply_public)s AS bytea), training,
               %(is_restricted)s
        FROM moved WHERE %(has_report)s
        ON CONFLICT (id) DO UPDATE
        SET status = excluded.status, is_restricted = reports.is_restricted OR excluded.is_restricted,
            -- such a report is in clear that and no more: a restricted one never gets them back
            category = CASE WHEN reports.is_restricted THEN reports.category ELSE excluded.category END,
            neighbourhood = CASE WHEN reports.is_restricted THEN NULL ELSE excluded.neighbourhood END,
            priority = LEAST(reports.priority, excluded.priority), due_at = excluded.due_at,
            code_lookup = COALESCE(excluded.code_lookup, reports.code_lookup),
            reply_public = COALESCE(excluded.reply_public, reports.reply_public)
        WHERE reports.status IN ('received', 'incomplete', 'complete')
    ), part AS (
        INSERT INTO report_parts (id, report_id, key_id, sealed)
        SELECT %(part_id)s, %(report_id)s, CAST(%(part_key_id)s AS text), CAST(%(part)s AS bytea)
        FROM moved WHERE CAST(%(part)s AS bytea) IS NOT NULL
    ), empty AS (
        INSERT INTO report_parts (id, report_id, key_id, sealed)
        SELECT gen_random_uuid(), %(report_id)s, CAST(%(part_key_id)s AS text), nothing
        FROM moved, unnest(CAST(%(empty_parts)s AS bytea[])) AS nothing
    ), uncertain AS (
        INSERT INTO uncertain_words (id, report_id, key_id, sealed)
        SELECT gen_random_uuid(), %(report_id)s, %(uncertain_key_id)s, words
        FROM moved, unnest(CAST(%(uncertain)s AS bytea[])) AS words
    ), alarm AS (
        INSERT INTO deliveries (id, kind, target, report_id, sealed, status, due_at)
        SELECT gen_random_uuid(), 'alarm', target, %(report_id)s,
               CAST(%(alarm)s AS bytea), 'pending', CAST(%(alarm_due_at)s AS timestamptz)
        FROM moved, (VALUES ('mail'), ('webhook')) AS targets (target)
        WHERE CAST(%(alarm)s AS bytea) IS NOT NULL AND NOT training
    ), counted AS (
        INSERT INTO counters (day, part, channel, outcome, count)
        SELECT CAST(%(arrived_on)s AS date), %(arrived_part)s, %(channel)s,
               CASE WHEN training THEN 'training_' ELSE '' END || CAST(%(outcome)s AS text), 1
        FROM moved WHERE CAST(%(outcome)s AS text) IS NOT NULL
        ON CONFLICT (day, part, channel, outcome) DO UPDATE SET count = counters.count + 1
    )
    SELECT count(*) FROM moved
"""

_END = """
    WITH ended AS (
        UPDATE conversations
        SET ended_at = %(now)s, state = CASE channel WHEN 'sms' THEN NULL ELSE state END,
            wipe_at = %(now)s + CASE channel WHEN 'sms' THEN CAST(%(text)s AS interval) ELSE %(call)s END
        WHERE ended_at IS NULL AND {which}
        RETURNING report_id, is_complete, has_report, channel, training
    ), closed AS (
        UPDATE reports SET status = CASE WHEN ended.is_complete THEN 'complete' ELSE 'incomplete' END
        FROM ended WHERE reports.id = ended.report_id AND reports.status = 'received'
    ), counted AS (
        INSERT INTO counters (day, part, channel, outcome, count)
        SELECT %(day)s, %(part)s, channel, CASE WHEN training THEN 'training_' ELSE '' END
               || CASE WHEN has_report THEN 'report' ELSE 'none' END, count(*)
        FROM ended GROUP BY 3, 4
        ON CONFLICT (day, part, channel, outcome) DO UPDATE SET count = counters.count + excluded.count
    )
    SELECT count(*) FROM ended
"""
_END_ONE = _END.format(which="id = %(id)s")
_END_CALL = _END.format(which="contact = ANY(%(contacts)s)")
_END_IDLE = _END.format(
    which="touched_at < %(now)s - CASE channel WHEN 'voice' THEN CAST(%(idle_call)s AS interval) "
    "WHEN 'web' THEN %(idle_form)s ELSE %(idle_text)s END"
)

_LOOSEN = """
    UPDATE conversations
    -- How many turns it had, and whether a report came of it, would tell which report.
    SET state = NULL, report_id = NULL, turn = -1, has_report = false, is_complete = false
    WHERE ended_at <= %(now)s - CAST(%(call)s AS interval) AND turn >= 0
"""
_WIPE = """
    WITH over AS (
        SELECT id, channel FROM conversations WHERE wipe_at <= %(now)s
    ), emptied AS (
        UPDATE turns SET outputs = NULL FROM over
        WHERE turns.conversation_id = over.id AND over.channel = 'sms' AND outputs IS NOT NULL
    )
    DELETE FROM turns USING over WHERE turns.conversation_id = over.id AND over.channel <> 'sms'
"""
_FORGET = "DELETE FROM conversations WHERE wipe_at <= %(now)s AND key_day < %(day)s"

_names_of_turn = tuple(field.name for field in fields(NewTurn))
_values_of_turn = attrgetter(*_names_of_turn)


def read_turn(engine: Engine, conversation: UUID, turn: int | None) -> OpenConversation | None:
    """The conversation with what was answered at `turn`; at the present turn where that is None."""
    rows = run_single(engine, _READ, {"id": conversation, "turn": turn})
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
    rows = run_single(engine, _REPEATED, {"repeat_ids": list(repeat_ids)})
    return Repeated(*rows[0]) if rows else None


def find_call(engine: Engine, contacts: Sequence[bytes]) -> UUID | None:
    """The conversation of a call, by the keyed hash of its id."""
    rows = run_single(engine, _FIND_CALL, {"contacts": list(contacts)})
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
    training: bool,
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
        "training": training,
    }
    return bool(run_single(engine, _BEGIN, values))


def drop_untouched(engine: Engine, conversation: UUID) -> None:
    """Delete a conversation in which nothing was said."""
    run_single(engine, _DROP, {"id": conversation})


def take(engine: Engine, turn: NewTurn) -> bool:
    """Store one turn; False where another request took it, or this very message, first. Raises CodeTaken."""
    values = dict(zip(_names_of_turn, _values_of_turn(turn), strict=True))
    try:
        return bool(run_single(engine, _TAKE, values)[0][0])
    except IntegrityError as error:
        if not isinstance(error.orig, UniqueViolation):
            raise
        if error.orig.diag.constraint_name == "uq_reports_code_lookup":
            raise CodeTaken("another report has this code") from None
        return False  # the message id


def end_call(engine: Engine, contacts: Sequence[bytes], *, now: datetime, day: date, part: str) -> bool:
    """Close the conversation of a call that is over; its report is complete or incomplete from now on."""
    values = {"contacts": list(contacts), **_terms(now, day, part)}
    return bool(run_single(engine, _END_CALL, values)[0][0])


def end_one(engine: Engine, conversation: UUID, *, now: datetime, day: date, part: str) -> bool:
    """Close one conversation, with which nobody can go on."""
    return bool(run_single(engine, _END_ONE, {"id": conversation, **_terms(now, day, part)})[0][0])


def end_idle(
    engine: Engine, *, now: datetime, day: date, part: str, call: timedelta, thread: timedelta, form: timedelta
) -> int:
    """Close what nobody has touched for as long as its channel allows; gives how many."""
    values = {**_terms(now, day, part), "idle_call": call, "idle_text": thread, "idle_form": form}
    return int(run_single(engine, _END_IDLE, values)[0][0])


def wipe(engine: Engine, *, now: datetime, day: date) -> None:
    """Empty what has been over long enough, and delete rows whose day's key can answer nothing any more."""
    with engine.begin() as connection:
        connection.exec_driver_sql(_LOOSEN, {"now": now, "call": CALL_REPLAY})
        connection.exec_driver_sql(_WIPE, {"now": now})
        connection.exec_driver_sql(_FORGET, {"now": now, "day": day - timedelta(days=1)})


def _terms(now: datetime, day: date, part: str) -> dict[str, object]:
    return {"now": now, "day": day, "part": part, "call": CALL_REPLAY, "text": TEXT_REPLAY}
