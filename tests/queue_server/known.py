"""All rooms of the server and the words of its pages, built once a process."""

from functools import cache

from queue_server.framework.rooms import RoomCollection
from queue_server.rooms import ROOMS
from queue_server.web.site import Site

#: All that the rooms of the server bring.
KNOWN = RoomCollection(ROOMS)


@cache
def site() -> Site:
    """Return the site of all rooms."""
    return Site(KNOWN.sites)
