"""The way from the pages of reception and counters to that of appointments."""

from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from queue_server.framework.parts import KeyLine, PageKeys, PagePart, PartContext
from queue_server.framework.words import PageTranslations
from queue_server.queue.undo import undoable
from queue_server.web.appointments.permissions import APPOINTMENTS_PAGE
from queue_server.web.page_context import DESK, signed_in

#: After these the person may still stand at the counter.
_JUST_SERVED: Final = frozenset({"step-finished", "visit-done"})


async def _counter(shown: PartContext) -> Mapping[str, Any] | None:
    """Lead there with the visit that is at the counter, or has just been; None where no appointments are given."""
    look = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))
    if not look.known.catalogue.appointments or shown.counter is None:
        return None
    here = look.state.counters.get(shown.counter)
    visit = None if here is None else here.visit
    if here is not None and visit is None:
        last = undoable(look.state, shown.counter, look.settings, look.now)
        visit = last.before.id if last is not None and last.type in _JUST_SERVED else None
    return {"href": "/appointments" + (f"?visit={visit}" if visit else "")}


async def _reception(shown: PartContext) -> Mapping[str, Any] | None:
    look = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))
    return {"href": "/appointments"} if look.known.catalogue.appointments else None


def _counter_keys(_: PageTranslations) -> tuple[KeyLine, ...]:
    return (("Shift A", _("Book an appointment, move or cancel one"), _("always")),)


def _reception_keys(_: PageTranslations) -> tuple[tuple[str, Markup, Markup], ...]:
    return (("F6", _("Book an appointment, move or cancel one"), _("always")),)


PARTS: Final = (
    PagePart("counter-bar", "appointments/counter-bar.html", APPOINTMENTS_PAGE, _counter),
    PagePart("reception-bar", "appointments/reception-bar.html", APPOINTMENTS_PAGE, _reception),
    PagePart("reception-dialogs", "appointments/arrival-dialog.html", APPOINTMENTS_PAGE, _reception),
)
KEYS: Final = (
    PageKeys("counter", APPOINTMENTS_PAGE, _counter_keys),
    PageKeys("reception", APPOINTMENTS_PAGE, _reception_keys),
)
