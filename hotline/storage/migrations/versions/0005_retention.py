"""What is gone and by which rule, and the role that may let things go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROLE = "hotline_retain"

# Only this role deletes reports and old audit rows, and seals anew what outlives its key. It reads no code, no reply and
# nothing that partners did. The desk may look at what is gone.
GRANTS = (
    "SELECT (id, status, category, neighbourhood, arrived_on, term_from, lease_until, training, has_news, is_withdrawn, "
    "desk_text, desk_key_id), UPDATE (term_from, desk_text, desk_key_id), DELETE ON reports",
    "SELECT (id, key_id, sealed), UPDATE (key_id, sealed) ON report_parts, feedback",
    "SELECT (id, report_id, status, key_id, sealed, answer_key_id, answer), "
    "UPDATE (key_id, sealed, answer_key_id, answer) ON questions",
    "SELECT (id, released_at, respond_by, answered_at, portal_key_id, portal_copy, update_key_id, update_copy, "
    "updated_at), UPDATE (portal_key_id, portal_copy, update_key_id, update_copy) ON recipients",
    "SELECT (id, recipient_id, status, delivered_at, sealed), UPDATE (sealed) ON deliveries",
    "SELECT (sealed) ON erasures",
    "SELECT (happened_on), DELETE, INSERT ON audit",
    "SELECT, INSERT, UPDATE ON tombstones",
    "SELECT, INSERT ON destructions",
    "SELECT ON alembic_version",
)

# Rights alone cannot tell an old row from yesterday's, and who covers tracks deletes yesterday's. By the server's clock.
GUARD = """
CREATE FUNCTION refuse_young_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.happened_on > current_date - 365 THEN
        RAISE EXCEPTION 'an audit row is kept for a year at least' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER keep_young_audit BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_young_audit();
"""


def upgrade() -> None:
    """Reports that are over already count from the first look of the new release on."""
    op.add_column("reports", sa.Column("term_from", sa.Date(), nullable=True))
    op.create_table(
        "tombstones",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("neighbourhood", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("month", "category", "neighbourhood", "outcome", name=op.f("pk_tombstones")),
    )
    op.create_table(
        "destructions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("destroyed_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destructions")),
    )
    op.create_index(op.f("ix_destructions_destroyed_on"), "destructions", ["destroyed_on"], unique=False)
    op.execute(
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') "
        f"THEN CREATE ROLE {ROLE} NOLOGIN; END IF; END $$"
    )
    op.execute(f"GRANT USAGE ON SCHEMA public TO {ROLE}")
    for grant in GRANTS:
        op.execute(f"GRANT {grant} TO {ROLE}")
    op.execute("GRANT SELECT ON tombstones, destructions TO hotline_desk")
    op.execute(GUARD)


def downgrade() -> None:
    """The records of what is gone go too: print `destructions` first if they must be kept."""
    op.execute("DROP TRIGGER keep_young_audit ON audit")
    op.execute("DROP FUNCTION refuse_young_audit()")
    op.drop_index(op.f("ix_destructions_destroyed_on"), table_name="destructions")
    op.drop_table("destructions")
    op.drop_table("tombstones")
    tables = "alembic_version, reports, report_parts, feedback, questions, recipients, deliveries, audit"
    op.execute(f"REVOKE ALL ON {tables} FROM {ROLE}")
    op.execute(f"REVOKE USAGE ON SCHEMA public FROM {ROLE}")
    op.drop_column("reports", "term_from")
