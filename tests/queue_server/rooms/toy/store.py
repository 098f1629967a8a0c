from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Select, func, insert, literal, select

from queue_server.domain.values import CentreId, Micros
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.projection import Projection, Row
from tests.queue_server.rooms.toy.model import CODEC, Thing, evolve
from tests.queue_server.rooms.toy.tables import found_contacts, found_things


def _rows(thing: Thing) -> Mapping[str, Sequence[Row]]:
    row = {"id": thing.id, "centre": thing.centre, "what": str(thing.what), "lies_here": thing.lies_here}
    return {found_things.name: (row,)}


THINGS = Aggregate("found", CODEC, evolve, Projection("found", 1, {found_things: "id"}, _rows))


def streams(centre: CentreId, _: Micros) -> "Select[str]":
    return select(literal(THINGS.prefix).concat(found_things.c.id)).where(found_things.c.centre == centre)


def lying(connection: Connection, centre: CentreId) -> int:
    """Count what lies at a centre."""
    there = select(func.count()).where(found_things.c.centre == centre, found_things.c.lies_here)
    return connection.execute(there).scalar_one()


def listed(connection: Connection, centre: CentreId) -> list[tuple[str, str, str | None]]:
    """List what lies at a centre: id, what it is, and whom to call, as long as that is known."""
    both = found_things.outerjoin(found_contacts, found_contacts.c.thing == found_things.c.id)
    wanted = select(found_things.c.id, found_things.c.what, found_contacts.c.text).select_from(both)
    here = wanted.where(found_things.c.centre == centre, found_things.c.lies_here).order_by(found_things.c.id)
    return [(row[0], row[1], row[2]) for row in connection.execute(here)]


def keep_contact(connection: Connection, thing: str, text: str, at: Micros) -> None:
    connection.execute(insert(found_contacts).values(thing=thing, text=text, at=at))
