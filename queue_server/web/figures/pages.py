"""Where the pages of figures are."""

from typing import Final

from queue_server.framework.routing import PageRoute
from queue_server.web.figures import paper_pages as paper
from queue_server.web.figures import show
from queue_server.web.figures.permissions import FIGURES_PAGE

PAGES: Final = (
    PageRoute("GET", "/manager/figures", FIGURES_PAGE, show.show, leads_in=True),
    PageRoute("GET", "/manager/figures/page", FIGURES_PAGE, show.show_part),
    PageRoute("GET", "/manager/figures/visits", FIGURES_PAGE, show.show_visits, leads_in=True),
    PageRoute("GET", "/manager/figures/visits/page", FIGURES_PAGE, show.show_visits_part),
    PageRoute("GET", "/manager/figures/day.pdf", FIGURES_PAGE, paper.send_paper),
    PageRoute("POST", "/manager/figures/report", FIGURES_PAGE, paper.ask_for_reports, leads_in=True),
    PageRoute("GET", "/manager/figures/{table}.csv", FIGURES_PAGE, show.send_table),
)
