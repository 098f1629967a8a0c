"""What was done to an account, chained in the log: one stream for each member of staff."""

from typing import Final

from sqlalchemy import Connection, select

from queue_server.accounts.events import CODEC
from queue_server.accounts.evolve import evolve
from queue_server.accounts.tables import staff
from queue_server.domain.values import Actor, Micros, StaffId, new_id
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.payload import Payload

#: No table shows it: what opens an account stands in tables that no stream could tell of, as they hold secrets.
ACCOUNTS: Final = Aggregate("account", CODEC, evolve)


def record(connection: Connection, ident: StaffId, deed: Payload, *, actor: Actor, now: Micros) -> None:
    """Append an event to an account's stream, in the transaction of what it tells of."""
    # Held to the end of the transaction: two deeds at once stand one behind the other, and neither is refused.
    connection.execute(select(staff.c.id).where(staff.c.id == ident).with_for_update())
    ACCOUNTS.advance(connection, ident, lambda _: (deed,), at=now, command=new_id(), actor=actor)
