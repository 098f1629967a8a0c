"""Party: how many people it is for, by the ages that the centre's fees know. It lies over the page that asks."""

import msgspec
from msgspec.structs import replace

from kiosk.journey import order
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.order import AgeBandCount, counted
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.tariff import Headcount, size


class Counting(msgspec.Struct, frozen=True):
    """The party as the page shows it, until it is left."""

    people: tuple[Headcount, ...] = ()


class PartyPage(JourneyPage, frozen=True):
    """How many people it is for; ``most`` is as many as get one number here."""

    bands: tuple[AgeBandCount, ...] = ()
    people: int = 1
    most: int = 1


def page(context: Context, around: Surroundings) -> JourneyPage:
    counting = context.of(Counting).people
    return PartyPage(
        bands=order.bands(context, around, counting),
        people=size(counting),
        most=around.offer.party,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    counting = context.of(Counting).people
    match event:
        case Action("plus", band) if size(counting) < around.offer.party:
            return Stay(context.keeping(Counting(counted(counting, around, band, 1))))
        case Action("minus", band):
            return Stay(context.keeping(Counting(counted(counting, around, band, -1))))
        case Action("people") if 1 <= size(counting) <= around.offer.party:
            return Continue(replace(context.keeping(Counting()), people=counting))
    return Stay(context)


def opened(context: Context, around: Surroundings, event: Event, number: int) -> Stay | None:
    """Begin with those who were counted before."""
    del event, number
    return Stay(context.keeping(Counting(order.people(context, around))))


PARTY = JourneyStep(name="party", page=page, handle=handle, gives=frozenset({"people"}), opened=opened)
