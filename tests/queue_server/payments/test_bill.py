"""The bill of tickets that are joined is one, in whatever order they were joined, paid, waived and given back.

The judge knows nothing of items: for each ticket and each of its services it keeps whether that fee is open, and what
it costs by a table of its own.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import hypothesis.strategies as st
from hypothesis import assume
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from queue_server.domain.tariff import FeeItem, Headcount, Rate, Tariff, added, of_party
from queue_server.domain.values import (
    BandId,
    CurrencyCode,
    DeviceId,
    DriverScheme,
    JournalState,
    Micros,
    PaymentDiscrepancy,
    PaymentId,
    ReasonCode,
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
from queue_server.payments import fees_due
from queue_server.payments.discrepancy import discrepancy
from queue_server.payments.events import (
    DiscrepancyFound,
    FeeWaived,
    JournalRowReported,
    ManualPaymentRecorded,
    PaymentInitiated,
    RefundConfirmed,
    RefundRequested,
    RefundSettled,
    TicketFee,
)
from queue_server.payments.evolve import evolve
from queue_server.payments.model import Payment
from queue_server.payments.party_payments import chain, tickets
from queue_server.queue import commands as c
from queue_server.queue.fees import settled_fees
from queue_server.queue.state import Visit
from tests.queue_server.queue.centre import CENTRE, COPY, PERMIT, RECORD, Play

EUR = CurrencyCode("EUR")
ADULT, CHILD, INFANT = map(BandId, ("adult", "child", "infant"))
SERVICES = (PERMIT, RECORD, COPY)
TARIFF = Tariff(
    (ADULT, CHILD, INFANT),
    (
        Rate(PERMIT, 8_250, EUR, bands=(ADULT,)),
        Rate(PERMIT, 4_125, EUR, bands=(CHILD,)),
        Rate(RECORD, 1_000, EUR),
        Rate(COPY, 1_200, EUR, per="party"),
    ),
)
#: The judge's own table: what one of each age pays, and the party.
COSTS: dict[ServiceId, dict[str, int]] = {
    PERMIT: {"adult": 8_250, "child": 4_125},
    RECORD: {"adult": 1_000, "child": 1_000, "infant": 1_000},
    COPY: {"party": 1_200},
}
STAFF, OTHER = StaffId("staff-1"), StaffId("staff-2")
DAY = date(2026, 11, 25)

parties = st.fixed_dictionaries({"adult": st.integers(0, 3), "child": st.integers(0, 2), "infant": st.integers(0, 2)})
numbers = st.integers(0, 3)


class Bills(RuleBasedStateMachine):
    """Four tickets come, are joined, and pay, at any moment."""

    @initialize(
        people=st.lists(parties.filter(lambda party: sum(party.values()) > 0), min_size=4, max_size=4),
        services=st.lists(
            st.lists(st.sampled_from(SERVICES), min_size=1, max_size=3, unique=True), min_size=4, max_size=4
        ),
    )
    def come(self, people: list[dict[str, int]], services: list[list[ServiceId]]) -> None:
        self.play = Play().open_day()
        self.play.settings = replace(self.play.settings, tariff=TARIFF, max_party=20)
        self.visits: list[VisitId] = []
        self.payments: dict[PaymentId, Payment] = {}
        #: Which fees are open, and which of them each payment settles: by ticket and service.
        self.costs: dict[tuple[VisitId, ServiceId], int] = {}
        self.settled: dict[PaymentId, set[tuple[VisitId, ServiceId]]] = {}
        self.into: dict[VisitId, VisitId] = {}
        self.parties: dict[VisitId, tuple[Headcount, ...]] = {}
        for party, wanted in zip(people, services, strict=True):
            counted = tuple(Headcount(BandId(band), count) for band, count in party.items() if count)
            visit = self.play.issue_for(*wanted, people=counted)
            self.visits.append(visit)
            self.parties[visit] = counted
            for service in wanted:
                each = {"party": 1} | party
                self.costs[visit, service] = sum(cost * each[payer] for payer, cost in COSTS[service].items())

    # --- what happens -------------------------------------------------------------------------------------------------

    @rule(one=numbers, other=numbers)
    def join(self, one: int, other: int) -> None:
        visit, into = self._with(self.visits[one]), self._with(self.visits[other])
        assume(visit != into)
        if self.play.visit(visit).party_size + self.play.visit(into).party_size > 20:
            return
        self.play.do(c.Merge(visit, into))
        self.into[visit] = into

    @rule(number=numbers)
    def take_by_hand(self, number: int) -> None:
        """A cashier takes all that is open."""
        visit = self._with(self.visits[number])
        found = self._dues(visit)
        (bill,) = fees_due.bills(found) or (None,)
        assume(bill is not None)
        assert bill is not None
        open_fees = [one for one in found if one.state == "open"]
        ident = self._ident()
        items = added(*(one.items for one in open_fees))
        self._begin(
            ManualPaymentRecorded(
                ident,
                CENTRE,
                visit,
                bill.services,
                bill.amount,
                EUR,
                TerminalReference(ident),
                STAFF,
                items,
                fees=self._fees(visit, bill.services),
            )
        )
        self._settle(ident, self._open(visit), visit, items)

    @rule(number=numbers)
    def pay_at_the_kiosk(self, number: int) -> None:
        """The kiosk that issued a ticket tells late that it was paid: of what it was issued for."""
        visit = self.visits[number]
        mine = {(visit, service) for service in SERVICES if (visit, service) in self.costs}
        services = tuple(service for _, service in mine)
        amount = sum(self.costs[fee] for fee in mine)
        assume(amount > 0)
        ident = self._ident()
        began = PaymentInitiated(
            ident,
            CENTRE,
            DeviceId("kiosk"),
            visit,
            services,
            amount,
            EUR,
            DriverScheme("zvt+tcp"),
            TerminalId("t"),
            of_party(services, self.parties[visit]),
        )
        self._begin(began, self._charged(ident))
        why = self._question(self.payments[ident])
        priced = {fee for fee in mine if self.costs[fee]}
        # Of what is open already paid, or of what costs nothing and was paid with the rest, nothing is owed.
        assert (why is None) == priced.isdisjoint(self._closed()), why
        if why is not None:
            assert why is PaymentDiscrepancy.NOT_OWED
            self._on(ident, DiscrepancyFound(ident, why))
            mine = set()
        self._settle(ident, mine & self._open(self._with(visit)), visit, self.payments[ident].settles)

    @rule(number=numbers, service=st.sampled_from(SERVICES))
    def waive(self, number: int, service: ServiceId) -> None:
        visit = self._with(self.visits[number])
        found = next((one for one in self._dues(visit) if one.service == service and one.state == "open"), None)
        assume(found is not None)
        assert found is not None
        ident = self._ident()
        price = found.prices[0].amount
        self._begin(
            FeeWaived(
                ident,
                CENTRE,
                visit,
                service,
                price,
                EUR,
                WaiverReason.HARDSHIP,
                STAFF,
                found.items,
                fees=self._fees(visit, (service,)),
            )
        )
        fees = {fee for fee in self._open(visit) if fee[1] == service}
        self._settle(ident, fees, visit, found.items)

    @precondition(lambda self: any(one.remaining for one in self.payments.values()))
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        """All of a payment goes back, and its fees are open again."""
        payment = data.draw(st.sampled_from([one for one in self.payments.values() if one.remaining]))
        refund = RefundId(f"{payment.id}-back")
        self._on(payment.id, RefundRequested(payment.id, refund, payment.remaining, RefundReason.WRONG_FEE, STAFF))
        self._on(payment.id, RefundConfirmed(payment.id, refund, OTHER))
        self._on(payment.id, RefundSettled(payment.id, refund, True, TerminalReference(""), STAFF))
        self._settle(payment.id, set(), payment.visit, ())

    # --- what must hold -----------------------------------------------------------------------------------------------

    @invariant()
    def the_bill_is_what_is_open(self) -> None:
        for visit in {self._with(one) for one in self.visits}:
            owed = sum(self.costs[fee] for fee in self._open(visit))
            assert sum(bill.amount for bill in fees_due.bills(self._dues(visit))) == owed
            done = settled_fees(self.play.visit(visit), self.play.settings, self.play.state.day)
            priced = {fee for fee, cost in self.costs.items() if cost and self._with(fee[0]) == visit}
            still_open = {service for _, service in priced & self._open(visit)}
            # A service of which nobody pays anything has no fee that could be settled.
            assert done & {service for _, service in priced} == {service for _, service in priced} - still_open

    # --- the judge ----------------------------------------------------------------------------------------------------

    def _with(self, visit: VisitId) -> VisitId:
        while visit in self.into:
            visit = self.into[visit]
        return visit

    def _closed(self) -> set[tuple[VisitId, ServiceId]]:
        return set[tuple[VisitId, ServiceId]]().union(*self.settled.values())

    def _open(self, visit: VisitId) -> set[tuple[VisitId, ServiceId]]:
        """What this party has not paid, with what costs nothing."""
        return {fee for fee in self.costs if self._with(fee[0]) == visit} - self._closed()

    # --- the system ---------------------------------------------------------------------------------------------------

    def _ident(self) -> PaymentId:
        return PaymentId(f"p{len(self.payments)}")

    def _begin(self, *bodies: Payload) -> None:
        ident = self._ident()
        found: Payment | None = None
        for seq, body in enumerate(bodies, start=1):
            found = evolve(found, body, seq, Micros(seq))
        assert found is not None
        self.payments[ident] = found

    def _on(self, ident: PaymentId, body: Payload) -> None:
        before = self.payments[ident]
        self.payments[ident] = evolve(before, body, before.seq + 1, Micros(before.seq + 1))

    def _charged(self, ident: PaymentId) -> JournalRowReported:
        return JournalRowReported(
            ident, 1, JournalState.COMMITTED, Micros(1), TerminalReference(""), TerminalTrace(""), ReasonCode("")
        )

    def _settle(
        self, ident: PaymentId, fees: set[tuple[VisitId, ServiceId]], visit: VisitId, items: Iterable[FeeItem]
    ) -> None:
        self.settled[ident] = fees
        if len(self.play.visit(visit).settlement_ids) < 20:
            self.play.do(c.NameSettlement(visit, ident, tuple(items)))

    def _fees(self, visit: VisitId, services: tuple[ServiceId, ...]) -> tuple[TicketFee, ...]:
        return fees_due.open_fees(tickets(self.play.state, self.play.visit(visit)), services, self._mine(visit))

    def _tickets(self, visit: VisitId) -> tuple[VisitId, ...]:
        return tuple(one.id for one in tickets(self.play.state, self.play.visit(visit)))

    def _mine(self, visit: VisitId) -> tuple[Payment, ...]:
        of = self._tickets(visit)
        return tuple(one for one in self.payments.values() if one.visit in of)

    def _dues(self, visit: VisitId) -> tuple[fees_due.Due, ...]:
        return fees_due.dues(self.play.visit(visit), self._mine(visit), TARIFF, DAY)

    def _question(self, payment: Payment) -> PaymentDiscrepancy | None:
        visits: tuple[Visit, ...] = chain(self.play.state, payment.visit)
        others = (one for one in self._mine(visits[-1].id) if one.id != payment.id)
        return discrepancy(payment, visits, others, TARIFF, (DAY,))


TestBills: Any = Bills.TestCase
