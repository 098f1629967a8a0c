"""How a visit stands, in a few words with an icon."""

from markupsafe import Markup

from queue_server.domain.values import VisitState
from queue_server.queue.order import is_away, is_hidden
from queue_server.queue.state import Visit
from queue_server.web.view_context import StaffView
from queue_server.web.wording import ticket


def standing(look: StaffView, visit: Visit) -> tuple[str, Markup]:
    """Give icon and words."""
    _, hhmm = look.words, look.clock.hhmm
    plate = "" if visit.counter is None else look.plate_of(visit.counter)
    match visit.state:
        case VisitState.WAITING:
            return _waiting(look, visit)
        case VisitState.CALLED:
            return "call", _("called to counter %(plate)s, %(time)s", plate=plate, time=hhmm(visit.called_at or 0))
        case VisitState.SERVING:
            return "play", _("at counter %(plate)s since %(time)s", plate=plate, time=hhmm(visit.started_at or 0))
        case VisitState.PARKED:
            until = visit.park_until
            return "park", (
                _("parked at counter %(plate)s", plate=plate)
                if until is None
                else _("parked at counter %(plate)s until %(time)s", plate=plate, time=hhmm(until))
            )
        case VisitState.MISSED:
            called = hhmm(visit.called_at or 0)
            return "missed", _("missed at counter %(plate)s, called %(time)s", plate=plate, time=called)
        case _:
            return _over(look, visit)


def _waiting(look: StaffView, visit: Visit) -> tuple[str, Markup]:
    _, step, time = look.words, look.step(visit.step.step), look.clock.hhmm(visit.due)
    if visit.away_until is not None and is_away(visit, look.now):
        back = look.clock.hhmm(visit.away_until)
        return "clock", _("asked for more time until %(back)s, due %(time)s", back=back, time=time)
    if visit.for_counter is not None and is_hidden(look.state, visit, look.now):
        plate = look.plate_of(visit.for_counter)
        return "transfer", _(
            "handed to counter %(plate)s for %(step)s, due %(time)s", plate=plate, step=step, time=time
        )
    return "seat", _("waits for %(step)s, due %(time)s", step=step, time=time)


def _over(look: StaffView, visit: Visit) -> tuple[str, Markup]:
    _, time = look.words, look.clock.hhmm(visit.ended_at or visit.issued_at)
    if visit.merged_into is not None:
        into = look.state.visits.get(visit.merged_into)
        return "users", _("goes on with %(code)s", code=ticket("" if into is None else into.code))
    if visit.state is VisitState.DONE:
        return "okc", _("served to the end at %(time)s", time=time)
    if visit.state is VisitState.CANCELLED:
        return "xc", _("cancelled at %(time)s", time=time)
    return "clock", _("the day ended before its turn")
