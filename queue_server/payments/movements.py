"""Money that moved, and fees that were let be: what the accounts and the end of day are made from. Pure."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec

from queue_server.payments.model import Payment, Refund
from queue_server.values import Micros, RefundState, Standing

#: Terminals that only charge: whoever runs them gives money back elsewhere, and they do not count it.
_ONLY_CHARGES: Final = "nexo+"


class MovementKind(StrEnum):
    PAYMENT = "payment"
    #: The whole payment went back by itself, or by the kiosk.
    REVERSAL = "reversal"
    #: Two members of staff gave money back.
    REFUND = "refund"
    WAIVER = "waiver"
    #: Nobody knows yet: nothing is counted.
    UNCERTAIN = "uncertain"


class Movement(msgspec.Struct, frozen=True):
    """``amount`` in minor units, below zero where money went back; ``waived`` is what was not asked for.

    ``at`` is the device's clock, but for what staff did. ``at_terminal``: the terminal counts it too.
    """

    at: Micros
    kind: MovementKind
    amount: int = 0
    waived: int = 0
    at_terminal: bool = True
    refund: Refund | None = None


def movements(payment: Payment) -> Iterator[Movement]:
    """List what a payment moved, in no order. What staff gave back the terminal did where it has a reference."""
    gives_back = not payment.driver.startswith(_ONLY_CHARGES)
    if payment.waiver is not None:
        yield Movement(payment.opened_at, MovementKind.WAIVER, waived=payment.amount, at_terminal=False)
    elif payment.charged_at is not None and payment.standing is not Standing.NOT_CHARGED:
        yield Movement(payment.charged_at, MovementKind.PAYMENT, payment.amount)
        if payment.returned_at is not None:
            yield Movement(payment.returned_at, MovementKind.REVERSAL, -payment.amount, at_terminal=gives_back)
        for refund in payment.refunds:
            if refund.state is RefundState.DONE:
                named = gives_back and bool(refund.reference)
                yield Movement(refund.changed_at, MovementKind.REFUND, -refund.amount, at_terminal=named, refund=refund)
    elif payment.standing is Standing.UNDECIDED:
        yield Movement(payment.opened_at, MovementKind.UNCERTAIN, at_terminal=False)
