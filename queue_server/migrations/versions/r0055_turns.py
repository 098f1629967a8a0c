"""A function that waits for the turn at a stream and tells what others have appended meanwhile.

One statement sees what was committed before it began, and waits after that: only a function can do both in one answer.
SQLite has one server, which misses nothing.
"""

from alembic import op

revision = "0055_turns"
down_revision = "0054_reprints"

#: From here on waiting for a lock ends after ``longest``, until the statement has ended.
_FUNCTION = """
CREATE FUNCTION take_turn(turn bigint, longest text, wanted text, known bigint) RETURNS SETOF events
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM set_config('lock_timeout', longest, true);
    PERFORM pg_advisory_lock(turn);
    RETURN QUERY SELECT * FROM events WHERE stream = wanted AND seq > known ORDER BY seq;
END
$$
"""


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute(_FUNCTION)


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION take_turn(bigint, text, text, bigint)")
