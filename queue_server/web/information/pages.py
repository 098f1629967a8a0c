"""Where the pages of information are."""

from typing import Final

from queue_server.framework.routing import PageRoute
from queue_server.web.information import editing, reading
from queue_server.web.information.permissions import INFORMATION_EDITOR, INFORMATION_PAGE

PAGES: Final = (
    PageRoute("GET", reading.PATH, INFORMATION_PAGE, reading.show_list, waits=True, public=True),
    PageRoute("GET", f"{reading.PATH}/{{topic}}", INFORMATION_PAGE, reading.show_page, waits=True, public=True),
    PageRoute("GET", editing.PATH, INFORMATION_EDITOR, editing.show_list, leads_in=True),
    PageRoute("GET", f"{editing.PATH}/page", INFORMATION_EDITOR, editing.show_list_part),
    PageRoute("GET", f"{editing.PATH}/edit", INFORMATION_EDITOR, editing.show_editor, leads_in=True),
    PageRoute("GET", f"{editing.PATH}/edit/page", INFORMATION_EDITOR, editing.show_editor_part),
)
