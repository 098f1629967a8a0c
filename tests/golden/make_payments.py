"""Writes golden streams of payments: ``python -m tests.golden.make_payments NAME``.

As with those of the queue: under a new name when an event gets a new version, and never again for an old one.
"""

import sys

from queue_server.domain.tariff import FeeItem, Headcount, of_party
from queue_server.domain.values import (
    BandId,
    CentreId,
    CurrencyCode,
    DeviceId,
    DriverScheme,
    JournalState,
    Micros,
    PaymentDiscrepancy,
    PaymentId,
    PaymentStanding,
    ReasonCode,
    ReceiptId,
    ReceiptKind,
    ReconciliationId,
    RefundId,
    RefundReason,
    ServiceId,
    StaffId,
    TerminalId,
    TerminalReference,
    TerminalTrace,
    VisitId,
    WaiverReason,
)
from queue_server.eventlog.payload import Payload
from queue_server.payments import decide
from queue_server.payments.events import (
    DiscrepancyFound,
    FeeWaived,
    JournalRowReported,
    ManualPaymentRecorded,
    PaymentInitiated,
    ReceiptStored,
    TicketFee,
)
from queue_server.payments.evolve import evolve
from queue_server.payments.fees_due import PaidTooMuch
from queue_server.payments.model import Payment
from queue_server.payments.reconciliation import (
    CurrencyTotal,
    Difference,
    Reconciliation,
    ReconciliationAcknowledged,
    TerminalReconciled,
)
from queue_server.payments.reconciliation import evolve as evolve_reconciliation
from tests.golden.stored import ROOT, START, write

FOLDER = ROOT / "payments"
COMMAND, ACTOR = "key-{}#0a0b0c0d", "staff/s1"
PAYMENT, VISIT = PaymentId("01a21000-0000-7000-8000-0000000000aa"), VisitId("01a21000-0000-7000-8000-000000000002")
STATES = ("created", "preflight-ok", "sent", "approved", "goods-issued", "in-doubt", "needs-staff")
ONE, TWO = StaffId("staff-1"), StaffId("staff-2")


class _Play:
    def __init__(self, *bodies: Payload) -> None:
        self.bodies: list[Payload] = []
        self.found: Payment | None = None
        self.add(bodies)

    def add(self, bodies: tuple[Payload, ...]) -> None:
        for body in bodies:
            self.bodies.append(body)
            self.found = evolve(self.found, body, len(self.bodies), Micros(START + len(self.bodies)))

    @property
    def payment(self) -> Payment:
        assert self.found is not None
        return self.found


def paid() -> _Play:
    """Play a payment that staff had to look into, and of which a part went back."""
    began = PaymentInitiated(
        payment=PAYMENT,
        centre=CentreId("harbour"),
        device=DeviceId("01a21000-0000-7000-8000-000000000003"),
        visit=VISIT,
        services=(ServiceId("uto-passport-renewal"),),
        amount=12_000,
        currency=CurrencyCode("CAD"),
        driver=DriverScheme("nexo+https"),
        terminal=TerminalId("V400m-324688179"),
        can_refund=False,
    )
    rows = tuple(
        JournalRowReported(
            payment=PAYMENT,
            row=number,
            state=JournalState(state),
            recorded_at=Micros(START - 1000 + number),
            reference=TerminalReference("BV0q001" if number > 3 else ""),
            trace=TerminalTrace("000123" if number > 3 else ""),
            reason=ReasonCode("no-answer" if number > 5 else ""),
        )
        for number, state in enumerate(STATES, start=1)
    )
    receipt = ReceiptStored(PAYMENT, 1, ReceiptKind.CUSTOMER, ReceiptId("01a21000-0000-7000-8000-0000000000bb"))
    play = _Play(*decide.report(None, decide.ReportedAttempt(began, rows, (receipt,))))
    play.add(decide.resolve(play.payment, PaymentStanding.CHARGED, ONE))
    play.add(decide.request_refund(play.payment, RefundId("refund-1"), 5_000, RefundReason.WRONG_FEE, ONE))
    play.add(decide.confirm(play.payment, "refund-1", TWO))
    play.add(decide.settle(play.payment, "refund-1", ONE, done=True, reference=TerminalReference("BV0q002")))
    play.add(decide.request_refund(play.payment, RefundId("refund-2"), None, RefundReason.OTHER, TWO))
    play.add(decide.reject(play.payment, "refund-2", ONE))
    return play


def waived() -> _Play:
    return _Play(
        FeeWaived(
            payment=PAYMENT,
            centre=CentreId("harbour"),
            visit=VISIT,
            service=ServiceId("uto-permit-residence"),
            amount=9_500,
            currency=CurrencyCode("CAD"),
            reason=WaiverReason.HARDSHIP,
            staff=ONE,
        )
    )


def manual() -> _Play:
    play = _Play(
        ManualPaymentRecorded(
            payment=PAYMENT,
            centre=CentreId("harbour"),
            visit=VISIT,
            services=(ServiceId("uto-permit-residence"), ServiceId("xal-passport-renewal")),
            amount=18_300,
            currency=CurrencyCode("CAD"),
            slip=TerminalReference("T-004711"),
            staff=ONE,
        )
    )
    play.add(decide.request_refund(play.payment, RefundId("refund-1"), 8_800, RefundReason.WITHDRAWN, TWO))
    return play


def confirmed() -> _Play:
    """Play a payment whose money staff took, and could not give back when the kiosk asked for it."""
    began = PaymentInitiated(
        payment=PAYMENT,
        centre=CentreId("harbour"),
        device=DeviceId("01a21000-0000-7000-8000-000000000003"),
        visit=VISIT,
        services=(ServiceId("uto-passport-renewal"),),
        amount=12_000,
        currency=CurrencyCode("CAD"),
        driver=DriverScheme("manual"),
        terminal=TerminalId(""),
        attended=True,
    )
    play = _Play()

    def tell(*told: tuple[str, str, str]) -> None:
        first = len(play.found.rows) + 1 if play.found is not None else 1
        rows = tuple(
            JournalRowReported(
                payment=PAYMENT,
                row=number,
                state=JournalState(state),
                recorded_at=Micros(START - 1000 + number),
                reference=TerminalReference(slip),
                trace=TerminalTrace(""),
                reason=ReasonCode(reason),
            )
            for number, (state, slip, reason) in enumerate(told, start=first)
        )
        play.add(decide.report(play.found, decide.ReportedAttempt(began, rows)))

    tell(("created", "", ""), ("preflight-ok", "", ""), ("sent", "", ""))
    play.add(decide.confirm_manually(play.payment, 3, 12_000, ONE, done=True, slip=TerminalReference("T-004711")))
    tell(("approved", "T-004711", ""), ("goods-issued", "", ""), ("committed", "T-004711", ""))
    tell(("reversal-sent", "", ""))
    play.add(decide.confirm_manually(play.payment, 7, 12_000, TWO, done=False, slip=TerminalReference("")))
    tell(("needs-staff", "", "not-reversed"))
    return play


def discrepancy() -> _Play:
    """Play a payment of a family that was not what was owed, until a manager accepts it."""
    items = of_party((ServiceId("uto-passport-renewal"),), (Headcount(BandId("adult"), 2),))
    fees = (TicketFee(VISIT, ServiceId("uto-passport-renewal")),)
    began = ManualPaymentRecorded(
        payment=PAYMENT,
        centre=CentreId("harbour"),
        visit=VISIT,
        services=(ServiceId("uto-passport-renewal"),),
        amount=24_000,
        currency=CurrencyCode("CAD"),
        slip=TerminalReference("T-004711"),
        staff=ONE,
        items=items,
        fees=fees,
    )
    play = _Play(began, DiscrepancyFound(PAYMENT, PaymentDiscrepancy.NOT_OWED))
    play.add(decide.accept(play.payment, TWO))
    return play


def corrected() -> _Play:
    """An adult's fee for what is a child: half of it goes back."""
    play = discrepancy()
    service = play.payment.services[0]
    instead = (FeeItem(service, BandId("adult"), -1), FeeItem(service, BandId("child"), 1))
    above = PaidTooMuch(PAYMENT, 6_000, instead)
    play.add(
        decide.request_refund(play.payment, RefundId("refund-1"), 6_000, RefundReason.WRONG_FEE, ONE, too_much=above)
    )
    play.add(decide.confirm(play.payment, "refund-1", TWO))
    play.add(decide.settle(play.payment, "refund-1", ONE, done=True, reference=TerminalReference("")))
    return play


def write_payment(name: str, play: _Play) -> None:
    write(FOLDER / name, play.bodies, play.payment, COMMAND, ACTOR)


def write_reconciliation(name: str) -> None:
    """Write an end of day that a manager has looked into."""
    closed = TerminalReconciled(
        reconciliation=ReconciliationId("01a21000-0000-7000-8000-0000000000cc"),
        centre=CentreId("harbour"),
        device=DeviceId("01a21000-0000-7000-8000-000000000003"),
        driver=DriverScheme("nexo+https"),
        terminal=TerminalId("V400m-324688179"),
        since=Micros(START - 10_000),
        closed_at=Micros(START),
        totals=(CurrencyTotal(CurrencyCode("CAD"), 12_000, 1), CurrencyTotal(CurrencyCode("USD"), 0, None)),
        differences=(Difference(CurrencyCode("CAD"), 12_000, 7_000, (PAYMENT,)),),
    )
    bodies = (closed, ReconciliationAcknowledged(closed.reconciliation, TWO))
    found: Reconciliation | None = None
    for seq, body in enumerate(bodies, start=1):
        found = evolve_reconciliation(found, body, seq, Micros(START + seq))
    write(FOLDER / name, bodies, found, COMMAND, ACTOR)


if __name__ == "__main__":
    write_payment(f"{sys.argv[1]}-paid", paid())
    write_payment(f"{sys.argv[1]}-waived", waived())
    write_reconciliation(f"{sys.argv[1]}-reconciliation")
    write_payment(f"{sys.argv[1]}-manual", manual())
    write_payment(f"{sys.argv[1]}-confirmed", confirmed())
    write_payment(f"{sys.argv[1]}-discrepancy", discrepancy())
    write_payment(f"{sys.argv[1]}-corrected", corrected())
