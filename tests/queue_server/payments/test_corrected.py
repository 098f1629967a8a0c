"""An age or a service is corrected after paying: the difference is owed, or goes back, to the minor unit."""

from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from queue_server.domain.tariff import Headcount, added, of_party
from queue_server.domain.values import (
    PaymentId,
    RefundId,
    RefundReason,
    ServiceId,
    TerminalReference,
    VisitId,
    WaiverReason,
)
from queue_server.eventlog.payload import Payload
from queue_server.payments import decide, fees_due
from queue_server.payments.events import FeeWaived, ManualPaymentRecorded, RefundConfirmed, RefundSettled
from queue_server.payments.evolve import evolve
from queue_server.payments.model import Payment
from queue_server.queue import commands as c
from queue_server.queue.fees import settled_fees
from tests.queue_server.payments.test_bill import ADULT, CHILD, COSTS, DAY, EUR, INFANT, OTHER, STAFF, TARIFF
from tests.queue_server.queue.centre import CENTRE, COPY, PERMIT, RECORD, Play

people = st.dictionaries(st.sampled_from((ADULT, CHILD, INFANT)), st.integers(1, 2), min_size=1).map(
    lambda found: tuple(Headcount(band, count) for band, count in found.items())
)
services = st.lists(st.sampled_from((PERMIT, RECORD, COPY)), min_size=1, max_size=3, unique=True).map(tuple)


class Corrections(RuleBasedStateMachine):
    """One party is corrected again and again; a cashier takes what is due, and gives back what is offered."""

    @initialize(people=people, services=services)
    def come(self, people: tuple[Headcount, ...], services: tuple[ServiceId, ...]) -> None:
        self.play = Play().open_day()
        self.play.settings = replace(self.play.settings, tariff=TARIFF, max_party=20)
        self.visit: VisitId = self.play.issue_for(*services, people=people)
        self.payments: dict[PaymentId, Payment] = {}

    @rule(people=people)
    def correct_the_ages(self, people: tuple[Headcount, ...]) -> None:
        self.play.do(c.ChangeVisit(self.visit, people=people))

    @rule(services=services)
    def correct_the_services(self, services: tuple[ServiceId, ...]) -> None:
        self.play.do(c.ChangeVisit(self.visit, services=services))

    @rule()
    def settle_the_difference(self) -> None:
        for bill in fees_due.bills(self._dues()):
            ident = PaymentId(f"p{len(self.payments)}")
            items = added(*(one.items for one in self._dues() if one.state == "open"))
            assert [one.amount for one in TARIFF.prices(items, DAY)] == [bill.amount]
            slip = TerminalReference(ident)
            self._on(
                ident,
                ManualPaymentRecorded(
                    ident, CENTRE, self.visit, bill.services, bill.amount, EUR, slip, STAFF, items=items
                ),
            )
        for number, one in enumerate(self._too_much()):
            refund = RefundId(f"{one.payment}-{self.payments[one.payment].seq}-{number}")
            asked = decide.request_refund(
                self.payments[one.payment], refund, one.amount, RefundReason.WRONG_FEE, STAFF, too_much=one
            )
            self._on(
                one.payment,
                *asked,
                RefundConfirmed(one.payment, refund, OTHER),
                RefundSettled(one.payment, refund, True, TerminalReference(""), STAFF),
            )
        assert not fees_due.bills(self._dues())
        assert not self._too_much()
        assert self._kept() == self._cost()

    @invariant()
    def what_is_offered_is_the_difference(self) -> None:
        due = sum(bill.amount for bill in fees_due.bills(self._dues()))
        back = sum(one.amount for one in self._too_much())
        assert (due - back, due * back) == (self._cost() - self._kept(), 0)

    @invariant()
    def the_visit_knows_what_is_paid(self) -> None:
        play = self.play
        done = settled_fees(play.visit(self.visit), play.settings, play.state.day)
        assert done.isdisjoint(one.service for one in self._dues() if one.state == "open")
        assert done >= {one.service for one in self._dues() if one.state == "paid"}

    # --- the judge: what the party costs by a table, and what the till has ------------------------------------------

    def _cost(self) -> int:
        visit = self.play.visit(self.visit)
        each = {"party": 1} | {str(one.band): one.count for one in visit.people}
        costs = [COSTS[service] for service in dict.fromkeys(visit.services)]
        return sum(cost * each.get(payer, 0) for table in costs for payer, cost in table.items())

    def _kept(self) -> int:
        return sum(one.retained for one in self.payments.values())

    # --- the system ---------------------------------------------------------------------------------------------------

    def _dues(self) -> tuple[fees_due.Due, ...]:
        return fees_due.dues(self.play.visit(self.visit), self.payments.values(), TARIFF, DAY)

    def _too_much(self) -> tuple[fees_due.PaidTooMuch, ...]:
        return fees_due.paid_too_much(self.play.visit(self.visit), self.payments.values(), TARIFF, DAY)

    def _on(self, ident: PaymentId, *bodies: Payload) -> None:
        known = self.payments.get(ident)
        for body in bodies:
            seq = 1 if known is None else known.seq + 1
            known = evolve(known, body, seq, self.play.now)
        assert known is not None
        self.payments[ident] = known
        if len(self.play.visit(self.visit).settlement_ids) < 20:
            self.play.do(c.NameSettlement(self.visit, ident, known.settles))


def test_what_was_waived_is_never_given_back_as_money() -> None:
    """The copy was waived and is not wanted any more; the permit was paid, and stays."""
    play = Corrections()
    play.come(people=(Headcount(ADULT, 1),), services=(PERMIT, COPY))
    permit, copy = (of_party((service,), play.play.visit(play.visit).people) for service in (PERMIT, COPY))
    waived = FeeWaived(PaymentId("w"), CENTRE, play.visit, COPY, 1_200, EUR, WaiverReason.HARDSHIP, STAFF, copy)
    paid = ManualPaymentRecorded(
        PaymentId("p"), CENTRE, play.visit, (PERMIT,), 8_250, EUR, TerminalReference("T"), STAFF, items=permit
    )
    for body in (waived, paid):
        play._on(body.payment, body)
    play.correct_the_services((PERMIT,))
    assert play._too_much() == ()
    # It pays for what is wanted instead.
    play.correct_the_services((PERMIT, RECORD))
    assert [one.state for one in play._dues()] == ["paid", "waived"]


TestCorrections: Any = Corrections.TestCase
