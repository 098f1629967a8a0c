"""``python -m queue_server.page_templates`` compiles the templates of all pages, where its user may write.

Set-up and packages do it, since a server has no right to write into its own program.
"""

from queue_server.framework.rooms import RoomCollection
from queue_server.rooms import ROOMS
from queue_server.web.site import site_of

if __name__ == "__main__":
    site_of(RoomCollection(ROOMS).sites).load_templates()
