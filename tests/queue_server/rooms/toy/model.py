"""A thing that somebody left behind: found at a counter, then given back. Pure."""

from enum import StrEnum
from typing import Final

import msgspec

from queue_server.domain.values import CentreId, ConsularError, CounterId, Micros
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload


class FoundUnknownError(ConsularError):
    """There is no such thing, or not at this centre."""

    code = "found-unknown"


class What(StrEnum):
    KEY = "key"
    PHONE = "phone"
    UMBRELLA = "umbrella"


class ThingFound(Payload, frozen=True):
    type = "thing-found"
    thing: str
    centre: CentreId
    counter: CounterId | None
    what: What


class ThingGivenBack(Payload, frozen=True):
    type = "thing-given-back"
    thing: str


CODEC: Final = Codec((ThingFound, ThingGivenBack))


class Thing(msgspec.Struct, frozen=True):
    """A thing as its stream left it at ``seq``."""

    id: str
    centre: CentreId
    counter: CounterId | None
    what: What
    found_at: Micros
    lies_here: bool
    seq: int


def evolve(before: Thing | None, body: Payload, seq: int, at: Micros) -> Thing:
    match body:
        case ThingFound():
            return Thing(body.thing, body.centre, body.counter, body.what, at, lies_here=True, seq=seq)
        case ThingGivenBack() if before is not None:
            return msgspec.structs.replace(before, lies_here=False, seq=seq)
    raise FoundUnknownError


def give_back(thing: Thing | None, centre: CentreId) -> tuple[ThingGivenBack, ...]:
    """Decide; what was given back already comes to nothing more.

    Raises:
        FoundUnknownError: it was never here.
    """
    if thing is None or thing.centre != centre:
        raise FoundUnknownError
    return (ThingGivenBack(thing.id),) if thing.lies_here else ()
