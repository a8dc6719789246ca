"""The tables: what is kept, in clear or sealed, and nothing else.

In clear stand only category, priority, neighbourhood, day and part of day, status and counts; every other word of a
report is sealed. `sealed` columns name the key that opens them in a `key_id` beside them, unless one key ever could.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Table(DeclarativeBase):
    """The root of the tables, with names for every constraint so that migrations can drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: Text,
        bytes: LargeBinary,
        datetime: DateTime(timezone=True),
        date: Date,
        list[str]: ARRAY(Text),
        dict[str, str]: JSONB,
    }


def _random_id() -> Mapped[UUID]:
    """A random key, never ordered by time; storage is given the value."""
    return mapped_column(primary_key=True)


class Conversation(Table):
    """One call or thread of texts while it lives, and a while after so that repeats can be answered.

    `contact` is the keyed hash of a call's id under the key of `key_day`, None for texts, whose thread is known in Redis
    alone; `state` opens only with that key and what the carrier sends (a call's id, a texter's number).
    `report_id` and `state` are wiped at `wipe_at`; the row goes with its day's key.
    """

    __tablename__ = "conversations"
    id: Mapped[UUID] = _random_id()
    channel: Mapped[str]
    key_day: Mapped[date]
    contact: Mapped[bytes | None] = mapped_column(unique=True)
    turn: Mapped[int]
    state: Mapped[bytes | None]
    report_id: Mapped[UUID | None]
    has_report: Mapped[bool]
    is_complete: Mapped[bool]
    touched_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    wipe_at: Mapped[datetime | None] = mapped_column(index=True)
    training: Mapped[bool] = mapped_column(server_default=text("false"))
    __table_args__ = (Index("ix_conversations_open", "touched_at", postgresql_where=text("ended_at IS NULL")),)


class Turn(Table):
    """What was answered at one turn, encrypted as the state is, so that a repeat hears the same."""

    __tablename__ = "turns"
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    repeat_id: Mapped[bytes | None] = mapped_column(unique=True)
    outputs: Mapped[bytes | None]


class Report(Table):
    """One report (*melding*): its coarse clear columns; `desk_text` is the operator's version of it, sealed.

    `training` is an exercise: it stands in a list of its own, rings nobody and goes to no partner.
    `has_news`: the reporter came back under the code, and the desk has not dealt with it yet. `term_from`: the Monday after
    it was over, from which its retention counts.
    `is_restricted`: for the supervisor alone; then neighbourhood and category stand empty in clear.
    `given_grain` is how finely all partners together know it (`Grain.dump`), once something was given.
    """

    __tablename__ = "reports"
    id: Mapped[UUID] = _random_id()
    status: Mapped[str] = mapped_column(index=True)
    category: Mapped[str | None]
    priority: Mapped[str]
    neighbourhood: Mapped[str | None]
    arrived_on: Mapped[date]
    arrived_part: Mapped[str]
    due_at: Mapped[datetime]
    code_lookup: Mapped[bytes | None] = mapped_column(unique=True)
    reply_public: Mapped[bytes | None]
    version: Mapped[int] = mapped_column(server_default="1")
    desk_text: Mapped[bytes | None]
    desk_key_id: Mapped[str | None]
    lease_by: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    reason: Mapped[str | None]
    training: Mapped[bool] = mapped_column(server_default=text("false"))
    has_news: Mapped[bool] = mapped_column(server_default=text("false"))
    is_withdrawn: Mapped[bool] = mapped_column(server_default=text("false"))
    term_from: Mapped[date | None]
    is_restricted: Mapped[bool] = mapped_column(server_default=text("false"))
    given_grain: Mapped[str | None]
    __table_args__ = (
        Index("ix_reports_news", "id", postgresql_where=text("has_news")),
        Index("ix_reports_restricted", "id", postgresql_where=text("is_restricted")),
        CheckConstraint("(code_lookup IS NULL) = (reply_public IS NULL)", name="code_whole"),
        CheckConstraint("(status = 'rejected') = (reason IS NOT NULL)", name="rejected_with_reason"),
    )


class ReportPart(Table):
    """What one turn told, sealed to the desk's key of the month: answers, third parties, time, channel, language."""

    __tablename__ = "report_parts"
    id: Mapped[UUID] = _random_id()
    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    key_id: Mapped[str]
    sealed: Mapped[bytes]


class UncertainWords(Table):
    """Words that perhaps identify the reporter, taken out of one text and sealed to the desk's key of the *day*.

    Whoever holds the report keeps or removes them, and the row goes; undecided, they die with that key.
    """

    __tablename__ = "uncertain_words"
    id: Mapped[UUID] = _random_id()
    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    key_id: Mapped[str] = mapped_column(index=True)
    sealed: Mapped[bytes]


class Recipient(Table):
    """One partner's hold on a report: the id it knows the report by, and how far it is (`Stage`).

    From `updated_at` on `update_copy` stands in the place of `portal_copy`, and from `withdrawn_at` on the partner sees
    that the reporter withdrew. Up to and on `held_until` its copies are kept although their term is over (`hold_reason`).
    """

    __tablename__ = "recipients"
    id: Mapped[UUID] = _random_id()
    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    partner: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    stage: Mapped[str]
    respond_by: Mapped[datetime]
    released_at: Mapped[datetime]
    assessed_at: Mapped[datetime | None]
    picked_up_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    return_reason: Mapped[str | None]
    portal_key_id: Mapped[str]
    portal_copy: Mapped[bytes]
    update_key_id: Mapped[str | None]
    update_copy: Mapped[bytes | None]
    updated_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    held_until: Mapped[date | None]
    hold_reason: Mapped[str | None]
    __table_args__ = (
        UniqueConstraint("report_id", "partner"),
        CheckConstraint("(held_until IS NULL) = (hold_reason IS NULL)", name="hold_whole"),
    )


class Delivery(Table):
    """An outbox row: something that must leave the house, sealed to the dispatch key.

    `kind` is `report`, `update`, `withdrawal` or `answer` (target: a partner's key), or `alarm` (`mail` or `webhook`).
    An alarm's `due_at` starts as the beginning of its part of day, because the exact moment of an emergency would name
    its caller.
    """

    __tablename__ = "deliveries"
    id: Mapped[UUID] = _random_id()
    kind: Mapped[str]
    target: Mapped[str]
    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    recipient_id: Mapped[UUID | None] = mapped_column(ForeignKey("recipients.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes]
    status: Mapped[str]
    due_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default="0")
    reason: Mapped[str | None]
    delivered_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_deliveries_waiting", "due_at", "id", postgresql_where=text("status IN ('pending', 'sending')")),
        Index("ix_deliveries_failed", "id", postgresql_where=text("status = 'failed'")),
    )


class Attempt(Table):
    """One try at a delivery to a partner; the row exists before the call is made. Alarms keep only their count."""

    __tablename__ = "attempts"
    id: Mapped[UUID] = _random_id()
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("deliveries.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ok: Mapped[bool | None]
    reason: Mapped[str | None]


class Feedback(Table):
    """A partner's sentence for the reporter, sealed to the desk until the desk approves it (`draft`, `approved`, `refused`)."""

    __tablename__ = "feedback"
    id: Mapped[UUID] = _random_id()
    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    recipient_id: Mapped[UUID] = mapped_column(ForeignKey("recipients.id", ondelete="CASCADE"))
    key_id: Mapped[str]
    sealed: Mapped[bytes]
    status: Mapped[str]
    written_at: Mapped[datetime]
    __table_args__ = (Index("ix_feedback_drafts", "written_at", postgresql_where=text("status = 'draft'")),)


class Question(Table):
    """A partner's question to the reporter, sealed to the desk; once asked, also to the reply key (`for_reporter`).

    `answer` is what the partner may read of the reporter's answer from `answer_at` on, sealed as the portal's copies are;
    the answer itself is a part of the report. That it was heard and answered is known by the week alone.
    """

    __tablename__ = "questions"
    id: Mapped[UUID] = _random_id()
    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    recipient_id: Mapped[UUID] = mapped_column(ForeignKey("recipients.id", ondelete="CASCADE"), index=True)
    key_id: Mapped[str]
    sealed: Mapped[bytes]
    status: Mapped[str]
    written_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    for_reporter: Mapped[bytes | None]
    heard_week: Mapped[date | None]
    answered_week: Mapped[date | None]
    answer_key_id: Mapped[str | None]
    answer: Mapped[bytes | None]
    answer_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_questions_at_desk", "written_at", postgresql_where=text("status IN ('draft', 'answered')")),
    )


class Reply(Table):
    """What the reporter may hear, sealed to the reply key that only the report code brings back."""

    __tablename__ = "replies"
    id: Mapped[UUID] = _random_id()
    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    sealed: Mapped[bytes]
    heard_week: Mapped[date | None]
    __table_args__ = (UniqueConstraint("report_id", "number"),)


class Person(Table):
    """Somebody who may log in: `operator`, `supervisor`, `admin`, or `partner` with the partner's key."""

    __tablename__ = "people"
    id: Mapped[UUID] = _random_id()
    username: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str]
    partner: Mapped[str | None]
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    __table_args__ = (CheckConstraint("(role = 'partner') = (partner IS NOT NULL)", name="partner_of_partner"),)


class ApiKey(Table):
    """A partner system's bearer key; only its hash is kept."""

    __tablename__ = "api_keys"
    id: Mapped[UUID] = _random_id()
    partner: Mapped[str]
    key_hash: Mapped[bytes] = mapped_column(unique=True)
    made_on: Mapped[date]
    revoked_on: Mapped[date | None]


class ApiAnswer(Table):
    """The answer to a POST with an `Idempotency-Key`, kept a day so that a repeat gets the same."""

    __tablename__ = "api_answers"
    partner: Mapped[str] = mapped_column(primary_key=True)
    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    request_hash: Mapped[bytes]
    status: Mapped[int] = mapped_column(Integer)
    body: Mapped[bytes]
    made_at: Mapped[datetime]


class AuditEvent(Table):
    """Who did what to which report; field names, never values. Nobody may change a row, or delete one of this year."""

    __tablename__ = "audit"
    id: Mapped[UUID] = _random_id()
    happened_on: Mapped[date] = mapped_column(index=True)
    happened_at: Mapped[datetime | None]
    actor: Mapped[str]
    act: Mapped[str]
    report_id: Mapped[UUID | None] = mapped_column(index=True)
    fields: Mapped[list[str]]


class Counter(Table):
    """How many contacts of a day and part of day ended how; a contact that made no report is only this.

    `outcome` is `report` or `none`, and on a training line `training_report` or `training_none`.
    """

    __tablename__ = "counters"
    day: Mapped[date] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)


class FlowVersion(Table):
    """The texts of one version of the flow, by their paths; a conversation stays on the version that it began with."""

    __tablename__ = "flow_versions"
    version: Mapped[str] = mapped_column(primary_key=True)
    sources: Mapped[dict[str, str]]
    stored_on: Mapped[date]


class FlowPublication(Table):
    """A version made current; the newest one counts. No `line` means every line, no `version` what the release brings."""

    __tablename__ = "flow_publications"
    number: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    line: Mapped[str | None]
    version: Mapped[str | None] = mapped_column(ForeignKey("flow_versions.version"))
    published_on: Mapped[date]


class LineState(Table):
    """The switch of one line, and what it announces until when, by language; no row means up and silent."""

    __tablename__ = "line_states"
    line: Mapped[str] = mapped_column(primary_key=True)
    is_down: Mapped[bool] = mapped_column(server_default=text("false"))
    announcement: Mapped[dict[str, str]] = mapped_column(server_default=text("'{}'"))
    until: Mapped[datetime | None]


class IndexRow(Table):
    """A report's row of the blind index (`anonymity/blind_index.py`), under the index key of `month`.

    `parts` and `desk_mark`, the first bytes of the sealed desk text, say of which words it was made.
    """

    __tablename__ = "blind_index"
    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True)
    month: Mapped[str]
    parts: Mapped[int]
    desk_mark: Mapped[bytes | None]
    row: Mapped[bytes]


class Attachment(Table):
    """A voice message or a picture: fetched once at the telephone service, made unlike itself, and sealed to the desk.

    `kind` is `voice` or `picture`; `status` is `waiting`, `ready`, `failed` or `gone`. `source`, sealed to the dispatch
    key, says where it lies at the telephone service, and is empty once it is deleted there. `sealed` opens with
    `key_id`. `destroy_at` starts from the part of day, because an arrival's moment would name its sender; a picture that
    belongs to a report outlives it. The row comes before its report does, so no foreign key ties them.
    """

    __tablename__ = "attachments"
    id: Mapped[UUID] = _random_id()
    report_id: Mapped[UUID | None] = mapped_column(index=True)
    kind: Mapped[str]
    repeat_id: Mapped[bytes] = mapped_column(unique=True)
    source: Mapped[bytes | None]
    status: Mapped[str]
    key_id: Mapped[str | None]
    sealed: Mapped[bytes | None]
    lease_until: Mapped[datetime | None]
    destroy_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_attachments_waiting", "id", postgresql_where=text("source IS NOT NULL")),)
