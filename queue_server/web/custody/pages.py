"""Where the pages of custody are."""

from typing import Final

from queue_server.custody.permissions import SEE_ITEMS
from queue_server.framework.parts import NavigationEntry
from queue_server.framework.routing import PageRoute
from queue_server.web.custody import documents_list, show, show_papers
from queue_server.web.custody.documents_query import PATH as DOCUMENTS
from queue_server.web.custody.permissions import CUSTODY_PAGE
from queue_server.web.figures.permissions import FIGURES_PAGE

ENTRIES: Final = (NavigationEntry("/custody", 45, CUSTODY_PAGE, "doc", lambda _: _("Custody")),)

PAGES: Final = (
    PageRoute("GET", "/custody", CUSTODY_PAGE, show.show, leads_in=True),
    PageRoute("GET", "/custody/page", CUSTODY_PAGE, show.show_part),
    PageRoute("POST", "/custody/scan", CUSTODY_PAGE, show.accept_scan),
    PageRoute("GET", "/custody/receipt/{item}", SEE_ITEMS, show_papers.show_receipt),
    PageRoute("GET", "/custody/label/{item}", SEE_ITEMS, show_papers.show_label),
    PageRoute("GET", "/custody/list/{bag}", SEE_ITEMS, show_papers.show_list),
    PageRoute("GET", "/custody/list/{bag}/file", SEE_ITEMS, show_papers.send_list),
    PageRoute("GET", DOCUMENTS, FIGURES_PAGE, documents_list.show_documents, leads_in=True),
    PageRoute("GET", f"{DOCUMENTS}/page", FIGURES_PAGE, documents_list.show_documents_part),
)
