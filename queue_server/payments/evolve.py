"""How a payment follows from its events, and from nothing else. Pure."""

from typing import Final

import msgspec

from queue_server.domain.tariff import ANYONE, FeeItem, Headcount, of_party
from queue_server.domain.values import (
    DriverScheme,
    JournalState,
    Micros,
    PaymentStanding,
    RefundId,
    RefundState,
    ServiceId,
    VisitId,
)
from queue_server.eventlog.payload import Payload, UnknownEventError
from queue_server.payments.events import (
    DiscrepancyFound,
    FeeWaived,
    JournalRowReported,
    ManualConfirmationRecorded,
    ManualPaymentRecorded,
    PaymentAccepted,
    PaymentInitiated,
    PaymentResolved,
    ReceiptStored,
    RefundConfirmed,
    RefundRejected,
    RefundRequested,
    RefundSettled,
    TicketFee,
)
from queue_server.payments.model import SAYS, Payment, Refund
from queue_server.payments.movements import booked

_J, _S, _R = JournalState, PaymentStanding, RefundState

#: What lists name for a driver where staff took the money and no device had a part in it.
_NO_TERMINAL: Final = DriverScheme("manual")

#: What cannot be true once staff said that money was (True), or was not, given back or taken.
_AFTER_BACK: Final = {True: (_S.CHARGED, _S.NOT_CHARGED), False: (_S.RETURNED, _S.RETURNING, _S.NOT_CHARGED)}
_AFTER_TAKE: Final = {True: (_S.NOT_CHARGED,), False: (_S.CHARGED, _S.RETURNED, _S.RETURNING)}
#: Standings after which a journal says no more, but that it needs staff.
_OVER: Final = frozenset({_S.NOT_CHARGED, _S.RETURNED})
#: Refunds of which money may have gone back.
_AGREED: Final = frozenset({_R.CONFIRMED, _R.DONE})


def evolve(before: Payment | None, body: Payload, seq: int, at: Micros) -> Payment:
    """Fold one event into a payment.

    Raises:
        UnknownEventError: it does not belong here.
    """
    after = _begin(body, seq, at) if before is None else _go_on(before, body, seq, at)
    found = booked(before, after, at)
    return after if found == after.bookings else msgspec.structs.replace(after, bookings=found)


def _go_on(before: Payment, body: Payload, seq: int, at: Micros) -> Payment:
    after = msgspec.structs.replace(before, seq=seq, changed_at=at)
    match body:
        case JournalRowReported():
            return _confirm(after, body, at)
        case ReceiptStored() | ManualConfirmationRecorded():
            return _retain(after, body)
        case PaymentResolved():
            return _resolve(after, body.standing, at)
        case DiscrepancyFound() | PaymentAccepted():
            return _compare(after, body)
        case _:
            return _refund(after, body, at)


def _retain(payment: Payment, body: ReceiptStored | ManualConfirmationRecorded) -> Payment:
    if isinstance(body, ReceiptStored):
        return msgspec.structs.replace(payment, receipts=(*payment.receipts, body))
    return msgspec.structs.replace(payment, confirmations=(*payment.confirmations, body))


def _compare(payment: Payment, body: DiscrepancyFound | PaymentAccepted) -> Payment:
    if isinstance(body, DiscrepancyFound):
        return msgspec.structs.replace(payment, discrepancy=body.discrepancy, accepted_by=None)
    return msgspec.structs.replace(payment, accepted_by=body.staff)


def _refund(payment: Payment, body: Payload, at: Micros) -> Payment:
    match body:
        case RefundRequested():
            asked = Refund(
                body.refund, body.amount, body.reason, _R.REQUESTED, body.staff, at, changed_at=at, items=body.items
            )
            return msgspec.structs.replace(payment, refunds=(*payment.refunds, asked))
        case RefundConfirmed():
            return _refunded(payment, body.refund, at, state=_R.CONFIRMED, decided_by=body.staff)
        case RefundRejected():
            return _refunded(payment, body.refund, at, state=_R.REJECTED, decided_by=body.staff)
        case RefundSettled():
            state = _R.DONE if body.done else _R.FAILED
            return _refunded(payment, body.refund, at, state=state, reference=body.reference, settled_by=body.staff)
        case _:
            raise UnknownEventError(type=body.type, v=body.v)


def _begin(body: Payload, seq: int, at: Micros) -> Payment:
    match body:
        case PaymentInitiated():
            return Payment(
                id=body.payment,
                centre=body.centre,
                visit=body.visit,
                services=body.services,
                amount=body.amount,
                currency=body.currency,
                opened_at=at,
                changed_at=at,
                seq=seq,
                governments=body.governments,
                items=body.items or _whole(body.services),
                fees=_fees(body.visit, body.services),
                device=body.device,
                driver=body.driver,
                terminal=body.terminal,
                attended=body.attended,
                can_refund=body.can_refund,
            )
        case FeeWaived():
            return Payment(
                id=body.payment,
                centre=body.centre,
                visit=body.visit,
                services=(body.service,),
                amount=body.amount,
                currency=body.currency,
                opened_at=at,
                changed_at=at,
                seq=seq,
                governments=body.governments,
                items=body.items or _whole((body.service,)),
                fees=body.fees or _fees(body.visit, (body.service,)),
                waiver=body.reason,
                waived_by=body.staff,
            )
        case ManualPaymentRecorded():
            return Payment(
                id=body.payment,
                centre=body.centre,
                visit=body.visit,
                services=body.services,
                amount=body.amount,
                currency=body.currency,
                opened_at=at,
                changed_at=at,
                charged_at=at,
                seq=seq,
                governments=body.governments,
                items=body.items or _whole(body.services),
                fees=body.fees or _fees(body.visit, body.services),
                driver=_NO_TERMINAL,
                attended=True,
                slip=body.slip,
                taken_by=body.staff,
            )
        case _:
            raise UnknownEventError(type=body.type, v=body.v)


def _whole(services: tuple[ServiceId, ...]) -> tuple[FeeItem, ...]:
    """Count one party without ages, as each was counted before."""
    return of_party(services, (Headcount(ANYONE, 1),))


def _fees(visit: VisitId, services: tuple[ServiceId, ...]) -> tuple[TicketFee, ...]:
    return tuple(TicketFee(visit, service) for service in services)


def _resolve(payment: Payment, standing: PaymentStanding, at: Micros) -> Payment:
    charged_at, returned_at = payment.charged_at, payment.returned_at
    if standing is not _S.NOT_CHARGED and charged_at is None:
        charged_at = at
    if standing is _S.RETURNED and returned_at is None:
        returned_at = at
    if standing is not _S.RETURNED:
        # What the journal said of money that went back is not so.
        returned_at = None
    return msgspec.structs.replace(payment, resolved=standing, charged_at=charged_at, returned_at=returned_at)


def _confirm(payment: Payment, row: JournalRowReported, at: Micros) -> Payment:
    says = SAYS[row.state]
    # A device whose clock is ahead does not move money into days that have not come.
    moment = min(row.recorded_at, at)
    charged_at, returned_at = payment.charged_at, payment.returned_at
    if says is _S.CHARGED:
        # What was to go back stayed after all, if anything was.
        charged_at, returned_at = charged_at if charged_at is not None else moment, None
    elif says in (_S.RETURNED, _S.RETURNING):
        returned_at = returned_at if returned_at is not None else moment
        if says is _S.RETURNING and charged_at is None:
            # What goes back later was charged, though nothing was issued for it.
            approved = next((before.recorded_at for before in payment.rows if before.state is _J.APPROVED), moment)
            charged_at = min(approved, at)
    return msgspec.structs.replace(
        payment,
        rows=(*payment.rows, row),
        resolved=None,
        charged_at=charged_at,
        returned_at=returned_at,
        contradicted=payment.contradicted or _contradicts(payment, row) or _gainsays(payment, row),
    )


def _contradicts(payment: Payment, row: JournalRowReported) -> bool:
    """Tell whether a row cannot be true after those before it, or after what was given back here."""
    told = {SAYS[before.state] for before in payment.rows}
    says = SAYS[row.state]
    if told & _OVER and row.state is not _J.NEEDS_STAFF:
        return True
    if says is _S.NOT_CHARGED:
        # With a doubt between the two, the terminal was asked again and knew better.
        return bool(payment.rows) and SAYS[payment.rows[-1].state] is _S.CHARGED
    if says in (_S.RETURNED, _S.RETURNING):
        return any(refund.state in _AGREED for refund in payment.refunds)
    return says is _S.OPEN and bool(told - {_S.OPEN})


def _gainsays(payment: Payment, row: JournalRowReported) -> bool:
    """Tell whether a row cannot be true after what staff said last: of money that they moved nobody else knows."""
    if not payment.confirmations:
        return False
    word, says = payment.confirmations[-1], SAYS[row.state]
    if payment.is_back(word.row):
        return says in _AFTER_BACK[word.done] or _other_slip(word, row, _S.RETURNED)
    return says in _AFTER_TAKE[word.done] or _other_slip(word, row, _S.CHARGED)


def _other_slip(word: ManualConfirmationRecorded, row: JournalRowReported, says: PaymentStanding) -> bool:
    return word.done and SAYS[row.state] is says and row.reference not in ("", word.slip)


def _refunded(payment: Payment, ident: RefundId, at: Micros, **changes: object) -> Payment:
    return msgspec.structs.replace(
        payment,
        refunds=tuple(
            msgspec.structs.replace(one, changed_at=at, **changes) if one.id == ident else one
            for one in payment.refunds
        ),
    )
