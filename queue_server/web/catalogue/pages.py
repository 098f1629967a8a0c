"""Where the pages of the set-up are."""

from typing import Final

from queue_server.framework.parts import NavigationEntry
from queue_server.framework.routing import PageRoute
from queue_server.web.catalogue import acts, show
from queue_server.web.catalogue.permissions import CATALOGUE_PAGE

PAGES: Final = (
    PageRoute("GET", "/catalogue", CATALOGUE_PAGE, show.show, leads_in=True),
    PageRoute("GET", "/catalogue/page", CATALOGUE_PAGE, show.show_part),
    PageRoute("POST", "/catalogue/undo", CATALOGUE_PAGE, acts.undo, leads_in=True),
    PageRoute("POST", "/catalogue/withdraw", CATALOGUE_PAGE, acts.withdraw, leads_in=True),
)
ENTRIES: Final = (NavigationEntry("/catalogue", 55, CATALOGUE_PAGE, "tag", lambda _: _("Set-up")),)
