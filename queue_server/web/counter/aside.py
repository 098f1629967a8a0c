"""Visits that are put aside, as the rail and the dialog show them."""

from markupsafe import Markup

from queue_server.domain.values import ParkReason, VisitState
from queue_server.queue.order import can_serve
from queue_server.queue.state import Visit
from queue_server.web import wording
from queue_server.web.counter import page
from queue_server.web.counter.counter_context import CounterLook


def parked(look: CounterLook) -> tuple[page.Parked, ...]:
    """List the parked visits that this counter has put aside, then those it could serve; those back first, first."""
    found = [
        visit
        for visit in look.wordless("parked", lambda: _all_parked(look))
        if (visit.counter == look.counter.id or can_serve(look.counter.skills, visit, language_filters=False))
    ]
    found.sort(key=lambda visit: (visit.counter != look.counter.id, visit.park_until or visit.due, visit.seq))
    return tuple(_parked(look, visit) for visit in found)


def _all_parked(look: CounterLook) -> tuple[Visit, ...]:
    return tuple(visit for visit in look.state.visits.values() if visit.state is VisitState.PARKED)


def _parked(look: CounterLook, visit: Visit) -> page.Parked:
    until, coming = visit.park_until, visit.on_the_way_at
    when = Markup() if until is None else look.words("until %(time)s", time=look.clock.hhmm(until))
    if coming is not None:
        when = look.words("said at %(time)s that they come", time=look.clock.hhmm(coming))
    return page.Parked(
        id=visit.id,
        code=visit.code,
        what=Markup("{} \N{MIDDLE DOT} {}").format(look.service(visit), look.step(visit.step.step)),
        reason=wording.park_reason(look.words, visit.park_reason or ParkReason.OTHER),
        until=when,
        late=until is not None and until < look.now,
    )
