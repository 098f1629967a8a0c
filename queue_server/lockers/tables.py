"""The projections of ``bank/<device>`` and ``locker-order/<id>``, and up to where each bank's journal was heard.

Nobody is in them: an order names an item and a claim.
"""

from sqlalchemy import JSON, BigInteger, Column, Index, PrimaryKeyConstraint, String, Table

from queue_server.tables import id_text, metadata

locker_banks = Table(
    "locker_banks",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("journal", id_text(), nullable=False),
    Column("compartments", JSON, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    PrimaryKeyConstraint("id"),
)
Index(None, locker_banks.c.centre)

locker_orders = Table(
    "locker_orders",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("bank", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("compartment", id_text(), nullable=False),
    Column("verb", String, nullable=False),
    Column("claim", id_text(), nullable=False),
    Column("item", id_text()),
    Column("issued_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("signature", String, nullable=False),
    Column("proof", String),
    Column("reason", String),
    Column("changed_at", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("hold", String),
    Column("refusal", String),
    Column("blocked", String),
    PrimaryKeyConstraint("id"),
)
Index(None, locker_orders.c.centre, locker_orders.c.changed_at)
Index(None, locker_orders.c.claim)
Index(None, locker_orders.c.bank, locker_orders.c.compartment, locker_orders.c.issued_at)
#: One door of a bank at a time: whoever orders another one is second, and hears of it.
Index(
    "uq_locker_orders_bank",
    locker_orders.c.bank,
    unique=True,
    sqlite_where=locker_orders.c.hold == "bank",
    postgresql_where=locker_orders.c.hold == "bank",
)
#: One order of a compartment at a time.
Index(
    "uq_locker_orders_compartment",
    locker_orders.c.bank,
    locker_orders.c.compartment,
    unique=True,
    sqlite_where=locker_orders.c.hold.is_not(None),
    postgresql_where=locker_orders.c.hold.is_not(None),
)

#: Up to where the journal of a bank was heard; moved on in the commit of what was heard.
locker_positions = Table(
    "locker_positions",
    metadata,
    Column("bank", id_text(), nullable=False),
    Column("journal", id_text(), nullable=False),
    Column("acknowledged", BigInteger, nullable=False),
    Column("last_contact_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("bank"),
)
