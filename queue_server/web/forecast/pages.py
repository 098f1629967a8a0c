"""Where the page of the hours ahead is."""

from typing import Final

from queue_server.framework.routing import PageRoute
from queue_server.web.forecast import saving, show
from queue_server.web.forecast.permissions import FORECAST_PAGE

PAGES: Final = (
    PageRoute("GET", "/manager/forecast", FORECAST_PAGE, show.show, leads_in=True),
    PageRoute("GET", "/manager/forecast/page", FORECAST_PAGE, show.show_part),
    PageRoute("GET", "/manager/forecast/waiting", FORECAST_PAGE, show.show_waiting),
    PageRoute("POST", "/manager/forecast/save", FORECAST_PAGE, saving.save_plan, leads_in=True),
    PageRoute("POST", "/manager/forecast/delete", FORECAST_PAGE, saving.delete_plan, leads_in=True),
)
