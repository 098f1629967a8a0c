"""Money is never made and never lost: any journal, any wishes of staff, in any order."""

from collections.abc import Callable, Sequence
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from queue_server.domain.values import (
    CentreId,
    CurrencyCode,
    DeviceId,
    DriverScheme,
    JournalState,
    Micros,
    PaymentId,
    PaymentStanding,
    ReasonCode,
    ReceiptId,
    ReceiptKind,
    RefundId,
    RefundReason,
    RefundState,
    ServiceId,
    StaffId,
    TerminalId,
    TerminalReference,
    TerminalTrace,
    VisitId,
    WaiverReason,
)
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import Payload, UnknownEventError
from queue_server.payments import decide
from queue_server.payments.decide import ReportedAttempt
from queue_server.payments.errors import (
    ConfirmationAmountError,
    ConfirmationDiffersError,
    ConfirmationNotPendingError,
    ConfirmationPendingError,
    PaymentDiffersError,
    PaymentError,
)
from queue_server.payments.events import (
    EVENTS,
    FeeWaived,
    JournalRowReported,
    PaymentInitiated,
    ReceiptStored,
    RefundConfirmed,
    decode,
)
from queue_server.payments.evolve import evolve
from queue_server.payments.model import SAYS, Payment, PendingConfirmation
from tests.queue_server.queue.test_events import allowed

J, S, R = JournalState, PaymentStanding, RefundState
ID = PaymentId("p")
BEGAN = PaymentInitiated(
    payment=ID,
    centre=CentreId("demo"),
    device=DeviceId("k"),
    visit=VisitId("v"),
    services=(ServiceId("s"),),
    amount=8250,
    currency=CurrencyCode("EUR"),
    driver=DriverScheme("zvt+tcp"),
    terminal=TerminalId("52500038"),
)
GOOD = (J.CREATED, J.PREFLIGHT_OK, J.SENT, J.APPROVED, J.GOODS_ISSUED, J.COMMITTED, J.RECEIPT_DONE)
#: By our clock, later than any row was written.
HEARD = Micros(1_000)
CASHIER, MANAGER = StaffId("cashier"), StaffId("manager")


def row(number: int, state: JournalState, reference: str = "") -> JournalRowReported:
    return JournalRowReported(
        ID, number, state, Micros(number), TerminalReference(reference), TerminalTrace(""), ReasonCode("")
    )


def rows(states: Sequence[JournalState]) -> tuple[JournalRowReported, ...]:
    return tuple(row(number, state) for number, state in enumerate(states, start=1))


def fold(bodies: Sequence[Payload], before: Payment | None = None) -> Payment:
    for body in bodies:
        before = evolve(before, body, 1 if before is None else before.seq + 1, HEARD)
    assert before is not None
    return before


def told(states: Sequence[JournalState]) -> Payment:
    return fold(decide.report(None, ReportedAttempt(BEGAN, rows(states))))


# --- the journal ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("states", "standing", "contradicted"),
    [
        ((), S.OPEN, False),
        (GOOD[:2], S.OPEN, False),
        (GOOD[:3], S.UNDECIDED, False),
        (GOOD[:5], S.UNDECIDED, False),
        (GOOD[:6], S.CHARGED, False),
        (GOOD, S.CHARGED, False),
        ((*GOOD[:3], J.DECLINED), S.NOT_CHARGED, False),
        ((J.CREATED, J.CANCELLED), S.NOT_CHARGED, False),
        ((*GOOD[:4], J.IN_DOUBT, J.COMMITTED), S.CHARGED, False),
        ((*GOOD[:4], J.IN_DOUBT, J.CANCELLED), S.NOT_CHARGED, False),
        ((*GOOD[:4], J.IN_DOUBT, J.REVERSED), S.RETURNED, False),
        ((*GOOD[:6], J.IN_DOUBT), S.UNDECIDED, False),
        ((*GOOD[:6], J.REFUND_REQUESTED), S.RETURNING, False),
        ((*GOOD[:6], J.REFUND_REQUESTED, J.REFUNDED), S.RETURNED, False),
        ((*GOOD[:5], J.NEEDS_STAFF), S.UNDECIDED, False),
        ((*GOOD[:6], J.CANCELLED), S.UNDECIDED, True),
        ((*GOOD[:3], J.DECLINED, J.APPROVED), S.UNDECIDED, True),
        ((*GOOD[:6], J.REVERSED, J.COMMITTED), S.UNDECIDED, True),
        ((*GOOD[:6], J.CREATED), S.UNDECIDED, True),
        ((*GOOD[:6], J.REVERSED, J.NEEDS_STAFF), S.UNDECIDED, False),
    ],
)
def test_what_a_journal_says_of_the_money(
    states: tuple[JournalState, ...], standing: PaymentStanding, contradicted: bool
) -> None:
    found = fold((BEGAN, *rows(states)))
    assert (found.standing, found.contradicted) == (standing, contradicted)
    assert found.remaining == (8250 if standing is S.CHARGED else 0)


def test_every_state_of_a_journal_says_something() -> None:
    assert set(SAYS) == set(J)
    assert set(SAYS.values()) == set(S) - {S.WAIVED}


@given(st.lists(st.sampled_from(J), min_size=1, max_size=12))
def test_any_journal_is_taken_whole_and_never_charges_what_no_row_says(states: list[JournalState]) -> None:
    found = told(states)
    assert [one.state for one in found.rows] == states
    if found.standing is S.CHARGED:
        assert J.COMMITTED in states or J.RECEIPT_DONE in states
        assert SAYS[states[-1]] is S.CHARGED
    if found.contradicted:
        assert found.standing is S.UNDECIDED


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(J), min_size=1, max_size=9),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12),
    st.randoms(use_true_random=False),
)
def test_in_whatever_pieces_it_comes_it_is_the_same_journal(
    states: list[JournalState], cuts: list[tuple[int, int]], mixed: object
) -> None:
    """Pieces come late, twice, out of order; at last all of it comes once more."""
    whole = rows(states)
    found: Payment | None = None
    for first, last in cuts:
        piece = list(whole[min(first, last) : max(first, last)])
        mixed.shuffle(piece)  # type: ignore[attr-defined] # what hypothesis gives for `random.Random`
        before = 0 if found is None else len(found.rows)
        bodies = decide.report(found, ReportedAttempt(BEGAN, tuple(piece)))
        found = fold(bodies, found) if bodies else found
        after = 0 if found is None else len(found.rows)
        reached = max((one.row for one in piece), default=0)
        gap = min((one.row for one in piece), default=1) > before + 1
        assert after == (before if gap else max(before, reached))
        assert decide.report(found, ReportedAttempt(BEGAN, tuple(piece))) == ()
    bodies = decide.report(found, ReportedAttempt(BEGAN, whole))
    found = fold(bodies, found) if bodies else found
    assert found is not None
    assert (found.rows, found.standing, found.charged_at) == (
        told(states).rows,
        told(states).standing,
        told(states).charged_at,
    )


def test_the_reference_is_that_of_the_payment_and_not_of_its_reversal() -> None:
    states = [(J.SENT, ""), (J.APPROVED, "0042"), (J.COMMITTED, ""), (J.IN_DOUBT, "0077"), (J.REVERSED, "0077")]
    found = fold((BEGAN, *(row(number, state, name) for number, (state, name) in enumerate(states, start=1))))
    assert found.reference == "0042"


def test_the_reference_is_the_one_that_is_known_when_the_payment_is_approved() -> None:
    cases: dict[str, tuple[list[tuple[JournalState, str]], str]] = {
        "named before": ([(J.SENT, "0041"), (J.APPROVED, "0042"), (J.COMMITTED, "0043")], "0042"),
        "not named by the approval": ([(J.SENT, "0041"), (J.APPROVED, ""), (J.COMMITTED, "0043")], "0041"),
        "named late": ([(J.SENT, ""), (J.APPROVED, ""), (J.COMMITTED, "0043"), (J.REVERSED, "0077")], "0043"),
        "never named": ([(J.SENT, ""), (J.APPROVED, ""), (J.COMMITTED, "")], ""),
    }
    found = {
        why: fold(
            (BEGAN, *(row(number, state, name) for number, (state, name) in enumerate(states, start=1)))
        ).reference
        for why, (states, _) in cases.items()
    }
    assert found == {why: wanted for why, (_, wanted) in cases.items()}


def test_a_clock_that_is_ahead_moves_no_money_into_the_future() -> None:
    ahead = [
        JournalRowReported(ID, n, state, Micros(5_000 + n), TerminalReference(""), TerminalTrace(""), ReasonCode(""))
        for n, state in enumerate((*GOOD, J.REVERSED), start=1)
    ]
    found = fold((BEGAN, *ahead))
    assert (found.charged_at, found.returned_at) == (HEARD, HEARD)
    on_time = told((*GOOD, J.REVERSED))
    assert (on_time.charged_at, on_time.returned_at) == (6, 8)


@pytest.mark.parametrize(
    "changed",
    [
        {"centre": CentreId("other")},
        {"visit": VisitId("w")},
        {"services": (ServiceId("t"),)},
        {"services": (ServiceId("s"), ServiceId("t"))},
        {"amount": 8251},
        {"currency": CurrencyCode("USD")},
        {"driver": DriverScheme("nexo+tcp")},
        {"attended": True},
        {"can_refund": False},
        {"terminal": TerminalId("52500039")},
    ],
)
def test_an_attempt_that_begins_again_as_another_is_refused(changed: dict[str, Any]) -> None:
    before = told(GOOD[:3])
    with pytest.raises(PaymentDiffersError):
        decide.report(before, ReportedAttempt(replace(BEGAN, **changed), rows(GOOD)))
    # Only the device may be another: a kiosk that was enrolled anew goes on with its journal.
    assert (
        len(decide.report(before, ReportedAttempt(replace(BEGAN, device=DeviceId("l")), rows(GOOD)))) == len(GOOD) - 3
    )


def test_what_staff_found_out_has_the_time_at_which_they_said_so() -> None:
    doubt = told((*GOOD[:5], J.NEEDS_STAFF))
    expected = {S.CHARGED: (HEARD, None), S.RETURNED: (HEARD, HEARD), S.NOT_CHARGED: (None, None)}
    for standing, times in expected.items():
        found = fold(decide.resolve(doubt, standing, MANAGER), doubt)
        assert (found.charged_at, found.returned_at) == times


def test_receipts_are_kept_once_each() -> None:
    one, other = (ReceiptStored(ID, 1, ReceiptKind.CUSTOMER, ReceiptId(name)) for name in ("a", "b"))
    second = ReceiptStored(ID, 2, ReceiptKind.MERCHANT, ReceiptId("c"))
    found = fold(decide.report(None, ReportedAttempt(BEGAN, rows(GOOD), (one,))))
    assert decide.report(found, ReportedAttempt(BEGAN, rows(GOOD), (other, second))) == (second,)
    assert decide.report(None, ReportedAttempt(BEGAN, rows(GOOD)[1:], (one,))) == ()


# --- money that staff move themselves ------------------------------------------------------------------------------

MANUAL = replace(BEGAN, driver=DriverScheme("a-desk"), terminal=TerminalId(""), attended=True)
NO_SLIP = TerminalReference("")
SLIP = TerminalReference("T-004711")


def asked_back(number: int) -> JournalRowReported:
    return row(number, J.REVERSAL_SENT)


def by_hand(*states: JournalState | JournalRowReported, before: Payment | None = None) -> Payment:
    """Tell the rows of a kiosk whose money staff move, behind those that were told."""
    first = 1 if before is None else len(before.rows) + 1
    told = tuple(
        replace(one, row=number) if isinstance(one, JournalRowReported) else row(number, one)
        for number, one in enumerate(states, start=first)
    )
    return fold(decide.report(before, ReportedAttempt(MANUAL, told)), before)


def said(payment: Payment, *, done: bool = True, slip: str = SLIP) -> Payment:
    """Have staff say it of what the kiosk asks for."""
    assert payment.pending_confirmation is not None
    slip = slip if done else ""
    wish = decide.confirm_manually(
        payment, payment.pending_confirmation.row, payment.amount, CASHIER, done=done, slip=TerminalReference(slip)
    )
    return fold(wish, payment)


SENT = by_hand(*GOOD[:3])
PAID = by_hand(*GOOD)
BACK = by_hand(*GOOD, asked_back(8))


@pytest.mark.parametrize(
    ("payment", "pending_confirmation"),
    [
        (by_hand(*GOOD[:2]), None),
        (SENT, PendingConfirmation(3, back=False)),
        (by_hand(J.IN_DOUBT, before=SENT), PendingConfirmation(3, back=False)),
        (by_hand(J.APPROVED, J.IN_DOUBT, before=SENT), None),
        (by_hand(J.CANCELLED, before=SENT), None),
        (by_hand(J.NEEDS_STAFF, before=SENT), None),
        (PAID, None),
        (BACK, PendingConfirmation(8, back=True)),
        (by_hand(J.IN_DOUBT, before=BACK), PendingConfirmation(8, back=True)),
        (by_hand(J.NEEDS_STAFF, before=BACK), None),
        (said(SENT), None),
        (said(SENT, done=False), None),
        (fold((BEGAN, *rows(GOOD[:3]))), None),
        (fold((BEGAN, *rows(GOOD[:3]), asked_back(4))), None),
    ],
)
def test_what_a_kiosk_waits_for(payment: Payment, pending_confirmation: PendingConfirmation | None) -> None:
    assert payment.pending_confirmation == pending_confirmation


@pytest.mark.parametrize(
    ("before", "then", "standing", "contradicted"),
    [
        (said(SENT), (), S.UNDECIDED, False),
        (said(SENT), (row(0, J.APPROVED, SLIP), J.GOODS_ISSUED, row(0, J.COMMITTED, SLIP)), S.CHARGED, False),
        (said(SENT), (J.IN_DOUBT, row(0, J.APPROVED, SLIP), J.IN_DOUBT), S.UNDECIDED, False),
        # The person stopped it in the moment in which staff took the money.
        (said(SENT), (J.CANCELLED,), S.UNDECIDED, True),
        (said(SENT), (J.IN_DOUBT, J.CANCELLED), S.UNDECIDED, True),
        (said(SENT), (row(0, J.APPROVED), J.GOODS_ISSUED, row(0, J.COMMITTED, "T-1")), S.UNDECIDED, True),
        (said(SENT, done=False), (J.CANCELLED,), S.NOT_CHARGED, False),
        (said(SENT, done=False), (J.NEEDS_STAFF,), S.UNDECIDED, False),
        (said(SENT, done=False), (J.APPROVED, J.GOODS_ISSUED, J.COMMITTED), S.UNDECIDED, True),
        (said(BACK), (row(0, J.REVERSED, SLIP),), S.RETURNED, False),
        (said(BACK), (row(0, J.REVERSED, "T-1"),), S.UNDECIDED, True),
        (said(BACK), (J.COMMITTED,), S.UNDECIDED, True),
        (said(BACK, done=False), (J.NEEDS_STAFF,), S.UNDECIDED, False),
        (said(BACK, done=False), (J.REVERSED,), S.UNDECIDED, True),
    ],
)
def test_whatever_the_kiosk_tells_after_a_word(
    before: Payment, then: Sequence[JournalState | JournalRowReported], standing: PaymentStanding, contradicted: bool
) -> None:
    found = by_hand(*then, before=before) if then else before
    assert (found.standing, found.contradicted) == (standing, contradicted)
    over = J.NEEDS_STAFF in then
    assert found.waits is (contradicted or over)


def test_a_word_is_said_once_of_the_amount_that_is_asked_for() -> None:
    def say(payment: Payment, number: int, amount: int = 8250, *, done: bool = True) -> tuple[Payload, ...]:
        return decide.confirm_manually(payment, number, amount, MANAGER, done=done, slip=SLIP if done else NO_SLIP)

    with pytest.raises(ConfirmationAmountError):
        say(SENT, 3, 8249)
    for payment, number in ((SENT, 2), (SENT, 8), (PAID, 3), (by_hand(J.CANCELLED, before=SENT), 3)):
        with pytest.raises(ConfirmationNotPendingError):
            say(payment, number)
    taken = said(SENT)
    assert taken.reference == SLIP
    for later in (taken, by_hand(J.CANCELLED, before=taken), by_hand(*GOOD[3:], before=taken)):
        assert say(later, 3) == ()
        with pytest.raises(ConfirmationDiffersError):
            say(later, 3, done=False)
    assert say(by_hand(*GOOD[3:], asked_back(0), before=taken), 8)


def test_nobody_resolves_what_a_kiosk_waits_to_hear() -> None:
    with pytest.raises(ConfirmationPendingError):
        decide.resolve(SENT, S.CHARGED, MANAGER)
    stopped = by_hand(J.CANCELLED, before=said(SENT))
    found = fold(decide.resolve(stopped, S.CHARGED, MANAGER), stopped)
    assert (found.standing, found.waits) == (S.CHARGED, False)
    # The kiosk never heard the word: nothing of it may be lost when it tells of its own.
    off = fold(decide.resolve(said(SENT), S.CHARGED, MANAGER), said(SENT))
    again = by_hand(J.CANCELLED, before=off)
    assert (again.standing, again.waits) == (S.UNDECIDED, True)


# --- wishes of staff -----------------------------------------------------------------------------------------------


class Desk(RuleBasedStateMachine):
    """A payment, its kiosk, and three members of staff who want anything at any time.

    The model beside it is a sum: what was agreed to go back, and what was settled as gone.
    """

    @initialize(
        amount=st.integers(0, 500), states=st.sampled_from([GOOD, GOOD, GOOD[:1], GOOD[:3]]), manual=st.booleans()
    )
    def begin(self, amount: int, states: Sequence[JournalState], manual: bool) -> None:
        self.began = replace(MANUAL if manual else BEGAN, amount=amount)
        self.moved: list[tuple[bool, bool]] = []
        self.payment = fold((self.began, *rows(states)))
        self.asked: dict[str, tuple[str, int]] = {}
        self.agreed: dict[str, str] = {}
        self.gone: dict[str, int] = {}
        self.ended: set[str] = set()

    def do(self, wish: Callable[[], tuple[Payload, ...]]) -> bool:
        try:
            bodies = wish()
        except PaymentError:
            return False
        if bodies:
            self.payment = fold(bodies, self.payment)
        return bool(bodies)

    def _named(self, number: int) -> str:
        """Choose among the refunds there are, or one that there is not."""
        return f"r{number % (len(self.asked) + 1)}"

    @rule(state=st.sampled_from([*J, *GOOD, *GOOD]))
    def tell(self, state: JournalState) -> None:
        new = row(len(self.payment.rows) + 1, state)
        assert self.do(lambda: decide.report(self.payment, ReportedAttempt(self.began, (new,))))

    @rule()
    def ask_back(self) -> None:
        new = asked_back(len(self.payment.rows) + 1)
        assert self.do(lambda: decide.report(self.payment, ReportedAttempt(self.began, (new,))))

    @rule(number=st.integers(1, 10), away=st.integers(-1, 1), done=st.booleans())
    def say(self, number: int, away: int, done: bool) -> None:
        asks, amount = self.payment.pending_confirmation, self.payment.amount + away
        number = number if asks is None or number % 2 else asks.row
        slip = SLIP if done else NO_SLIP
        was = self.do(lambda: decide.confirm_manually(self.payment, number, amount, CASHIER, done=done, slip=slip))
        assert was == (asks is not None and asks.row == number and not away)
        if asks is not None and was:
            assert self.began.attended
            self.moved.append((asks.back, done))
            assert self.payment.pending_confirmation is None

    @rule(amount=st.none() | st.integers(-5, 600), staff=st.sampled_from("abc"))
    def ask(self, amount: int | None, staff: str) -> None:
        name, left, charged = f"r{len(self.asked)}", self.payment.remaining, self.payment.standing is S.CHARGED
        wanted = left if amount is None else amount
        done = self.do(
            lambda: decide.request_refund(self.payment, RefundId(name), amount, RefundReason.OTHER, StaffId(staff))
        )
        assert done == (charged and 0 < wanted <= left)
        if done:
            self.asked[name] = (staff, wanted)

    @rule(number=st.integers(0, 5), staff=st.sampled_from("abc"))
    def confirm(self, number: int, staff: str) -> None:
        name = self._named(number)
        if self.do(lambda: decide.confirm(self.payment, name, StaffId(staff))):
            assert name not in self.agreed
            assert name not in self.ended
            assert self.asked[name][0] != staff
            self.agreed[name] = staff

    @rule(number=st.integers(0, 5), staff=st.sampled_from("abc"))
    def reject(self, number: int, staff: str) -> None:
        name = self._named(number)
        if self.do(lambda: decide.reject(self.payment, name, StaffId(staff))):
            assert name not in self.agreed
            self.ended.add(name)

    @rule(number=st.integers(0, 5), done=st.booleans())
    def settle(self, number: int, done: bool) -> None:
        name = self._named(number)
        if self.do(lambda: decide.settle(self.payment, name, CASHIER, done=done, reference=TerminalReference(""))):
            assert name in self.agreed
            assert name not in self.gone
            assert name not in self.ended
            if done:
                self.gone[name] = self.asked[name][1]
            else:
                self.ended.add(name)

    @rule(standing=st.sampled_from([S.CHARGED, S.NOT_CHARGED, S.RETURNED]))
    def resolve(self, standing: PaymentStanding) -> None:
        before, asks = self.payment.standing, self.payment.pending_confirmation
        if self.do(lambda: decide.resolve(self.payment, standing, MANAGER)):
            assert (before, asks) == (S.UNDECIDED, None)
            assert self.payment.standing is standing

    @invariant()
    def no_more_goes_back_than_was_paid(self) -> None:
        held = sum(amount for name, (_, amount) in self.asked.items() if name not in self.ended)
        assert held <= self.payment.amount
        assert sum(self.gone.values()) <= held
        if self.payment.standing is S.CHARGED:
            assert self.payment.remaining == self.payment.amount - held
        else:
            assert self.payment.remaining == 0

    @invariant()
    def every_refund_was_seen_by_two(self) -> None:
        for refund in self.payment.refunds:
            assert (refund.state is R.DONE) == (refund.id in self.gone)
            if refund.state in (R.CONFIRMED, R.DONE, R.FAILED):
                assert refund.decided_by is not None
                assert refund.decided_by != refund.requested_by

    @invariant()
    def what_staff_moved_is_never_forgotten(self) -> None:
        """Nothing is settled against their last word by a kiosk alone."""
        if self.payment.resolved is not None or not self.moved:
            return
        back, done = self.moved[-1]
        never = {
            (False, True): S.NOT_CHARGED,
            (False, False): S.CHARGED,
            (True, True): S.CHARGED,
            (True, False): S.RETURNED,
        }
        assert self.payment.standing is not never[back, done] or not self.told_since_word()
        assert self.payment.waits or not self.payment.contradicted

    def told_since_word(self) -> bool:
        return self.payment.rows[-1].row > self.payment.confirmations[-1].row

    @invariant()
    def what_is_uncertain_with_nobody_to_ask_waits_for_staff(self) -> None:
        uncertain = self.payment.standing is S.UNDECIDED
        if uncertain and (self.payment.state is J.NEEDS_STAFF or self.payment.contradicted):
            assert self.payment.waits
        assert self.payment.waits >= any(refund.state is R.REQUESTED for refund in self.payment.refunds)


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=150, stateful_step_count=40)


# --- events --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
def test_the_only_strings_of_an_event_are_ids_codes_and_enumerations(kind: type) -> None:
    assert all(allowed(hint) for name, hint in get_type_hints(kind).items() if name not in ("type", "v"))


@pytest.mark.parametrize(
    ("name", "v", "payload"),
    [
        ("payment-lost", 1, b"{}"),
        ("journal-row-reported", 2, b"{}"),
        ("journal-row-reported", 1, b"\xff"),
        ("refund-requested", 1, b"{}"),
    ],
)
def test_what_this_release_does_not_know_is_an_error_of_its_own(name: str, v: int, payload: bytes) -> None:
    with pytest.raises(UnknownEventError):
        decode(name, v, payload)


def test_events_out_of_place_are_refused() -> None:
    waived = FeeWaived(
        payment=ID,
        centre=CentreId("demo"),
        visit=VisitId("v"),
        service=ServiceId("s"),
        amount=1200,
        currency=CurrencyCode("EUR"),
        reason=WaiverReason.MINOR,
        staff=CASHIER,
    )
    misplaced: list[tuple[Payment | None, Payload]] = [
        (None, row(1, J.CREATED)),
        (None, RefundConfirmed(ID, RefundId("r"), MANAGER)),
        (fold((BEGAN,)), BEGAN),
        (fold((BEGAN,)), waived),
    ]
    for before, body in misplaced:
        with pytest.raises(UnknownEventError):
            evolve(before, body, 1, Micros(0))
    assert (fold((waived,)).standing, fold((waived,)).remaining) == (S.WAIVED, 0)


def test_the_bytes_have_sorted_keys() -> None:
    assert encode(RefundConfirmed(ID, RefundId("r"), MANAGER)) == b'{"payment":"p","refund":"r","staff":"manager"}'
