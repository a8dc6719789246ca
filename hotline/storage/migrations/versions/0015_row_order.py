"""Lets the clock mix rows, so that the order in which they lie does not tell in which order people called."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0009"
branch_labels = None
depends_on = None

# Nothing refers to these rows, so they can be taken out and put in again. Where a row is referred to, it is only written
# again: it gets a new transaction number, and its place at the next CLUSTER.
_PUT_IN_AGAIN = """
    WITH gone AS (
        DELETE FROM {table} WHERE report_id IN (
            SELECT id FROM reports WHERE (arrived_on >= since OR has_news) AND id BETWEEN first AND last
        ) RETURNING *
    )
    INSERT INTO {table} SELECT * FROM gone ORDER BY id;
"""

RENEW = f"""
CREATE FUNCTION renew_rows(since date, first uuid, last uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s'
AS $$
DECLARE
    one uuid;
BEGIN
    FOR one IN SELECT id FROM reports WHERE (arrived_on >= since OR has_news) AND id BETWEEN first AND last ORDER BY id
    LOOP
        UPDATE reports SET version = version WHERE id = one;
    END LOOP;
    FOR one IN SELECT id FROM replies WHERE heard_week >= since - 6 AND id BETWEEN first AND last ORDER BY id
    LOOP
        UPDATE replies SET heard_week = heard_week WHERE id = one;
    END LOOP;
    FOR one IN SELECT id FROM questions
        WHERE (heard_week >= since - 6 OR answered_week >= since - 6) AND id BETWEEN first AND last ORDER BY id
    LOOP
        UPDATE questions SET heard_week = heard_week WHERE id = one;
    END LOOP;
    {_PUT_IN_AGAIN.format(table="report_parts")}
    {_PUT_IN_AGAIN.format(table="uncertain_words")}
END
$$
"""

LAY = """
CREATE FUNCTION lay_rows_by_id(at_most bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '200ms'
AS $$
BEGIN
    IF pg_relation_size('reports') > at_most THEN
        RETURN false;
    END IF;
    CLUSTER reports USING pk_reports;
    RETURN true;
EXCEPTION WHEN lock_not_available THEN
    RETURN false;
END
$$
"""

FUNCTIONS = ("renew_rows(date, uuid, uuid)", "lay_rows_by_id(bigint)")


def upgrade() -> None:
    op.execute(RENEW)
    op.execute(LAY)
    for function in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO hotline_dispatch")


def downgrade() -> None:
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    op.execute("ALTER TABLE reports SET WITHOUT CLUSTER")
