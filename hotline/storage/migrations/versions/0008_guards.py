"""Second looks, recusals, reports for the supervisor alone, how fine partners know a report, and holds on their copies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# The intake marks a report that is about a partner's own people; nobody but the desk knows who looked or looked away. The
# workers, who let copies go, must know which are held.
GRANTS = (
    "SELECT (is_restricted), UPDATE (is_restricted) ON reports TO hotline_intake",
    "SELECT, INSERT, UPDATE ON second_looks TO hotline_desk",
    "SELECT, INSERT ON recusals TO hotline_desk",
    "SELECT (held_until) ON recipients TO hotline_dispatch, hotline_retain",
)


def upgrade() -> None:
    op.add_column("reports", sa.Column("is_restricted", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("reports", sa.Column("given_grain", sa.Text(), nullable=True))
    op.create_index("ix_reports_restricted", "reports", ["id"], postgresql_where=sa.text("is_restricted"))
    op.add_column("recipients", sa.Column("held_until", sa.Date(), nullable=True))
    op.add_column("recipients", sa.Column("hold_reason", sa.Text(), nullable=True))
    op.create_check_constraint("hold_whole", "recipients", "(held_until IS NULL) = (hold_reason IS NULL)")
    op.create_table(
        "second_looks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bypass", sa.Text(), nullable=True),
        sa.Column("seen_by", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_second_looks_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_looks")),
    )
    op.create_index(op.f("ix_second_looks_report_id"), "second_looks", ["report_id"])
    op.create_index(
        "ix_second_looks_owed",
        "second_looks",
        ["asked_at"],
        postgresql_where=sa.text("bypass IS NOT NULL AND seen_at IS NULL"),
    )
    op.create_table(
        "recusals",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_recusals_report_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "username", name=op.f("pk_recusals")),
    )
    op.create_index(op.f("ix_recusals_username"), "recusals", ["username"])
    for grant in GRANTS:
        op.execute(f"GRANT {grant}")


def downgrade() -> None:
    # without the column everybody at the desk would see a report that is for the supervisor alone
    op.execute("DELETE FROM reports WHERE is_restricted")
    op.drop_table("recusals")
    op.drop_table("second_looks")
    op.drop_constraint(op.f("ck_recipients_hold_whole"), "recipients")
    op.drop_column("recipients", "hold_reason")
    op.drop_column("recipients", "held_until")
    op.drop_index("ix_reports_restricted", "reports")
    op.drop_column("reports", "given_grain")
    op.drop_column("reports", "is_restricted")
