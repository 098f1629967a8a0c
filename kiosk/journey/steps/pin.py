"""PIN: the way to the technician's page. Whoever finds it by chance goes back and has lost nothing."""

from math import ceil

from msgspec.structs import replace

from kiosk.journey.context import Bench, Context
from kiosk.journey.events import Action, CheckPin, Event, PinAnswered
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import Page
from kiosk.journey.surroundings import Surroundings


class PinPage(Page, frozen=True):
    """The technician's PIN, a dot for each digit. ``problem``: ``pin-wrong`` | ``pin-wait`` (minutes), or empty."""

    entered: str = ""
    length: int = 6
    busy: bool = False
    problem: str = ""
    wait_min: int = 0


#: Digits of a PIN.
LENGTH = 6


def page(context: Context, around: Surroundings, number: int) -> Page:
    """Show how many digits were typed, and never which."""
    del around, number
    bench = context.bench or Bench()
    return PinPage(
        entered="•" * len(bench.entered),
        length=LENGTH,
        busy=bench.checking,
        problem=bench.problem,
        wait_min=bench.wait_min,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around
    bench = context.bench or Bench()
    match event:
        case PinAnswered(_, ok, wait_s) if bench.checking:
            if ok:
                return Continue(replace(context, bench=Bench()))
            minutes = ceil(wait_s / 60)
            problem = "pin-wait" if minutes else "pin-wrong"
            return Stay(replace(context, bench=Bench(problem=problem, wait_min=minutes)))
        case Action("digit", digit) if not bench.checking and digit in set("0123456789"):
            if len(bench.entered) < LENGTH:
                return Stay(replace(context, bench=Bench(entered=bench.entered + digit)))
        case Action("erase") if not bench.checking:
            return Stay(replace(context, bench=Bench(entered=bench.entered[:-1])))
        case Action("submit") if not bench.checking and len(bench.entered) == LENGTH:
            return Stay(replace(context, bench=Bench(checking=True)), (CheckPin(number, bench.entered),))
    return Stay(context)
