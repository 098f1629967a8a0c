"""Booked party: whether all for whom it was booked are here. Whoever is missing, or is one more, is told so at once."""

from msgspec.structs import replace

from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import HelpSubject


class CompanyPage(JourneyPage, frozen=True):
    """It was booked for so many ``people``. ``counts``: they say how many are ``here``, of ``most`` at most."""

    people: int = 1
    counts: bool = False
    here: int = 1
    most: int = 1


def page(context: Context, around: Surroundings) -> JourneyPage:
    known = context.of(CheckingIn)
    people = 1 if known.booking is None else known.booking.people
    return CompanyPage(
        people=people, counts=known.counts, here=known.counted or people, most=max(around.offer.party, people)
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    known = context.of(CheckingIn)
    people = 1 if known.booking is None else known.booking.people
    here = known.counted or people
    match event:
        case Action("all"):
            return Continue(context.keeping(replace(known, counted=0, counts=False)))
        case Action("count") if not known.counts:
            return Stay(context.keeping(replace(known, counts=True, counted=people)))
        case Action("minus") if known.counts and here > 1:
            return Stay(context.keeping(replace(known, counted=here - 1)))
        case Action("plus") if known.counts and here < max(around.offer.party, people):
            return Stay(context.keeping(replace(known, counted=here + 1)))
        case Action("people") if known.counts:
            return Continue(context)
    return Stay(context)


def turned_back(context: Context) -> Context | None:
    known = context.of(CheckingIn)
    return context.keeping(replace(known, counts=False, counted=0)) if known.counts else None


BOOKED_PARTY = JourneyStep(
    name="booked-party", page=page, handle=handle, turned_back=turned_back, subject=HelpSubject.CHOICE
)
