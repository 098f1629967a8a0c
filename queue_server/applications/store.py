"""Statements of applications: synchronous, on a ``Connection``. The stream is the truth, the table its projection."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, select

from queue_server.applications.model import CODEC, Application, evolve, new_reference
from queue_server.applications.tables import applications
from queue_server.domain.values import ApplicationId, CentreId, GovernmentId, Reference
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.projection import Projection, Row

_READ = select(*(applications.c[name] for name in Application.__struct_fields__))


def _rows(application: Application) -> Mapping[str, Sequence[Row]]:
    return {applications.name: (msgspec.to_builtins(application),)}


APPLICATIONS: Final = Aggregate(
    "application", CODEC, evolve, Projection("applications", 1, {applications: "id"}, _rows)
)


def free_reference(connection: Connection, government: GovernmentId) -> Reference:
    """Draw a reference that nobody has; the table's constraint stands behind it."""
    while True:
        drawn = new_reference(government)
        if connection.execute(select(applications.c.id).where(applications.c.reference == drawn)).first() is None:
            return drawn


def by_id(connection: Connection, centre: CentreId, ident: str, *, lock: bool = False) -> Application | None:
    """Read one; with ``lock`` nobody moves it before the transaction is over."""
    return _one(connection, centre, applications.c.id == ident, lock=lock)


def by_reference(connection: Connection, centre: CentreId, reference: Reference) -> Application | None:
    return _one(connection, centre, applications.c.reference == reference)


def some(connection: Connection, centre: CentreId, idents: Iterable[ApplicationId]) -> tuple[Application, ...]:
    """Read several, in the order asked for; what there is none of is left out."""
    found = (by_id(connection, centre, ident) for ident in idents)
    return tuple(one for one in found if one is not None)


def _one(
    connection: Connection, centre: CentreId, which: ColumnElement[bool], *, lock: bool = False
) -> Application | None:
    statement = _READ.where(applications.c.centre == centre, which)
    row = connection.execute(statement.with_for_update() if lock else statement).mappings().one_or_none()
    # The names of columns are no plain strings, which msgspec wants.
    return (
        None
        if row is None
        else msgspec.convert({name: row[name] for name in Application.__struct_fields__}, Application)
    )
