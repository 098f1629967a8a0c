"""A ticket is asked for: at the confirmation, or later where its fee is not paid here."""

from msgspec.structs import replace

from kiosk.journey import bringing, order, owing, party_documents
from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.context import Context, ShownTicket
from kiosk.journey.events import Issued, IssueFailed, MakeTicket
from kiosk.journey.offer import text
from kiosk.journey.page import JourneyStop
from kiosk.journey.step import Abort, Continue, Outcome, Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.catalogue import StepView


def ask(context: Context, around: Surroundings, number: int) -> Stay:
    """Have the ticket made, of an appointment where they came for one."""
    known = context.of(CheckingIn)
    booking = known.booking
    asked = MakeTicket(
        number=number,
        services=order.services(context) if booking is None else booking.services,
        language=context.language,
        centre=text(around.offer.centre, context.language),
        stops=stops(context, around),
        asks_priority=context.asks,
        people=order.people(context, around),
        documents=party_documents.list_documents(context, around),
        lacking=bringing.lacking(context, around),
        appointment=known.appointment,
        admits=booking is not None and known.appointment != "",
        booked="" if booking is None or known.walk_in else booking.clock,
        owed=owing.owed(context, around),
    )
    return Stay(replace(context, issuing=True), (asked,))


def answered(context: Context, around: Surroundings, event: Issued | IssueFailed) -> Outcome:
    """Take the answer, where one is waited for."""
    if not context.issuing:
        return Stay(context)
    if isinstance(event, IssueFailed):
        return Abort(event.problem)
    owed = owing.owed(context, around)
    ticket = ShownTicket(event.visit, event.code, stops(context, around), address=event.address, owed=owed)
    return Continue(replace(context, issuing=False, ticket=ticket))


def stops(context: Context, around: Surroundings, *, paid: bool = False) -> tuple[JourneyStop, ...]:
    """Give the steps of the chosen services, each place once, in the person's language.

    Whoever has paid need not go to the cash desk, unless there is nothing else: the server plans the visit alike.
    """
    steps: dict[str, StepView] = {}
    for one in order.wanted(context):
        service = around.offer.service(one.government, one.kind, one.service)
        stops = () if service is None else service.steps
        if paid:
            stops = tuple(stop for stop in stops if not stop.takes_fees) or stops
        steps |= {stop.id: stop for stop in stops if stop.id not in steps}
    found = steps.values()
    return tuple(JourneyStop(text(one.name, context.language), text(one.place, context.language)) for one in found)
