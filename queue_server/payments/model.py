"""What a payment is: the state to which its events lead. Pure.

The journal of the kiosk is the truth of what happened at the terminal: its rows are taken as they are. Where they
contradict each other nothing is certain until staff have found out. Refunds are asked for and confirmed here.
"""

from typing import Final

import msgspec

from queue_server.domain.tariff import ANYONE, FeeItem, Headcount, of_party
from queue_server.domain.values import (
    CentreId,
    CurrencyCode,
    DeviceId,
    DriverScheme,
    GovernmentId,
    JournalState,
    Micros,
    PaymentId,
    PaymentQuestion,
    ReasonCode,
    RefundId,
    RefundReason,
    RefundState,
    ServiceId,
    StaffId,
    Standing,
    TerminalId,
    TerminalReference,
    VisitId,
    WaiverReason,
)
from queue_server.eventlog.payload import Payload, UnknownEventError
from queue_server.payments.events import (
    FeeWaived,
    JournalTold,
    PaymentAccepted,
    PaymentBegan,
    PaymentQuestioned,
    PaymentResolved,
    ReceiptKept,
    RefundAsked,
    RefundConfirmed,
    RefundRejected,
    RefundSettled,
    StaffSaid,
    TakenByHand,
    TicketFee,
)

#: The driver of what staff took, as ``peripherals.payment.manual`` is called.
BY_HAND: Final = DriverScheme("manual")
#: The reason of the row by which a kiosk asks for a payment back (``kiosk.payment.report``).
ASKED_BACK: Final = ReasonCode("reversal-sent")

# --- state -------------------------------------------------------------------------------------------------------


class Refund(msgspec.Struct, frozen=True):
    """``decided_by`` confirmed or rejected it; ``settled_by`` said whether the money went back."""

    id: RefundId
    amount: int
    reason: RefundReason
    state: RefundState
    asked_by: StaffId
    asked_at: Micros
    decided_by: StaffId | None = None
    settled_by: StaffId | None = None
    changed_at: Micros = Micros(0)
    reference: TerminalReference = TerminalReference("")


class Asking(msgspec.Struct, frozen=True):
    """A device waits until staff say whether they took the amount, or gave it ``back``: row ``row`` asks for it."""

    row: int
    back: bool


_J, _S, _R = JournalState, Standing, RefundState

#: What each row of a journal says of the money.
SAYS: Final[dict[JournalState, Standing]] = {
    _J.CREATED: _S.OPEN,
    _J.PREFLIGHT_OK: _S.OPEN,
    _J.SENT: _S.UNDECIDED,
    _J.IN_DOUBT: _S.UNDECIDED,
    # Until it is committed a terminal may still take an approval back by itself.
    _J.APPROVED: _S.UNDECIDED,
    _J.GOODS_ISSUED: _S.UNDECIDED,
    _J.COMMITTED: _S.CHARGED,
    _J.RECEIPT_DONE: _S.CHARGED,
    _J.DECLINED: _S.NOT_CHARGED,
    _J.CANCELLED: _S.NOT_CHARGED,
    _J.REVERSED: _S.RETURNED,
    _J.REFUND_REQUESTED: _S.RETURNING,
    _J.REFUNDED: _S.RETURNED,
    _J.NEEDS_STAFF: _S.UNDECIDED,
}

#: What cannot be true once staff said that money was (True), or was not, given back or taken.
_AFTER_BACK: Final = {True: (_S.CHARGED, _S.NOT_CHARGED), False: (_S.RETURNED, _S.RETURNING, _S.NOT_CHARGED)}
_AFTER_TAKE: Final = {True: (_S.NOT_CHARGED,), False: (_S.CHARGED, _S.RETURNED, _S.RETURNING)}
#: Standings after which a journal says no more, but that it needs staff.
_OVER: Final = frozenset({_S.NOT_CHARGED, _S.RETURNED})
#: Refunds that take away from what is left.
_HOLDING: Final = frozenset({_R.ASKED, _R.CONFIRMED, _R.DONE})
#: Refunds of which money may have gone back.
_AGREED: Final = frozenset({_R.CONFIRMED, _R.DONE})


class Payment(msgspec.Struct, frozen=True):
    """A payment or a waiver as its stream left it at ``seq``; ``amount`` in minor units.

    ``opened_at`` and ``changed_at`` are the server's clock; ``charged_at`` and ``returned_at`` the device's, but never
    later than the server heard of it.
    ``words`` are what staff said of money that a device left to them. ``contradicted``: the journal told what cannot
    be, or not what staff said. ``resolved`` is what staff found out since its last row. ``items`` are what it is for,
    ``fees`` whose.
    ``question`` says in what it differs from what was owed, until a manager accepts it (``accepted_by``).
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
    rows: tuple[JournalTold, ...] = ()
    receipts: tuple[ReceiptKept, ...] = ()
    words: tuple[StaffSaid, ...] = ()
    refunds: tuple[Refund, ...] = ()
    waiver: WaiverReason | None = None
    waived_by: StaffId | None = None
    slip: TerminalReference = TerminalReference("")
    taken_by: StaffId | None = None
    charged_at: Micros | None = None
    returned_at: Micros | None = None
    contradicted: bool = False
    resolved: Standing | None = None
    items: tuple[FeeItem, ...] = ()
    fees: tuple[TicketFee, ...] = ()
    governments: tuple[GovernmentId, ...] = ()
    question: PaymentQuestion | None = None
    accepted_by: StaffId | None = None

    @property
    def state(self) -> JournalState | None:
        """The last row of the journal; None of a waiver."""
        return self.rows[-1].state if self.rows else None

    @property
    def standing(self) -> Standing:
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
    def left(self) -> int:
        """What may still be asked back, in minor units."""
        if self.standing is not _S.CHARGED:
            return 0
        return self.amount - sum(refund.amount for refund in self.refunds if refund.state in _HOLDING)

    @property
    def kept(self) -> int:
        """How much of what was charged did not go back, in minor units; 0 where nothing is charged."""
        if self.standing is not _S.CHARGED:
            return 0
        return self.amount - sum(one.amount for one in self.refunds if one.state is _R.DONE)

    @property
    def differs(self) -> bool:
        """Tell whether it is not what was owed, and nobody has dealt with that yet: accepted it, or given it back."""
        return self.question is not None and self.accepted_by is None and self.kept > 0

    @property
    def settles(self) -> tuple[FeeItem, ...]:
        """What is settled by it as it now stands: money that went back, or is not what was owed, settles nothing."""
        settled = self.standing is _S.WAIVED or (self.kept > 0 and not self.differs)
        return self.items if settled else ()

    @property
    def moved_slip(self) -> TerminalReference:
        """The number on the slip of whoever took the money by hand; empty where nobody did."""
        return next((word.slip for word in self.words if word.done and not self.is_back(word.row)), self.slip)

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
    def asks(self) -> Asking | None:
        """What the device waits for staff to say; None where it waits for nothing, or somebody has said it."""
        if self.driver != BY_HAND or self.standing is not _S.UNDECIDED or self.contradicted:
            return None
        for row in reversed(self.rows):
            back = self.is_back(row.row)
            if back or row.state is _J.SENT:
                return None if self.word(row.row) is not None else Asking(row.row, back)
            if row.state is not _J.IN_DOUBT:
                return None
        return None

    def is_back(self, row: int) -> bool:
        """Tell whether this row of the journal asks for the payment back."""
        return self.rows[row - 1].state is _J.IN_DOUBT and self.rows[row - 1].reason == ASKED_BACK

    def word(self, row: int) -> StaffSaid | None:
        """Give what staff said of the money that this row asks for."""
        return next((word for word in self.words if word.row == row), None)

    @property
    def waits(self) -> bool:
        """Tell whether staff have to act: on a refund that is not settled, or what only they find out or decide."""
        if any(refund.state in (_R.ASKED, _R.CONFIRMED) for refund in self.refunds):
            return True
        if self.differs:
            return True
        return self.standing is _S.UNDECIDED and (self.contradicted or self.state is _J.NEEDS_STAFF)

    def refund(self, ident: str) -> Refund | None:
        return next((refund for refund in self.refunds if refund.id == ident), None)


def evolve(before: Payment | None, body: Payload, seq: int, at: Micros) -> Payment:
    """Fold one event into a payment.

    Raises:
        UnknownEventError: it does not belong here.
    """
    if before is None:
        return _begin(body, seq, at)
    after = msgspec.structs.replace(before, seq=seq, changed_at=at)
    match body:
        case JournalTold():
            return _tell(after, body, at)
        case ReceiptKept() | StaffSaid():
            return _keep(after, body)
        case PaymentResolved():
            return _resolve(after, body.standing, at)
        case PaymentQuestioned() | PaymentAccepted():
            return _compare(after, body)
        case _:
            return _refund(after, body, at)


def _keep(payment: Payment, body: ReceiptKept | StaffSaid) -> Payment:
    if isinstance(body, ReceiptKept):
        return msgspec.structs.replace(payment, receipts=(*payment.receipts, body))
    return msgspec.structs.replace(payment, words=(*payment.words, body))


def _compare(payment: Payment, body: PaymentQuestioned | PaymentAccepted) -> Payment:
    if isinstance(body, PaymentQuestioned):
        return msgspec.structs.replace(payment, question=body.why, accepted_by=None)
    return msgspec.structs.replace(payment, accepted_by=body.staff)


def _refund(payment: Payment, body: Payload, at: Micros) -> Payment:
    match body:
        case RefundAsked():
            asked = Refund(body.refund, body.amount, body.reason, _R.ASKED, body.staff, at, changed_at=at)
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
        case PaymentBegan():
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
        case TakenByHand():
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
                driver=BY_HAND,
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


def _resolve(payment: Payment, standing: Standing, at: Micros) -> Payment:
    charged_at, returned_at = payment.charged_at, payment.returned_at
    if standing is not _S.NOT_CHARGED and charged_at is None:
        charged_at = at
    if standing is _S.RETURNED and returned_at is None:
        returned_at = at
    if standing is not _S.RETURNED:
        # What the journal said of money that went back is not so.
        returned_at = None
    return msgspec.structs.replace(payment, resolved=standing, charged_at=charged_at, returned_at=returned_at)


def _tell(payment: Payment, row: JournalTold, at: Micros) -> Payment:
    says = SAYS[row.state]
    # A device whose clock is ahead does not move money into days that have not come.
    moment = min(row.told_at, at)
    charged_at, returned_at = payment.charged_at, payment.returned_at
    if says is _S.CHARGED:
        # What was to go back stayed after all, if anything was.
        charged_at, returned_at = charged_at if charged_at is not None else moment, None
    elif says in (_S.RETURNED, _S.RETURNING):
        returned_at = returned_at if returned_at is not None else moment
        if says is _S.RETURNING and charged_at is None:
            # What goes back later was charged, though nothing was issued for it.
            approved = next((before.told_at for before in payment.rows if before.state is _J.APPROVED), moment)
            charged_at = min(approved, at)
    return msgspec.structs.replace(
        payment,
        rows=(*payment.rows, row),
        resolved=None,
        charged_at=charged_at,
        returned_at=returned_at,
        contradicted=payment.contradicted or _contradicts(payment, row) or _gainsays(payment, row),
    )


def _contradicts(payment: Payment, row: JournalTold) -> bool:
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


def _gainsays(payment: Payment, row: JournalTold) -> bool:
    """Tell whether a row cannot be true after what staff said last: of money that they moved nobody else knows."""
    if not payment.words:
        return False
    word, says = payment.words[-1], SAYS[row.state]
    if payment.is_back(word.row):
        return says in _AFTER_BACK[word.done] or _other_slip(word, row, _S.RETURNED)
    return says in _AFTER_TAKE[word.done] or _other_slip(word, row, _S.CHARGED)


def _other_slip(word: StaffSaid, row: JournalTold, says: Standing) -> bool:
    return word.done and SAYS[row.state] is says and row.reference not in ("", word.slip)


def _refunded(payment: Payment, ident: RefundId, at: Micros, **changes: object) -> Payment:
    return msgspec.structs.replace(
        payment,
        refunds=tuple(
            msgspec.structs.replace(one, changed_at=at, **changes) if one.id == ident else one
            for one in payment.refunds
        ),
    )
