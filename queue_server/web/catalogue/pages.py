"""Where the pages of the set-up are."""

from typing import Final

from queue_server.framework.parts import NavigationEntry
from queue_server.framework.routing import PageRoute
from queue_server.web.catalogue import acts, begin, draft_acts, edit, opening, show
from queue_server.web.catalogue.permissions import CATALOGUE_PAGE

PAGES: Final = (
    PageRoute("GET", "/catalogue", CATALOGUE_PAGE, show.show, leads_in=True),
    PageRoute("GET", "/catalogue/page", CATALOGUE_PAGE, show.show_part),
    PageRoute("POST", "/catalogue/undo", CATALOGUE_PAGE, acts.undo, leads_in=True),
    PageRoute("POST", "/catalogue/withdraw", CATALOGUE_PAGE, acts.withdraw, leads_in=True),
    PageRoute("GET", "/catalogue/edit", CATALOGUE_PAGE, edit.show_form, leads_in=True),
    PageRoute("GET", "/catalogue/edit/page", CATALOGUE_PAGE, edit.show_form_part),
    PageRoute("POST", "/catalogue/edit", CATALOGUE_PAGE, edit.save, leads_in=True),
    PageRoute("POST", "/catalogue/check", CATALOGUE_PAGE, edit.check),
    PageRoute("GET", "/catalogue/begin", CATALOGUE_PAGE, begin.show_form, leads_in=True),
    PageRoute("GET", "/catalogue/begin/page", CATALOGUE_PAGE, begin.show_form_part),
    PageRoute("POST", "/catalogue/begin", CATALOGUE_PAGE, begin.save, leads_in=True),
    PageRoute("POST", "/catalogue/begin/check", CATALOGUE_PAGE, begin.check),
    PageRoute("GET", "/catalogue/opening", CATALOGUE_PAGE, opening.show_opening, leads_in=True),
    PageRoute("GET", "/catalogue/opening/page", CATALOGUE_PAGE, opening.show_opening_part),
    PageRoute("POST", "/catalogue/arrange", CATALOGUE_PAGE, draft_acts.arrange, leads_in=True),
    PageRoute("POST", "/catalogue/put-in-force", CATALOGUE_PAGE, draft_acts.put_in_force, leads_in=True),
    PageRoute("POST", "/catalogue/drop", CATALOGUE_PAGE, draft_acts.drop, leads_in=True),
)
ENTRIES: Final = (NavigationEntry("/catalogue", 55, CATALOGUE_PAGE, "tag", lambda _: _("Set-up")),)
