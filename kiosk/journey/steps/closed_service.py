"""Closed service: it is closed for today. It is said before anybody pays or waits, with what can be done.

Where it is given again while they read that, they go on by themselves.
"""

from kiosk.journey import booking_ahead
from kiosk.journey.booking_ahead import BookingAhead, TimeChoice
from kiosk.journey.closed_today import is_closed_today
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event, TimesFound
from kiosk.journey.offer import text
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.values import HelpSubject


class ClosedServicePage(JourneyPage, frozen=True):
    """No number is given for ``service`` today.

    ``books``: a time on another day can be booked here; ``free`` is the first one, None where it is not known.
    """

    service: str = ""
    books: bool = False
    free: TimeChoice | None = None


def page(context: Context, around: Surroundings) -> JourneyPage:
    service = around.offer.service(context.government, context.kind, context.service)
    return ClosedServicePage(
        service=text(service.name, context.language) if service else "",
        books=booking_ahead.has_another_day(context, around),
        free=booking_ahead.first_on_another_day(context.of(BookingAhead)),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    match event:
        case Action("continue") if not is_closed_today(context, around):
            return Continue(booking_ahead.begun_anew(context))
        case Action("continue") if booking_ahead.asks_by_itself(context, around):
            return booking_ahead.ask(context, around, number)
        case TimesFound():
            return Stay(booking_ahead.answered(context, event))
        case Action("book-ahead") if booking_ahead.has_another_day(context, around):
            return Continue(context, by="book-ahead")
    return Stay(context)


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """It asks by itself which time is the first, and goes on by itself where there is nothing to say any more."""
    del timing
    passes = not is_closed_today(context, around) or booking_ahead.asks_by_itself(context, around)
    return StepTimeout(0.0, "continue") if passes else None


CLOSED_SERVICE = JourneyStep(
    name="closed-service",
    page=page,
    handle=handle,
    needs=frozenset({"service"}),
    exits=frozenset({"book-ahead"}),
    takes={TimesFound: PersonPresence.RENEWED},
    left=booking_ahead.begun_anew,
    patience=patience,
    subject=HelpSubject.CHOICE,
)
