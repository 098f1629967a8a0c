"""What the chosen services cost and where that is paid: said to everybody, whatever this kiosk can take."""

from kiosk.journey import order
from kiosk.journey.context import Context
from kiosk.journey.offer import text
from kiosk.journey.page import OwedFee
from kiosk.journey.surroundings import Surroundings


def owed(context: Context, around: Surroundings) -> OwedFee | None:
    """Give what the party pays for what was chosen, None where that is nothing."""
    fees = around.offer.sums(order.services(context), order.people(context, around))
    return OwedFee(fees, desk(context, around)) if fees else None


def desk(context: Context, around: Surroundings) -> str:
    """Name the stop where the chosen services are paid, as all other pages and papers do; empty where there is none."""
    chosen = (around.offer.service(one.government, one.kind, one.service) for one in order.wanted(context))
    steps = (step for service in chosen if service is not None for step in service.steps if step.takes_fees)
    return next((text(step.name, context.language) for step in steps), "")
