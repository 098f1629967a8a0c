"""Held time: is this right? It is kept for them meanwhile, and booked by one touch."""

from msgspec.structs import replace

from kiosk.journey import booking_ahead, bringing, order
from kiosk.journey.booking_ahead import BookingAhead
from kiosk.journey.context import Context
from kiosk.journey.events import Action, BookTime, Event, PrintBooking, TimeBooked
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.tariff import size
from queue_server.domain.values import HelpSubject


class HeldPage(JourneyPage, frozen=True):
    """The time that is kept ``until`` (of the centre's clock): its ``day`` and ``clock``, what for and for how many.

    ``working``: it is being booked. ``away``: nobody has heard whether it is.
    """

    day: str = ""
    clock: str = ""
    until: str = ""
    service: str = ""
    services: int = 1
    people: int = 1
    working: bool = False
    away: bool = False
    no_paper: bool = False


def page(context: Context, around: Surroundings) -> JourneyPage:
    known = context.of(BookingAhead)
    chosen = order.chosen(context, around)
    return HeldPage(
        day=known.day,
        clock=known.clock,
        until=known.until,
        service=" + ".join(one.service for one in chosen),
        services=len(chosen),
        people=size(order.people(context, around)),
        working=known.booked == "asking",
        away=known.booked == "away",
        no_paper=not around.paper,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    known = context.of(BookingAhead)
    match event:
        case Action("book") if known.booked in {"", "away"} and known.until:
            # Nobody goes back or begins again meanwhile: the booking would be of nobody.
            asking = replace(context, issuing=True).keeping(replace(known, booked="asking"))
            return Stay(asking, (BookTime(number, known.looks, context.language),))
        case TimeBooked(_, look, outcome) if look == known.looks and known.booked == "asking":
            after = replace(context, issuing=False)
            match outcome:
                case "booked":
                    return _booked(after, around, event, number)
                case "over":
                    return Continue(booking_ahead.asked_again(after, lost=True), by="again")
            return Stay(after.keeping(replace(known, booked="away")))
    return Stay(context)


def _booked(context: Context, around: Surroundings, told: TimeBooked, number: int) -> Continue:
    """Print it at once, with what they bring: nobody leaves without it who does not want to."""
    known = context.of(BookingAhead)
    done = replace(known, booked="booked", day=told.day, clock=told.clock, code=told.code, token=told.token)
    if not around.paper:
        return Continue(context.keeping(replace(done, paper="none")))
    return Continue(context.keeping(replace(done, paper="printing")), (_slip(context, around, done, number),))


def _slip(context: Context, around: Surroundings, known: BookingAhead, number: int) -> PrintBooking:
    return PrintBooking(
        number,
        known.looks,
        context.language,
        known.day,
        known.clock,
        known.token,
        code=known.code,
        bring=bringing.on_paper(context, around),
    )


def left(context: Context) -> Context:
    """Go back to the times; what is held is let go as another one is chosen, or as they leave."""
    known = context.of(BookingAhead)
    return context.keeping(replace(known, until="", at="", booked=""))


HELD_TIME = JourneyStep(
    name="held-time",
    page=page,
    handle=handle,
    needs=frozenset({"service"}),
    exits=frozenset({"again"}),
    takes={TimeBooked: PersonPresence.HERE},
    left=left,
    subject=HelpSubject.CONFIRM,
)
