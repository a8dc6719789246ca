"""The blind index of the desk: one row a report, which only the desk may read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blind_index",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("desk_mark", sa.LargeBinary(), nullable=True),
        sa.Column("row", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_blind_index_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_blind_index")),
    )
    # the desk's alone: the intake cannot make a row, the workers take one away with its report, by the foreign key
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON blind_index TO hotline_desk")


def downgrade() -> None:
    """Rows are made anew from the reports."""
    op.drop_table("blind_index")
