"""Before closing: they may not be reached today. It is said before anybody pays or waits, with what can be done.

What is foreseen may be wrong, so nobody is sent away: who wants a number all the same gets one. A page that is read
stays, also where a range is foreseen meanwhile.
"""

from kiosk.journey import booking_ahead, fees
from kiosk.journey.booking_ahead import BookingAhead, TimeChoice
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event, TimesFound
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.values import HelpSubject


class ClosingPage(JourneyPage, frozen=True):
    """The centre closes at ``closes`` (``HH:MM`` of its clock, empty where nobody has said it).

    ``books``: a time on another day can be booked here; ``free`` is the first one, None where it is not known.
    ``costs``: there is something to pay, and nothing is paid yet.
    """

    closes: str = ""
    books: bool = False
    free: TimeChoice | None = None
    costs: bool = False


def page(context: Context, around: Surroundings) -> JourneyPage:
    return ClosingPage(
        closes=around.closes,
        books=booking_ahead.has_another_day(context, around),
        free=booking_ahead.first_on_another_day(context.of(BookingAhead)),
        costs=fees.due(context, around) is not None,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    match event:
        case Action("continue") if booking_ahead.asks_by_itself(context, around):
            return booking_ahead.ask(context, around, number)
        case TimesFound():
            return Stay(booking_ahead.answered(context, event))
        case Action("book-ahead") if booking_ahead.has_another_day(context, around):
            return Continue(context, by="book-ahead")
        case Action("number"):
            # What was found is of this moment, and of what is chosen now.
            return Continue(booking_ahead.begun_anew(context))
    return Stay(context)


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """It asks by itself which time is the first."""
    del timing
    return StepTimeout(0.0, "continue") if booking_ahead.asks_by_itself(context, around) else None


BEFORE_CLOSING = JourneyStep(
    name="before-closing",
    page=page,
    handle=handle,
    needs=frozenset({"service"}),
    exits=frozenset({"book-ahead"}),
    takes={TimesFound: PersonPresence.RENEWED},
    left=booking_ahead.begun_anew,
    patience=patience,
    subject=HelpSubject.CHOICE,
)
