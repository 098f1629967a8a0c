"""What was done to the set-up of a centre, chained in the log: the stream ``set-up/<centre>``.

The versions themselves, with all that they say, stand in ``versions``: here is who did what, and when.
"""

from typing import Final

import msgspec
from sqlalchemy import Connection, select

from queue_server.catalogue.tables import centres
from queue_server.domain.values import Actor, CentreId, Day, Micros, new_id
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload, UnknownEventError


class SetUpPutInForce(Payload, frozen=True):
    """A draft or a file counts at once."""

    type = "set-up-put-in-force"
    centre: CentreId
    version: int


class SetUpPutBack(Payload, frozen=True):
    """What an earlier version said counts again, as a new version."""

    type = "set-up-put-back"
    centre: CentreId
    version: int
    earlier: int


class SetUpPlanned(Payload, frozen=True):
    """A draft or a file is to count from a day on, in place of what was to count from that day."""

    type = "set-up-planned"
    centre: CentreId
    from_day: Day


class SetUpPlanWithdrawn(Payload, frozen=True):
    """What was to count from a day on is not to count after all."""

    type = "set-up-plan-withdrawn"
    centre: CentreId
    from_day: Day


class SetUpPlanTakenUp(Payload, frozen=True):
    """The day has begun from which on a plan was to count, and it counts."""

    type = "set-up-plan-taken-up"
    centre: CentreId
    from_day: Day
    version: int


CODEC: Final = Codec((SetUpPutInForce, SetUpPutBack, SetUpPlanned, SetUpPlanWithdrawn, SetUpPlanTakenUp))

#: What the fields mean: a name means the same in each event.
MEANINGS: Final = {
    "centre": "The centre whose set-up it is.",
    "earlier": "The version that says the same, and was in force before.",
    "from_day": "The service day from which on it counts.",
    "version": "The version that it is from now on.",
}


class SetUpRecord(msgspec.Struct, frozen=True):
    """The set-up of a centre as its stream left it at ``seq``: the version in force, and the days that are planned.

    What was done before it had a stream is not in it.
    """

    centre: CentreId
    seq: int
    changed_at: Micros
    version: int | None = None
    planned: tuple[Day, ...] = ()


def evolve(before: SetUpRecord | None, body: Payload, seq: int, at: Micros) -> SetUpRecord:
    """Bring the record of a set-up to where it is after an event.

    Raises:
        UnknownEventError: the event is none of a set-up, or of another centre.
    """
    match body:
        case SetUpPutInForce() | SetUpPutBack() | SetUpPlanned() | SetUpPlanWithdrawn() | SetUpPlanTakenUp():
            centre = body.centre
        case _:
            raise UnknownEventError(type=body.type, v=body.v)
    if before is not None and before.centre != centre:
        raise UnknownEventError(type=body.type, v=body.v)
    version, planned = (None, ()) if before is None else (before.version, before.planned)
    if isinstance(body, SetUpPlanned | SetUpPlanWithdrawn | SetUpPlanTakenUp):
        planned = tuple(day for day in planned if day != body.from_day)
    if isinstance(body, SetUpPlanned):
        planned = tuple(sorted((*planned, body.from_day)))
    if isinstance(body, SetUpPutInForce | SetUpPutBack | SetUpPlanTakenUp):
        version = body.version
    return SetUpRecord(centre, seq, at, version, planned)


#: No table shows it: those of versions and plans are written in the same transactions, and hold more.
SET_UPS: Final = Aggregate("set-up", CODEC, evolve)


def record(connection: Connection, centre: CentreId, deed: Payload, *, actor: Actor, at: Micros) -> None:
    """Append an event to the stream of a set-up, in the transaction of what it tells of."""
    # Held to the end of the transaction: two deeds at once stand one behind the other, and neither is refused.
    connection.execute(select(centres.c.id).where(centres.c.id == centre).with_for_update())
    SET_UPS.advance(connection, centre, lambda _: (deed,), at=at, command=new_id(), actor=actor)
