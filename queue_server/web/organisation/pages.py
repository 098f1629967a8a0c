"""Where the pages of all centres are."""

from typing import Final

from queue_server.framework.routing import PageRoute
from queue_server.web.organisation import show, show_comparison
from queue_server.web.organisation.permissions import ORGANISATION_PAGE

PAGES: Final = (
    PageRoute("GET", "/organisation", ORGANISATION_PAGE, show.show, leads_in=True),
    PageRoute("GET", "/organisation/page", ORGANISATION_PAGE, show.show_part),
    PageRoute("GET", "/organisation/compare", ORGANISATION_PAGE, show_comparison.show, leads_in=True),
    PageRoute("GET", "/organisation/compare/page", ORGANISATION_PAGE, show_comparison.show_part),
)
