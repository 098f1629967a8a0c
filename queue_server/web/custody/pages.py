"""Where the pages of custody are."""

from typing import Final

from queue_server.framework.parts import NavigationEntry
from queue_server.framework.routing import PageRoute
from queue_server.web.custody import show
from queue_server.web.custody.permissions import CUSTODY_PAGE

ENTRIES: Final = (NavigationEntry("/custody", 45, CUSTODY_PAGE, "doc", lambda _: _("Custody")),)

PAGES: Final = (
    PageRoute("GET", "/custody", CUSTODY_PAGE, show.show, leads_in=True),
    PageRoute("GET", "/custody/page", CUSTODY_PAGE, show.show_part),
    PageRoute("POST", "/custody/scan", CUSTODY_PAGE, show.accept_scan),
)
