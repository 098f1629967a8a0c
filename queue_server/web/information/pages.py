"""Where the pages of information are."""

from typing import Final

from queue_server.framework.routing import PageRoute
from queue_server.web.information import reading
from queue_server.web.information.permissions import INFORMATION_PAGE

PAGES: Final = (
    PageRoute("GET", reading.PATH, INFORMATION_PAGE, reading.show_list, waits=True, public=True),
    PageRoute("GET", f"{reading.PATH}/{{topic}}", INFORMATION_PAGE, reading.show_page, waits=True, public=True),
)
