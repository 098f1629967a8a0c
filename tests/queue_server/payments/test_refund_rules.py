"""A refund takes two people, goes back once, and only from money that is there. Pure."""

from collections.abc import Callable, Iterable

import pytest

from queue_server.domain.values import PaymentStanding, RefundId, RefundReason, RefundState, StaffId, TerminalReference
from queue_server.eventlog.payload import Payload
from queue_server.payments import decide
from queue_server.payments.errors import NotChargedError, PaymentError, RefundStateError, SamePersonError
from queue_server.payments.model import Payment
from tests.queue_server.payments.test_model import CASHIER, GOOD, MANAGER, J, fold, row, told

REFUND = RefundId("refund")
OTHER = StaffId("other")
SLIP, OTHER_SLIP = TerminalReference("0042"), TerminalReference("0043")
Act = Callable[[Payment], Iterable[Payload]]


def ask(payment: Payment) -> Iterable[Payload]:
    return decide.request_refund(payment, REFUND, None, RefundReason.NOT_SERVED, CASHIER)


def confirm(staff: StaffId) -> Act:
    return lambda payment: decide.confirm(payment, REFUND, staff)


def reject(staff: StaffId) -> Act:
    return lambda payment: decide.reject(payment, REFUND, staff)


def settle(*, done: bool = True, slip: TerminalReference = SLIP) -> Act:
    return lambda payment: decide.settle(payment, REFUND, CASHIER, done=done, reference=slip)


def after(*acts: Act) -> Payment:
    """Give a charged payment of which a refund was asked for by the cashier, and to which acts have happened."""
    payment = told(GOOD)
    for act in (ask, *acts):
        payment = fold(tuple(act(payment)), payment)
    return payment


def outcome(payment: Payment, act: Act) -> type[PaymentError] | RefundState | None:
    """Give the error, the state of the refund that follows, or None where nothing happens."""
    try:
        bodies = tuple(act(payment))
    except (NotChargedError, RefundStateError, SamePersonError) as error:
        return type(error)
    refund = fold(bodies, payment).refund(REFUND) if bodies else None
    return None if refund is None else refund.state


def test_what_may_happen_to_a_refund_in_each_of_its_states() -> None:
    states = {
        "requested": after(),
        "confirmed": after(confirm(MANAGER)),
        "rejected": after(reject(MANAGER)),
        "done": after(confirm(MANAGER), settle()),
        "failed": after(confirm(MANAGER), settle(done=False)),
    }
    acts = {
        "confirm by who asked": confirm(CASHIER),
        "confirm by the manager": confirm(MANAGER),
        "confirm by another": confirm(OTHER),
        "reject by the manager": reject(MANAGER),
        "reject by another": reject(OTHER),
        "done": settle(),
        "done by another slip": settle(slip=OTHER_SLIP),
        "failed": settle(done=False),
    }
    no, same = RefundStateError, SamePersonError
    wanted = {
        "requested": (
            same,
            RefundState.CONFIRMED,
            RefundState.CONFIRMED,
            RefundState.REJECTED,
            RefundState.REJECTED,
            no,
            no,
            no,
        ),
        "confirmed": (same, None, no, no, no, RefundState.DONE, RefundState.DONE, RefundState.FAILED),
        "rejected": (same, no, no, None, no, no, no, no),
        "done": (same, no, no, no, no, None, no, no),
        "failed": (same, no, no, no, no, no, no, None),
    }
    found = {name: tuple(outcome(payment, act) for act in acts.values()) for name, payment in states.items()}
    assert found == wanted, list(acts)


def test_nothing_goes_back_of_a_payment_that_was_undone_since() -> None:
    asked = after()
    undone = fold((row(len(GOOD) + 1, J.REVERSED),), asked)
    assert undone.standing is PaymentStanding.RETURNED
    assert outcome(undone, confirm(MANAGER)) is NotChargedError
    with pytest.raises(NotChargedError):
        ask(undone)
