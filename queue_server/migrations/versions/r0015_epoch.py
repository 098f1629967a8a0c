"""Which life of the database this is."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0015_epoch"
down_revision = "0014_marks"


def upgrade() -> None:
    made = op.create_table(
        "database_epoch",
        sa.Column("one", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("epoch", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_database_epoch")),
        sa.CheckConstraint("one = 1", name=op.f("ck_database_epoch_one")),
    )
    op.bulk_insert(made, [{"one": 1, "epoch": str(uuid.uuid4())}])


def downgrade() -> None:
    op.drop_table("database_epoch")
