"""Makes the list of a sealed bag again, from the streams of what was put into it. Synchronous, on a ``Connection``."""

import msgspec
from sqlalchemy import Connection

from queue_server.custody.bag_model import Bag
from queue_server.custody.events import BagSealed
from queue_server.custody.manifest import ManifestLine, bagged_line, manifest_csv
from queue_server.custody.store import BAGS, ITEMS
from queue_server.domain.values import Micros
from queue_server.eventlog import statements


class Manifest(msgspec.Struct, frozen=True):
    """The list of a bag; ``content`` is the file whose hash its sealing names."""

    lines: tuple[ManifestLine, ...]
    content: bytes
    sealed_at: Micros


def manifest_of(connection: Connection, bag: Bag) -> Manifest | None:
    """Make the list of a bag; None where it has none: it is not sealed, or it came back."""
    sealed = [
        event
        for event in statements.read(connection, BAGS.stream(bag.id), 0, None)
        if isinstance(BAGS.codec.decode(event.type, event.v, event.payload), BagSealed)
    ]
    if not sealed or bag.seal is None:
        return None
    streams = statements.read_several(connection, [ITEMS.stream(item) for item in bag.items])
    found = [bagged_line(events, bag.id) for events in streams]
    lines = tuple(line for line in found if line is not None)
    return Manifest(lines, manifest_csv(bag.seal, bag.government, lines), sealed[-1].at)
