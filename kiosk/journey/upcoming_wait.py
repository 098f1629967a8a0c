"""How long whoever asks for a ticket now will wait, before they have one. Pure."""

from kiosk.journey import order
from kiosk.journey.checking_in import CheckingIn
from kiosk.journey.context import Context
from kiosk.journey.foreseen import ForeseenWait
from kiosk.journey.surroundings import Surroundings


def upcoming_wait(context: Context, around: Surroundings) -> ForeseenWait | None:
    """Give what the server foresees for what was chosen; None where it says nothing.

    Nothing is said to whoever comes for an appointment: what is known is of people without one.
    """
    if context.of(CheckingIn).appointment:
        return None
    # A visit goes first to where its first service is done.
    first = next(iter(order.services(context)), "")
    return around.waits.get(first)


def wait_of_choice(service: str, context: Context, around: Surroundings) -> ForeseenWait | None:
    """Give what the server foresees for whoever chooses a service now; None where it says nothing.

    Nothing is said to whoever adds a further service, as their visit goes where the first one is done; nor while no
    numbers are given for it, since what is chosen then is done on another day.
    """
    if context.before or context.of(CheckingIn).appointment or around.availability.closed is not None:
        return None
    if service in around.availability.closed_services:
        return None
    return around.waits.get(service)


def is_too_late(context: Context, around: Surroundings) -> bool:
    """Tell whether the server foresees that they are not reached before the centre closes."""
    wait = upcoming_wait(context, around)
    return wait is not None and wait.shut
