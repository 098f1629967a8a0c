"""Pictures from chips in the vault: kept for a visit, shown at the counter that serves it, gone when the visit ends.

A picture is a row of its own, so that it goes before the reading that it came with: in the commit of the event by which
the visit is done, cancelled or not served, on whatever server; with its person, where somebody is forgotten; and with
the service day in any case. Each look at one is recorded as every other reading is.
"""

import base64
from collections.abc import Iterable
from itertools import batched
from typing import Final

from sqlalchemy import Connection, Delete, bindparam, delete, or_

from queue_server.domain.values import Actor, CentreId, CounterId, Micros, VisitId, VisitState
from queue_server.queue.state import DayState, Visit
from queue_server.vault.access import came_with
from queue_server.vault.errors import PersonShreddedError, RowUnknownError
from queue_server.vault.model import PURPOSES, RowKind
from queue_server.vault.store import Vault, rows_of
from queue_server.vault.tables import people_rows
from queue_server.writer.request import Rows

#: How long a picture is kept at most, in service days: a visit that goes on the day after is looked at by the print.
DAYS = 1

#: What goes with the visit, before its service day is over.
_OF_VISIT = (RowKind.FACE, RowKind.PUSH_SUBSCRIPTION)


def as_text(jpeg: bytes) -> str:
    """Write a picture as the vault keeps it."""
    return base64.b64encode(jpeg).decode()


#: For so many visits a statement is made, once: one goes with each commit by which somebody is done, and a list that
#: SQLAlchemy writes out each time would cost as much as the event.
_SIZES: Final = (1, 4, 16)


def _deletion(many: int) -> Delete:
    return delete(people_rows).where(
        or_(*(people_rows.c.kind == kind for kind in _OF_VISIT)),
        people_rows.c.centre == bindparam("held_at"),
        or_(*(people_rows.c.visit == bindparam(f"visit_{at}") for at in range(many))),
    )


_DELETIONS: Final = {many: _deletion(many) for many in _SIZES}


def _delete_of(connection: Connection, centre: CentreId, visits: Iterable[VisitId]) -> None:
    for some in batched(visits, _SIZES[-1], strict=False):
        many = next(size for size in _SIZES if size >= len(some))
        # One that is named twice is looked for twice, and nothing else.
        named = {f"visit_{at}": some[min(at, len(some) - 1)] for at in range(many)}
        connection.execute(_DELETIONS[many], {"held_at": centre, **named})


def drop(centre: CentreId, state: DayState, ended: frozenset[VisitId]) -> Rows:
    """Make what deletes pictures and phones of visits that have ended, and of the tickets that went on with them."""
    parties = [came_with(state, visit) for one in ended if (visit := state.visits.get(one)) is not None]
    visits = {one for party in parties for one in party}

    def rows(connection: Connection) -> None:
        _delete_of(connection, centre, visits)

    return rows


def living(connection: Connection, visits: Iterable[VisitId], centre: CentreId, now: Micros) -> frozenset[str]:
    """Name the pictures that are kept of a party, without reading one."""
    return frozenset(row for one in visits for row in rows_of(connection, one, centre, RowKind.FACE, now))


def is_served_at(counter: CounterId, visit: Visit) -> bool:
    """Say whether somebody stands there who may be compared with a picture."""
    return visit.counter == counter and visit.state is VisitState.SERVING


def picture(  # noqa: PLR0917 - who, what, when
    vault: Vault,
    connection: Connection,
    row: str,
    visits: Iterable[VisitId],
    centre: CentreId,
    actor: Actor,
    now: Micros,
) -> bytes | None:
    """Read a picture of a party, and record who did; None where there is none any more."""
    if row not in living(connection, visits, centre, now):
        return None
    try:
        text = vault.get(connection, row, purpose=PURPOSES[RowKind.FACE], actor=actor, now=now).text
    except (PersonShreddedError, RowUnknownError):
        return None
    return base64.b64decode(text)
