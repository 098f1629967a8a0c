"""When nobody touches the kiosk: it asks, counts down, and forgets the person (EN 301 549 and WCAG 2.2.1).

Who answers gets the whole time again, as often as they answer.
"""

from math import ceil

from msgspec.structs import replace

from kiosk.journey import wait
from kiosk.journey.page import Page
from kiosk.journey.state import Advance, Journey, Step, wiped
from kiosk.journey.steps import chip, documents, pay
from kiosk.journey.steps import help as help_


class IdlePage(Page, frozen=True):
    """Are you still there? ``left`` seconds until the wipe."""

    left: int = 20


def due(journey: Journey) -> float | None:
    """Say when the next ``Tick`` has something to do, or None where nothing runs out."""
    if journey.asked is not None:
        return journey.asked + journey.timing.countdown - journey.left + 1
    minute = help_.due(journey.context) if journey.current is Step.HELP else None
    if _works(journey):
        runs_out = wait.due(journey)
    else:
        patience = _patience(journey)
        runs_out = None if patience is None else journey.touched + patience
    return min((moment for moment in (minute, runs_out) if moment is not None), default=None)


def _works(journey: Journey) -> bool:
    """Tell whether a payment goes on.

    Terminal and printer end by themselves, and what they began is settled before anybody else is served.
    """
    return pay.working(journey.context) and not journey.emergency


def _patience(journey: Journey) -> float | None:  # noqa: PLR0911 - one line a kind of page
    """Give the seconds without a touch after which the kiosk asks, or ends what is over."""
    timing, context = journey.timing, journey.context
    if journey.pristine:
        return None
    if journey.emergency:
        return timing.emergency
    if journey.current is Step.HELP:
        return timing.help
    if journey.current in {Step.TECHNICIAN, Step.ADDRESS}:
        return timing.technician
    if journey.current is Step.CHIP and chip.passing(context):
        return timing.chip
    if journey.current is Step.DOCUMENTS and documents.over(context, journey.around):
        return timing.chip
    if chip.running(context) or documents.running(context):
        # Nobody needs to touch anything for it, and it ends by itself.
        return max(timing.reading, timing.idle_long)
    # Four passports in one bag are not found at once.
    calm = context.large or context.reader == "reading" or journey.current is Step.DOCUMENTS
    if _finished(journey):
        return (timing.place if journey.current is Step.PLACE else timing.ticket) * (2 if calm else 1)
    return timing.idle_long if calm else timing.idle


def _finished(journey: Journey) -> bool:
    """Tell whether the page ends by itself: nothing is left to be asked, nor to be lost.

    The ticket is in the person's hand, the place was shown, or the hall is being left.
    """
    ticket, place = journey.context.ticket, journey.context.place
    if journey.emergency:
        return True
    if journey.current is Step.PLACE:
        return place is not None and place.found != "looking"
    return journey.current is Step.TICKET and ticket is not None and ticket.paper == "taken"


def tick(journey: Journey, now: float) -> Advance:
    if journey.asked is not None:
        left = journey.left
        # The very sum that ``due`` gives: a rounding of the difference must not ask for the same moment again.
        while left > 0 and now >= journey.asked + journey.timing.countdown - left + 1:
            left -= 1
        return Advance(replace(journey, left=left)) if left else wiped(journey, now)
    if _works(journey):
        return wait.tick(journey, now)
    patience = _patience(journey)
    if patience is None or now < journey.touched + patience:
        return Advance(journey)
    if _finished(journey):
        return wiped(journey, now)
    return Advance(replace(journey, asked=now, left=ceil(journey.timing.countdown)))
