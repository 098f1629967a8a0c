"""What is booked of a payment: what moved, and from when until when that was taken for true. Pure."""

from enum import StrEnum

import msgspec

from queue_server.domain.values import Micros, RefundId


class MovementKind(StrEnum):
    PAYMENT = "payment"
    #: The whole payment went back by itself, or by the kiosk.
    REVERSAL = "reversal"
    #: Two members of staff gave money back.
    REFUND = "refund"
    WAIVER = "waiver"
    #: Nobody knows yet: nothing is counted.
    UNCERTAIN = "uncertain"
    #: What was counted on a day that is over, and was not so.
    CORRECTION = "correction"


class PaymentMeans(StrEnum):
    """How money moved: a terminal moved it by itself, staff took it at a desk, or it was not asked for at all."""

    CARD = "card"
    DESK = "desk"
    WAIVED = "waived"


class BookedMovement(msgspec.Struct, frozen=True):
    """A movement as it was heard of at ``booked_at``; from ``revoked_at`` on it is known that it was not so.

    ``amount`` and ``waived`` in minor units, ``amount`` below zero where money went back. ``at`` is when it moved by
    the device's clock, but for what staff did; the others are the server's.
    """

    kind: MovementKind
    at: Micros
    amount: int
    waived: int
    booked_at: Micros
    refund: RefundId | None = None
    revoked_at: Micros | None = None

    @property
    def movement(self) -> tuple[MovementKind, Micros, int, int, RefundId | None]:
        """Say what moved: the same again where the same is booked once more."""
        return (self.kind, self.at, self.amount, self.waived, self.refund)
