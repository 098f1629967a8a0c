"""Money that moved, and fees that were let be: what the accounts and the end of day are made from. Pure."""

from collections.abc import Iterator

import msgspec

from queue_server.domain.values import Micros, PaymentStanding, RefundState
from queue_server.payments.booking import BookedMovement, MovementKind
from queue_server.payments.model import Payment, Refund


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


class Posting(msgspec.Struct, frozen=True):
    """A movement as it is booked on a service day: that on which it was heard of. No day changes once it is over.

    ``payment`` is as it was at the end of that day. ``reported_late``: it moved on a day before.
    """

    movement: Movement
    payment: Payment
    reported_late: bool = False


def movements(payment: Payment, *, doubtful: bool = False) -> Iterator[Movement]:
    """List what a payment moved, in no order. What staff gave back the terminal did where it has a reference.

    Of what is not certain nothing is counted, but for what staff gave back; ``doubtful``: what the journal once said
    that the terminal had charged is.
    """
    if payment.waiver is not None:
        yield Movement(payment.opened_at, MovementKind.WAIVER, waived=payment.amount, at_terminal=False)
        return
    if payment.standing is PaymentStanding.UNDECIDED and not (doubtful and payment.charged_at is not None):
        yield Movement(payment.opened_at, MovementKind.UNCERTAIN, at_terminal=False)
    elif payment.charged_at is not None and payment.standing is not PaymentStanding.NOT_CHARGED:
        yield Movement(payment.charged_at, MovementKind.PAYMENT, payment.amount)
        if payment.returned_at is not None:
            yield Movement(payment.returned_at, MovementKind.REVERSAL, -payment.amount, at_terminal=payment.can_refund)
    for refund in payment.refunds:
        if refund.state is RefundState.DONE:
            named = payment.can_refund and bool(refund.reference)
            yield Movement(refund.changed_at, MovementKind.REFUND, -refund.amount, at_terminal=named, refund=refund)


def postings(before: Payment | None, after: Payment | None, since: Micros) -> Iterator[Posting]:
    """Book what is new of a payment since the beginning of a day, ``since``, and take back what was booked wrongly.

    ``before`` is the payment as it was then, ``after`` as it was at the end of the day, by the server's clock; None
    where nothing was known of it.
    """
    if after is None:
        return
    booked = () if before is None else tuple(movements(before))
    now = tuple(movements(after))
    for one in now:
        if one not in booked:
            yield Posting(one, after, reported_late=one.at < since)
    for one in booked:
        if one not in now and one.amount:
            taken_back = Movement(after.changed_at, MovementKind.CORRECTION, -one.amount, refund=one.refund)
            yield Posting(taken_back, after, reported_late=True)


def booked(before: Payment | None, after: Payment, at: Micros) -> tuple[BookedMovement, ...]:
    """Keep the bookings of a payment up to date with what was heard of at ``at``.

    Summed up between two instants they are what ``postings`` lists from them: what was not yet true at the first and is
    at the second, less what was true at the first and is not at the second.
    """
    known = () if before is None else before.bookings
    now = {
        (one.kind, one.at, one.amount, one.waived, None if one.refund is None else one.refund.id)
        for one in movements(after)
        if one.kind is not MovementKind.UNCERTAIN
    }
    held = {one.movement for one in known if one.revoked_at is None}
    if now == held:
        return known
    kept = (
        one if one.revoked_at is not None or one.movement in now else msgspec.structs.replace(one, revoked_at=at)
        for one in known
    )
    fresh = sorted(now - held, key=lambda one: (one[1], one[0], one[4] or ""))
    return (
        *kept,
        *(BookedMovement(kind, moved, amount, waived, at, refund) for kind, moved, amount, waived, refund in fresh),
    )
