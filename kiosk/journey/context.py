"""What one person's journey carries. Everything that comes from a person is in it: replacing it is the wipe."""

from typing import Literal

import msgspec

from kiosk.journey.checkout import Checkout
from kiosk.journey.foreseen import ForeseenWait
from kiosk.journey.page import Fee, JourneyStop, OwedFee
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import BandId, HelpKind

type ChipState = Literal["waiting", "reading", "back", "can", "ended"]


type Sent = Literal["sending", "told", "coming", "away"]
type Settled = Literal["read", "none", "counter"]
type OnPaper = Literal["printing", "taken", "none", "cut"]


class ShownTicket(msgspec.Struct, frozen=True):
    """The ticket as the page shows it; ``ahead`` is -1 where the server has not said it.

    ``paid``: its fee, here; else ``owed``.
    """

    visit: str
    code: str
    stops: tuple[JourneyStop, ...] = ()
    paper: OnPaper = "printing"
    ahead: int = -1
    address: str = ""
    paid: bool = False
    owed: OwedFee | None = None
    wait: ForeseenWait | None = None


class OpenHelpCall(msgspec.Struct, frozen=True):
    """One call for staff; ``call`` counts the different calls of this person.

    ``since`` is when it was made, of the journey's clock, None until it has said so; ``minutes`` have passed since.
    """

    kind: HelpKind
    call: int
    sent: Sent = "sending"
    since: float | None = None
    minutes: int = 0


class CheckoutWait(msgspec.Struct, frozen=True):
    """What the person waits for while paying, and since when (the journey's clock, seconds).

    ``longer``: they were told that it takes longer. ``called``: staff were called because of it.
    """

    what: str
    since: float
    longer: bool = False
    called: bool = False


class ChipReadingState(msgspec.Struct, frozen=True):
    """The chip of a document: ``laid`` is the number of the zone that opens it, ``percent`` how far the reading is.

    ``outcome`` is empty until it has ended; then ``read``, ``expired``, ``look`` (something does not hold), or the
    failure code of why it was not read. ``seal`` is the kind of paper where a seal stands for the chip; its outcomes
    are ``look`` and those that begin with ``seal``. ``typed`` are the first digits of the number on a card that
    asks for it (``state`` is ``can``), ``again`` that the one before did not open it.
    """

    laid: int
    state: ChipState = "waiting"
    percent: int = 0
    outcome: str = ""
    seal: str = ""
    typed: str = ""
    again: bool = False


class PartyDocument(msgspec.Struct, frozen=True):
    """What became of the document of one of a party, the ``nth``, from 0, of an age ``band``.

    ``laid`` is the number under which the kiosk holds what was read of it, 0 where nothing was; ``initial`` the first
    letter of a name.
    """

    band: BandId
    nth: int
    state: Settled
    laid: int = 0
    initial: str = ""


class DocumentTurn(msgspec.Struct, frozen=True):
    """The document of one of a party (``PartyDocument``) that lies there now, and its chip."""

    band: BandId
    nth: int
    chip: ChipReadingState
    initial: str = ""


class Choosing(msgspec.Struct, frozen=True):
    """A service that was chosen before another one is added."""

    government: str
    kind: str
    service: str


class Context(msgspec.Struct, frozen=True):
    """One person's choices so far. ``document`` is the issuing state of a document that was read, and no more of it.

    ``chip`` is how far the reading of its chip is, None where none is read. ``unread`` is the number of the last page
    that lay on the reader and could not be read, where ``reader`` is ``again``. ``beside`` is what the same person has
    shown besides: a seal where ``chip`` is of a document, a document where it is of a seal.

    ``issuing``: a ticket is being made, or paid for. ``fee`` is what is paid, ``checkout`` how far that is, None where
    it was not begun; ``cancelled``: they asked for an end of it. ``wait``: they wait for it, None while they do not.
    ``overdue``: the kiosk has called staff because it took long.

    ``elsewhere``: it is about another country than the document's. ``further`` counts how often "Something else" was
    touched on this page. ``kind`` is one of the groups that the centre offers (``CentreOffer.kinds``).

    ``before`` are services that were chosen before the present one, ``people`` the party by age; none is one of the
    first band. ``papers`` are their documents, as far as they were asked for, ``turn`` the one that is read now;
    ``twice``: one was laid down again. ``initial`` is the first letter of a name on the first document.

    ``asks``: they ask to go first. ``calls`` counts how often staff were called anew. ``problem`` is why a step gave
    up. ``own`` holds what only one step, or a few that belong together, have a use for: see ``of`` and ``keeping``.
    """

    language: str = ""
    language_chosen: bool = False
    document: str = ""
    reader: Literal["ready", "reading", "again"] = "ready"
    chip: ChipReadingState | None = None
    unread: int = 0
    beside: ChipReadingState | None = None
    elsewhere: bool = False
    further: int = 0
    government: str = ""
    kind: str = ""
    service: str = ""
    before: tuple[Choosing, ...] = ()
    people: tuple[Headcount, ...] = ()
    papers: tuple[PartyDocument, ...] = ()
    turn: DocumentTurn | None = None
    twice: bool = False
    initial: str = ""
    issuing: bool = False
    fee: Fee | None = None
    checkout: Checkout | None = None
    cancelled: bool = False
    wait: CheckoutWait | None = None
    overdue: bool = False
    asks: bool = False
    ticket: ShownTicket | None = None
    help: OpenHelpCall | None = None
    calls: int = 0
    large: bool = False
    contrast: bool = False
    lowered: bool = False
    problem: str = ""
    own: tuple[msgspec.Struct, ...] = ()

    def of[T: msgspec.Struct](self, kind: type[T]) -> T:
        """Give what a step keeps here for itself, or its beginning where it has kept nothing."""
        return next((one for one in self.own if isinstance(one, kind)), None) or kind()

    def keeping(self, kept: msgspec.Struct) -> "Context":
        """Keep a value of a step, one of a kind; its beginning leaves no trace."""
        others = tuple(one for one in self.own if type(one) is not type(kept))
        return msgspec.structs.replace(self, own=others if kept == type(kept)() else (*others, kept))
