"""Where the pages of forms are."""

from typing import Final

from queue_server.framework.routing import PageRoute
from queue_server.web.booking.gate import limited
from queue_server.web.filling import show_fill, show_open, visit_forms
from queue_server.web.filling.permissions import FORM_PAGE, VISIT_FORMS_PAGE
from queue_server.web.page_context import Handler


def _page(method: str, path: str, handler: Handler) -> PageRoute:
    return PageRoute(method, path, FORM_PAGE, limited(handler), waits=True, public=True)


PAGES: Final = (
    _page("GET", "/forms", show_fill.show_centres),
    _page("GET", "/forms/{centre}", show_fill.show_list),
    _page("GET", "/forms/{centre}/fill/{form}", show_fill.show_form),
    _page("POST", "/forms/{centre}/fill/{form}", show_fill.check),
    _page("POST", "/forms/{centre}/save/{form}", show_fill.save),
    _page("GET", "/forms/{centre}/open", show_open.show),
    _page("POST", "/forms/{centre}/open", show_open.open_form),
    _page("POST", "/forms/{centre}/change", show_open.change),
    _page("POST", "/forms/{centre}/wipe", show_open.wipe),
    PageRoute("GET", visit_forms.PATH, VISIT_FORMS_PAGE, visit_forms.show, leads_in=True),
    PageRoute("GET", f"{visit_forms.PATH}/page", VISIT_FORMS_PAGE, visit_forms.show_part),
    PageRoute("POST", visit_forms.PATH, VISIT_FORMS_PAGE, visit_forms.act),
)
