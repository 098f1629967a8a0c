"""Rows of a visit are found by the visit: SQLite took the index of the centre, and read all rows of the centre."""

from alembic import op

revision = "0057_rows_of_a_visit"
down_revision = "0056_snapshots"


def upgrade() -> None:
    op.drop_index(op.f("ix_people_rows_visit"), "people_rows")
    op.create_index("ix_people_rows_of_visit", "people_rows", ["visit", "centre", "kind", "ends_at"])


def downgrade() -> None:
    op.drop_index("ix_people_rows_of_visit", "people_rows")
    op.create_index(op.f("ix_people_rows_visit"), "people_rows", ["visit"])
