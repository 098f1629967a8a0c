"""What a phone shows of a ticket: code, state, who comes before, and the counter once it is called. Pure.

No name, no document, and nothing that the paper does not say already.
"""

from typing import Literal

import msgspec
from markupsafe import Markup

from queue_server.http.views import Facts, place
from queue_server.queue.state import DayState, Visit
from queue_server.values import Category, VisitState
from queue_server.web.look import Reader, name_in
from queue_server.web.wording import category, step_icon


class TicketStop(msgspec.Struct, frozen=True):
    name: str
    icon: str
    state: Literal["done", "now", "next"]
    note: Markup


class TicketPage(msgspec.Struct, frozen=True):
    """``plate`` is the counter to go to, where there is one; ``ahead`` None where nobody is counted."""

    code: str
    state: VisitState
    category: Markup
    headline: Markup
    sentence: Markup
    plate: str | None
    ahead: int | None
    stops: tuple[TicketStop, ...]


def ticket_page(state: DayState, known: Facts, visit: Visit, reader: Reader) -> TicketPage:
    """Show a ticket as it stands."""
    here = visit.state in (VisitState.CALLED, VisitState.SERVING) and visit.counter is not None
    plate = None
    if here and visit.counter is not None:
        found = known.plates.get(visit.counter)
        plate = visit.counter if found is None else found.name
    headline, sentence = _words(visit, reader, plate)
    return TicketPage(
        code=visit.code,
        state=visit.state,
        # Why somebody comes first, and what for, is nobody else's business: a phone is looked at over a shoulder.
        category=category(reader.words, Category.APPOINTMENT) if visit.category is Category.APPOINTMENT else Markup(),
        headline=headline,
        sentence=sentence,
        plate=plate,
        ahead=place(state, visit),
        stops=tuple(_stop(known, visit, index, reader) for index in range(len(visit.steps))),
    )


def _words(visit: Visit, reader: Reader, plate: str | None) -> tuple[Markup, Markup]:  # noqa: PLR0911 - one a state
    _, hhmm = reader.words, reader.clock.hhmm
    watch = _("Watch the boards too: they say and show your number.")
    match visit.state:
        case VisitState.WAITING:
            promise = _(
                "Arrived %(arrived)s. We promised to call you by %(due)s.",
                arrived=hhmm(visit.issued_at),
                due=hhmm(visit.due),
            )
            return _("Please wait"), Markup("{} {}").format(promise, watch)
        case VisitState.CALLED:
            called = hhmm(visit.last_call_at or visit.called_at or visit.issued_at)
            return _("Your turn: counter %(plate)s", plate=plate or ""), _(
                "Called at %(time)s. Please go there now.", time=called
            )
        case VisitState.SERVING:
            return _("You are being served"), _("At counter %(plate)s.", plate=plate or "")
        case VisitState.PARKED:
            return _("Your visit is on hold"), _("You keep your place. Staff will call you again.")
        case VisitState.MISSED:
            return _("We called you, and nobody came"), _("Please tell staff that you are here.")
        case VisitState.DONE:
            return _("Your visit is over"), _("Thank you. You may leave.")
        case VisitState.CANCELLED:
            return _("This ticket was cancelled"), _("If that is a mistake, please tell staff or take a new ticket.")
        case VisitState.NOT_SERVED:
            return _("The day ended before your turn"), _("Please take a new ticket, or ask staff for an appointment.")


def _stop(known: Facts, visit: Visit, index: int, reader: Reader) -> TicketStop:
    _, step = reader.words, visit.steps[index].step
    name, icon = name_in(known.steps.get(step, {}), reader.language, step), step_icon(step)
    if index < visit.at_step or visit.state is VisitState.DONE:
        return TicketStop(name, icon, "done", _("done"))
    if index > visit.at_step:
        return TicketStop(name, icon, "next", Markup())
    note = {
        VisitState.WAITING: _("you wait for this"),
        VisitState.CALLED: _("go there now"),
        VisitState.SERVING: _("now"),
    }.get(visit.state, Markup())
    return TicketStop(name, icon, "now", note)
