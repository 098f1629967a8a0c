"""The vault: rows that last as long as an application."""

import sqlalchemy as sa
from alembic import op

revision = "0006_holders"
down_revision = "0005_people"


def upgrade() -> None:
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.add_column("people_rows", sa.Column("application", kind, nullable=True))
    op.create_index("ix_people_rows_application", "people_rows", ["application"])


def downgrade() -> None:
    op.drop_index("ix_people_rows_application", "people_rows")
    op.drop_column("people_rows", "application")
