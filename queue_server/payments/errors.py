"""What payments refuse.

::

    ConsularError
    └── PaymentError                    payment
        ├── PaymentUnknownError         payment-unknown
        ├── PaymentDiffersError         payment-differs
        ├── NotChargedError             payment-not-charged
        ├── NotUndecidedError           payment-not-undecided
        ├── ConfirmationPendingError    payment-confirmation-pending
        ├── ConfirmationNotPendingError payment-confirmation-not-pending
        ├── ConfirmationDiffersError    payment-confirmation-differs
        ├── ConfirmationAmountError     payment-confirmation-amount
        ├── ReconciliationUnknownError  reconciliation-unknown
        ├── ReconciliationDiffersError  reconciliation-differs
        ├── ReconciliationAheadError    reconciliation-ahead
        ├── TerminalElsewhereError      terminal-elsewhere
        ├── FeeNotSetError              fee-not-set
        ├── FeeWaivedError              fee-waived
        ├── FeePaidError                fee-paid
        ├── FeeUndecidedError           fee-undecided
        ├── FeeDiffersError             fee-differs
        ├── SlipCardError               slip-card-number
        ├── SlipUsedError               slip-used
        ├── NoDiscrepancyError          payment-no-discrepancy
        ├── RefundUnknownError          refund-unknown
        ├── RefundAboveError            refund-exceeds-payment
        ├── RefundNoAmountError         refund-no-amount
        ├── SamePersonError             refund-same-person
        └── RefundStateError            refund-state
"""

from queue_server.domain.values import ConsularError


class PaymentError(ConsularError):
    code = "payment"


class PaymentUnknownError(PaymentError):
    """This centre has no payment with this id."""

    code = "payment-unknown"


class PaymentDiffersError(PaymentError):
    """A report contradicts what was reported of the same attempt before; ``row`` 0 where it is not of the rows."""

    code = "payment-differs"


class NotChargedError(PaymentError):
    """Only what is certainly charged can be given back; ``standing`` says what is known."""

    code = "payment-not-charged"


class NotUndecidedError(PaymentError):
    """It is certain already what became of the payment."""

    code = "payment-not-undecided"


class ConfirmationPendingError(PaymentError):
    """A kiosk waits until staff say whether they took, or gave back, this money: that is said first."""

    code = "payment-confirmation-pending"


class ConfirmationNotPendingError(PaymentError):
    """No kiosk waits for a word about this money, or not any more; ``standing`` says what is known of it."""

    code = "payment-confirmation-not-pending"


class ConfirmationDiffersError(PaymentError):
    """Staff said something else of this money before, and the kiosk goes by that."""

    code = "payment-confirmation-differs"


class ConfirmationAmountError(PaymentError):
    """Another amount than the kiosk waits for."""

    code = "payment-confirmation-amount"


class ReconciliationUnknownError(PaymentError):
    """This centre has no end of a terminal's day with this id."""

    code = "reconciliation-unknown"


class ReconciliationDiffersError(PaymentError):
    """Something else was told under the same id before."""

    code = "reconciliation-differs"


class ReconciliationAheadError(PaymentError):
    """An end of day is dated further ahead than any clock is wrong."""

    code = "reconciliation-ahead"


class TerminalElsewhereError(PaymentError):
    """The terminal belongs to another device, which is not revoked: ``device`` is its id."""

    code = "terminal-elsewhere"


class FeeNotSetError(PaymentError):
    """There is no such fee for this service today, in this currency."""

    code = "fee-not-set"


class FeeWaivedError(PaymentError):
    """The fee of this service was waived for this visit before."""

    code = "fee-waived"


class FeePaidError(PaymentError):
    """The fee of this service was paid for this visit before."""

    code = "fee-paid"


class FeeUndecidedError(PaymentError):
    """Of an attempt to pay the fee of this service nothing is certain: ``payment`` has to be resolved first."""

    code = "fee-undecided"


class FeeDiffersError(PaymentError):
    """Another amount than these services cost now."""

    code = "fee-differs"


class SlipCardError(PaymentError):
    """What was given as the number of a slip may be a card's: nobody may type that (PCI DSS 4.0, 3.2)."""

    code = "slip-card-number"


class SlipUsedError(PaymentError):
    """This slip was given for another visit: ``payment`` is what it settled there."""

    code = "slip-used"


class NoDiscrepancyError(PaymentError):
    """The payment is what was owed, or was accepted or given back: there is nothing to accept."""

    code = "payment-no-discrepancy"


class RefundUnknownError(PaymentError):
    """This payment has no refund with this id."""

    code = "refund-unknown"


class RefundAboveError(PaymentError):
    """More than what is ``remaining`` of the payment would go back."""

    code = "refund-exceeds-payment"


class RefundNoAmountError(PaymentError):
    """A refund of nothing."""

    code = "refund-no-amount"


class SamePersonError(PaymentError):
    """Whoever asked for a refund cannot confirm it."""

    code = "refund-same-person"


class RefundStateError(PaymentError):
    """The refund is past this: its ``state`` says where it is."""

    code = "refund-state"
