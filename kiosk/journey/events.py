"""What can happen to a journey, and what it asks for.

Answers carry ``number``, the number of the journey that asked: one that comes after its person left is ignored.
"""

from typing import Literal

import msgspec

from kiosk.journey.context import Health
from kiosk.journey.failure import FailureCode
from kiosk.journey.hall import Hall
from kiosk.journey.offer import Offer
from kiosk.journey.page import ChipState, Fee, Payment, Stop
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import HelpKind, HelpSubject, VisitState

type HelpSent = Literal["told", "coming", "away"]


class Action(msgspec.Struct, frozen=True):
    """A control was used; unknown names and arguments are ignored."""

    name: str
    argument: str = ""


class DocumentReading(msgspec.Struct, frozen=True):
    """A document lies on the reader."""


class DocumentUnread(msgspec.Struct, frozen=True):
    """What the reader sent is not a machine readable zone that holds."""


class DocumentRead(msgspec.Struct, frozen=True):
    """A document was read. ``issuer`` is its issuing state as printed (ICAO 9303-3, section 5): all that comes here.

    ``laid`` is the number under which the kiosk holds its zone until it is known whether it is needed; 0 is none.
    ``same`` is that of a document that was read before and has the same number; 0: there is none. ``initial`` is the
    first letter of its holder's name, or empty. ``seal`` is the kind of paper where a seal was held under the scanner
    in place of a document: it has no chip, and what it came to is known.
    """

    issuer: str
    laid: int = 0
    same: int = 0
    initial: str = ""
    seal: str = ""


class ChipProgress(msgspec.Struct, frozen=True):
    """How far the reading of a chip is. ``state`` is never ``ended``: that is ``ChipRead``.

    ``can``: the number on the card is wanted, ``again`` where the one before did not open it.
    """

    number: int
    laid: int
    state: ChipState
    percent: int = 0
    again: bool = False


class ChipRead(msgspec.Struct, frozen=True):
    """Answer to ``ReadChip``: it has ended. ``outcome`` as in ``Chip``, never empty."""

    number: int
    laid: int
    outcome: str


class Issued(msgspec.Struct, frozen=True):
    """The ticket is committed to the outbox: from now on it exists. ``address`` is what its QR code says, or empty."""

    number: int
    visit: str
    code: str
    address: str = ""


class IssueFailed(msgspec.Struct, frozen=True):
    number: int
    problem: FailureCode


class Answered(msgspec.Struct, frozen=True):
    """The server took the visit; ``ahead`` visits are before it."""

    number: int
    ahead: int


class Printed(msgspec.Struct, frozen=True):
    number: int
    paper: Literal["taken", "none", "cut"]


class PaymentChanged(msgspec.Struct, frozen=True):
    """Answer to ``Pay``, as often as something changes."""

    number: int
    payment: Payment


class HelpAnswered(msgspec.Struct, frozen=True):
    number: int
    call: int
    sent: HelpSent


class Enrolled(msgspec.Struct, frozen=True):
    """The kiosk belongs to a centre; ``kiosk`` is the name that staff know it by."""

    kiosk: str


class EnrolRefused(msgspec.Struct, frozen=True):
    problem: FailureCode


class PaperChanged(msgspec.Struct, frozen=True):
    """``paper`` is true only where the printer has said that it has paper and can print."""

    paper: bool


class ReaderChanged(msgspec.Struct, frozen=True):
    reader: bool


class ChipReaderChanged(msgspec.Struct, frozen=True):
    chip: bool


class ScannerChanged(msgspec.Struct, frozen=True):
    scanner: bool


class TerminalChanged(msgspec.Struct, frozen=True):
    """``terminal`` is true only where payment can be begun now."""

    terminal: bool


class Settling(msgspec.Struct, frozen=True):
    """A payment that was cut off is being settled, or all are."""

    settling: bool


class OfferChanged(msgspec.Struct, frozen=True):
    offer: Offer


class HallChanged(msgspec.Struct, frozen=True):
    """Openings, intake or notices changed, or a moment came at which they mean something else (``hall.hall``)."""

    hall: Hall


class HealthChanged(msgspec.Struct, frozen=True):
    """A device, the line to the server or the outbox changed: what a technician reads."""

    health: Health


class ModeChanged(msgspec.Struct, frozen=True):
    """The kiosk was taken out of order or put in service; it is kept across restarts."""

    out_of_order: bool


class CopiedChanged(msgspec.Struct, frozen=True):
    """Another machine is the same kiosk; ``sign`` tells this one from it, and is empty once there is no other."""

    sign: str


class Scanned(msgspec.Struct, frozen=True):
    """The scanner read a code: its text where it may be a ticket, else only a word; empty where it was unreadable."""

    text: str


class PlaceFound(msgspec.Struct, frozen=True):
    """Answer to ``LookUp``: where the visit is.

    ``ahead`` visits are before it, -1 where it does not wait; ``service`` and ``step`` are the ids of where it goes
    now; ``counter`` is what the plate says of the counter that called it; ``language`` is the ticket's.
    """

    number: int
    look: int
    code: str
    state: VisitState
    ahead: int = -1
    service: str = ""
    step: str = ""
    counter: str = ""
    language: str = ""


class PlaceUnknown(msgspec.Struct, frozen=True):
    """Answer to ``LookUp``: there is no such visit at this centre today; or none that boards show."""

    number: int
    look: int


class PlaceAway(msgspec.Struct, frozen=True):
    """Answer to ``LookUp``: the server does not answer. ``limited``: it does, but too many numbers were typed."""

    number: int
    look: int
    limited: bool = False


class PinAnswered(msgspec.Struct, frozen=True):
    """Answer to ``CheckPin``. ``wait_s``: too many were wrong, and none is taken for so long."""

    number: int
    ok: bool
    wait_s: int = 0


class TrialAnswered(msgspec.Struct, frozen=True):
    """Answer to ``PrintTest``, ``RollChanged``, ``FindChip`` or ``TryTerminal``; no ``code`` is good."""

    number: int
    what: Literal["print", "roll", "chip", "terminal"]
    code: str = ""


class AddressAnswered(msgspec.Struct, frozen=True):
    """Answer to ``SetAddress``: ``code`` is a failure code, empty where the address was kept."""

    number: int
    code: str = ""


class Tick(msgspec.Struct, frozen=True):
    """Time has passed: nothing else did."""


type Event = (
    Action
    | DocumentReading
    | DocumentUnread
    | DocumentRead
    | ChipProgress
    | ChipRead
    | Issued
    | IssueFailed
    | Answered
    | Printed
    | PaymentChanged
    | HelpAnswered
    | Enrolled
    | EnrolRefused
    | PaperChanged
    | ReaderChanged
    | ChipReaderChanged
    | ScannerChanged
    | TerminalChanged
    | Settling
    | OfferChanged
    | HallChanged
    | HealthChanged
    | ModeChanged
    | CopiedChanged
    | Scanned
    | PlaceFound
    | PlaceUnknown
    | PlaceAway
    | PinAnswered
    | TrialAnswered
    | AddressAnswered
    | Tick
)


class Enrol(msgspec.Struct, frozen=True):
    """Effect: use this enrolment code; answered by ``Enrolled`` or ``EnrolRefused``."""

    code: str


class Laid(msgspec.Struct, frozen=True):
    """A document that goes along with a ticket: ``laid`` is its number, ``person`` whose place in the party it is of.

    ``band`` is the age that was said of them, empty where nobody is counted by age; ``to_age`` the most that it means,
    in years, -1: any.
    """

    laid: int
    person: int = 0
    band: str = ""
    to_age: int = -1


class Issue(msgspec.Struct, frozen=True):
    """Effect: make a ticket, commit it, send it, print it; answered by ``Issued`` or ``IssueFailed``, then the rest."""

    number: int
    services: tuple[str, ...]
    language: str
    centre: str
    stops: tuple[Stop, ...]
    asks_priority: bool = False
    people: tuple[Headcount, ...] = ()
    documents: tuple[Laid, ...] = ()


class PrintTicket(msgspec.Struct, frozen=True):
    """Effect: print the ticket that ``Issue`` made in this journey, and for which there was no paper then.

    Answered by ``Printed``.
    """

    number: int


class BoughtLine(msgspec.Struct, frozen=True):
    """``count`` people of an age, named by ``label`` where fees differ by it, and what each of them pays."""

    count: int
    label: str
    each: Fee


class Bought(msgspec.Struct, frozen=True):
    """A service that is paid, for the receipt: its name, whose it is, and for whom."""

    service: str
    government: str
    lines: tuple[BoughtLine, ...] = ()


class Pay(msgspec.Struct, frozen=True):
    """Effect: have this fee paid, and then the ticket made, printed and sent; answered by ``PaymentChanged``.

    The same services for as many people again, in the same journey, are the same order: it is never paid twice.
    ``stops`` are those of somebody who has paid. ``bought`` is what stands on the receipt; ``by_hand``: the cash desk
    takes the money.
    """

    number: int
    services: tuple[str, ...]
    language: str
    centre: str
    stops: tuple[Stop, ...]
    fee: Fee
    asks_priority: bool = False
    bought: tuple[Bought, ...] = ()
    by_hand: bool = False
    people: tuple[Headcount, ...] = ()
    documents: tuple[Laid, ...] = ()


class CancelPayment(msgspec.Struct, frozen=True):
    """Effect: ask for an end of the payment. An approval may win; ``PaymentChanged`` tells."""


class AnswerPaper(msgspec.Struct, frozen=True):
    """Effect: say what is wanted about a paid ticket that came on no paper: once more, it is here, or no."""

    answer: Literal["again", "have-it", "give-up"]


class ReadChip(msgspec.Struct, frozen=True):
    """Effect: read the chip of the document with this zone. Answered by ``ChipProgress`` and, once, ``ChipRead``.

    What it came to is held by the kiosk and goes along with the ticket of this journey, as ``Issue.documents`` says. A
    second one takes the place of the first; ``beside`` are the documents of the same party that stay.
    """

    number: int
    laid: int
    beside: tuple[int, ...] = ()


class GiveCan(msgspec.Struct, frozen=True):
    """Effect: open the chip with the number on the card; "" goes on without it. Answered as ``ReadChip``."""

    number: int
    laid: int
    can: str

    def __repr__(self) -> str:
        return f"GiveCan(number={self.number}, laid={self.laid}, can=...)"


class EndChip(msgspec.Struct, frozen=True):
    """Effect: end the reading of a chip, and forget that document; what was read of others stays. Not answered."""


class ForgetDocument(msgspec.Struct, frozen=True):
    """Effect: end the reading of a chip, and forget what was read of the document. Not answered."""


class LookUp(msgspec.Struct, frozen=True):
    """Effect: ask the server for a ticket (its token); answered by ``PlaceFound``, ``PlaceUnknown`` or ``PlaceAway``.

    A visit that was merged is answered with the one it goes on as.
    """

    number: int
    look: int
    ticket: str


class LookUpCode(msgspec.Struct, frozen=True):
    """Effect: ask the server what boards show of a code that was typed; answered as ``LookUp``."""

    number: int
    look: int
    code: str


class CallHelp(msgspec.Struct, frozen=True):
    """Effect: call staff; the same ``number`` and ``call`` again is the same call. Answered by ``HelpAnswered``.

    Another call of the same journey takes the place of the one before. ``language`` is None until one was chosen.
    ``about`` says where the person stands (``machine.advance`` fills both in).
    """

    number: int
    call: int
    kind: HelpKind
    language: str | None = None
    about: HelpSubject | None = None


class WithdrawHelp(msgspec.Struct, frozen=True):
    """Effect: the person needs nobody any more. Not answered; ``Wipe`` does it too."""

    number: int


class Refresh(msgspec.Struct, frozen=True):
    """Effect: ask the server for the offer now; answered by ``OfferChanged``, if at all."""


class CheckPin(msgspec.Struct, frozen=True):
    """Effect: is this the technician's PIN? Answered by ``PinAnswered``."""

    number: int
    pin: str


class PrintTest(msgspec.Struct, frozen=True):
    """Effect: print a test slip; answered by ``TrialAnswered``."""

    number: int


class FindChip(msgspec.Struct, frozen=True):
    """Effect: see whether any chip answers, and read nothing of it. Answered by ``TrialAnswered``."""

    number: int


class TryTerminal(msgspec.Struct, frozen=True):
    """Effect: ask the terminal how it is (a diagnosis, no payment); answered by ``TrialAnswered``."""

    number: int


class RollChanged(msgspec.Struct, frozen=True):
    """Effect: a new roll lies in the printer: look at it anew. Answered by ``TrialAnswered``."""

    number: int


class SetAddress(msgspec.Struct, frozen=True):
    """Effect: try this address for the part (``Part.name``), and keep it if it opens. Empty takes the part away.

    Answered by ``AddressAnswered``, and by ``HealthChanged`` where it was kept.
    """

    number: int
    part: str
    address: str


class SetOutOfOrder(msgspec.Struct, frozen=True):
    """Effect: take the kiosk out of order or put it in service, and keep that; answered by ``ModeChanged``."""

    out_of_order: bool


class Restart(msgspec.Struct, frozen=True):
    """Effect: end the process in good order; whatever runs the kiosk starts it again. Not answered."""


class Wipe(msgspec.Struct, frozen=True):
    """Effect: the person has left: forget what buffers, models and images hold of them."""


type Effect = (
    Enrol
    | Issue
    | PrintTicket
    | Pay
    | CancelPayment
    | AnswerPaper
    | ReadChip
    | GiveCan
    | EndChip
    | ForgetDocument
    | LookUp
    | LookUpCode
    | CallHelp
    | WithdrawHelp
    | Refresh
    | CheckPin
    | PrintTest
    | RollChanged
    | FindChip
    | TryTerminal
    | SetAddress
    | SetOutOfOrder
    | Restart
    | Wipe
)
