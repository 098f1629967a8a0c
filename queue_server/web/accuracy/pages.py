"""Where the page of how right it was is."""

from typing import Final

from queue_server.framework.routing import PageRoute
from queue_server.web.accuracy import show
from queue_server.web.accuracy.permissions import ACCURACY_PAGE

PAGES: Final = (
    PageRoute("GET", "/manager/accuracy", ACCURACY_PAGE, show.show, leads_in=True),
    PageRoute("GET", "/manager/accuracy/page", ACCURACY_PAGE, show.show_part),
)
