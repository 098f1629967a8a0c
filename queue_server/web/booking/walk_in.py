"""How long somebody waits who takes a number now: said beside the times, as an appointment is not the only way in."""

from markupsafe import Markup

from queue_server.appointments.engine import is_closed
from queue_server.domain.values import Intake
from queue_server.forecast.estimate import HiddenWait, WaitRange
from queue_server.waiting.rounding import call_times
from queue_server.waiting.waiting_times import WaitingTimes
from queue_server.web.booking.context import BookingContext
from queue_server.web.booking.public_booker import party_of
from queue_server.web.ticket_range import ticket_range


def walk_in_words(here: BookingContext) -> Markup:
    """Say it in a sentence; where nobody can say, that they may come all the same."""
    _ = here.reader.words
    if is_closed(here.centre, party_of(here.choice), here.centre.state.day):
        return _("For today this is closed, also for whoever comes without an appointment.")
    outlook = here.server[WaitingTimes].newest(here.centre)
    wait = None if outlook is None else outlook.services.get(here.choice.services[0])
    if here.centre.state.intake is not Intake.OPEN or outlook is None or wait is None:
        return _("You can also come without an appointment.")
    if wait is HiddenWait.NOT_BEFORE_CLOSING:
        return _("Without an appointment nobody who comes now is reached before closing today.")
    if not isinstance(wait, WaitRange):
        return _("You can also come without an appointment.")
    told = ticket_range(call_times(wait, outlook.at), here.reader, here.now)
    if not told.minutes:
        return _("You can also come without an appointment: whoever takes a number now is called soon.")
    return _(
        "You can also come without an appointment: whoever takes a number now waits about %(minutes)s.",
        minutes=told.minutes,
    )
