"""PIN: the way to the technician's page. Whoever finds it by chance goes back and has lost nothing."""

from math import ceil

from kiosk.journey.bench import Bench
from kiosk.journey.context import Context
from kiosk.journey.events import (
    Action,
    CheckPin,
    Event,
    PinAnswered,
)
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay
from kiosk.journey.surroundings import Surroundings


class PinPage(JourneyPage, frozen=True):
    """The technician's PIN, a dot for each digit. ``problem``: ``pin-wrong`` | ``pin-wait`` (minutes), or empty."""

    entered: str = ""
    length: int = 6
    busy: bool = False
    problem: str = ""
    wait_min: int = 0


#: Digits of a PIN.
LENGTH = 6


def page(context: Context, around: Surroundings) -> JourneyPage:
    """Show how many digits were typed, and never which."""
    del around
    bench = context.of(Bench)
    return PinPage(
        entered="•" * len(bench.entered),
        length=LENGTH,
        busy=bench.checking,
        problem=bench.problem,
        wait_min=bench.wait_min,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around
    bench = context.of(Bench)
    match event:
        case PinAnswered(_, ok, wait_s) if bench.checking:
            if ok:
                return Continue(context.keeping(Bench()))
            minutes = ceil(wait_s / 60)
            problem = "pin-wait" if minutes else "pin-wrong"
            return Stay(context.keeping(Bench(problem=problem, wait_min=minutes)))
        case Action("digit", digit) if not bench.checking and digit in set("0123456789"):
            if len(bench.entered) < LENGTH:
                return Stay(context.keeping(Bench(entered=bench.entered + digit)))
        case Action("erase") if not bench.checking:
            return Stay(context.keeping(Bench(entered=bench.entered[:-1])))
        case Action("submit") if not bench.checking and len(bench.entered) == LENGTH:
            return Stay(context.keeping(Bench(checking=True)), (CheckPin(number, bench.entered),))
    return Stay(context)


def left(context: Context) -> Context:
    return context.keeping(Bench())


PIN = JourneyStep(
    name="pin", page=page, handle=handle, takes={PinAnswered: PersonPresence.RENEWED}, left=left, aside=True
)
