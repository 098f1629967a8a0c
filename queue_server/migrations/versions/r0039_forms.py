"""Forms that people fill in: what is asked, and that something was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0039_forms"
down_revision = "0038_more_time"


def upgrade() -> None:
    op.create_table(
        "service_forms",
        _id("centre"),
        _id("id"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("services", sa.JSON, nullable=False),
        sa.Column("title", sa.JSON, nullable=False),
        sa.Column("purposes", sa.JSON, nullable=False),
        sa.Column("schema", sa.JSON, nullable=False),
        sa.Column("retention_days", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("centre", "id", name=op.f("pk_service_forms")),
        sa.ForeignKeyConstraint(["centre"], ["centres.id"], name=op.f("fk_service_forms_centre_centres")),
    )
    op.create_table(
        "filled_forms",
        _id("id"),
        _id("centre"),
        _id("form"),
        _id("answers", nullable=True),
        sa.Column("consents", sa.JSON, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        _id("visit", nullable=True),
        _id("appointment", nullable=True),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("saved_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filled_forms")),
    )
    op.create_index(op.f("ix_filled_forms_visit"), "filled_forms", ["visit"])
    op.create_index(op.f("ix_filled_forms_appointment"), "filled_forms", ["appointment"])
    op.create_index(op.f("ix_filled_forms_centre_changed_at"), "filled_forms", ["centre", "changed_at"])
    op.create_table(
        "form_codes",
        _id("filled"),
        _id("digest"),
        sa.Column("pin", sa.String, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("filled", name=op.f("pk_form_codes")),
        sa.UniqueConstraint("digest", name=op.f("uq_form_codes_digest")),
    )
    op.create_index(op.f("ix_form_codes_ends_at"), "form_codes", ["ends_at"])
    op.create_table(
        "form_tries",
        sa.Column("purpose", sa.String, nullable=False),
        _id("subject"),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("made", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("purpose", "subject", name=op.f("pk_form_tries")),
    )


def downgrade() -> None:
    for table in ("form_tries", "form_codes", "filled_forms", "service_forms"):
        op.drop_table(table)


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)
