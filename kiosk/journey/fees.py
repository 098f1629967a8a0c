"""What the chosen services cost here, and how that is paid."""

from msgspec.structs import replace

from kiosk.journey import bringing, issue, order, party_documents
from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.checkout import Checkout
from kiosk.journey.context import Context
from kiosk.journey.events import Bought, BoughtLine, StartCheckout
from kiosk.journey.offer import CentreOffer, text
from kiosk.journey.page import Fee
from kiosk.journey.step import Stay
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.tariff import PARTY, Headcount
from queue_server.domain.values import BandId


def due(context: Context, around: Surroundings) -> Fee | None:
    """Give what the chosen services cost all people, None where it is nothing that could be paid here."""
    return around.offer.fee(order.services(context), order.people(context, around))


def payable(context: Context, around: Surroundings) -> bool:
    """Tell whether it costs something that can be paid here and now: with a terminal, paper, and the centre's leave.

    Staff at a cash desk see what a kiosk waits for at the server alone. Whoever comes for an appointment that nobody
    could look at pays at the counter: their ticket is not held for that.
    """
    if context.of(CheckingIn).appointment:
        return False
    allowed = around.health.connected or (around.offer.pay_offline and not by_hand(around))
    return due(context, around) is not None and around.terminal and around.paper and allowed


def by_hand(around: Surroundings) -> bool:
    """Tell whether staff take the money, and not a terminal with a line to the kiosk."""
    return any(part.name == "terminal" and part.attended for part in around.health.parts)


def begin(context: Context, around: Surroundings, number: int) -> Stay:
    """Have the fee of the chosen service paid; it must be ``payable``."""
    fee = due(context, around)
    if fee is None:
        return Stay(context)
    asked = StartCheckout(
        number=number,
        services=order.services(context),
        language=context.language,
        centre=text(around.offer.centre, context.language),
        stops=issue.stops(context, around, paid=True),
        fee=fee,
        asks_priority=context.asks,
        bought=bought(context, around, fee),
        by_hand=by_hand(around),
        people=order.people(context, around),
        documents=party_documents.list_documents(context, around),
        lacking=bringing.lacking(context, around),
    )
    return Stay(replace(context, issuing=True, fee=fee, checkout=Checkout(), cancelled=False), (asked,))


def bought(context: Context, around: Surroundings, fee: Fee) -> tuple[Bought, ...]:
    """Say what is paid, service by service and age by age, in the person's language; and who of them pays nothing."""
    offer, labels = around.offer, {one.id: text(one.name, context.language) for one in around.offer.bands}
    counted = (*order.people(context, around), Headcount(PARTY, 1))
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
        for one in order.chosen(context, around)
    )


def _each(offer: CentreOffer, service: str, band: BandId, paid: Fee) -> Fee | None:
    """Give what one of an age pays for a service, None where nothing is to be said of them: a party is nobody's age."""
    each = offer.each((service,), band)
    if each is not None or band == PARTY:
        return each
    costs = offer.costs((service,), band) or offer.costs((service,), PARTY)
    return None if costs else replace(paid, minor=0)
