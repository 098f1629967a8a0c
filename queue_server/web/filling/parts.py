"""What the page of a counter shows of forms: how many its visit has, and the way to them."""

from collections.abc import Mapping
from typing import Any, Final

from queue_server.centre.centres import Centres
from queue_server.forms import store
from queue_server.forms.permissions import READ_FORMS
from queue_server.framework.parts import PagePart, PartContext
from queue_server.vault.access import came_with
from queue_server.web.filling.visit_forms import PATH
from queue_server.web.page_context import DESK, signed_in


async def _counter(shown: PartContext) -> Mapping[str, Any] | None:
    """Count the forms of the visit at a counter; None where nobody is there, or no form is for what they came for."""
    look = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))
    here = None if shown.counter is None else look.state.counters.get(shown.counter)
    if here is None or here.visit is None:
        return None
    visit = look.state.visits[here.visit]
    visits, centre = came_with(look.state, visit), shown.server[Centres][shown.centre]
    found = await shown.server.log.run(lambda connection: store.of_visits(connection, shown.centre, visits, shown.now))
    is_asked = any(set(one.services) & set(visit.services) for one in centre.setup.setup.forms)
    if not found and not is_asked:
        return None
    _ = look.words
    line = _.ngettext("%(count)s form filled in", "%(count)s forms filled in", len(found)) if found else _("Forms")
    return {"href": f"{PATH}?visit={visit.id}", "line": line, "count": len(found)}


PARTS: Final = (PagePart("counter-visit", "filling/counter-visit.html", READ_FORMS, _counter),)
