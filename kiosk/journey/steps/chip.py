"""Chip: the document stays where it is until its chip was read. Whoever does not want to wait goes on at once."""

from msgspec.structs import replace

from kiosk.journey import can, chip_reading, document
from kiosk.journey.context import ChipState, Context
from kiosk.journey.events import Action, ChipRead, DocumentRead, DocumentUnread, Event, ReadingStarted
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.values import HelpSubject


class ChipPage(JourneyPage, frozen=True):
    """Leave the document where it is: its chip is read.

    ``state``: ``waiting`` (for the chip) | ``reading`` | ``back`` (it was taken away, and is waited for) | ``ended``;
    where it is ``can`` there is ``CanPage`` in its place.
    ``outcome`` and ``seal`` are those of ``ChipReadingState``.
    """

    state: ChipState = "waiting"
    percent: int = 0
    outcome: str = ""
    seal: str = ""


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    chip = context.chip
    if chip is None:
        return ChipPage()
    if (asked := can.page(chip)) is not None:
        return asked
    return ChipPage(state=chip.state, percent=chip.percent, outcome=chip.outcome, seal=chip.seal)


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:
    chip = context.chip
    if chip is not None and (typed := can.handle(chip, event, number)) is not None:
        return Stay(replace(context, chip=typed.chip), typed.effects)
    match event:
        case Action("no-chip") if chip_reading.running(context):
            return Continue(replace(context, chip=None))
        case Action("continue") if not chip_reading.running(context):
            return Continue(context)
        case DocumentRead():
            noted = document.note_document(context, around, event)
            return Stay(noted, document.effects(noted, event, number))
        case ChipRead(_, laid, outcome) if chip is not None and chip.laid == laid:
            noted = chip_reading.note_progress(context, event)
            return Continue(noted) if outcome == chip_reading.SILENT else Stay(noted)
    return Stay(context)


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """What only says that all is well goes on by itself."""
    del around
    return StepTimeout(timing.chip, "continue") if chip_reading.passing(context) else None


def left(context: Context) -> Context:
    """Whoever goes back puts a document down anew."""
    return replace(context, chip=None)


CHIP = JourneyStep(
    name="chip",
    page=page,
    handle=handle,
    takes={
        ReadingStarted: PersonPresence.HERE,
        DocumentUnread: PersonPresence.HERE,
        DocumentRead: PersonPresence.HERE,
        ChipRead: PersonPresence.HERE,
    },
    left=left,
    patience=patience,
    subject=HelpSubject.DOCUMENT,
)
