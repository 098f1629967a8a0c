"""Booking: what the appointment is worth now. Where it lets nobody in, this page says why, and what comes next."""

from math import ceil
from typing import Literal

from msgspec.structs import replace

from kiosk.journey import checking_in
from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.context import Context
from kiosk.journey.events import Action, BookingChecked, CheckBooking, Event
from kiosk.journey.offer import text
from kiosk.journey.page import JourneyPage
from kiosk.journey.patience import last
from kiosk.journey.step import Continue, EndJourney, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.appointments import CheckInVerdict
from queue_server.domain.values import HelpSubject

type Found = Literal[
    "asking",
    "away",
    "slowed",
    "unknown",
    "other-centre",
    "cancelled",
    "displaced",
    "checked-in",
    "wrong-person",
    "needs-document",
    "too-late",
    "staff",
]


class BookingPage(JourneyPage, frozen=True):
    """Why the appointment lets nobody in. ``clock`` is its time, ``code`` the number that was given for it already.

    ``place`` and ``address`` are those of the centre at which it is. ``number``: a number can be taken; ``again``: it
    can be shown once more. ``link`` is its page, to choose another day, where they want to see it; ``can_choose``: it
    is known. ``wait_min``: no code is looked at for so long.
    """

    found: Found = "asking"
    clock: str = ""
    code: str = ""
    place: str = ""
    address: str = ""
    number: bool = False
    again: bool = False
    can_choose: bool = False
    link: str = ""
    wait_min: int = 0


#: What a number can be taken for all the same: as without an appointment.
_NUMBER: frozenset[Found] = frozenset(
    {
        "away",
        "unknown",
        "other-centre",
        "cancelled",
        "displaced",
        "wrong-person",
        "needs-document",
        "too-late",
        "slowed",
    }
)
_AGAIN: frozenset[Found] = frozenset({"unknown", "wrong-person", "needs-document"})
#: Another day can be chosen on the page of its link.
_CHOOSE: frozenset[Found] = frozenset({"cancelled", "displaced", "too-late"})
_VERDICTS: dict[CheckInVerdict, Found] = {
    CheckInVerdict.UNKNOWN: "unknown",
    CheckInVerdict.OTHER_CENTRE: "other-centre",
    CheckInVerdict.CANCELLED: "cancelled",
    CheckInVerdict.DISPLACED: "displaced",
    CheckInVerdict.CHECKED_IN: "checked-in",
    CheckInVerdict.WRONG_PERSON: "wrong-person",
    CheckInVerdict.TOO_LATE: "too-late",
}

#: A number is taken for what was booked, without choosing it once more.
_FOR_THE_SAME = frozenset({CheckInVerdict.TOO_LATE, CheckInVerdict.CANCELLED, CheckInVerdict.DISPLACED})


def found(known: CheckingIn) -> Found:
    """Say what stands in the way."""
    booking = known.booking
    if known.outcome in ("away", "slowed"):
        return known.outcome
    if booking is None:
        return "asking"
    if booking.verdict in _VERDICTS:
        return _VERDICTS[booking.verdict]
    return "needs-document" if booking.needs_document else "staff"


def page(context: Context, around: Surroundings) -> JourneyPage:
    known = context.of(CheckingIn)
    why, booking = found(known), known.booking
    return BookingPage(
        found=why,
        clock="" if booking is None else booking.clock,
        code="" if booking is None else booking.code,
        place="" if booking is None else text(booking.place, context.language),
        address="" if booking is None else text(booking.address, context.language),
        number=why in _NUMBER and checking_in.has_number(around),
        again=why in _AGAIN,
        can_choose=why in _CHOOSE and known.token != "" and not known.shows_link,
        link=around.booking_url + known.token if known.shows_link else "",
        wait_min=known.wait_min,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:  # noqa: PLR0911 - one line an event
    known = context.of(CheckingIn)
    why = found(known)
    match event:
        case Action("continue") if not known.is_asked:
            return _ask(context, number)
        case BookingChecked(_, look, outcome, booking, wait_s) if look == known.looks and not known.outcome:
            told = replace(known, outcome=outcome, booking=booking, wait_min=ceil(wait_s / 60))
            if found(told) not in _AGAIN:
                told = replace(told, typed="")
            after = _spoken(context.keeping(told), around)
            passes = checking_in.admits(told) or told.verdict is CheckInVerdict.WRONG_DAY
            return Continue(after) if passes else Stay(after)
        case Action("number") if why in _NUMBER and checking_in.has_number(around):
            return _number(context)
        case Action("choose-day") if why in _CHOOSE and known.token:
            return Stay(context.keeping(replace(known, shows_link=True)))
        case Action("again") if why in _AGAIN:
            if why == "unknown":
                return Continue(checking_in.begun_anew(context), by="again")
            shown = CheckingIn(way=known.way, token=known.token, confirms=True, looks=known.looks, typed=known.typed)
            return Continue(context.keeping(replace(shown, booking=known.booking)), by="again")
        case Action("done") if known.outcome:
            return EndJourney()
    return Stay(context)


def _number(context: Context) -> Outcome:
    """Give a number without the appointment: for what was booked, where that is known, else as everybody gets one.

    Where the server does not answer what was scanned goes along with the ticket: it is made an appointment there.
    """
    known = context.of(CheckingIn)
    if known.outcome == "away":
        return Continue(context, by="number")
    booking = known.booking
    if booking is not None and booking.services and booking.verdict in _FOR_THE_SAME:
        # Whoever came too late today came: nobody counts them among those who did not.
        came = booking.verdict is CheckInVerdict.TOO_LATE and booking.day == booking.today
        return Continue(context.keeping(replace(known, walk_in=not came)))
    return Continue(checking_in.begun_anew(context), by="number")


def _spoken(context: Context, around: Surroundings) -> Context:
    """Speak the language of the booking to somebody who has not chosen one."""
    booking = context.of(CheckingIn).booking
    if booking is None or context.language_chosen or not around.offer.speaks(booking.language):
        return context
    return replace(context, language=booking.language)


def _ask(context: Context, number: int) -> Stay:
    """Ask the server, once."""
    known, chip = context.of(CheckingIn), context.chip
    looks = known.looks + 1
    by_document = known.way == "document" or known.confirms
    laid = chip.laid if by_document and chip is not None else 0
    asked = replace(known, is_asked=True, looks=looks, outcome="", booking=None)
    return Stay(context.keeping(asked), (CheckBooking(number, looks, known.token, known.typed, laid),))


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """It asks by itself."""
    del around
    known = context.of(CheckingIn)
    if not known.is_asked:
        return StepTimeout(0.0, "continue")
    if found(known) == "checked-in":
        return StepTimeout(last(context, timing, timing.place), "wipe")
    return None


BOOKING = JourneyStep(
    name="booking",
    page=page,
    handle=handle,
    exits=frozenset({"number", "again"}),
    takes={BookingChecked: PersonPresence.RENEWED},
    left=checking_in.begun_anew,
    patience=patience,
    subject=HelpSubject.START,
)
