"""Whose document it is: the documents of a party, of whom the first was laid down at the beginning.

Whose turn it is follows from who has been settled, so that a party may be counted anew in between. The journey knows of
a document the number under which the kiosk holds what was read of it, and the first letter of a name, by which its
holder knows the row again.
"""

from typing import NamedTuple

from msgspec.structs import replace

from kiosk.journey import order
from kiosk.journey.context import ChipReadingState, Context, PartyDocument, Settled
from kiosk.journey.events import ChipProgress, ChipRead, EndChip, Event, Laid
from kiosk.journey.surroundings import Surroundings
from queue_server.domain.values import BandId

#: What a chip may come to where the person is told that their document was read (``context.ChipReadingState``).
READ = frozenset({"read", "expired", "chip-absent", "paper-expired", "seal-holds", "seal-expired", "seal-unchecked"})

#: People of a party at most; a seal that is shown with a document stands behind them.
_PLACES = 19


class One(NamedTuple):
    """One of the party: ``band`` is the age that was said of them, ``nth``, from 0, tells those of one age apart."""

    band: BandId
    nth: int


def note_progress(context: Context, event: ChipProgress | ChipRead) -> Context:
    """Note how far the reading of this document is, and once it has ended whose it was."""
    turn = context.turn
    if turn is None or turn.chip.laid != event.laid:
        return context
    if isinstance(event, ChipRead):
        state: Settled = "read" if event.outcome in READ else "counter"
        return settled(context, PartyDocument(turn.band, turn.nth, state, turn.chip.laid, turn.initial))
    # A document that was put back is read from the start; the bar is not turned back for that.
    percent = max(turn.chip.percent, event.percent)
    chip = ChipReadingState(turn.chip.laid, event.state, percent, seal=turn.chip.seal, again=event.again)
    return replace(context, turn=replace(turn, chip=chip))


def matters(context: Context, around: Surroundings) -> bool:
    """Tell whether somebody of a party can lay a document down that staff see something of."""
    return len(party(context, around)) > 1 and around.reader and around.chip and whose(context, around) is not None


def whose(context: Context, around: Surroundings) -> One | None:
    """Say whose turn it is: the first of whom nothing has been said, None where everybody was asked."""
    known = papers(context, around)
    return next((one for one in party(context, around) if one not in known), None)


def over(context: Context, around: Surroundings) -> bool:
    """Tell whether the page only says that all is well, and goes on by itself."""
    return context.turn is None and whose(context, around) is None


def list_documents(context: Context, around: Surroundings) -> tuple[Laid, ...]:
    """List the documents that go along with the ticket: whose each is."""
    known, bands = papers(context, around), {one.id: one for one in around.offer.bands}
    found = []
    for place, one in enumerate(party(context, around)):
        paper, band = known.get(one), bands.get(one.band)
        if paper is not None and paper.laid:
            to_age = -1 if band is None or band.to_age is None else band.to_age
            found.append(Laid(paper.laid, place, band.id if band else "", to_age))
    if (seal := _seal_beside(context)) is not None and len(party(context, around)) <= _PLACES:
        # It stands behind the people of the party, as one that staff scan.
        found.append(Laid(seal.laid, len(party(context, around))))
    return tuple(found)


def first(context: Context) -> ChipReadingState | None:
    """Give what the first of the party has laid down: the document, where there is a seal beside it."""
    chip, beside = context.chip, context.beside
    return beside if chip is not None and chip.seal and beside is not None else chip


def _seal_beside(context: Context) -> ChipReadingState | None:
    """Give the seal that was shown with a document, None where there is none, or it is all that was shown."""
    if context.beside is None:
        return None
    return next((one for one in (context.chip, context.beside) if one and one.seal and one.state == "ended"), None)


def left(context: Context) -> Context:
    """Go back to the page, or from it: whoever had no document then is asked again."""
    return ready(replace(context, papers=tuple(one for one in context.papers if one.laid)))


def dropped(before: Context, after: Context, event: Event) -> tuple[EndChip, ...]:
    """Have the reading of a chip ended that nobody waits for any more."""
    going = before.turn is not None and after.turn is None
    return (EndChip(),) if going and not isinstance(event, ChipRead) else ()


def ready(context: Context) -> Context:
    """Wait for the next document."""
    return replace(context, turn=None, reader="ready", twice=False)


def settled(context: Context, paper: PartyDocument) -> Context:
    """Note what became of the document of one of them."""
    others = tuple(one for one in context.papers if (one.band, one.nth) != (paper.band, paper.nth))
    return ready(replace(context, papers=(*others, paper)))


def party(context: Context, around: Surroundings) -> tuple[One, ...]:
    """List the party, one by one."""
    return tuple(One(head.band, nth) for head in order.people(context, around) for nth in range(head.count))


def papers(context: Context, around: Surroundings) -> dict[One, PartyDocument]:
    """Say what is known of the documents of each."""
    known = {One(one.band, one.nth): one for one in context.papers}
    chip, one = first(context), next(iter(party(context, around)), None)
    if one is not None and chip is not None and chip.state == "ended":
        # What was laid down at the beginning.
        state: Settled = "read" if chip.outcome in READ else "counter"
        known[one] = PartyDocument(*one, state, chip.laid, context.initial)
    return known
