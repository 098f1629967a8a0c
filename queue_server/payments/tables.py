"""Where the streams ``payment/<id>`` and ``reconciliation/<id>`` are: a row of each, written with its events.

The streams are the truth, and these follow from them (``store``, ``reconciliation_store``). Lists read ``folded``: the
entity as its stream left it at ``seq``, JSON with sorted keys. ``waits`` where staff have to act; ``charged_at``
is the device's clock. ``attended``: staff move the money. ``slip`` is the number on the slip of whoever took the money
by hand, in capitals.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    false,
)

from queue_server.tables import id_text, metadata

payments = Table(
    "payments",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("visit", id_text(), nullable=False),
    Column("driver", id_text(), nullable=False),
    Column("terminal", id_text(), nullable=False),
    Column("attended", Boolean, nullable=False, server_default=false()),
    Column("standing", String, nullable=False),
    Column("waits", Boolean, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("charged_at", BigInteger),
    Column("slip", id_text()),
    Column("seq", BigInteger, nullable=False),
    Column("folded", LargeBinary),
    PrimaryKeyConstraint("id"),
    Index(None, "centre", "visit"),
    Index(None, "centre", "changed_at"),
    Index(None, "centre", "standing"),
    Index(None, "centre", "waits"),
    Index(None, "centre", "terminal", "charged_at"),
    Index(None, "centre", "slip"),
)
#: By what payments are found: ``kind`` and ``value`` are those of ``marks``.
payment_marks = Table(
    "payment_marks",
    metadata,
    Column("payment", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("kind", String, nullable=False),
    Column("value", id_text(), nullable=False),
    PrimaryKeyConstraint("payment", "kind", "value"),
    Index(None, "centre", "kind", "value"),
)
#: What is booked of payments (``BookedMovement``): ``number`` counts from 0 within one, ``moved_at`` is the device's
#: clock. ``services`` and ``governments`` are joined by blanks. ``revised``: something of this payment was not so.
payment_bookings = Table(
    "payment_bookings",
    metadata,
    Column("payment", id_text(), nullable=False),
    Column("number", Integer, nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("visit", id_text(), nullable=False),
    Column("kind", String, nullable=False),
    Column("means", String, nullable=False),
    Column("services", id_text(), nullable=False),
    Column("governments", id_text(), nullable=False),
    Column("currency", String, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("waived", BigInteger, nullable=False),
    Column("moved_at", BigInteger, nullable=False),
    Column("booked_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("revised", Boolean, nullable=False),
    PrimaryKeyConstraint("payment", "number"),
    # A year is added up from this index alone, without a look at any row.
    Index(
        "ix_payment_bookings_figures",
        *("centre", "revised", "booked_at", "currency", "kind", "amount", "waived", "means", "services", "governments"),
    ),
)
#: ``closed_at`` is the device's clock, ``at`` ours; ``alarms`` where nobody has looked into its differences.
reconciliations = Table(
    "reconciliations",
    metadata,
    Column("id", id_text(), nullable=False),
    Column("centre", id_text(), nullable=False),
    Column("driver", id_text(), nullable=False),
    Column("terminal", id_text(), nullable=False),
    Column("device", id_text(), nullable=False),
    Column("closed_at", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("alarms", Boolean, nullable=False),
    Column("folded", LargeBinary),
    PrimaryKeyConstraint("id"),
    Index(None, "centre", "terminal", "closed_at"),
    Index(None, "centre", "at"),
)
