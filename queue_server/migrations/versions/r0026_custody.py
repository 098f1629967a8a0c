"""Documents that were entrusted to the centre: items, bags, and the last label of each centre."""

import sqlalchemy as sa
from alembic import op

revision = "0026_custody"
down_revision = "0025_fees_at_steps"


def upgrade() -> None:
    op.create_table(
        "custody_items",
        _id("id"),
        sa.Column("label", sa.BigInteger, nullable=False),
        _id("centre"),
        _id("government"),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("state_since", sa.BigInteger, nullable=False),
        sa.Column("holder", sa.String, nullable=False),
        sa.Column("holder_since", sa.BigInteger, nullable=False),
        sa.Column("condition", sa.JSON, nullable=False),
        sa.Column("pages", sa.Integer),
        _id("application", nullable=True),
        _id("visit", nullable=True),
        _id("document", nullable=True),
        _id("bag", nullable=True),
        _id("place", nullable=True),
        _id("bank", nullable=True),
        _id("compartment", nullable=True),
        _id("claim", nullable=True),
        sa.Column("recall", sa.String),
        sa.Column("was_expired", sa.Boolean, nullable=False),
        sa.Column("was_with", sa.String),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_items")),
        sa.UniqueConstraint("centre", "label", name=op.f("uq_custody_items_centre_label")),
    )
    op.create_index("ix_custody_items_centre_state_state_since", "custody_items", ["centre", "state", "state_since"])
    op.create_index(op.f("ix_custody_items_application"), "custody_items", ["application"])
    op.create_index(op.f("ix_custody_items_bag"), "custody_items", ["bag"])
    on_a_shelf = sa.text("holder = 'shelf'")
    op.create_index(
        "uq_custody_items_shelf",
        "custody_items",
        ["centre", "place"],
        unique=True,
        sqlite_where=on_a_shelf,
        postgresql_where=on_a_shelf,
    )
    op.create_table(
        "custody_bags",
        _id("id"),
        _id("centre"),
        _id("government"),
        sa.Column("direction", sa.String, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        _id("seal", nullable=True),
        sa.Column("is_whole", sa.Boolean, nullable=False),
        sa.Column("items", sa.JSON, nullable=False),
        sa.Column("manifest", sa.String),
        sa.Column("expected", sa.Integer),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_bags")),
        sa.UniqueConstraint("centre", "direction", "seal", name=op.f("uq_custody_bags_centre_direction_seal")),
    )
    op.create_index("ix_custody_bags_centre_state", "custody_bags", ["centre", "state"])
    op.create_table(
        "custody_labels",
        _id("centre"),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("centre", name=op.f("pk_custody_labels")),
    )


def downgrade() -> None:
    for table in ("custody_labels", "custody_bags", "custody_items"):
        op.drop_table(table)


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)
