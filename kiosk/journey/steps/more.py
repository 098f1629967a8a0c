"""More: a second service, and more people, with one number, and paid at once. Whoever needs neither goes on at once."""

from msgspec.structs import replace

from kiosk.journey import order
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.order import AgeBandCount, Chosen
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.tariff import size


class MorePage(JourneyPage, frozen=True):
    """What was chosen so far, for how many ``people`` (``bands``), and whether something can be added.

    ``party``: more people can be named here than one.
    """

    chosen: tuple[Chosen, ...] = ()
    people: int = 1
    bands: tuple[AgeBandCount, ...] = ()
    can_add: bool = False
    party: bool = False


def page(context: Context, around: Surroundings) -> JourneyPage:
    return MorePage(
        chosen=order.chosen(context, around),
        people=size(order.people(context, around)),
        bands=tuple(
            one for one in order.bands(context, around, order.people(context, around)) if one.count and one.label
        ),
        can_add=order.can_add(context, around),
        party=around.offer.party > 1,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del number
    match event:
        case Action("add") if order.can_add(context, around):
            return Continue(order.added(context), by="add")
        case Action("go-on"):
            return Continue(context)
        case Action("remove", ident) if len(order.wanted(context)) > 1:
            return Stay(_without(context, ident))
    return Stay(context)


def _without(context: Context, ident: str) -> Context:
    left = tuple(one for one in order.wanted(context) if one.service != ident)
    if not left or len(left) == len(order.wanted(context)):
        return context
    return order.withdraw_service(replace(context, before=left, service=""))


def recheck(context: Context, around: Surroundings) -> Continue:
    """Leave out what is offered no longer of that which was chosen before."""
    offer = around.offer
    there = tuple(one for one in context.before if offer.service(one.government, one.kind, one.service) is not None)
    return Continue(replace(context, before=there))


MORE = JourneyStep(
    name="more",
    page=page,
    handle=handle,
    needs=frozenset({"service"}),
    gives=frozenset({"before", "people"}),
    exits=frozenset({"add"}),
    recheck=recheck,
)
