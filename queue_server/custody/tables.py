"""The projections of ``custody/<item>`` and ``bag/<id>``, and the last label of each centre.

No person is named: what is known of a document's number or of a parcel's is in the vault.
"""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, Integer, PrimaryKeyConstraint, String, Table
from sqlalchemy import UniqueConstraint as Unique

from queue_server.tables import id_text, metadata

custody_items = Table(
    "custody_items",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("label", BigInteger, nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("government", id_text(), nullable=False),
    Column("kind", String, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("state_since", BigInteger, nullable=False),
    Column("holder", String, nullable=False),
    Column("holder_since", BigInteger, nullable=False),
    Column("condition", JSON, nullable=False),
    Column("pages", Integer),
    Column("application", id_text()),
    Column("visit", id_text()),
    Column("document", id_text()),
    Column("bag", id_text()),
    Column("place", id_text()),
    Column("bank", id_text()),
    Column("compartment", id_text()),
    Column("claim", id_text()),
    Column("recall", String),
    Column("was_expired", Boolean, nullable=False),
    Column("was_with", String),
    PrimaryKeyConstraint("id"),
    Unique("centre", "label"),
)
Index(None, custody_items.c.centre, custody_items.c.state, custody_items.c.state_since)
Index(None, custody_items.c.application)
Index(None, custody_items.c.bag)
#: One item in a place: whoever lays another one there is second, and hears of it.
Index(
    "uq_custody_items_shelf",
    custody_items.c.centre,
    custody_items.c.place,
    unique=True,
    sqlite_where=custody_items.c.holder == "shelf",
    postgresql_where=custody_items.c.holder == "shelf",
)

custody_bags = Table(
    "custody_bags",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("government", id_text(), nullable=False),
    Column("direction", String, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("seal", id_text()),
    Column("is_whole", Boolean, nullable=False),
    Column("items", JSON, nullable=False),
    Column("manifest", String),
    Column("expected", Integer),
    PrimaryKeyConstraint("id"),
    Unique("centre", "direction", "seal"),
)
Index(None, custody_bags.c.centre, custody_bags.c.state)

custody_labels = Table(
    "custody_labels",
    metadata,
    Column("centre", id_text(), nullable=False),
    Column("last", BigInteger, nullable=False),
    PrimaryKeyConstraint("centre"),
)
