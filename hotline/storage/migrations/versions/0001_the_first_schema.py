"""The first schema, and who may touch what in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROLES = ("hotline_intake", "hotline_desk", "hotline_dispatch")

# What each process may do. The intake writes reports and cannot read a sealed column back; only the desk reads parts;
# nobody changes or deletes an audit row.
GRANTS = (
    "SELECT, INSERT, UPDATE, DELETE ON conversations, turns TO hotline_intake",
    "INSERT ON reports, report_parts, deliveries, audit TO hotline_intake",
    "SELECT (id, status, category, priority, neighbourhood, due_at, code_lookup, reply_public, reason) "
    "ON reports TO hotline_intake",
    "UPDATE (status, category, priority, neighbourhood, due_at, code_lookup, reply_public) ON reports TO hotline_intake",
    "SELECT, UPDATE (heard_week) ON replies TO hotline_intake",
    "SELECT, INSERT, UPDATE ON counters TO hotline_intake",
    "SELECT, INSERT, UPDATE ON reports, recipients, deliveries, feedback, people, api_keys, api_answers TO hotline_desk",
    "SELECT ON report_parts, attempts, counters TO hotline_desk",
    "SELECT, INSERT ON replies, audit TO hotline_desk",
    "SELECT, UPDATE, DELETE ON conversations, turns TO hotline_dispatch",
    "SELECT (id, status) ON reports TO hotline_dispatch",
    "UPDATE (status) ON reports TO hotline_dispatch",
    "SELECT, UPDATE, DELETE ON deliveries TO hotline_dispatch",
    "SELECT, INSERT, UPDATE ON attempts TO hotline_dispatch",
    "SELECT, INSERT, UPDATE ON counters TO hotline_dispatch",
    "SELECT, DELETE ON api_answers TO hotline_dispatch",
    "SELECT (id, report_id, partner) ON recipients TO hotline_dispatch",
    "INSERT ON audit TO hotline_dispatch",
    "SELECT ON alembic_version TO hotline_intake, hotline_desk, hotline_dispatch",
)


def upgrade() -> None:
    op.create_table(
        "api_answers",
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("partner", "key_hash", name=op.f("pk_api_answers")),
    )
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_keys_key_hash")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("fields", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_happened_on"), "audit", ["happened_on"], unique=False)
    op.create_index(op.f("ix_audit_report_id"), "audit", ["report_id"], unique=False)
    op.create_table(
        "conversations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("key_day", sa.Date(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=True),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("has_report", sa.Boolean(), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wipe_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("contact", name=op.f("uq_conversations_contact")),
    )
    op.create_index(
        "ix_conversations_open",
        "conversations",
        ["touched_at"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(op.f("ix_conversations_wipe_at"), "conversations", ["wipe_at"], unique=False)
    op.create_table(
        "counters",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "part", "channel", "outcome", name=op.f("pk_counters")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.CheckConstraint("(role = 'partner') = (partner IS NOT NULL)", name=op.f("ck_people_partner_of_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("username", name=op.f("uq_people_username")),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("neighbourhood", sa.Text(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("arrived_part", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code_lookup", sa.LargeBinary(), nullable=True),
        sa.Column("reply_public", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("desk_text", sa.LargeBinary(), nullable=True),
        sa.Column("desk_key_id", sa.Text(), nullable=True),
        sa.Column("lease_by", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(status = 'rejected') = (reason IS NOT NULL)", name=op.f("ck_reports_rejected_with_reason")
        ),
        sa.CheckConstraint("(code_lookup IS NULL) = (reply_public IS NULL)", name=op.f("ck_reports_code_whole")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("code_lookup", name=op.f("uq_reports_code_lookup")),
    )
    op.create_index(op.f("ix_reports_status"), "reports", ["status"], unique=False)
    op.create_table(
        "recipients",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("respond_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("picked_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("portal_key_id", sa.Text(), nullable=False),
        sa.Column("portal_copy", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_recipients_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipients")),
        sa.UniqueConstraint("report_id", "partner", name=op.f("uq_recipients_report_id")),
    )
    op.create_index(op.f("ix_recipients_partner"), "recipients", ["partner"], unique=False)
    op.create_index(op.f("ix_recipients_report_id"), "recipients", ["report_id"], unique=False)
    op.create_table(
        "replies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("heard_week", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_replies_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_replies_report_id")),
    )
    op.create_index(op.f("ix_replies_report_id"), "replies", ["report_id"], unique=False)
    op.create_table(
        "report_parts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_report_parts_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_parts")),
    )
    op.create_index(op.f("ix_report_parts_report_id"), "report_parts", ["report_id"], unique=False)
    op.create_table(
        "turns",
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("repeat_id", sa.LargeBinary(), nullable=True),
        sa.Column("outputs", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_turns_conversation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", "turn", name=op.f("pk_turns")),
        sa.UniqueConstraint("repeat_id", name=op.f("uq_turns_repeat_id")),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipients.id"], name=op.f("fk_deliveries_recipient_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_deliveries_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index(
        "ix_deliveries_failed", "deliveries", ["id"], unique=False, postgresql_where=sa.text("status = 'failed'")
    )
    op.create_index(op.f("ix_deliveries_recipient_id"), "deliveries", ["recipient_id"], unique=False)
    op.create_index(op.f("ix_deliveries_report_id"), "deliveries", ["report_id"], unique=False)
    op.create_index(
        "ix_deliveries_waiting",
        "deliveries",
        ["due_at", "id"],
        unique=False,
        postgresql_where=sa.text("status IN ('pending', 'sending')"),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipients.id"], name=op.f("fk_feedback_recipient_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_feedback_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    op.create_index(
        "ix_feedback_drafts", "feedback", ["written_at"], unique=False, postgresql_where=sa.text("status = 'draft'")
    )
    op.create_index(op.f("ix_feedback_report_id"), "feedback", ["report_id"], unique=False)
    op.create_table(
        "attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ok", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_attempts_delivery_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    op.create_index(op.f("ix_attempts_delivery_id"), "attempts", ["delivery_id"], unique=False)

    for role in ROLES:
        op.execute(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') "
            f"THEN CREATE ROLE {role} NOLOGIN; END IF; END $$"
        )
        op.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    for grant in GRANTS:
        op.execute(f"GRANT {grant}")


def downgrade() -> None:
    op.execute(f"REVOKE SELECT ON alembic_version FROM {', '.join(ROLES)}")
    op.execute(f"REVOKE USAGE ON SCHEMA public FROM {', '.join(ROLES)}")
    op.drop_index(op.f("ix_attempts_delivery_id"), table_name="attempts")
    op.drop_table("attempts")
    op.drop_index(op.f("ix_feedback_report_id"), table_name="feedback")
    op.drop_index("ix_feedback_drafts", table_name="feedback", postgresql_where=sa.text("status = 'draft'"))
    op.drop_table("feedback")
    op.drop_index(
        "ix_deliveries_waiting", table_name="deliveries", postgresql_where=sa.text("status IN ('pending', 'sending')")
    )
    op.drop_index(op.f("ix_deliveries_report_id"), table_name="deliveries")
    op.drop_index(op.f("ix_deliveries_recipient_id"), table_name="deliveries")
    op.drop_index("ix_deliveries_failed", table_name="deliveries", postgresql_where=sa.text("status = 'failed'"))
    op.drop_table("deliveries")
    op.drop_table("turns")
    op.drop_index(op.f("ix_report_parts_report_id"), table_name="report_parts")
    op.drop_table("report_parts")
    op.drop_index(op.f("ix_replies_report_id"), table_name="replies")
    op.drop_table("replies")
    op.drop_index(op.f("ix_recipients_report_id"), table_name="recipients")
    op.drop_index(op.f("ix_recipients_partner"), table_name="recipients")
    op.drop_table("recipients")
    op.drop_index(op.f("ix_reports_status"), table_name="reports")
    op.drop_table("reports")
    op.drop_table("people")
    op.drop_table("counters")
    op.drop_index(op.f("ix_conversations_wipe_at"), table_name="conversations")
    op.drop_index("ix_conversations_open", table_name="conversations", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_table("conversations")
    op.drop_index(op.f("ix_audit_report_id"), table_name="audit")
    op.drop_index(op.f("ix_audit_happened_on"), table_name="audit")
    op.drop_table("audit")
    op.drop_table("api_keys")
    op.drop_table("api_answers")
