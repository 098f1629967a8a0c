"""Statements of applications: synchronous, on a ``Connection``. The stream is the truth, the table its projection."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import ColumnElement, Connection, insert, select, update

from queue_server.applications.model import Application, ApplicationOpened, decode, evolve, new_reference
from queue_server.applications.tables import applications
from queue_server.domain.values import Actor, ApplicationId, CentreId, GovernmentId, Micros, Reference
from queue_server.eventlog import statements
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import Append, Event, NewEvent

_READ = select(*(applications.c[name] for name in Application.__struct_fields__))


def stream_name(application: ApplicationId) -> str:
    return f"application/{application}"


def new_event(body: Payload, at: Micros, command: str, actor: Actor) -> NewEvent:
    return NewEvent(at, body.type, body.v, command, actor, encode(body))


def free_reference(connection: Connection, government: GovernmentId) -> Reference:
    """Draw a reference that nobody has; the table's constraint stands behind it."""
    while True:
        drawn = new_reference(government)
        if connection.execute(select(applications.c.id).where(applications.c.reference == drawn)).first() is None:
            return drawn


def open_one(connection: Connection, opened: ApplicationOpened, at: Micros, command: str, actor: Actor) -> None:
    """Begin the stream of an application, in the transaction of the event by which its visit names it."""
    new = new_event(opened, at, command, actor)
    (stored,) = statements.append(connection, [Append(stream_name(opened.application), 0, (new,))])
    connection.execute(insert(applications), msgspec.to_builtins(evolve(None, opened, stored.seq, at)))


def project(connection: Connection, application: Application) -> None:
    """Bring the row of an application to where its stream now is."""
    row = msgspec.to_builtins(application)
    connection.execute(update(applications).where(applications.c.id == application.id).values(row))


def replay(events: Iterable[Event]) -> Application | None:
    """Fold a stream; None where it has no event.

    Raises:
        UnknownEventError: a newer release wrote it.
    """
    found: Application | None = None
    for event in events:
        found = evolve(found, decode(event.type, event.v, event.payload), event.seq, event.at)
    return found


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
