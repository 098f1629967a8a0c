"""Fee: what it costs, and why; the person chooses where to pay. Nobody needs to pay here to get a ticket."""

from msgspec.structs import replace

from kiosk.journey import issue
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Bought, BoughtLine, Event, Issued, IssueFailed, Pay
from kiosk.journey.offer import Offer, text
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import Fee, Page, Payment, Side
from kiosk.journey.steps import documents, more
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.tariff import PARTY, Headcount, size
from queue_server.domain.values import BandId


class FeePage(Page, frozen=True):
    """What it costs, and where to pay. ``desk`` is the name of the stop where it is paid later, empty for a counter.

    ``can_pay``: now, here or at a cash desk (``by_hand``); else only later, at a counter.
    """

    fee: Fee = Fee(0, "EUR", 2)
    service: str = ""
    government: str = ""
    icon: str = ""
    services: int = 1
    people: int = 1
    can_pay: bool = True
    side: Side = "right"
    by_hand: bool = False
    working: bool = False
    desk: str = ""


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    service = around.offer.service(context.government, context.kind, context.service)
    chosen = more.chosen(context, around)
    government = around.offer.government(context.government)
    return FeePage(
        step=4,
        fee=due(context, around) or Fee(0, "EUR", 2),
        service=" + ".join(one.service for one in chosen),
        government=text(government.name, context.language) if government else "",
        icon=around.offer.icon(service) if service else "",
        services=len(chosen),
        people=size(more.people(context, around)),
        can_pay=payable(context, around),
        side=around.sides.terminal,
        by_hand=by_hand(around),
        working=context.issuing,
        desk=desk(context, around),
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    match event:
        case Action("pay") if not context.issuing and payable(context, around):
            begun = begin(context, around, number)
            return Continue(begun.context, begun.effects)
        case Action("pay-later") if not context.issuing:
            return issue.ask(context, around, number)
        case Issued() | IssueFailed():
            return issue.answered(context, around, event)
    return Stay(context)


def due(context: Context, around: Surroundings) -> Fee | None:
    """Give what the chosen services cost all people, None where it is nothing that could be paid here."""
    return around.offer.fee(more.services(context), more.people(context, around))


def payable(context: Context, around: Surroundings) -> bool:
    """Tell whether it costs something that can be paid here and now: with a terminal, paper, and the centre's leave.

    Staff at a cash desk see what a kiosk waits for at the server alone.
    """
    allowed = around.health.connected or (around.offer.pay_offline and not by_hand(around))
    return due(context, around) is not None and around.terminal and around.paper and allowed


def by_hand(around: Surroundings) -> bool:
    """Tell whether staff take the money, and not a terminal with a line (``peripherals.payment.manual``)."""
    return any(part.name == "terminal" and part.address.startswith("manual:") for part in around.health.parts)


def desk(context: Context, around: Surroundings) -> str:
    """Name the stop where the chosen services are paid, as all other pages and papers do; empty where there is none."""
    chosen = (around.offer.service(one.government, one.kind, one.service) for one in more.wanted(context))
    steps = (step for service in chosen if service is not None for step in service.steps if step.takes_payment)
    return next((text(step.name, context.language) for step in steps), "")


def begin(context: Context, around: Surroundings, number: int) -> Stay:
    """Have the fee of the chosen service paid; it must be ``payable``."""
    fee = due(context, around)
    if fee is None:
        return Stay(context)
    asked = Pay(
        number=number,
        services=more.services(context),
        language=context.language,
        centre=text(around.offer.centre, context.language),
        stops=issue.stops(context, around, paid=True),
        fee=fee,
        asks_priority=context.asks,
        bought=bought(context, around, fee),
        by_hand=by_hand(around),
        people=more.people(context, around),
        documents=documents.laid(context, around),
    )
    return Stay(replace(context, issuing=True, fee=fee, payment=Payment(), cancelled=False), (asked,))


def bought(context: Context, around: Surroundings, fee: Fee) -> tuple[Bought, ...]:
    """Say what is paid, service by service and age by age, in the person's language; and who of them pays nothing."""
    offer, labels = around.offer, {one.id: text(one.name, context.language) for one in around.offer.bands}
    counted = (*more.people(context, around), Headcount(PARTY, 1))
    return tuple(
        Bought(
            one.service,
            one.government,
            tuple(
                BoughtLine(head.count, labels.get(head.band, ""), each)
                for head in counted
                if head.count and (each := _each(offer, one.id, head.band, fee)) is not None
            ),
        )
        for one in more.chosen(context, around)
    )


def _each(offer: Offer, service: str, band: BandId, paid: Fee) -> Fee | None:
    """Give what one of an age pays for a service, None where nothing is to be said of them: a party is nobody's age."""
    each = offer.each((service,), band)
    if each is not None or band == PARTY:
        return each
    costs = offer.costs((service,), band) or offer.costs((service,), PARTY)
    return None if costs else replace(paid, minor=0)
