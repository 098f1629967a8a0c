"""How far the reading of a chip is, wherever its holder is in their journey."""

from msgspec.structs import replace

from kiosk.journey import party_documents
from kiosk.journey.context import ChipReadingState, Context
from kiosk.journey.events import ChipProgress, ChipRead, Event, ForgetDocument
from kiosk.journey.step import Stay

#: Of this the person is not told: there is no chip to read.
SILENT = "chip-absent"


#: What needs no answer: the page goes on by itself.
_PASSING = frozenset({"read"})


def note_progress(context: Context, event: ChipProgress | ChipRead) -> Context:
    """Note how far the reading is. One that has ended, or is not that of this document, says nothing more."""
    context, chip = party_documents.note_progress(context, event), context.chip
    if chip is None or chip.laid != event.laid or chip.state == "ended":
        return context
    if isinstance(event, ChipRead):
        return replace(context, chip=replace(chip, state="ended", outcome=event.outcome))
    # A document that was put back is read from the start; the bar is not turned back for that.
    percent = max(chip.percent, event.percent)
    return replace(context, chip=ChipReadingState(chip.laid, event.state, percent, seal=chip.seal, again=event.again))


def running(context: Context) -> bool:
    """Tell whether the chip of the document that was laid down first is being read."""
    return context.chip is not None and context.chip.state != "ended"


def passing(context: Context) -> bool:
    """Tell whether the page only says that all is well, and goes on by itself."""
    return context.chip is not None and context.chip.state == "ended" and context.chip.outcome in _PASSING


def asks(context: Context) -> bool:
    """Tell whether there is something to say to the person, or to wait for."""
    chip = context.chip
    return chip is not None and (running(context) or chip.outcome not in {SILENT, *_PASSING})


def any_running(context: Context) -> bool:
    """Tell whether the chip of any document is being read."""
    return running(context) or context.turn is not None


def consequences(before: Context, after: Context, event: Event) -> Stay:
    """Have a reading ended that nobody waits for any more; without the first document all are forgotten."""
    if before.chip is not None and after.chip is None:
        return Stay(replace(after, beside=None, papers=(), turn=None), (ForgetDocument(),))
    return Stay(after, party_documents.dropped(before, after, event))
