"""Chip: the document stays where it is until its chip was read. Whoever does not want to wait goes on at once."""

from msgspec.structs import replace

from kiosk.journey import can, document
from kiosk.journey.context import Chip, ChipState, Context
from kiosk.journey.events import Action, ChipProgress, ChipRead, DocumentRead, Event
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import Page
from kiosk.journey.steps import documents
from kiosk.journey.surroundings import Surroundings


class ChipPage(Page, frozen=True):
    """Leave the document where it is: its chip is read.

    ``state``: ``waiting`` (for the chip) | ``reading`` | ``back`` (it was taken away, and is waited for) | ``ended``;
    where it is ``can`` there is ``CanPage`` in its place.
    ``outcome`` and ``seal`` are those of ``Chip``.
    """

    state: ChipState = "waiting"
    percent: int = 0
    outcome: str = ""
    seal: str = ""


#: What needs no answer: the page goes on by itself.
_PASSING = frozenset({"read"})
#: Of this the person is not told: there is no chip to read.
SILENT = "chip-absent"


def page(context: Context, around: Surroundings, number: int) -> Page:
    del around, number
    chip = context.chip
    if chip is None:
        return ChipPage(step=1)
    if (asked := can.page(chip, step=1)) is not None:
        return asked
    return ChipPage(step=1, state=chip.state, percent=chip.percent, outcome=chip.outcome, seal=chip.seal)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    chip = context.chip
    if chip is not None and (typed := can.handle(chip, event, number)) is not None:
        return Stay(replace(context, chip=typed.chip), typed.effects)
    match event:
        case Action("no-chip") if running(context):
            return Continue(replace(context, chip=None))
        case Action("continue") if not running(context):
            return Continue(context)
        case DocumentRead():
            noted = document.laid(context, around, event)
            return Stay(noted, document.effects(noted, event, number))
        case ChipRead(_, laid, outcome) if chip is not None and chip.laid == laid:
            noted = told(context, event)
            return Continue(noted) if outcome == SILENT else Stay(noted)
    return Stay(context)


def told(context: Context, event: ChipProgress | ChipRead) -> Context:
    """Note how far the reading is. One that has ended, or is not that of this document, says nothing more."""
    context, chip = documents.told(context, event), context.chip
    if chip is None or chip.laid != event.laid or chip.state == "ended":
        return context
    if isinstance(event, ChipRead):
        return replace(context, chip=replace(chip, state="ended", outcome=event.outcome))
    # A document that was put back is read from the start; the bar is not turned back for that.
    percent = max(chip.percent, event.percent)
    return replace(context, chip=Chip(chip.laid, event.state, percent, seal=chip.seal, again=event.again))


def running(context: Context) -> bool:
    """Tell whether a chip is being read."""
    return context.chip is not None and context.chip.state != "ended"


def passing(context: Context) -> bool:
    """Tell whether the page only says that all is well, and goes on by itself."""
    return context.chip is not None and context.chip.state == "ended" and context.chip.outcome in _PASSING


def asks(context: Context) -> bool:
    """Tell whether there is something to say to the person, or to wait for."""
    chip = context.chip
    return chip is not None and (running(context) or chip.outcome not in {SILENT, *_PASSING})
