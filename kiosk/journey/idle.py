"""When nobody touches the kiosk: it asks, counts down, and forgets the person (EN 301 549 and WCAG 2.2.1).

Who answers gets the whole time again, as often as they answer.
"""

from math import ceil

from msgspec.structs import replace

from kiosk.journey import patience, wait
from kiosk.journey.page import JourneyPage
from kiosk.journey.state import Advance, Journey, wiped
from kiosk.journey.step import StepTimeout


class IdlePage(JourneyPage, frozen=True):
    """Are you still there? ``left`` seconds until the wipe."""

    left: int = 20


def due(journey: Journey) -> float | None:
    """Say when the next ``TimePassed`` has something to do, or None where nothing runs out."""
    if journey.asked is not None:
        return journey.asked + journey.timing.countdown - journey.left + 1
    renewed = journey.current.renewed(journey.context)
    if wait.works(journey):
        runs_out = wait.due(journey)
    else:
        waits = _patience(journey)
        runs_out = None if waits is None else journey.touched + waits.seconds
    return min((moment for moment in (renewed, runs_out) if moment is not None), default=None)


def passes(journey: Journey, now: float) -> bool:
    """Tell whether the page only says that all is well, and goes on by itself now."""
    moment, waits = due(journey), _patience(journey)
    passing = waits is not None and waits.then == "continue"
    return passing and journey.asked is None and moment is not None and now >= moment


def tick(journey: Journey, now: float) -> Advance:
    if journey.asked is not None:
        left = journey.left
        # The very sum that ``due`` gives: a rounding of the difference must not ask for the same moment again.
        while left > 0 and now >= journey.asked + journey.timing.countdown - left + 1:
            left -= 1
        return Advance(replace(journey, left=left)) if left else wiped(journey, now)
    if wait.works(journey):
        return wait.tick(journey, now)
    waits = _patience(journey)
    if waits is None or now < journey.touched + waits.seconds:
        return Advance(journey)
    if waits.then == "wipe":
        return wiped(journey, now)
    return Advance(replace(journey, asked=now, left=ceil(journey.timing.countdown)))


def is_served(journey: Journey) -> bool:
    """Tell whether the person has all they came for, so that nothing is lost with what they entered."""
    waits = journey.step.patience(journey.context, journey.around, journey.timing)
    return waits is not None and waits.then == "wipe"


def _patience(journey: Journey) -> StepTimeout | None:
    """Give what is waited for; None where nobody has touched anything yet."""
    timing, context = journey.timing, journey.context
    if journey.pristine:
        return None
    if journey.emergency:
        # The hall is being left: nothing is asked.
        return StepTimeout(timing.emergency, "wipe")
    declared = journey.current.patience(context, journey.around, timing)
    return declared or StepTimeout(patience.usual(context, timing))
