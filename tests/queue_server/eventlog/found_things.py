"""A made-up kind of stream for the tests of what all kinds share: things that were found, and who took them."""

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import BigInteger, Column, MetaData, PrimaryKeyConstraint, String, Table

from queue_server.domain.values import ConsularError, Micros
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload, UnknownEventError
from queue_server.eventlog.projection import Projection, Row

metadata = MetaData()
things = Table(
    "found_things",
    metadata,
    Column("id", String, nullable=False),
    Column("shelf", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    PrimaryKeyConstraint("id"),
)
#: Those that wait at a shelf: a row goes when its thing does.
waiting = Table(
    "found_waiting",
    metadata,
    Column("shelf", BigInteger, nullable=False),
    Column("thing", String, nullable=False),
    PrimaryKeyConstraint("shelf", "thing"),
)


class Found(Payload, frozen=True):
    type = "found"
    thing: str
    shelf: int


class Moved(Payload, frozen=True):
    type = "moved"
    shelf: int


class Taken(Payload, frozen=True):
    type = "taken"


class AlreadyTakenError(ConsularError):
    code = "already-taken"


class Thing(msgspec.Struct, frozen=True):
    id: str
    shelf: int
    seq: int
    at: Micros
    taken: bool = False


def evolve(before: Thing | None, body: Payload, seq: int, at: Micros) -> Thing:
    match body:
        case Found() if before is None:
            return Thing(body.thing, body.shelf, seq, at)
        case Moved() if before is not None:
            return msgspec.structs.replace(before, shelf=body.shelf, seq=seq, at=at)
        case Taken() if before is not None:
            return msgspec.structs.replace(before, taken=True, seq=seq, at=at)
        case _:
            raise UnknownEventError(type=body.type, v=body.v)


def rows(thing: Thing) -> Mapping[str, Sequence[Row]]:
    waits = () if thing.taken else ({"shelf": thing.shelf, "thing": thing.id},)
    return {things.name: ({"id": thing.id, "shelf": thing.shelf, "seq": thing.seq},), waiting.name: waits}


PROJECTION = Projection("found-things", 1, {things: "id", waiting: "thing"}, rows)
THINGS = Aggregate("thing", Codec((Found, Moved, Taken)), evolve, PROJECTION)


def take(thing: Thing | None) -> tuple[Taken, ...]:
    if thing is None or thing.taken:
        raise AlreadyTakenError
    return (Taken(),)
