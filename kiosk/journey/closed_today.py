"""Services that are closed for the rest of the day, as those who choose see them. Pure.

They stay in the lists: who has come for one is told so, instead of looking for it in vain.
"""

from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.context import Context
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.catalogue import ServiceView


def is_closed_today(context: Context, around: Surroundings) -> bool:
    """Tell whether no number is given for what was chosen; whoever has an appointment for it is served."""
    return context.service in around.availability.closed_services and not context.of(CheckingIn).appointment


def are_closed_today(services: tuple[ServiceView, ...], around: Surroundings) -> bool:
    """Tell whether a choice leads to nothing that is done today.

    Nothing is said of it while no numbers are given at all: what is chosen then is done on another day.
    """
    closed = around.availability.closed_services
    return around.availability.closed is None and bool(services) and all(one.id in closed for one in services)
