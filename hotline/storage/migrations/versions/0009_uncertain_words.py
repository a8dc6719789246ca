"""Words that a person must judge, each sealed to the desk's key of the day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# The intake writes and never reads; the desk decides, and then the row goes.
GRANTS = (
    "INSERT ON uncertain_words TO hotline_intake",
    "SELECT, INSERT, DELETE ON uncertain_words TO hotline_desk",
    "SELECT (id, key_id, sealed), UPDATE (key_id, sealed), DELETE ON uncertain_words TO hotline_retain",
)


def upgrade() -> None:
    op.create_table(
        "uncertain_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_uncertain_words_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uncertain_words")),
    )
    op.create_index(op.f("ix_uncertain_words_report_id"), "uncertain_words", ["report_id"])
    op.create_index(op.f("ix_uncertain_words_key_id"), "uncertain_words", ["key_id"])
    for grant in GRANTS:
        op.execute(f"GRANT {grant}")


def downgrade() -> None:
    op.drop_table("uncertain_words")
