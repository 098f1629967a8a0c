"""All rooms of the server and the words of its pages, built once a process."""

from queue_server.framework.rooms import RoomCollection
from queue_server.rooms import ROOMS
from queue_server.web.site import Site, site_of

#: All that the rooms of the server bring.
KNOWN = RoomCollection(ROOMS)


def site() -> Site:
    """Return the site of all rooms: the one that the servers of this process have."""
    return site_of(KNOWN.sites)
