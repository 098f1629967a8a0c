"""The projection of the streams ``application/<id>``: each as it is at ``seq``, written in the commit of its events."""

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, String, Table, UniqueConstraint

from queue_server.tables import id_text, metadata

applications = Table(
    "applications",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("reference", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("government", id_text(), nullable=False),
    Column("service", id_text(), nullable=False),
    Column("state", String, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("reference"),
)
