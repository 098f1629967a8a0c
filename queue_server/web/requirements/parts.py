"""What is shown of checklists on pages of others.

At a counter the list of its visit, at reception that of the ticket in the hand, at the centre the old lists.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from queue_server.domain.values import VisitId
from queue_server.framework.parts import KeyLine, PageKeys, PagePart, PartContext, RoomAlarm
from queue_server.framework.words import PageTranslations
from queue_server.queue.amend import OVER
from queue_server.requirements.permissions import CHECKLIST
from queue_server.requirements.review import stale
from queue_server.requirements.settings import RequirementRules
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.requirements.presenter import checklist_part
from queue_server.web.requirements.reading import read_checklist
from queue_server.web.view_context import StaffView

#: Services that an alarm names.
_NAMED: Final = 3


async def _counter(shown: PartContext) -> Mapping[str, Any] | None:
    """Read the list of the visit at a counter; None where nobody is there, or nothing is asked of them."""
    look = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))
    here = None if shown.counter is None else look.state.counters.get(shown.counter)
    return None if here is None or here.visit is None else await _list(shown, look, here.visit)


async def _reception(shown: PartContext) -> Mapping[str, Any] | None:
    """Read the list of the ticket in the hand, as long as somebody may look at what they brought."""
    look = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))
    if shown.visit is None or look.state.visits[shown.visit].state in OVER:
        return None
    return await _list(shown, look, shown.visit)


async def _list(shown: PartContext, look: StaffView, ident: VisitId) -> Mapping[str, Any] | None:
    visit = look.state.visits[ident]
    now = await read_checklist(shown.server.log, look, visit)
    list_ = checklist_part(look, visit, now, f"/api/v1/centres/{shown.centre}")
    return None if list_ is None else {"list": list_}


async def alarms(shown: PartContext) -> tuple[RoomAlarm, ...]:
    """Tell of the lists that nobody has looked through for too long, in one alarm."""
    look = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))
    days = shown.server.settings[RequirementRules].stale_days
    old = stale(look.known.catalogue, date.fromisoformat(look.state.day), days)
    if not old:
        return ()
    _ = look.words
    names = [
        Markup("{} ({})").format(
            look.service_name(one.services[0]), look.government_name(look.services[one.services[0]].government)
        )
        for one in old[:_NAMED]
    ]
    named = _(", ").join(names)
    if len(old) > _NAMED:
        named = Markup("{} {}").format(named, _.ngettext("and %(count)s more", "and %(count)s more", len(old) - _NAMED))
    return (
        RoomAlarm(
            id="checklists-stale",
            icon="doc",
            head=_.ngettext(
                "Nobody has looked through %(count)s list of what to bring for a long time",
                "Nobody has looked through %(count)s lists of what to bring for a long time",
                len(old),
            ),
            since=_("last on %(day)s", day=look.clock.full_day(old[0].reviewed)),
            todo=_("Ask who answers for them, then write the new day into the catalogue: %(lists)s.", lists=named),
        ),
    )


def _keys(_: PageTranslations) -> tuple[KeyLine, ...]:
    return (
        ("Z", _("Papers: tick what they brought, with the keys that stand there"), _("something has to be brought")),
    )


def _reception_keys(_: PageTranslations) -> tuple[KeyLine, ...]:
    return (
        ("F3", _("Papers: tick what they brought, with the keys that stand there"), _("something has to be brought")),
    )


PARTS: Final = (
    *(
        PagePart(slot, f"requirements/{slot}.html", CHECKLIST, _counter)
        for slot in ("counter-visit", "counter", "counter-forms")
    ),
    PagePart("reception-visit", "requirements/reception-visit.html", CHECKLIST, _reception),
)
KEYS: Final = (PageKeys("counter", CHECKLIST, _keys), PageKeys("reception", CHECKLIST, _reception_keys))
