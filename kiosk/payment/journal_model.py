"""What the journal of an attempt to pay knows, and how it is read. Pure.

An attempt is what its rows say, in their order: nothing else is remembered, so a run that goes on and one that begins
again after a crash decide alike. A row says what is about to be tried, or what is certain by now.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import msgspec

from kiosk.tickets.model import PrintResult
from peripherals.money import Amount
from peripherals.payment.port import Order, Result, Transaction
from queue_server.domain.tariff import Headcount


class PaymentStep(StrEnum):
    """Specs, section 4, and what a reversal needs: it is written down before it is sent and can be in doubt."""

    CREATED = "created"
    PREFLIGHT_OK = "preflight-ok"
    #: Written before the terminal is told to charge.
    SENT = "sent"
    #: Nobody knows whether the card was charged.
    IN_DOUBT = "in-doubt"
    APPROVED = "approved"
    #: Written together with the ticket, before the terminal hears that it may keep the money.
    GOODS_ISSUED = "goods-issued"
    #: Charged, for certain and for good.
    COMMITTED = "committed"
    RECEIPT_DONE = "receipt-done"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    #: Not charged: the terminal could not even begin, or a part that is needed was not well.
    FAILED = "failed"
    #: Written before the terminal is told, or left, to give the money back.
    REVERSAL_SENT = "reversal-sent"
    REVERSAL_IN_DOUBT = "reversal-in-doubt"
    REVERSED = "reversed"
    #: Whoever runs the terminal has taken the order to give the money back.
    REFUND_REQUESTED = "refund-requested"
    NEEDS_STAFF = "needs-staff"


#: Nothing of these is open any more.
FINAL = frozenset(
    {
        PaymentStep.RECEIPT_DONE,
        PaymentStep.DECLINED,
        PaymentStep.CANCELLED,
        PaymentStep.FAILED,
        PaymentStep.REVERSED,
        PaymentStep.REFUND_REQUESTED,
        PaymentStep.NEEDS_STAFF,
    }
)
#: After these the same order may be tried again: its money never moved, or goes back.
PAYABLE_AGAIN = frozenset(
    {
        PaymentStep.DECLINED,
        PaymentStep.CANCELLED,
        PaymentStep.FAILED,
        PaymentStep.REVERSED,
        PaymentStep.REFUND_REQUESTED,
    }
)

_NOT_CHARGED = {PaymentStep.DECLINED, PaymentStep.CANCELLED, PaymentStep.FAILED}
_GOES_BACK = {PaymentStep.REVERSED, PaymentStep.REFUND_REQUESTED, PaymentStep.NEEDS_STAFF}
_UNDOING = {PaymentStep.REVERSAL_SENT, PaymentStep.REVERSAL_IN_DOUBT, *_GOES_BACK}
#: What may follow what. APPROVED stands twice where the terminal, asked again, says that it was kept.
NEXT: dict[PaymentStep, frozenset[PaymentStep]] = {
    PaymentStep.CREATED: frozenset({PaymentStep.PREFLIGHT_OK, PaymentStep.CANCELLED, PaymentStep.FAILED}),
    PaymentStep.PREFLIGHT_OK: frozenset({PaymentStep.SENT, PaymentStep.CANCELLED, PaymentStep.FAILED}),
    PaymentStep.SENT: frozenset(
        {
            PaymentStep.IN_DOUBT,
            PaymentStep.APPROVED,
            *_NOT_CHARGED,
            PaymentStep.REFUND_REQUESTED,
            PaymentStep.NEEDS_STAFF,
        }
    ),
    PaymentStep.IN_DOUBT: frozenset({PaymentStep.APPROVED, PaymentStep.COMMITTED, *_NOT_CHARGED, *_GOES_BACK}),
    PaymentStep.APPROVED: frozenset({PaymentStep.APPROVED, PaymentStep.GOODS_ISSUED, PaymentStep.IN_DOUBT, *_UNDOING}),
    PaymentStep.GOODS_ISSUED: frozenset({PaymentStep.COMMITTED, PaymentStep.IN_DOUBT, *_GOES_BACK}),
    PaymentStep.COMMITTED: frozenset({PaymentStep.RECEIPT_DONE, PaymentStep.REVERSAL_SENT, PaymentStep.NEEDS_STAFF}),
    PaymentStep.REVERSAL_SENT: frozenset(_UNDOING),
    PaymentStep.REVERSAL_IN_DOUBT: frozenset(_UNDOING),
    **{step: frozenset() for step in FINAL},
}


class Lines(msgspec.Struct, frozen=True):
    """A receipt as text, masked."""

    kind: str
    lines: tuple[str, ...]


class PaymentRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row as it is kept; which fields it has depends on the step.

    ``undo``: the id of the order that a reversal goes by, "" where the terminal's driver undoes by itself. ``mark``: of
    the payment or of the reversal (``PaymentTerminal.mark``). ``stands``: asked again, the terminal says that the
    payment was kept. ``moment`` is the terminal's clock. ``card`` are the last four digits of the card's number,
    for the receipt: they stay in this kiosk.
    """

    step: PaymentStep
    at: datetime
    reason: str = ""
    mark: str = ""
    undo: str = ""
    stands: bool = False
    reference: str = ""
    trace: str = ""
    terminal: str = ""
    moment: datetime | None = None
    card: str = ""
    receipts: tuple[Lines, ...] = ()


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """What a person is to pay, and for what. ``order`` is the id of what is paid: it is never paid twice."""

    order: str
    services: tuple[str, ...]
    amount: Amount
    language: str
    asks_priority: bool = False
    people: tuple[Headcount, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for what costs nothing: there is nothing to pay."""
        if self.amount.minor < 1:
            raise ValueError(self.order)


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to pay as its rows tell it.

    ``visit`` was chosen when it began; its ticket exists from GOODS_ISSUED on, and ``paper`` is what became of that.
    ``attended`` and ``can_refund`` are what its terminal can do (``peripherals.payment.port.Capabilities``).
    ``known`` is what the terminal said of the payment when it was approved. ``undos`` counts the reversals that were
    asked for, ``claim`` tells whether its claim slip is on paper.
    """

    id: str
    visit: str
    bill: PaymentOrder
    driver: str
    place: str
    rows: tuple[PaymentRow, ...] = field(repr=False)
    paper: PrintResult = PrintResult.NONE
    claim: bool = False
    attended: bool = False
    can_refund: bool = True

    @property
    def step(self) -> PaymentStep:
        return self.rows[-1].step

    @property
    def reason(self) -> str:
        return self.rows[-1].reason

    @property
    def final(self) -> bool:
        return self.step in FINAL

    @property
    def begun(self) -> datetime:
        return self.rows[0].at

    @property
    def sent(self) -> PaymentRow | None:
        return next((row for row in self.rows if row.step is PaymentStep.SENT), None)

    @property
    def issued(self) -> bool:
        return any(row.step is PaymentStep.GOODS_ISSUED for row in self.rows)

    @property
    def committed(self) -> bool:
        return any(row.step is PaymentStep.COMMITTED for row in self.rows)

    @property
    def known(self) -> PaymentRow | None:
        return next(
            (row for row in reversed(self.rows) if row.step in {PaymentStep.APPROVED, PaymentStep.COMMITTED}), None
        )

    @property
    def undoing(self) -> PaymentRow | None:
        return next((row for row in reversed(self.rows) if row.step is PaymentStep.REVERSAL_SENT), None)

    @property
    def undos(self) -> int:
        return sum(row.step is PaymentStep.REVERSAL_SENT and bool(row.undo) for row in self.rows)

    @property
    def receipts(self) -> tuple[Lines, ...]:
        """Each once: a terminal says them when it approves, and again when it is asked."""
        return tuple(dict.fromkeys(lines for row in self.rows for lines in row.receipts))

    @property
    def order(self) -> Order:
        """The payment, as the terminal was, or is to be, asked for it."""
        mark = self.sent.mark if self.sent is not None else ""
        return Order(self.id, self.bill.amount, self.bill.language, mark)

    @property
    def reversal(self) -> Order:
        """The last reversal that was asked for by an order of its own."""
        row = self.undoing
        if row is None or not row.undo:
            raise ValueError(self.id)
        return Order(row.undo, self.bill.amount, self.bill.language, row.mark, self.paid.reference)

    @property
    def paid(self) -> Transaction:
        """What the terminal said of the payment, for whoever is to undo it."""
        row = self.known
        if row is None:
            return Transaction(Result.IN_DOUBT, self.bill.amount)
        return Transaction(
            Result.APPROVED, self.bill.amount, row.reference, row.trace, row.terminal, row.moment, row.reason
        )


def claim_code(attempt: str) -> str:
    """Shorten the id of an attempt for people: 12 characters of its random end, in groups of four."""
    tail = attempt.replace("-", "")[-12:].upper()
    return "-".join(tail[at : at + 4] for at in range(0, 12, 4))
