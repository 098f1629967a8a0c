"""Unavailable: nothing can be issued here now. Staff can be called, and trying again is real."""

from msgspec.structs import replace

from kiosk.journey import notice
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event, FailureCode, Refresh
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class UnavailablePage(JourneyPage, frozen=True):
    """Nothing can be issued here now; ``problem`` is a failure code. A person is reachable instead.

    ``others`` are further languages that say it as long as nobody has chosen one.
    """

    problem: str = ""
    others: tuple[str, ...] = ()


def page(context: Context, around: Surroundings) -> JourneyPage:
    return UnavailablePage(problem=context.problem or FailureCode.NO_OFFER, others=notice.unread(context, around))


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    match event:
        case Action("continue") if not around.offer.served():
            return Stay(context, (Refresh(),))
        case Action("continue"):
            return Continue(replace(context, problem=""))
    return Stay(context)


UNAVAILABLE = JourneyStep(name="unavailable", page=page, handle=handle, subject=HelpSubject.START)
