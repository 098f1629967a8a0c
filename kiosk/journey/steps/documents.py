"""Documents of a party: each is laid down in turn, and its chip is read. Nobody needs one to get a ticket.

The first is the one that was laid down before, where there was one (``kiosk.journey.party_documents``).
"""

from typing import Literal

import msgspec
from msgspec.structs import replace

from kiosk.journey import can, party_documents
from kiosk.journey.context import ChipReadingState, Context, DocumentTurn, PartyDocument, Settled
from kiosk.journey.events import Action, DocumentRead, DocumentUnread, Event, ReadChip, ReadingStarted
from kiosk.journey.page import JourneyPage, Side
from kiosk.journey.patience import usual
from kiosk.journey.step import Continue, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.contract.catalogue import BandView
from queue_server.domain.values import HelpSubject

#: By what word somebody of a party is called; ``person`` where a band says nothing of it.
type Age = Literal["person", "adult", "child", "small"]


type DocumentReader = Literal["ready", "reading", "again", "twice", "missing"]


class PartyMember(msgspec.Struct, frozen=True):
    """One of a party on the page of their documents: the ``nth``, from 1, of an ``age``, ``alone`` where there is one.

    ``state``: ``read`` | ``now`` | ``later`` (their turn comes) | ``none`` (they have no document) | ``counter`` (staff
    see to it). ``name`` is masked, the first letter of what was read, or empty.
    """

    age: Age
    nth: int
    alone: bool
    state: Literal["read", "now", "later", "none", "counter"]
    name: str = ""


class DocumentsPage(JourneyPage, frozen=True):
    """The documents of a party, one after the other. Nobody is ``now`` once everybody was asked.

    ``reader`` as on ``IdentifyPage``, or ``twice``: this document was read already. ``chip`` is how far it is with the
    one that lies there (``ChipPage.state``), empty where none is read.
    """

    people: tuple[PartyMember, ...] = ()
    reader: DocumentReader = "ready"
    chip: Literal["", "waiting", "reading", "back", "can", "ended"] = ""
    percent: int = 0
    side: Side = "below"


#: Stands for the rest of a name, however long it is.
_MASK = "\N{BULLET}" * 4
#: From these ages on, in years, words call somebody a child and an adult.
_CHILD, _ADULT = 6, 18


def page(context: Context, around: Surroundings) -> JourneyPage:
    turn = context.turn
    if turn is not None and (asked := can.page(turn.chip)) is not None:
        return asked
    return DocumentsPage(
        people=_people(context, around),
        reader=_reader(context, around),
        chip=turn.chip.state if turn else "",
        percent=turn.chip.percent if turn else 0,
        side=around.sides.reader,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:  # noqa: PLR0911 - one case a control
    now, turn = party_documents.whose(context, around), context.turn
    if turn is not None and (typed := can.handle(turn.chip, event, number)) is not None:
        return Stay(replace(context, turn=replace(turn, chip=typed.chip)), typed.effects)
    match event:
        case Action("continue") if now is None:
            return Continue(context)
        case Action("later") if now is not None:
            return Continue(party_documents.ready(context))
        case Action("leave") if (
            now is not None and context.turn is None and context.reader == "again" and context.unread
        ):
            # Staff are told that a page lay there and could not be read.
            return _read(context, around, DocumentTurn(*now, ChipReadingState(context.unread)), number)
        case Action("none" | "leave" as left) if now is not None:
            state: Settled = "counter" if left == "leave" or context.turn else "none"
            after = party_documents.settled(context, PartyDocument(*now, state))
            return Continue(after) if party_documents.whose(after, around) is None else Stay(after)
        case ReadingStarted() if now is not None:
            return Stay(replace(context, reader="reading", twice=False))
        case DocumentUnread() if now is not None:
            return Stay(replace(context, reader="again", twice=False, unread=event.laid))
        case DocumentRead() if now is not None:
            return _on_document(context, around, event, now, number)
    return Stay(context)


def _on_document(
    context: Context, around: Surroundings, event: DocumentRead, now: party_documents.One, number: int
) -> Outcome:
    held = tuple(one.laid for one in party_documents.list_documents(context, around))
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
    return _read(
        context, around, DocumentTurn(*now, ChipReadingState(event.laid, seal=event.seal), event.initial), number
    )


def _unread(context: Context) -> bool:
    """Tell whether a page lies there that could not be read."""
    return context.turn is None and context.reader == "again" and context.unread != 0


def _read(context: Context, around: Surroundings, turn: DocumentTurn, number: int) -> Outcome:
    held = tuple(one.laid for one in party_documents.list_documents(context, around))
    noted = replace(context, reader="ready", twice=False, turn=turn)
    return Stay(noted, (ReadChip(number, turn.chip.laid, held),))


def _people(context: Context, around: Surroundings) -> tuple[PartyMember, ...]:
    """List the party as the page names it: by the word for an age, with a number where there are several of it."""
    papers, now = party_documents.papers(context, around), party_documents.whose(context, around)
    bands = {one.id: one for one in around.offer.bands}
    party = party_documents.party(context, around)
    ages = [_age(bands.get(one.band)) for one in party]
    rows = []
    for place, (one, age) in enumerate(zip(party, ages, strict=True)):
        paper = papers.get(one)
        rows.append(
            PartyMember(
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


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """Four passports in one bag are not found at once; thanks go on by themselves."""
    if party_documents.over(context, around):
        return StepTimeout(timing.chip, "continue")
    return StepTimeout(usual(context, timing, calm=True))


DOCUMENTS = JourneyStep(
    name="documents",
    page=page,
    handle=handle,
    needs=frozenset({"service"}),
    takes={
        ReadingStarted: PersonPresence.HERE,
        DocumentUnread: PersonPresence.HERE,
        DocumentRead: PersonPresence.HERE,
    },
    left=party_documents.left,
    patience=patience,
    subject=HelpSubject.DOCUMENT,
)
