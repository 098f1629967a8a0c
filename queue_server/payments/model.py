"""What a payment is: the state to which its events lead. Pure.

The journal of the kiosk is the truth of what happened at the terminal: its rows are taken as they are. Where they
contradict each other nothing is certain until staff have found out. Refunds are asked for and confirmed here.
"""

from collections.abc import Collection
from typing import Final

import msgspec

from queue_server.domain.tariff import FeeItem, added
from queue_server.domain.values import (
    CentreId,
    CurrencyCode,
    DeviceId,
    DriverScheme,
    GovernmentId,
    JournalState,
    Micros,
    PaymentDiscrepancy,
    PaymentId,
    PaymentStanding,
    RefundId,
    RefundReason,
    RefundState,
    ServiceId,
    StaffId,
    TerminalId,
    TerminalReference,
    VisitId,
    WaiverReason,
)
from queue_server.payments.booking import BookedMovement, PaymentMeans
from queue_server.payments.events import (
    JournalRowReported,
    ManualConfirmationRecorded,
    ReceiptStored,
    TicketFee,
)

# --- state -------------------------------------------------------------------------------------------------------


class Refund(msgspec.Struct, frozen=True):
    """``decided_by`` confirmed or rejected it; ``settled_by`` said whether the money went back.

    ``items`` are what the payment settles differently once it did: less, and what is wanted instead.
    """

    id: RefundId
    amount: int
    reason: RefundReason
    state: RefundState
    requested_by: StaffId
    requested_at: Micros
    decided_by: StaffId | None = None
    settled_by: StaffId | None = None
    changed_at: Micros = Micros(0)
    reference: TerminalReference = TerminalReference("")
    items: tuple[FeeItem, ...] = ()


class PendingConfirmation(msgspec.Struct, frozen=True):
    """A device waits until staff say whether they took the amount, or gave it ``back``: row ``row`` asks for it."""

    row: int
    back: bool


_J, _S, _R = JournalState, PaymentStanding, RefundState

#: What each row of a journal says of the money.
SAYS: Final[dict[JournalState, PaymentStanding]] = {
    _J.CREATED: _S.OPEN,
    _J.PREFLIGHT_OK: _S.OPEN,
    _J.SENT: _S.UNDECIDED,
    _J.IN_DOUBT: _S.UNDECIDED,
    _J.REVERSAL_SENT: _S.UNDECIDED,
    _J.REVERSAL_IN_DOUBT: _S.UNDECIDED,
    # Until it is committed a terminal may still take an approval back by itself.
    _J.APPROVED: _S.UNDECIDED,
    _J.GOODS_ISSUED: _S.UNDECIDED,
    _J.COMMITTED: _S.CHARGED,
    _J.RECEIPT_DONE: _S.CHARGED,
    _J.DECLINED: _S.NOT_CHARGED,
    _J.CANCELLED: _S.NOT_CHARGED,
    _J.FAILED: _S.NOT_CHARGED,
    _J.REVERSED: _S.RETURNED,
    _J.REFUND_REQUESTED: _S.RETURNING,
    _J.REFUNDED: _S.RETURNED,
    _J.NEEDS_STAFF: _S.UNDECIDED,
}

#: Refunds that take away from what is left.
_HOLDING: Final = frozenset({_R.REQUESTED, _R.CONFIRMED, _R.DONE})


class Payment(msgspec.Struct, frozen=True):
    """A payment or a waiver as its stream left it at ``seq``; ``amount`` in minor units.

    ``opened_at`` and ``changed_at`` are the server's clock; ``charged_at`` and ``returned_at`` the device's, but never
    later than the server heard of it.
    ``confirmations`` are what staff said of money that a device left to them. ``contradicted``: the journal told what
    cannot be, or not what staff said. ``resolved`` is what staff found out since its last row. ``items`` are what it
    is for, ``fees`` whose.
    ``attended``: staff move the money, not a terminal. ``can_refund``: whoever took it gives it back, and counts that.
    ``bookings`` are what moved, and what was once taken for it.
    ``discrepancy`` says in what it differs from what was owed, until a manager accepts it (``accepted_by``).
    """

    id: PaymentId
    centre: CentreId
    visit: VisitId
    services: tuple[ServiceId, ...]
    amount: int
    currency: CurrencyCode
    opened_at: Micros
    changed_at: Micros
    seq: int
    device: DeviceId | None = None
    driver: DriverScheme = DriverScheme("")
    terminal: TerminalId = TerminalId("")
    rows: tuple[JournalRowReported, ...] = ()
    receipts: tuple[ReceiptStored, ...] = ()
    confirmations: tuple[ManualConfirmationRecorded, ...] = ()
    refunds: tuple[Refund, ...] = ()
    waiver: WaiverReason | None = None
    waived_by: StaffId | None = None
    slip: TerminalReference = TerminalReference("")
    taken_by: StaffId | None = None
    charged_at: Micros | None = None
    returned_at: Micros | None = None
    contradicted: bool = False
    resolved: PaymentStanding | None = None
    items: tuple[FeeItem, ...] = ()
    fees: tuple[TicketFee, ...] = ()
    governments: tuple[GovernmentId, ...] = ()
    discrepancy: PaymentDiscrepancy | None = None
    accepted_by: StaffId | None = None
    attended: bool = False
    can_refund: bool = True
    bookings: tuple[BookedMovement, ...] = ()

    @property
    def state(self) -> JournalState | None:
        """The last row of the journal; None of a waiver."""
        return self.rows[-1].state if self.rows else None

    @property
    def standing(self) -> PaymentStanding:
        if self.waiver is not None:
            return _S.WAIVED
        if self.resolved is not None:
            return self.resolved
        if self.contradicted:
            return _S.UNDECIDED
        if self.taken_by is not None:
            return _S.CHARGED
        return SAYS[self.rows[-1].state] if self.rows else _S.OPEN

    @property
    def means(self) -> PaymentMeans:
        """How it was paid: what staff took may have been cash, or a card at a terminal that stands alone."""
        if self.waiver is not None:
            return PaymentMeans.WAIVED
        return PaymentMeans.DESK if self.attended else PaymentMeans.CARD

    @property
    def remaining(self) -> int:
        """What may still be asked back, in minor units."""
        if self.standing is not _S.CHARGED:
            return 0
        return self.amount - sum(refund.amount for refund in self.refunds if refund.state in _HOLDING)

    @property
    def retained(self) -> int:
        """How much of what was charged did not go back, in minor units; 0 where nothing is charged."""
        if self.standing is not _S.CHARGED:
            return 0
        return self.amount - sum(one.amount for one in self.refunds if one.state is _R.DONE)

    @property
    def differs(self) -> bool:
        """Tell whether it is not what was owed, and nobody has dealt with that yet: accepted it, or given it back."""
        return self.discrepancy is not None and self.accepted_by is None and self.retained > 0

    @property
    def settles(self) -> tuple[FeeItem, ...]:
        """What is settled by it as it now stands: money that went back, or is not what was owed, settles nothing."""
        return self._settled(self.retained, (_R.DONE,))

    @property
    def settles_then(self) -> tuple[FeeItem, ...]:
        """What is settled by it once the refunds that are asked for went back."""
        return self._settled(self.remaining, _HOLDING)

    def _settled(self, kept: int, gone: Collection[RefundState]) -> tuple[FeeItem, ...]:
        instead = [one.items for one in self.refunds if one.state in gone]
        # With the last of the money all of it is unsettled, unless it went back for what was corrected.
        stays = kept > 0 or bool(instead and instead[-1])
        settled = self.standing is _S.WAIVED or (stays and not self.differs)
        return added(self.items, *instead) if settled else ()

    @property
    def moved_slip(self) -> TerminalReference:
        """The number on the slip of whoever took the money by hand; empty where nobody did."""
        return next((word.slip for word in self.confirmations if word.done and not self.is_back(word.row)), self.slip)

    @property
    def reference(self) -> TerminalReference:
        """How the terminal names the payment itself, and not what was done about it later."""
        found = self.moved_slip
        for row in self.rows:
            found = row.reference or found
            if row.state in (_J.APPROVED, _J.COMMITTED) and found:
                return found
        return found

    @property
    def pending_confirmation(self) -> PendingConfirmation | None:
        """What the device waits for staff to say; None where it waits for nothing, or somebody has said it."""
        if not self.attended or self.standing is not _S.UNDECIDED or self.contradicted:
            return None
        for row in reversed(self.rows):
            back = self.is_back(row.row)
            if back or row.state is _J.SENT:
                return None if self.confirmation(row.row) is not None else PendingConfirmation(row.row, back)
            if row.state not in {_J.IN_DOUBT, _J.REVERSAL_IN_DOUBT}:
                return None
        return None

    def is_back(self, row: int) -> bool:
        """Tell whether this row of the journal asks for the payment back."""
        return self.rows[row - 1].state is _J.REVERSAL_SENT

    def confirmation(self, row: int) -> ManualConfirmationRecorded | None:
        """Give what staff said of the money that this row asks for."""
        return next((word for word in self.confirmations if word.row == row), None)

    @property
    def waits(self) -> bool:
        """Tell whether staff have to act: on a refund that is not settled, or what only they find out or decide."""
        if any(refund.state in (_R.REQUESTED, _R.CONFIRMED) for refund in self.refunds):
            return True
        if self.differs:
            return True
        return self.standing is _S.UNDECIDED and (self.contradicted or self.state is _J.NEEDS_STAFF)

    def refund(self, ident: str) -> Refund | None:
        return next((refund for refund in self.refunds if refund.id == ident), None)
