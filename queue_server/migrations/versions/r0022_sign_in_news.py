"""What somebody is asked about on the page of their account: "was that you?"."""

import sqlalchemy as sa
from alembic import op

revision = "0022_sign_in_news"
down_revision = "0021_lock"


def upgrade() -> None:
    op.create_table(
        "sign_in_news",
        sa.Column("staff", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("browser", sa.String, nullable=False),
        sa.Column("machine", sa.String, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("staff", "what", "browser", "machine", name=op.f("pk_sign_in_news")),
    )


def downgrade() -> None:
    op.drop_table("sign_in_news")
