"""What must be erased at Twilio, the counts of what was, and the bell of the return path by text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# The intake adds a row and can read none back; the desk counts rows and cannot read what is sealed in them.
GRANTS = (
    "INSERT ON erasures TO hotline_intake",
    "SELECT, INSERT, UPDATE, DELETE ON erasures TO hotline_dispatch",
    "SELECT, INSERT, UPDATE ON erasure_receipts TO hotline_dispatch",
    "SELECT (kind, status, due_at, attempts) ON erasures TO hotline_desk",
    "SELECT ON erasure_receipts TO hotline_desk",
    "INSERT ON nudges TO hotline_desk",
    "SELECT, DELETE ON nudges TO hotline_dispatch",
)


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Text(), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    op.create_index(op.f("ix_erasures_due_at"), "erasures", ["due_at"], unique=False)
    op.create_table(
        "erasure_receipts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "kind", name=op.f("pk_erasure_receipts")),
    )
    op.create_table(
        "nudges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reply_public", sa.LargeBinary(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudges")),
    )
    op.create_index(op.f("ix_nudges_written_on"), "nudges", ["written_on"], unique=False)
    for grant in GRANTS:
        op.execute(f"GRANT {grant}")


def downgrade() -> None:
    # what waits in here is still at Twilio: `hotline erase --dry-run` must show nothing before
    op.drop_index(op.f("ix_nudges_written_on"), table_name="nudges")
    op.drop_table("nudges")
    op.drop_table("erasure_receipts")
    op.drop_index(op.f("ix_erasures_due_at"), table_name="erasures")
    op.drop_table("erasures")
