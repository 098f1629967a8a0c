"""What a terminal finds is taken for this payment up to the last second, and by the numbers that both know. Pure."""

from dataclasses import replace
from datetime import timedelta

import msgspec

from kiosk.payment import saga_policy
from kiosk.payment.journal_model import PaymentRow, PaymentStep
from peripherals.payment.port import Result, Transaction
from tests.kiosk.payment.test_flow import APART_S, NOW, SENT, at, said

APART = timedelta(seconds=APART_S)
TICK = timedelta(microseconds=1)
LATER = NOW + timedelta(seconds=30)
NUMBERED = PaymentRow(PaymentStep.APPROVED, NOW, stands=True, reference="17", trace="171")


def same(found: Transaction, *rows: PaymentRow) -> bool:
    """Ask half a minute after the payment was sent."""
    return saga_policy.matches(at(SENT, *(rows or (NUMBERED,))), found, LATER, APART_S)


def test_its_time_counts_as_far_as_clocks_may_be_apart() -> None:
    moments = {
        "first": NOW - APART,
        "before the first": NOW - APART - TICK,
        "last": LATER + APART,
        "after the last": LATER + APART + TICK,
    }
    found = {name: same(said(Result.APPROVED, at=moment)) for name, moment in moments.items()}
    assert found == {"first": True, "before the first": False, "last": True, "after the last": False}


def test_a_number_that_one_side_does_not_know_says_nothing() -> None:
    def pairs(reference: str, trace: str) -> tuple[bool, ...]:
        found = said(Result.APPROVED, reference=reference, trace=trace)
        known = (NUMBERED, *(msgspec.structs.replace(NUMBERED, **{name: ""}) for name in ("reference", "trace")))
        return tuple(same(found, row) for row in known)

    assert pairs("17", "171") == (True, True, True)
    assert pairs("", "171") == (True, True, True)
    assert pairs("17", "") == (True, True, True)
    assert pairs("18", "171") == (False, True, False)
    assert pairs("17", "172") == (False, False, True)
    assert same(said(Result.APPROVED, reference="18", trace="172"), SENT)


def test_a_claim_is_printed_once() -> None:
    for_staff = at(SENT, PaymentRow(PaymentStep.NEEDS_STAFF, NOW))
    assert saga_policy.next_act(for_staff, present=True) == saga_policy.PrintClaim()
    assert saga_policy.next_act(replace(for_staff, claim=True), present=True) == saga_policy.Rest()
