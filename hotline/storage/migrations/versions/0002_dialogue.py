"""The dialogue under a report code: what came later, partners' questions, and what partners see of both."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The intake adds parts and moves a question on, but reads neither a part's words nor a partner's; of a report it may
# change what a withdrawal changes.
GRANTS = (
    "SELECT (id, report_id) ON report_parts TO hotline_intake",
    "SELECT (has_news, is_withdrawn) ON reports TO hotline_intake",
    "UPDATE (has_news, is_withdrawn, reason) ON reports TO hotline_intake",
    "SELECT (id, report_id, status, written_at, for_reporter, heard_week) ON questions TO hotline_intake",
    "UPDATE (status, heard_week, answered_week) ON questions TO hotline_intake",
    "SELECT, INSERT, UPDATE ON questions TO hotline_desk",
)
NEW_KINDS = "('update', 'withdrawal', 'answer')"


def upgrade() -> None:
    for name in ("has_news", "is_withdrawn"):
        op.add_column("reports", sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index("ix_reports_news", "reports", ["id"], unique=False, postgresql_where=sa.text("has_news"))
    op.add_column("recipients", sa.Column("update_key_id", sa.Text(), nullable=True))
    op.add_column("recipients", sa.Column("update_copy", sa.LargeBinary(), nullable=True))
    op.add_column("recipients", sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("recipients", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("for_reporter", sa.LargeBinary(), nullable=True),
        sa.Column("heard_week", sa.Date(), nullable=True),
        sa.Column("answered_week", sa.Date(), nullable=True),
        sa.Column("answer_key_id", sa.Text(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("answer_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipients.id"], name=op.f("fk_questions_recipient_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_questions_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index(op.f("ix_questions_report_id"), "questions", ["report_id"], unique=False)
    op.create_index(op.f("ix_questions_recipient_id"), "questions", ["recipient_id"], unique=False)
    op.create_index(
        "ix_questions_at_desk",
        "questions",
        ["written_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('draft', 'answered')"),
    )
    for grant in GRANTS:
        op.execute(f"GRANT {grant}")


def downgrade() -> None:
    """What was told later stays a part of its report; the questions go, and deliveries that older workers cannot name."""
    op.execute(f"DELETE FROM deliveries WHERE kind IN {NEW_KINDS}")
    op.execute("REVOKE SELECT (id, report_id) ON report_parts FROM hotline_intake")
    op.execute("REVOKE UPDATE (reason) ON reports FROM hotline_intake")
    op.drop_index("ix_questions_at_desk", table_name="questions")
    op.drop_index(op.f("ix_questions_recipient_id"), table_name="questions")
    op.drop_index(op.f("ix_questions_report_id"), table_name="questions")
    op.drop_table("questions")
    for name in ("withdrawn_at", "updated_at", "update_copy", "update_key_id"):
        op.drop_column("recipients", name)
    op.drop_index("ix_reports_news", table_name="reports")
    for name in ("is_withdrawn", "has_news"):
        op.drop_column("reports", name)
