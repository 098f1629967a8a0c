"""Documents of a party: each is laid down in turn, and its chip is read. Nobody needs one to get a ticket.

The first is the one that was laid down before, where there was one. Whose turn it is follows from who has been settled,
so that a party may be counted anew in between. The journey knows of a document the number under which the kiosk holds
what was read of it, and the first letter of a name, by which its holder knows the row again.
"""

from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from kiosk.journey import can
from kiosk.journey.context import Chip, Context, Paper, Settled, Turn
from kiosk.journey.events import (
    Action,
    ChipProgress,
    ChipRead,
    DocumentRead,
    DocumentReading,
    DocumentUnread,
    EndChip,
    Event,
    Laid,
    ReadChip,
)
from kiosk.journey.outcome import Continue, Outcome, Stay
from kiosk.journey.page import Page, Side
from kiosk.journey.steps import more
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.catalogue import BandView
from queue_server.domain.values import BandId

#: By what word somebody of a party is called; ``person`` where a band says nothing of it.
type Age = Literal["person", "adult", "child", "small"]


type DocumentReader = Literal["ready", "reading", "again", "twice", "missing"]


class Person(msgspec.Struct, frozen=True):
    """One of a party on the page of their documents: the ``nth``, from 1, of an ``age``, ``alone`` where there is one.

    ``state``: ``read`` | ``now`` | ``later`` (their turn comes) | ``none`` (they have no document) | ``counter`` (staff
    see to it). ``name`` is masked, the first letter of what was read, or empty.
    """

    age: Age
    nth: int
    alone: bool
    state: Literal["read", "now", "later", "none", "counter"]
    name: str = ""


class DocumentsPage(Page, frozen=True):
    """The documents of a party, one after the other. Nobody is ``now`` once everybody was asked.

    ``reader`` as on ``IdentifyPage``, or ``twice``: this document was read already. ``chip`` is how far it is with the
    one that lies there (``ChipPage.state``), empty where none is read.
    """

    people: tuple[Person, ...] = ()
    reader: DocumentReader = "ready"
    chip: Literal["", "waiting", "reading", "back", "can", "ended"] = ""
    percent: int = 0
    side: Side = "below"


#: What a chip may come to where the person is told that their document was read (``context.Chip``).
_READ = frozenset({"read", "expired", "chip-absent", "seal-holds", "seal-expired", "seal-unchecked"})
#: Stands for the rest of a name, however long it is.
_MASK = "\N{BULLET}" * 4
#: From these ages on, in years, words call somebody a child and an adult.
_CHILD, _ADULT = 6, 18


class One(NamedTuple):
    """One of the party: ``band`` is the age that was said of them, ``nth``, from 0, tells those of one age apart."""

    band: BandId
    nth: int


def page(context: Context, around: Surroundings, number: int) -> Page:
    del number
    turn = context.turn
    if turn is not None and (asked := can.page(turn.chip, step=3)) is not None:
        return asked
    return DocumentsPage(
        step=3,
        people=_people(context, around),
        reader=_reader(context, around),
        chip=turn.chip.state if turn else "",
        percent=turn.chip.percent if turn else 0,
        side=around.sides.reader,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:  # noqa: PLR0911 - one case a control
    now, turn = whose(context, around), context.turn
    if turn is not None and (typed := can.handle(turn.chip, event, number)) is not None:
        return Stay(replace(context, turn=replace(turn, chip=typed.chip)), typed.effects)
    match event:
        case Action("continue") if now is None:
            return Continue(context)
        case Action("later") if now is not None:
            return Continue(_ready(context))
        case Action("none" | "leave" as left) if now is not None:
            state: Settled = "counter" if left == "leave" or context.turn else "none"
            after = _settled(context, Paper(*now, state))
            return Continue(after) if whose(after, around) is None else Stay(after)
        case DocumentReading() if now is not None:
            return Stay(replace(context, reader="reading", twice=False))
        case DocumentUnread() if now is not None:
            return Stay(replace(context, reader="again", twice=False))
        case DocumentRead() if now is not None:
            return _laid_down(context, around, event, now, number)
    return Stay(context)


def _laid_down(context: Context, around: Surroundings, event: DocumentRead, now: One, number: int) -> Outcome:
    held = tuple(one.laid for one in laid(context, around))
    if not {event.same, event.laid}.isdisjoint(held):
        return Stay(replace(context, reader="ready", twice=True))
    if event.seal and context.turn is not None and not context.turn.chip.seal:
        # Whoever shows a visa while their passport is read does not stop it.
        return Stay(context)
    if context.turn is not None and context.turn.chip.laid == event.laid:
        # A reader may tell of what lies on it again and again.
        return Stay(replace(context, reader="ready"))
    if not event.laid:
        return Stay(replace(context, reader="again", twice=False))
    turn = Turn(*now, Chip(event.laid, seal=event.seal), event.initial)
    noted = replace(context, reader="ready", twice=False, turn=turn)
    return Stay(noted, (ReadChip(number, event.laid, held),))


def told(context: Context, event: ChipProgress | ChipRead) -> Context:
    """Note how far the reading of this document is, and once it has ended whose it was."""
    turn = context.turn
    if turn is None or turn.chip.laid != event.laid:
        return context
    if isinstance(event, ChipRead):
        state: Settled = "read" if event.outcome in _READ else "counter"
        return _settled(context, Paper(turn.band, turn.nth, state, turn.chip.laid, turn.initial))
    # A document that was put back is read from the start; the bar is not turned back for that.
    percent = max(turn.chip.percent, event.percent)
    chip = Chip(turn.chip.laid, event.state, percent, seal=turn.chip.seal, again=event.again)
    return replace(context, turn=replace(turn, chip=chip))


def matters(context: Context, around: Surroundings) -> bool:
    """Tell whether somebody of a party can lay a document down that staff see something of."""
    return len(_party(context, around)) > 1 and around.reader and around.chip and whose(context, around) is not None


def whose(context: Context, around: Surroundings) -> One | None:
    """Say whose turn it is: the first of whom nothing has been said, None where everybody was asked."""
    papers = _papers(context, around)
    return next((one for one in _party(context, around) if one not in papers), None)


def running(context: Context) -> bool:
    """Tell whether the chip of a document is being read."""
    return context.turn is not None


def over(context: Context, around: Surroundings) -> bool:
    """Tell whether the page only says that all is well, and goes on by itself."""
    return context.turn is None and whose(context, around) is None


def laid(context: Context, around: Surroundings) -> tuple[Laid, ...]:
    """List the documents that go along with the ticket: whose each is."""
    papers, bands = _papers(context, around), {one.id: one for one in around.offer.bands}
    found = []
    for place, one in enumerate(_party(context, around)):
        paper, band = papers.get(one), bands.get(one.band)
        if paper is not None and paper.laid:
            to_age = -1 if band is None or band.to_age is None else band.to_age
            found.append(Laid(paper.laid, place, band.id if band else "", to_age))
    return tuple(found)


def left(context: Context) -> Context:
    """Go back to the page, or from it: whoever had no document then is asked again."""
    return _ready(replace(context, papers=tuple(one for one in context.papers if one.laid)))


def dropped(before: Context, after: Context, event: Event) -> tuple[EndChip, ...]:
    """Have the reading of a chip ended that nobody waits for any more."""
    going = before.turn is not None and after.turn is None
    return (EndChip(),) if going and not isinstance(event, ChipRead) else ()


def _ready(context: Context) -> Context:
    return replace(context, turn=None, reader="ready", twice=False)


def _settled(context: Context, paper: Paper) -> Context:
    others = tuple(one for one in context.papers if (one.band, one.nth) != (paper.band, paper.nth))
    return _ready(replace(context, papers=(*others, paper)))


def _party(context: Context, around: Surroundings) -> tuple[One, ...]:
    return tuple(One(head.band, nth) for head in more.people(context, around) for nth in range(head.count))


def _papers(context: Context, around: Surroundings) -> dict[One, Paper]:
    papers = {One(one.band, one.nth): one for one in context.papers}
    chip, first = context.chip, next(iter(_party(context, around)), None)
    if first is not None and chip is not None and chip.state == "ended":
        # What was laid down at the beginning.
        state: Settled = "read" if chip.outcome in _READ else "counter"
        papers[first] = Paper(*first, state, chip.laid, context.initial)
    return papers


def _people(context: Context, around: Surroundings) -> tuple[Person, ...]:
    """List the party as the page names it: by the word for an age, with a number where there are several of it."""
    papers, now = _papers(context, around), whose(context, around)
    bands = {one.id: one for one in around.offer.bands}
    party = _party(context, around)
    ages = [_age(bands.get(one.band)) for one in party]
    rows = []
    for place, (one, age) in enumerate(zip(party, ages, strict=True)):
        paper = papers.get(one)
        rows.append(
            Person(
                age=age,
                nth=ages[: place + 1].count(age),
                alone=ages.count(age) == 1,
                state=paper.state if paper else "now" if one == now else "later",
                name=paper.initial + _MASK if paper and paper.initial else "",
            )
        )
    return tuple(rows)


def _age(band: BandView | None) -> Age:
    if band is None or (band.to_age is None and band.from_age < _ADULT):
        return "person"
    if band.to_age is None or band.to_age >= _ADULT:
        return "adult"
    return "small" if band.to_age < _CHILD else "child"


def _reader(context: Context, around: Surroundings) -> DocumentReader:
    if not around.reader:
        return "missing"
    return "twice" if context.twice else context.reader
