"""Who is at the counters of a centre, and when they were seen last, as the tables of staff and sessions know it."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, select

from queue_server.accounts import tables as t
from queue_server.values import CentreId, CounterId, Micros, StaffId


class Presence(msgspec.Struct, frozen=True):
    """``names`` are display names of a centre's staff; ``seen`` is when somebody signed in at a counter was last seen.

    A counter where nobody is signed in any more is not in ``seen``.
    """

    names: Mapping[StaffId, str] = {}
    seen: Mapping[CounterId, Micros] = {}


def presence(connection: Connection, centre: CentreId) -> Presence:
    """Look at a centre's staff and sessions."""
    named = (
        select(t.staff.c.id, t.staff.c.name)
        .join(t.staff_roles, t.staff_roles.c.staff == t.staff.c.id)
        .where(t.staff_roles.c.centre == centre)
        .distinct()
    )
    signed_in = (
        select(t.sessions.c.counter, t.sessions.c.last_seen)
        .where(t.sessions.c.centre == centre, t.sessions.c.counter.is_not(None))
        .order_by(t.sessions.c.last_seen)
    )
    return Presence(
        names={row.id: row.name for row in connection.execute(named)},
        seen={row.counter: row.last_seen for row in connection.execute(signed_in)},
    )
