"""Versions of the flow, the switch of each line, and exercises kept apart from reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The intake keeps the version that it brings and reads what was published; publishing and switching are the desk's.
GRANTS = (
    "SELECT, INSERT ON flow_versions TO hotline_intake",
    "SELECT ON flow_publications, line_states TO hotline_intake",
    "SELECT, INSERT ON flow_versions, flow_publications TO hotline_desk",
    "SELECT, INSERT, UPDATE ON line_states TO hotline_desk",
)
_FALSE = sa.text("false")


def upgrade() -> None:
    op.create_table(
        "flow_versions",
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("sources", postgresql.JSONB(), nullable=False),
        sa.Column("stored_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_flow_versions")),
    )
    op.create_table(
        "flow_publications",
        sa.Column("number", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("line", sa.Text(), nullable=True),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["flow_versions.version"], name=op.f("fk_flow_publications_version")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_flow_publications")),
    )
    op.create_table(
        "line_states",
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("is_down", sa.Boolean(), server_default=_FALSE, nullable=False),
        sa.Column("announcement", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("line", name=op.f("pk_line_states")),
    )
    for table in ("reports", "conversations"):
        op.add_column(table, sa.Column("training", sa.Boolean(), server_default=_FALSE, nullable=False))
    for grant in GRANTS:
        op.execute(f"GRANT {grant}")


def downgrade() -> None:
    # without the column an exercise would stand among the reports, and ring somebody
    op.execute("DELETE FROM conversations WHERE training")
    op.execute("DELETE FROM reports WHERE training")
    op.execute(r"DELETE FROM counters WHERE outcome LIKE 'training\_%'")
    for table in ("conversations", "reports"):
        op.drop_column(table, "training")
    op.drop_table("line_states")
    op.drop_table("flow_publications")
    op.drop_table("flow_versions")
