"""Lets the workers see under which day's key uncertain words wait, to say that some must be judged soon."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing of the words themselves: the report, and the name of the day's key."""
    op.execute("GRANT SELECT (report_id, key_id) ON uncertain_words TO hotline_dispatch")


def downgrade() -> None:
    """They need it no more."""
    op.execute("REVOKE SELECT (report_id, key_id) ON uncertain_words FROM hotline_dispatch")
