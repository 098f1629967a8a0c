"""Ticket: it exists, whatever becomes of the paper."""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey import filling
from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.context import Context, ShownTicket
from kiosk.journey.events import Action, Event, Printed, PrintTicketLater, VisitAccepted
from kiosk.journey.foreseen import ForeseenWait
from kiosk.journey.notice import ShownNotice, notice
from kiosk.journey.page import JourneyPage, JourneyStop, OwedFee
from kiosk.journey.patience import last
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.appointments import CheckInVerdict
from queue_server.domain.values import HelpSubject


class TicketPage(JourneyPage, frozen=True):
    """The ticket exists.

    ``paper``: ``printing`` | ``taken`` (on paper) | ``none`` (no paper) | ``cut`` (ended in mid-job, or not proved).
    ``ahead`` is the number of visits before this one, or -1 where the server has not said it; ``wait`` how long that
    takes, None where nobody can say. ``address`` is what its
    QR code says, for who has no paper; ``can_print``: there is paper again. ``booked`` is the time of the appointment
    for which they came, ``came``: in time for it, early, or late so that it still counts. ``form``: there is one to be
    filled in, and ``filled``: one was.
    """

    code: str = ""
    paper: Literal["printing", "taken", "none", "cut"] = "printing"
    address: str = ""
    can_print: bool = False
    ahead: int = -1
    wait: ForeseenWait | None = None
    stops: tuple[JourneyStop, ...] = ()
    asks: bool = False
    paid: bool = False
    owed: OwedFee | None = None
    booked: str = ""
    came: Literal["", "on-time", "early", "late"] = ""
    form: bool = False
    filled: bool = False
    notice: ShownNotice | None = None


#: Where it stands on the screen alone.
_GONE = {"none", "cut"}


def page(context: Context, around: Surroundings) -> JourneyPage:
    ticket = context.ticket
    if ticket is None:
        return TicketPage()
    return TicketPage(
        code=ticket.code,
        paper=ticket.paper,
        address=ticket.address if ticket.paper in _GONE else "",
        can_print=_printable(ticket, around),
        ahead=ticket.ahead,
        wait=ticket.wait,
        stops=ticket.stops,
        asks=context.asks,
        paid=ticket.paid,
        owed=ticket.owed,
        booked=_booked(context),
        came=_CAME.get(context.of(CheckingIn).verdict, "") if _booked(context) else "",
        form=filling.is_offered(context, around),
        filled=bool(filling.known(context).done),
        notice=notice(around.availability.announcement, (context.language,)),
    )


#: How they came, where they have a ticket of their appointment.
_CAME: dict[CheckInVerdict | None, Literal["", "on-time", "early", "late"]] = {
    CheckInVerdict.ON_TIME: "on-time",
    CheckInVerdict.EARLY: "early",
    CheckInVerdict.LATE: "late",
}


def _booked(context: Context) -> str:
    """Give the time of the appointment that the ticket is of, empty where it is of none."""
    known = context.of(CheckingIn)
    return "" if known.booking is None or known.walk_in or known.verdict not in _CAME else known.booking.clock


def _printable(ticket: ShownTicket, around: Surroundings) -> bool:
    """Tell whether a ticket that is on no paper can be printed now. One that is paid has its own way."""
    return ticket.paper in _GONE and around.paper and not ticket.paid


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:  # noqa: PLR0911 - one line an event
    ticket = context.ticket
    if ticket is None:
        return Continue(context)
    match event:
        case Action("done"):
            return Continue(context)
        case Action("form") if ticket.paper != "printing" and filling.is_offered(context, around):
            return Continue(filling.begun_anew(context), by="form")
        case Action("print") if _printable(ticket, around):
            printing = replace(context, ticket=replace(ticket, paper="printing"))
            return Stay(printing, (PrintTicketLater(number),))
        case VisitAccepted(_, ahead, wait):
            return Stay(replace(context, ticket=replace(ticket, ahead=ahead, wait=wait)))
        case Printed(_, paper):
            return Stay(replace(context, ticket=replace(ticket, paper=paper)))
    return Stay(context)


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """With the paper in hand there is nothing left to be asked; a form is thought about a little longer."""
    if context.ticket is None or context.ticket.paper != "taken":
        return None
    longer = 2 if filling.is_offered(context, around) else 1
    return StepTimeout(last(context, timing, timing.ticket) * longer, "wipe")


TICKET = JourneyStep(
    name="ticket",
    page=page,
    handle=handle,
    needs=frozenset({"ticket"}),
    exits=frozenset({"form"}),
    takes={Printed: PersonPresence.RENEWED, VisitAccepted: PersonPresence.NONE},
    patience=patience,
    subject=HelpSubject.TICKET,
    final=True,
)
