"""Voice messages and pictures: fetched once, distorted or made anew, sealed to the desk, destroyed in time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# The intake says that something came and cannot look at it; the workers fetch, seal and destroy; the desk opens and
# has it destroyed. Nobody but the workers sees where it lies at the telephone service.
GRANTS = (
    "INSERT, SELECT (id) ON attachments TO hotline_intake",
    "SELECT (id, report_id, kind, status, key_id, sealed, destroy_at) ON attachments TO hotline_desk",
    "UPDATE (status, key_id, sealed) ON attachments TO hotline_desk",
    "SELECT, UPDATE, DELETE ON attachments TO hotline_dispatch",
    "SELECT (id, key_id, sealed, source), UPDATE (key_id, sealed) ON attachments TO hotline_retain",
)


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("repeat_id", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("destroy_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("repeat_id", name=op.f("uq_attachments_repeat_id")),
    )
    op.create_index(op.f("ix_attachments_report_id"), "attachments", ["report_id"], unique=False)
    op.create_index(
        "ix_attachments_waiting", "attachments", ["id"], unique=False, postgresql_where=sa.text("source IS NOT NULL")
    )
    for grant in GRANTS:
        op.execute(f"GRANT {grant}")


def downgrade() -> None:
    """What was recorded goes. What still lies at the telephone service must be deleted there by hand."""
    op.drop_index("ix_attachments_waiting", table_name="attachments", postgresql_where=sa.text("source IS NOT NULL"))
    op.drop_index(op.f("ix_attachments_report_id"), table_name="attachments")
    op.drop_table("attachments")
