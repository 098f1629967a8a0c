"""What was done to an account, chained in the log: one stream for each member of staff."""

from typing import Final

from sqlalchemy import Connection, select

from queue_server.accounts.tables import staff
from queue_server.domain.values import Actor, Micros, StaffId, new_id
from queue_server.eventlog import statements
from queue_server.eventlog.codec import encode
from queue_server.eventlog.ends import head
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import Append, NewEvent

PREFIX: Final = "account/"


def stream_name(ident: StaffId) -> str:
    return f"{PREFIX}{ident}"


def record(connection: Connection, ident: StaffId, deed: Payload, *, actor: Actor, now: Micros) -> None:
    """Append an event to an account's stream, in the transaction of what it tells of."""
    # Held to the end of the transaction: two deeds at once stand one behind the other.
    connection.execute(select(staff.c.id).where(staff.c.id == ident).with_for_update())
    stream = stream_name(ident)
    event = NewEvent(now, deed.type, deed.v, new_id(), actor, encode(deed))
    statements.append(connection, [Append(stream, head(connection, stream).seq, (event,))])
