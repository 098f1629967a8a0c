"""Whether a payment that was charged is what its visit owed. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date

from queue_server.domain import tariff
from queue_server.domain.tariff import Tariff
from queue_server.domain.values import PaymentDiscrepancy, VisitState
from queue_server.payments.fees_due import settled_fees
from queue_server.payments.model import Payment
from queue_server.queue.state import Visit


def discrepancy(
    payment: Payment, visits: Sequence[Visit], others: Iterable[Payment], known: Tariff, days: Iterable[date]
) -> PaymentDiscrepancy | None:
    """Say in what a payment that was charged differs from what was owed; None where it does not.

    ``visits`` are the ticket that it was made for, up to that with which its party goes on, as far as they are known.
    ``others`` are the other payments of these, ``days`` the service days on which it may have been made.
    """
    on = tuple(days)
    amounts = {one.amount for day in on for one in known.prices(payment.items, day) if one.currency == payment.currency}
    if payment.amount not in amounts:
        return PaymentDiscrepancy.AMOUNT
    if not visits:
        return None
    own, goes_on = visits[0], visits[-1]
    if goes_on.state is VisitState.CANCELLED:
        return PaymentDiscrepancy.CANCELLED
    made = tuple(others)
    settled = {fee.service for fee in settled_fees(made) if fee.visit == own.id}
    left = tariff.remaining(goes_on.items, *(one.settles for one in made))
    above = (
        *(one for one in payment.items if one.service in settled),
        *tariff.remaining(payment.items, own.items),
        *tariff.remaining(payment.items, left),
    )
    # Of what costs nothing there is never too much.
    if any(known.charges(one.service, one.band, day) for one in above for day in on):
        return PaymentDiscrepancy.NOT_OWED
    return None
