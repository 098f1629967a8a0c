"""Party: how many people it is for, by the ages that the centre's fees know. It lies over the page that asks."""

from msgspec.structs import replace

from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import Page
from kiosk.journey.steps import more
from kiosk.journey.steps.more import Band
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.tariff import Headcount, size
from queue_server.domain.values import BandId


class PartyPage(Page, frozen=True):
    """How many people it is for; ``most`` is as many as get one number here."""

    bands: tuple[Band, ...] = ()
    people: int = 1
    most: int = 1


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    return PartyPage(
        bands=more.bands(context, around, context.counting),
        people=size(context.counting),
        most=around.offer.party,
    )


def opened(context: Context, around: Surroundings) -> Context:
    return replace(context, counting=more.people(context, around))


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    match event:
        case Action("plus", band) if size(context.counting) < around.offer.party:
            return Stay(_counted(context, around, band, 1))
        case Action("minus", band):
            return Stay(_counted(context, around, band, -1))
        case Action("people") if 1 <= size(context.counting) <= around.offer.party:
            return Continue(replace(context, people=context.counting, counting=()))
    return Stay(context)


def _counted(context: Context, around: Surroundings, band: str, change: int) -> Context:
    """Count one more or one less of an age, in the order of the catalogue."""
    known = [BandId(one.id) for one in more.bands(context, around, ())]
    count = {one.band: one.count for one in context.counting}
    if band not in known:
        return context
    count[BandId(band)] = max(0, count.get(BandId(band), 0) + change)
    counting = tuple(Headcount(one, count[one]) for one in known if count.get(one))
    return replace(context, counting=counting)
