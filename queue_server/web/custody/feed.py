"""What the pages of the custody desk watch: by these they hear that another desk did something, and fetch it anew.

Nobody follows them by a route, and nothing is on them at first: an entity is on from its first change on.
"""

from collections.abc import Callable
from typing import Any, Final

from queue_server.applications.store import APPLICATIONS
from queue_server.contract.custody import ChangeMark, CustodyFrame
from queue_server.custody.permissions import SEE_ITEMS
from queue_server.custody.store import BAGS, ITEMS
from queue_server.domain.values import CentreId
from queue_server.eventlog.aggregate import Aggregate
from queue_server.framework.entity_feeds import EntityFeed, EntityFeeds
from queue_server.framework.server import Server
from queue_server.notices.store import NOTIFICATIONS

#: As what frames of a centre say that something of custody changed (pages pass it over by ``data-passes``).
MENTION: Final = "custody"


def _watched(name: str, summary: str, aggregate: Aggregate[Any]) -> EntityFeed[Any]:
    return EntityFeed(
        name=name,
        summary=summary,
        permission=SEE_ITEMS,
        aggregate=aggregate,
        frame=CustodyFrame,
        centre=lambda entity: entity.centre,
        view=lambda entity: ChangeMark(entity.seq),
        load=lambda *_: (),
    )


WATCHED: Final[tuple[EntityFeed[Any], ...]] = (
    _watched("custody-items", "What was done with items", ITEMS),
    _watched("custody-bags", "What was done with bags", BAGS),
    _watched("custody-cases", "What was done with applications", APPLICATIONS),
    _watched("custody-notices", "What people were told of their items", NOTIFICATIONS),
)


def watch(server: Server, notify: Callable[[CentreId], None]) -> None:
    """Have ``notify`` called with a centre whenever something of its custody has changed, on whichever server."""
    for feed in WATCHED:
        server[EntityFeeds].watch(feed, notify)
