"""Start over: whoever touched "Start again" and has entered something is asked once whether it may be deleted."""

from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.collecting import Collecting
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.filling import FormFilling
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, EndJourney, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings


class RestartPage(JourneyPage, frozen=True):
    """``code`` is the number of a ticket that stands on no paper, empty where there is none."""

    code: str = ""


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    ticket = context.ticket
    return RestartPage(code=ticket.code if ticket is not None and ticket.paper in {"none", "cut"} else "")


def has_entries(context: Context, around: Surroundings) -> bool:
    """Tell whether they would have to enter more than a language once again."""
    offer, form = around.offer, context.of(FormFilling)
    chosen = (
        (context.government and len(offer.served()) > 1)
        or (context.kind and len(offer.kinds_of(context.government)) > 1)
        or context.service
        or context.before
        or context.people
    )
    typed = form.answers or form.typed or context.of(CheckingIn).typed or context.of(Collecting).typed
    return bool(context.document or context.chip or chosen or typed)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    match event:
        case Action("start-over"):
            return EndJourney()
        case Action("keep"):
            return Continue(context)
    return Stay(context)


START_OVER = JourneyStep(name="start-over", page=page, handle=handle)
