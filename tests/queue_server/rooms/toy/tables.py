"""A table that shows the streams, and one that holds something of people. In production both stand with all others."""

from collections.abc import Mapping

from sqlalchemy import BigInteger, Boolean, Column, Delete, MetaData, PrimaryKeyConstraint, String, Table, delete

from queue_server.domain.values import SECOND, Micros
from queue_server.framework.room import Leaving
from queue_server.framework.settings import ServerSettings
from queue_server.tables import id_text
from tests.queue_server.rooms.toy.settings import FoundRules

#: Apart from that of this release: its tests look at all tables that are in that.
_METADATA = MetaData()

found_things = Table(
    "found_things",
    _METADATA,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("what", String, nullable=False),
    Column("lies_here", Boolean, nullable=False),
    PrimaryKeyConstraint("id"),
)
found_contacts = Table(
    "found_contacts",
    _METADATA,
    Column("thing", id_text(), nullable=False),
    Column("text", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("thing"),
)


def _contacts(now: Micros, settings: ServerSettings) -> Delete:
    kept = settings[FoundRules].keep_s * SECOND
    return delete(found_contacts).where(found_contacts.c.at <= now - kept)


TABLES: Mapping[str, Leaving] = {
    found_things.name: "what lies at a centre; no person is named",
    found_contacts.name: _contacts,
}
