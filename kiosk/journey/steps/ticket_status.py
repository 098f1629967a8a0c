"""Ticket status: a ticket of today is held under the scanner, or its number was typed: where the visit is."""

from msgspec.structs import replace

from kiosk.journey import scan
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event, LookUp, LookUpCode, Scanned, StatusAway, StatusFound, StatusUnknown
from kiosk.journey.offer import text
from kiosk.journey.page import JourneyPage
from kiosk.journey.patience import last
from kiosk.journey.step import EndJourney, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from kiosk.journey.ticket_lookup import Found, Lookup, Status
from queue_server.domain.values import HelpSubject, VisitState


class StatusPage(JourneyPage, frozen=True):
    """A ticket was shown again, or its number was ``typed``.

    ``found``: ``looking`` | where the visit is | ``over`` | ``unknown`` (no ticket of ours) | ``away`` (no server) |
    ``not-shown`` (boards do not show what was typed) | ``limited`` (too much was typed here).
    ``ahead`` is the number of visits before it, or -1 where nobody knows. ``counter`` is what its plate says; ``stop``
    and ``place`` are where the visit goes now, empty where that is not known.
    """

    found: Found = "looking"
    typed: bool = False
    code: str = ""
    ahead: int = -1
    counter: str = ""
    stop: str = ""
    place: str = ""


_FOUND: dict[VisitState, Found] = {
    VisitState.WAITING: "waiting",
    VisitState.CALLED: "called",
    VisitState.SERVING: "serving",
    VisitState.PARKED: "parked",
    VisitState.MISSED: "missed",
}


def page(context: Context, around: Surroundings) -> JourneyPage:
    status = context.of(Lookup).status
    if status is None:
        return StatusPage()
    services = (one for one in around.offer.services if one.id == status.service)
    step = next((step for service in services for step in service.steps if step.id == status.step), None)
    return StatusPage(
        found=status.found,
        typed=status.typed,
        code=status.code,
        ahead=status.ahead,
        counter=status.counter,
        stop=text(step.name, context.language) if step else "",
        place=text(step.place, context.language) if step else "",
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    status = context.of(Lookup).status
    match event:
        case Action("done"):
            return EndJourney()
        case StatusFound(_, look) if status and status.look == look:
            there = Status(
                status.ticket,
                look,
                found=_FOUND.get(event.state, "over"),
                typed=status.typed,
                code=event.code,
                ahead=event.ahead,
                service=event.service,
                step=event.step,
                counter=event.counter,
            )
            known = not context.language_chosen and around.offer.speaks(event.language)
            language = event.language if known else context.language
            return Stay(_placed(replace(context, language=language), there))
        case StatusUnknown(_, look) if status and status.look == look:
            unknown = (
                replace(status, found="not-shown") if status.typed else Status(status.ticket, look, found="unknown")
            )
            return Stay(_placed(context, unknown))
        case StatusAway(_, look, limited) if status and status.look == look:
            away = Status(status.ticket, look, found="limited" if limited else "away", typed=status.typed)
            return Stay(_placed(context, away))
    return Stay(context)


def _look_up(context: Context, ticket: str | None, number: int) -> Stay:
    """Look a ticket up. A ticket that goes on lying under the scanner is looked up anew, and stays shown meanwhile."""
    lookup = context.of(Lookup)
    status = lookup.status
    if status is not None and status.found == "looking":
        return Stay(context)
    if ticket is None:
        return Stay(_placed(context, Status("", lookup.looks, found="unknown")))
    looks = lookup.looks + 1
    again = status is not None and status.ticket == ticket
    looked = replace(status, look=looks) if status and again else Status(ticket, looks)
    return Stay(context.keeping(replace(lookup, status=looked, looks=looks)), (LookUp(number, looks, ticket),))


def _placed(context: Context, status: Status | None) -> Context:
    return context.keeping(replace(context.of(Lookup), status=status))


def opened(context: Context, around: Surroundings, event: Event, number: int) -> Stay | None:
    """Look up the ticket that was shown, or the number that was typed; what was shown of another ticket goes."""
    del around
    if isinstance(event, Scanned):
        return _look_up(context, scan.token(event.text), number)
    typed, looks = context.of(Lookup).typed, context.of(Lookup).looks + 1
    status = Status("", looks, code=typed, typed=True)
    return Stay(context.keeping(Lookup(typed, looks, status)), (LookUpCode(number, looks, typed),))


def left(context: Context) -> Context:
    return _placed(context, None)


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """Once the place was shown there is nothing left to be asked."""
    del around
    status = context.of(Lookup).status
    if status is None or status.found == "looking":
        return None
    return StepTimeout(last(context, timing, timing.place), "wipe")


TICKET_STATUS = JourneyStep(
    name="ticket-status",
    page=page,
    handle=handle,
    takes=dict.fromkeys((StatusFound, StatusUnknown, StatusAway), PersonPresence.RENEWED),
    opened=opened,
    left=left,
    patience=patience,
    subject=HelpSubject.PLACE,
    aside=True,
    light=True,
)
