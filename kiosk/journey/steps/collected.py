"""Collected: the door is shut and its compartment empty. What else is here is a touch away."""

from msgspec.structs import replace

from kiosk.journey.collecting import Collecting
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event
from kiosk.journey.page import JourneyPage
from kiosk.journey.patience import last
from kiosk.journey.step import Continue, EndJourney, JourneyStep, Outcome, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.values import HelpSubject


class CollectedPage(JourneyPage, frozen=True):
    """``kind`` is what they have now (a code), out of the door ``door``; ``more`` are still theirs."""

    kind: str = ""
    door: str = ""
    more: int = 0


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    known = context.of(Collecting)
    return CollectedPage(kind="" if known.item is None else known.item.kind, door=known.door, more=len(known.items) - 1)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    del around, number
    known = context.of(Collecting)
    match event:
        case Action("next") if len(known.items) > 1:
            looked = replace(known, is_asked=False, again=True, outcome="", items=(), item=None)
            return Continue(context.keeping(looked), by="next")
        case Action("done"):
            return EndJourney()
    return Stay(context)


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    del around
    return StepTimeout(last(context, timing, timing.place), "wipe")


COLLECTED = JourneyStep(
    name="collected",
    page=page,
    handle=handle,
    exits=frozenset({"next"}),
    patience=patience,
    subject=HelpSubject.DOCUMENT,
    final=True,
)
