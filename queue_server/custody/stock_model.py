"""One look into a drawer. Pure."""

import msgspec

from queue_server.custody.events import StockTaken
from queue_server.eventlog.payload import Payload, UnknownEventError


class Stocktaking(msgspec.Struct, frozen=True):
    """A look as its stream left it: it has one event, and nothing happens to it afterwards."""

    taken: StockTaken
    seq: int


def evolve(before: Stocktaking | None, body: Payload, seq: int, _at: int) -> Stocktaking:
    """Fold its event.

    Raises:
        UnknownEventError: it does not belong here.
    """
    if before is not None or not isinstance(body, StockTaken):
        raise UnknownEventError(type=body.type, v=body.v)
    return Stocktaking(body, seq)
