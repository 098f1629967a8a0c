"""Collected: the door is shut and its compartment empty. What else is here, or a receipt, is a touch away."""

from typing import Literal

from msgspec.structs import replace

from kiosk.journey.collecting import Collecting
from kiosk.journey.context import Context
from kiosk.journey.events import Action, CollectedPrinted, Event, PrintCollected
from kiosk.journey.page import JourneyPage
from kiosk.journey.patience import last
from kiosk.journey.step import Continue, EndJourney, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.values import HelpSubject


class CollectedPage(JourneyPage, frozen=True):
    """``kind`` is what they have now (a code), out of the door ``door``; ``more`` are still theirs.

    ``receipt``: ``offered`` | ``printing`` | ``taken`` | ``none`` (it did not come on paper), empty where there is no
    paper for one.
    """

    kind: str = ""
    door: str = ""
    more: int = 0
    receipt: Literal["", "offered", "printing", "taken", "none"] = ""


def page(context: Context, around: Surroundings) -> JourneyPage:
    known = context.of(Collecting)
    return CollectedPage(
        kind="" if known.item is None else known.item.kind,
        door=known.door,
        more=len(known.items) - 1,
        receipt=known.receipt or ("offered" if _can_print(known, around) else ""),
    )


def _can_print(known: Collecting, around: Surroundings) -> bool:
    return around.paper and known.receipt == "" and known.item is not None and known.label != ""


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    known = context.of(Collecting)
    match event:
        case Action("receipt") if _can_print(known, around) and known.item is not None:
            asked = PrintCollected(number, known.opens, context.language, known.item.kind, known.label)
            return Stay(context.keeping(replace(known, receipt="printing")), (asked,))
        case CollectedPrinted(_, look, is_printed) if look == known.opens and known.receipt == "printing":
            return Stay(context.keeping(replace(known, receipt="taken" if is_printed else "none")))
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
    takes={CollectedPrinted: PersonPresence.RENEWED},
    patience=patience,
    subject=HelpSubject.DOCUMENT,
    final=True,
)
