"""What staff answer when somebody asks how long it takes: a sentence to read out. Pure."""

from markupsafe import Markup

from queue_server.domain.values import ServiceId, VisitState
from queue_server.forecast.estimate import HiddenWait, WaitRange
from queue_server.queue.state import Visit
from queue_server.waiting.outlook import Outlook
from queue_server.waiting.rounding import CallTimes, ClosesBefore, call_times, latest, minutes, visit_times
from queue_server.web import wording
from queue_server.web.reception.ticket_view import service_name
from queue_server.web.view_context import StaffView


def how_long(look: StaffView, service: ServiceId, visit: Visit | None, outlook: Outlook | None) -> Markup:
    """Answer for the service that is chosen in the form, else for the ticket that is looked at and waits."""
    _ = look.words
    if service in look.state.closed_services:
        return _(
            "%(what)s: closed for today. Kiosks issue no ticket for it, here you still can.",
            what=service_name(look, service),
        )
    if service in look.services:
        return _said(look, service_name(look, service), _of_service(service, outlook))
    if visit is not None and visit.state is VisitState.WAITING:
        return _said(look, wording.ticket(visit.code), visit_times(outlook, visit))
    return _("Choose a service, or a ticket that waits.")


def _of_service(service: ServiceId, outlook: Outlook | None) -> CallTimes | ClosesBefore | None:
    wait = None if outlook is None else outlook.services.get(service)
    if outlook is None or wait is None:
        return None
    if isinstance(wait, WaitRange):
        return call_times(wait, outlook.at)
    return ClosesBefore(outlook.closes) if wait is HiddenWait.NOT_BEFORE_CLOSING else None


def _said(look: StaffView, what: Markup | str, expected: CallTimes | ClosesBefore | None) -> Markup:
    _, hhmm = look.words, look.clock.hhmm
    if expected is None:
        return _("%(what)s: nobody can say yet how long it takes.", what=what)
    if isinstance(expected, ClosesBefore):
        return _("%(what)s: we may not reach you before we close at %(time)s.", what=what, time=hhmm(expected.closes))
    low, high = minutes(expected, look.now)
    last = latest(expected, look.now)
    if last is None:
        return _.ngettext(
            "%(what)s: about %(low)s to %(count)s minute.",
            "%(what)s: about %(low)s to %(count)s minutes.",
            high,
            what=what,
            low=max(1, low),
        )
    by = hhmm(last)
    if low == 0:
        return _.ngettext(
            "%(what)s: up to %(count)s minute, by %(time)s at the latest.",
            "%(what)s: up to %(count)s minutes, by %(time)s at the latest.",
            max(1, high),
            what=what,
            time=by,
        )
    return _.ngettext(
        "%(what)s: about %(low)s to %(count)s minute, by %(time)s at the latest.",
        "%(what)s: about %(low)s to %(count)s minutes, by %(time)s at the latest.",
        high,
        what=what,
        low=low,
        time=by,
    )
