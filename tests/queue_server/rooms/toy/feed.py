"""What lies here, as whoever may see it follows it: said once, and the rest is the framework's."""

from collections.abc import Iterator

from sqlalchemy import Connection

from queue_server.contract.feeds import EntityFrame
from queue_server.domain.values import CentreId
from queue_server.framework.entity_feeds import EntityFeed
from tests.queue_server.rooms.toy import store
from tests.queue_server.rooms.toy.api import FoundView
from tests.queue_server.rooms.toy.model import Thing
from tests.queue_server.rooms.toy.permissions import FOUND
from tests.queue_server.rooms.toy.store import THINGS


class FoundFrame(EntityFrame, frozen=True):
    """A frame of the feed of what lies here."""

    entities: dict[str, FoundView | None]
    """Things by id; null for one that was given back."""


def _view(thing: Thing) -> FoundView | None:
    return FoundView(thing.id, thing.what) if thing.lies_here else None


def _load(connection: Connection, centre: CentreId) -> Iterator[tuple[str, Thing]]:
    for ident, _, _ in store.listed(connection, centre):
        thing = THINGS.load(connection, ident)
        if thing is not None:
            yield ident, thing


FEED = EntityFeed(
    name="found",
    summary="Follow what lies here",
    permission=FOUND,
    aggregate=THINGS,
    frame=FoundFrame,
    centre=lambda thing: thing.centre,
    view=_view,
    load=_load,
)
