"""Who is at the counters of a centre, and when they were seen last, as the tables of staff and sessions know it."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, select

from queue_server.accounts import tables as t
from queue_server.domain.values import CentreId, CounterId, Micros, StaffId


class Presence(msgspec.Struct, frozen=True):
    """``names`` are display names of a centre's staff.

    ``signed_in`` is who is signed in at a counter, ``seen`` when they were last seen; a counter where nobody is signed
    in any more is in neither.
    """

    names: Mapping[StaffId, str] = {}
    seen: Mapping[CounterId, Micros] = {}
    signed_in: Mapping[CounterId, StaffId] = {}


def presence_by_centre(connection: Connection) -> dict[CentreId, Presence]:
    """Look at the counters of all centres at once, without the names of those who are there."""
    s = t.sessions.c
    signed_in = select(s.centre, s.counter, s.staff, s.last_seen).where(s.counter.is_not(None)).order_by(s.last_seen)
    seen: dict[CentreId, dict[CounterId, tuple[StaffId, Micros]]] = {}
    for row in connection.execute(signed_in):
        seen.setdefault(row.centre, {})[row.counter] = (row.staff, row.last_seen)
    return {
        centre: Presence(
            seen={counter: last for counter, (_, last) in there.items()},
            signed_in={counter: who for counter, (who, _) in there.items()},
        )
        for centre, there in seen.items()
    }


def presence(connection: Connection, centre: CentreId) -> Presence:
    """Look at a centre's staff and sessions."""
    named = (
        select(t.staff.c.id, t.staff.c.name)
        .join(t.staff_roles, t.staff_roles.c.staff == t.staff.c.id)
        .where(t.staff_roles.c.centre == centre)
        .distinct()
    )
    signed_in = (
        select(t.sessions.c.counter, t.sessions.c.staff, t.sessions.c.last_seen)
        .where(t.sessions.c.centre == centre, t.sessions.c.counter.is_not(None))
        .order_by(t.sessions.c.last_seen)
    )
    # The newest of a counter comes last, and stays.
    sessions = connection.execute(signed_in).all()
    return Presence(
        names={row.id: row.name for row in connection.execute(named)},
        seen={row.counter: row.last_seen for row in sessions},
        signed_in={row.counter: row.staff for row in sessions},
    )
