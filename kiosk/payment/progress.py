"""How a payment stands, as a page shows it: one frozen value, new whenever something changes. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.payment.journal_model import Attempt, PaymentStep, claim_code
from kiosk.tickets.model import PrintResult
from peripherals.money import Amount
from peripherals.payment.port import Progress
from queue_server.domain.values import TicketCode


class Phase(StrEnum):
    """What goes on."""

    #: Nothing was begun.
    IDLE = "idle"
    CHECKING = "checking"
    #: The terminal has the word: ``progress`` says what it waits for.
    PAYING = "paying"
    #: The terminal is asked what became of it.
    ASKING = "asking"
    UNDOING = "undoing"
    PRINTING = "printing"
    #: The ticket came on no paper: print again, or not (``PaymentSession.answer``).
    OFFER = "offer"
    #: Charged, and the ticket is issued.
    PAID = "paid"
    #: Not charged; ``reason`` says why.
    NOT_PAID = "not-paid"
    #: The money is back.
    GIVEN_BACK = "given-back"
    #: The money goes back later.
    GOING_BACK = "going-back"
    #: Only staff can settle it: ``claim`` is what to say to them.
    STAFF = "staff"
    #: The journal cannot be written: nothing more is tried before ``PaymentSession.recover``.
    BROKEN = "broken"


#: Nothing more happens by itself.
OVER = frozenset(
    {Phase.IDLE, Phase.PAID, Phase.NOT_PAID, Phase.GIVEN_BACK, Phase.GOING_BACK, Phase.STAFF, Phase.BROKEN}
)
_AFTER = {
    PaymentStep.CREATED: Phase.CHECKING,
    PaymentStep.PREFLIGHT_OK: Phase.CHECKING,
    PaymentStep.SENT: Phase.PAYING,
    PaymentStep.IN_DOUBT: Phase.ASKING,
    PaymentStep.APPROVED: Phase.PAYING,
    PaymentStep.GOODS_ISSUED: Phase.PAYING,
    PaymentStep.COMMITTED: Phase.PRINTING,
    PaymentStep.RECEIPT_DONE: Phase.PAID,
    PaymentStep.DECLINED: Phase.NOT_PAID,
    PaymentStep.CANCELLED: Phase.NOT_PAID,
    PaymentStep.FAILED: Phase.NOT_PAID,
    PaymentStep.REVERSAL_SENT: Phase.UNDOING,
    PaymentStep.REVERSAL_IN_DOUBT: Phase.UNDOING,
    PaymentStep.REVERSED: Phase.GIVEN_BACK,
    PaymentStep.REFUND_REQUESTED: Phase.GOING_BACK,
    PaymentStep.NEEDS_STAFF: Phase.STAFF,
}


class CardState(StrEnum):
    """What is known of the card; once it was read the terminal and the bank decide, and nobody is asked."""

    NONE = ""
    READ = "read"
    ACCEPTED = "accepted"


#: What the terminal says once it has all that it wants of the person.
_READ = {Progress.AUTHORISING, Progress.REMOVE_CARD, Progress.DECLINED, Progress.REVERSING}
#: What says nothing of the card. All other words ask the person for something, so that what was read does not do.
_SILENT = {Progress.WAIT, Progress.CANCELLED, Progress.NO_ANSWER}
_ACCEPTED = {PaymentStep.APPROVED, PaymentStep.GOODS_ISSUED, PaymentStep.COMMITTED, PaymentStep.RECEIPT_DONE}


def card_after(card: CardState, progress: Progress) -> CardState:
    """Say what is known of the card after the terminal's next word."""
    if progress is Progress.APPROVED or card is CardState.ACCEPTED:
        return CardState.ACCEPTED
    if progress in _READ:
        return CardState.READ
    return card if progress in _SILENT else CardState.NONE


class OfferAnswer(StrEnum):
    """What a person says to OFFER."""

    AGAIN = "again"
    #: The paper came after all.
    HAVE_IT = "have-it"
    GIVE_UP = "give-up"


@dataclass(frozen=True, slots=True)
class DeskState:
    """``code`` is the ticket's, from when it is issued; ``claim`` is set for STAFF alone, ``claim_paper`` if printed.

    ``card`` is what is known of it: from READ on a person is not offered to stop any more.
    ``reason`` is a stable code of why where it did not go well, ``may_cancel`` whether asking for it has any use.
    """

    phase: Phase = Phase.IDLE
    attempt: str = ""
    order: str = ""
    amount: Amount | None = None
    progress: Progress | None = None
    code: TicketCode | None = None
    paper: PrintResult = PrintResult.NONE
    reason: str = ""
    claim: str = ""
    claim_paper: bool = False
    may_cancel: bool = False
    card: CardState = CardState.NONE


def phase_of(attempt: Attempt) -> Phase:
    return _AFTER[attempt.step]


def state_of(
    attempt: Attempt, phase: Phase, code: TicketCode | None, progress: Progress | None, card: CardState = CardState.NONE
) -> DeskState:
    """Put together what a page needs of an attempt."""
    staff = attempt.step is PaymentStep.NEEDS_STAFF
    return DeskState(
        phase=phase,
        attempt=attempt.id,
        order=attempt.bill.order,
        amount=attempt.bill.amount,
        progress=progress if phase is Phase.PAYING else None,
        code=code,
        paper=attempt.paper,
        reason=attempt.reason,
        claim=claim_code(attempt.id) if staff else "",
        claim_paper=staff and attempt.claim,
        may_cancel=attempt.step in {PaymentStep.CREATED, PaymentStep.PREFLIGHT_OK, PaymentStep.SENT},
        card=CardState.ACCEPTED if attempt.step in _ACCEPTED else card,
    )
