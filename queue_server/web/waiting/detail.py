"""One visit in detail: how it stands, everything that has happened to it, and what may be done with it."""

from typing import Final

import msgspec
from markupsafe import Markup

from queue_server.domain.values import CounterId, CounterState, VisitId, VisitState
from queue_server.queue.order import may_call
from queue_server.queue.state import Counter, Visit
from queue_server.web.counter.find import CALLABLE
from queue_server.web.counter.visit_status import standing
from queue_server.web.history import NOBODY, Onlooker, history
from queue_server.web.view_context import StaffView
from queue_server.web.waiting import page
from queue_server.web.wording import ticket

#: The verb by which a visit waits again.
_AGAIN: Final = {
    VisitState.PARKED: "resume",
    VisitState.MISSED: "reinstate",
    VisitState.CANCELLED: "reinstate",
}
_OVER: Final = (VisitState.DONE, VisitState.CANCELLED, VisitState.NOT_SERVED)


class DetailViewer(msgspec.Struct, frozen=True):
    """Who looks: their ``counter``, where they sit at one, ``back`` to their own page, what they may do."""

    back: str = "/counter"
    counter: CounterId | None = None
    may_forget: bool = False
    onlooker: Onlooker = NOBODY


def detail(look: StaffView, ident: VisitId | None, desk: DetailViewer) -> page.Detail | None:
    """Show a visit of today, whatever has become of it; None where there is none."""
    visit = None if ident is None else look.state.visits.get(ident)
    if visit is None:
        return None
    icon, words = standing(look, visit)
    return page.Detail(
        id=visit.id,
        code=visit.code,
        service=look.service(visit),
        government=look.government(visit.step.government),
        tags=look.tags(visit),
        icon=icon,
        standing=words,
        sentence=look.why(visit) if visit.state is VisitState.WAITING else Markup(),
        notes=len(visit.notes),
        history=history(look, visit.id, desk.onlooker),
        counters=_counters(look, visit, desk) if visit.state is VisitState.WAITING else (),
        acts=tuple(_acts(look, visit, desk)),
    )


def _counters(look: StaffView, visit: Visit, desk: DetailViewer) -> tuple[page.ServingCounter, ...]:
    """Name the open counters that could call it."""
    able = (
        counter
        for counter in look.state.counters.values()
        if counter.state is CounterState.OPEN and may_call(look.state, counter, visit, look.settings, look.now)
    )
    return tuple(page.ServingCounter(look.plate_of(counter.id), _doing(look, counter, desk)) for counter in able)


def _doing(look: StaffView, counter: Counter, desk: DetailViewer) -> Markup:
    _ = look.words
    held = None if counter.visit is None else look.state.visits.get(counter.visit)
    doing = _("free") if held is None else _("with %(code)s", code=ticket(held.code))
    return _("you, %(doing)s", doing=doing) if counter.id == desk.counter else doing


def _acts(look: StaffView, visit: Visit, desk: DetailViewer) -> list[page.VisitAction]:
    _, api = look.words, f"/api/v1/centres/{look.state.centre}/visits/{visit.id}"
    own = None if desk.counter is None else look.state.counters.get(desk.counter)
    free = own is not None and own.state is CounterState.OPEN and own.visit is None
    acts = []
    if free and visit.state in CALLABLE:
        acts.append(page.VisitAction("call", "call", _("Call out of turn"), "G", "KeyG", dialog="call-here"))
    if visit.state in _AGAIN and visit.merged_into is None:
        acts.append(
            page.VisitAction("again", "seat", _("Let it wait again"), "K", "KeyK", url=f"{api}/{_AGAIN[visit.state]}")
        )
    acts.append(page.VisitAction("note", "pen", _("Write a note"), "N", "KeyN", dialog="note-on"))
    if visit.state not in (*_OVER, VisitState.SERVING):
        acts.append(page.VisitAction("cancel", "x", _("Cancel the visit"), dialog="cancel-it"))
    if desk.may_forget:
        acts.append(page.VisitAction("forget", "lock", _("Forget who came"), dialog="forget-it"))
    return acts
