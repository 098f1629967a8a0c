"""Where the page of appointments is."""

from typing import Final

from queue_server.framework.routing import PageRoute
from queue_server.web.appointments import show, show_arrival, show_slip
from queue_server.web.appointments.permissions import APPOINTMENTS_PAGE
from queue_server.web.permissions import RECEPTION_PAGE

PAGES: Final = (
    PageRoute("GET", "/appointments", APPOINTMENTS_PAGE, show.show, leads_in=True),
    PageRoute("GET", "/appointments/page", APPOINTMENTS_PAGE, show.show_part),
    PageRoute("POST", "/appointments/find", APPOINTMENTS_PAGE, show.find),
    PageRoute("GET", "/appointments/slip/{appointment}", APPOINTMENTS_PAGE, show_slip.show),
    PageRoute("POST", "/appointments/arrival", RECEPTION_PAGE, show_arrival.show),
)
