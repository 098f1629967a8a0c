"""Where the page of a day's staffing is."""

from typing import Final

from queue_server.framework.routing import PageRoute
from queue_server.web.staffing import show
from queue_server.web.staffing.permissions import STAFFING_PAGE

PAGES: Final = (
    PageRoute("GET", "/staffing", STAFFING_PAGE, show.show, leads_in=True),
    PageRoute("GET", "/staffing/page", STAFFING_PAGE, show.show_part),
)
