"""Booked party: whether all for whom it was booked are here. Whoever is missing, or is one more, is told so at once."""

from msgspec.structs import replace

from kiosk.journey import checking_in, order
from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.order import AgeBandCount
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.tariff import Headcount, size
from queue_server.domain.values import HelpSubject


class CompanyPage(JourneyPage, frozen=True):
    """It was booked for so many ``people``. ``counts``: they say by age who is ``here``, ``most`` people at most."""

    people: int = 1
    counts: bool = False
    here: int = 1
    most: int = 1
    bands: tuple[AgeBandCount, ...] = ()


def page(context: Context, around: Surroundings) -> JourneyPage:
    known = context.of(CheckingIn)
    here = known.counted if known.counts else _booked(known, around)
    return CompanyPage(
        people=_people(known),
        counts=known.counts,
        here=size(here),
        most=_most(known, around),
        bands=order.bands(checking_in.ordered(context, around), around, here),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    known = context.of(CheckingIn)
    here = size(known.counted)
    match event:
        case Action("all"):
            return Continue(context.keeping(replace(known, counted=(), counts=False)))
        case Action("count") if not known.counts:
            return Stay(context.keeping(replace(known, counts=True, counted=_booked(known, around))))
        case Action("minus", band) if known.counts:
            return Stay(context.keeping(replace(known, counted=order.counted(known.counted, around, band, -1))))
        case Action("plus", band) if known.counts and here < _most(known, around):
            return Stay(context.keeping(replace(known, counted=order.counted(known.counted, around, band, 1))))
        case Action("people") if known.counts and here:
            return Continue(context)
    return Stay(context)


def _booked(known: CheckingIn, around: Surroundings) -> tuple[Headcount, ...]:
    """Give for whom it was booked, by the ages that the catalogue counts now."""
    return around.offer.tariff.counted(checking_in.party(replace(known, counted=())))


def _people(known: CheckingIn) -> int:
    return 1 if known.booking is None else known.booking.people


def _most(known: CheckingIn, around: Surroundings) -> int:
    return max(around.offer.party, _people(known))


def turned_back(context: Context) -> Context | None:
    known = context.of(CheckingIn)
    return context.keeping(replace(known, counts=False, counted=())) if known.counts else None


BOOKED_PARTY = JourneyStep(
    name="booked-party", page=page, handle=handle, turned_back=turned_back, subject=HelpSubject.CHOICE
)
