"""What comes next in a payment, and what an answer of the terminal means. Pure (specs, section 4).

``next_act`` is asked again and again, with what the journal says, until there is nothing left to do; a start after a
crash asks the same with ``present=False``: nobody stands at the kiosk, so nothing is begun for anybody, and whatever
was charged without a paper goes back.

The order of things is the promise. SENT is written before the terminal may charge. The ticket and GOODS_ISSUED are one
transaction, and only then does the terminal hear that it may keep the money. The ticket is held until the payment is
final: it goes to the server where it may be on paper, and else nobody ever had it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.payment.journal_model import FINAL, Attempt, Lines, PaymentRow, PaymentStep
from kiosk.tickets.model import PrintResult
from peripherals.payment.masking import mask
from peripherals.payment.port import Order, Result, Transaction

#: So often is a reversal asked for that the terminal, asked again, has never had.
_MAX_UNDOS = 2
_NOT_CHARGED = {
    Result.DECLINED: PaymentStep.DECLINED,
    Result.CANCELLED: PaymentStep.CANCELLED,
    Result.FAILED: PaymentStep.FAILED,
}
_MAYBE_ON_PAPER = {PrintResult.PRINTING, PrintResult.UNKNOWN, PrintResult.PRINTED}


@dataclass(frozen=True, slots=True)
class CheckDevices:
    """See whether all that is needed is well."""


@dataclass(frozen=True, slots=True)
class ChargeCard:
    """Write SENT, then have the card charged."""


@dataclass(frozen=True, slots=True)
class AskTerminal:
    """Ask the terminal what became of an order."""

    order: Order


@dataclass(frozen=True, slots=True)
class ReversePayment:
    """Write REVERSAL_SENT, then have the payment reversed."""

    reason: str


@dataclass(frozen=True, slots=True)
class PrintPaidTicket: ...


@dataclass(frozen=True, slots=True)
class OfferPaper:
    """Ask the person whether to print once more."""


@dataclass(frozen=True, slots=True)
class PrintReceipt: ...


@dataclass(frozen=True, slots=True)
class PrintClaim: ...


@dataclass(frozen=True, slots=True)
class Note:
    """Write a row, and go on from there."""

    step: PaymentStep
    reason: str


@dataclass(frozen=True, slots=True)
class Rest:
    """Nothing is left to do."""


type Act = (
    CheckDevices
    | ChargeCard
    | AskTerminal
    | ReversePayment
    | PrintPaidTicket
    | OfferPaper
    | PrintReceipt
    | PrintClaim
    | Note
    | Rest
)


class Fate(StrEnum):
    """What becomes of the ticket."""

    HOLD = "hold"
    RELEASE = "release"
    WITHDRAW = "withdraw"


def next_act(attempt: Attempt, *, present: bool) -> Act:  # noqa: PLR0911 - one case a step
    """Say what is to be done; ``present``: the person stands there."""
    match attempt.step:
        case PaymentStep.CREATED:
            return CheckDevices() if present else Note(PaymentStep.CANCELLED, "restart")
        case PaymentStep.PREFLIGHT_OK:
            return ChargeCard() if present else Note(PaymentStep.CANCELLED, "restart")
        case PaymentStep.APPROVED if attempt.rows[-1].stands:
            return ReversePayment("goods-not-issued")
        case PaymentStep.SENT | PaymentStep.IN_DOUBT | PaymentStep.APPROVED | PaymentStep.GOODS_ISSUED:
            return AskTerminal(attempt.order)
        case PaymentStep.REVERSAL_SENT | PaymentStep.REVERSAL_IN_DOUBT:
            undoing = attempt.undoing
            return AskTerminal(attempt.reversal if undoing is not None and undoing.undo else attempt.order)
        case PaymentStep.COMMITTED:
            return _paper(attempt, present=present)
        case PaymentStep.NEEDS_STAFF if not attempt.claim:
            return PrintClaim()
    return Rest()


def _paper(attempt: Attempt, *, present: bool) -> Act:
    if attempt.paper is PrintResult.PRINTED:
        return PrintReceipt() if present else Note(PaymentStep.RECEIPT_DONE, "receipt-not-printed")
    if not present:
        return without_paper(attempt)
    return PrintPaidTicket() if attempt.paper is PrintResult.NONE else OfferPaper()


def without_paper(attempt: Attempt) -> Act:
    """Go on with a payment whose ticket comes on no paper; what may be on one is not taken back."""
    if attempt.paper in _MAYBE_ON_PAPER:
        return Note(PaymentStep.NEEDS_STAFF, "paper-unknown")
    return ReversePayment("no-paper")


def objection(attempt: Attempt, said: Transaction) -> str:
    """Say why an approval must not stand, "" where it may."""
    if said.signature:
        return "signature-wanted"
    return "" if said.amount == attempt.bill.amount else "amount-differs"


def after_pay(attempt: Attempt, said: Transaction, now: datetime) -> PaymentRow:
    """Read the result of a payment; ``decide`` has written its own rows before."""
    undoing = attempt.step is PaymentStep.REVERSAL_SENT
    match said.result:
        case Result.IN_DOUBT:
            return row(PaymentStep.REVERSAL_IN_DOUBT if undoing else PaymentStep.IN_DOUBT, said, now)
        case Result.APPROVED if undoing or said.reason or objection(attempt, said):
            # It was to be undone, and is not. What is with people they give back by an order of its own.
            step = PaymentStep.REVERSAL_IN_DOUBT if undoing and said.held else PaymentStep.NEEDS_STAFF
            return row(step, said, now, said.reason or "not-reversed")
        case Result.APPROVED if attempt.step is PaymentStep.GOODS_ISSUED:
            return row(PaymentStep.COMMITTED, said, now)
        case Result.APPROVED:
            return row(PaymentStep.APPROVED, said, now, stands=True)
        case Result.REQUESTED:
            return _going_back(attempt, said, now)
        case _:
            return _not_charged(attempt, said, now)


def after_asking(  # noqa: PLR0911 - one case an answer
    attempt: Attempt, found: Transaction | None, now: datetime, clock_skew_s: float
) -> PaymentRow | ReversePayment | None:
    """Read what the terminal says of an order when asked again; None: it does not know yet.

    ``clock_skew_s``: how far the terminal's clock may be from ours.
    """
    if found is not None and found.result is Result.IN_DOUBT:
        return None
    undoing = attempt.undoing
    if (
        attempt.step in {PaymentStep.REVERSAL_SENT, PaymentStep.REVERSAL_IN_DOUBT}
        and undoing is not None
        and undoing.undo
    ):
        return after_undoing(attempt, found, now)
    if found is None:
        # What was approved cannot never have been: it may be another terminal that says so.
        known = attempt.known is not None
        return PaymentRow(
            PaymentStep.NEEDS_STAFF if known else PaymentStep.FAILED, now, "lost" if known else "never-arrived"
        )
    match found.result:
        case Result.APPROVED if not matches(attempt, found, now, clock_skew_s):
            return row(PaymentStep.NEEDS_STAFF, found, now, "differs")
        case Result.APPROVED if undoing is not None:
            return ReversePayment("not-undone")
        case Result.APPROVED if attempt.issued:
            return row(PaymentStep.COMMITTED, found, now)
        case Result.APPROVED:
            return row(PaymentStep.APPROVED, found, now, stands=True)
        case Result.REQUESTED:
            return _going_back(attempt, found, now)
        case _:
            return _not_charged(attempt, found, now)


def after_undoing(attempt: Attempt, found: Transaction | None, now: datetime) -> PaymentRow | ReversePayment:
    """Read the result of a reversal; None: the terminal never had it."""
    if found is None:
        if attempt.undos < _MAX_UNDOS:
            return ReversePayment("never-arrived")
        return PaymentRow(PaymentStep.NEEDS_STAFF, now, "not-reversed")
    match found.result:
        case Result.APPROVED:
            return row(PaymentStep.REVERSED, found, now)
        case Result.REQUESTED:
            return row(PaymentStep.REFUND_REQUESTED, found, now)
        case Result.IN_DOUBT:
            return row(PaymentStep.REVERSAL_IN_DOUBT, found, now)
        case _:
            return row(PaymentStep.NEEDS_STAFF, found, now, "not-reversed")


def giving_up(attempt: Attempt, reason: str) -> Note:
    """Leave to staff what the terminal did not say in time."""
    return Note(PaymentStep.NEEDS_STAFF, reason or ("reversal-in-doubt" if attempt.undoing is not None else "in-doubt"))


def matches(attempt: Attempt, found: Transaction, now: datetime, clock_skew_s: float) -> bool:
    """Tell whether it is this payment: amount, numbers as far as they are known, and time."""
    known = attempt.known
    if found.amount != attempt.bill.amount:
        return False
    if known is not None and (
        (known.reference and found.reference and known.reference != found.reference)
        or (known.trace and found.trace and known.trace != found.trace)
    ):
        return False
    if found.at is None or found.at.tzinfo is None:
        return True
    sent = attempt.sent
    since = sent.at if sent is not None else attempt.begun
    apart = timedelta(seconds=clock_skew_s)
    return since - apart <= found.at <= now + apart


def fate(attempt: Attempt, step: PaymentStep) -> Fate:
    """Say what becomes of the ticket when ``step`` is written."""
    if step not in FINAL:
        return Fate.HOLD
    if step is PaymentStep.RECEIPT_DONE or (step is PaymentStep.NEEDS_STAFF and attempt.paper in _MAYBE_ON_PAPER):
        return Fate.RELEASE
    return Fate.WITHDRAW


def row(step: PaymentStep, said: Transaction, now: datetime, reason: str = "", *, stands: bool = False) -> PaymentRow:
    """Make a row of what a terminal said; card numbers are masked once more before they are kept."""
    return PaymentRow(
        step,
        now,
        reason or said.reason,
        stands=stands,
        reference=said.reference,
        trace=said.trace,
        terminal=said.terminal,
        moment=said.at,
        card=said.card,
        receipts=tuple(Lines(one.kind.value, tuple(map(mask, one.lines))) for one in said.receipts),
    )


def _not_charged(attempt: Attempt, said: Transaction, now: datetime) -> PaymentRow:
    """Read that nothing is charged: where it was approved before, it was undone since."""
    return row(PaymentStep.REVERSED if attempt.known is not None else _NOT_CHARGED[said.result], said, now)


def _going_back(attempt: Attempt, said: Transaction, now: datetime) -> PaymentRow:
    """Read that the money goes back; that it was charged stands in the journal before, or is written first."""
    return row(PaymentStep.APPROVED if attempt.known is None else PaymentStep.REFUND_REQUESTED, said, now)
