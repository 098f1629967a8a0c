"""The flow alone, in every order that hypothesis finds: a world with a card, a terminal, a printer and power cuts.

The world knows what is true; the flow knows its rows. Wherever it ends, both must agree.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.payment import saga_policy
from kiosk.payment.journal_model import FINAL, NEXT, PAYABLE_AGAIN, Attempt, PaymentOrder, PaymentRow, PaymentStep
from kiosk.payment.saga_policy import Fate
from kiosk.tickets.model import PrintResult
from peripherals.money import Amount
from peripherals.payment.port import Order, Result, TerminalReceipt, TerminalReceiptKind, Transaction
from queue_server.domain.values import new_id

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PRICE = Amount(4200, "EUR")
APART_S = 600.0


def fresh() -> Attempt:
    bill = PaymentOrder(new_id(), ("renewal",), PRICE, "en")
    return Attempt(new_id(), new_id(), bill, "zvt+tcp", "here", (PaymentRow(PaymentStep.CREATED, NOW),))


def said(result: Result, **changes: Any) -> Transaction:
    return replace(Transaction(result, PRICE, reference="17", trace="171", at=NOW), **changes)


@dataclass
class World:
    """What is true, whoever knows it. ``begun``: the terminal had the order; ``undone``: by which order."""

    begun: bool = False
    charged: bool = False
    charges: int = 0
    requested: bool = False
    outcome: Result = Result.FAILED
    reversals: dict[str, Result] = field(default_factory=dict)
    ticket: str = "none"
    on_paper: bool = False

    def charge(self) -> None:
        self.charged = True
        self.charges += 1
        self.outcome = Result.APPROVED

    def undo(self, *, later: bool = False) -> None:
        assert self.charged
        self.charged = False
        self.requested = later
        self.outcome = Result.REQUESTED if later else Result.FAILED


class Payment(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.attempt = fresh()
        self.world = World()
        self.present = True
        self.claimed = False

    # What the runner does.

    def write(self, row: PaymentRow) -> None:
        assert row.step in NEXT[self.attempt.step], f"{self.attempt.step} is not followed by {row.step}"
        match saga_policy.fate(self.attempt, row.step):
            case Fate.RELEASE if self.world.ticket == "held":
                self.world.ticket = "sent"
            case Fate.WITHDRAW if self.world.ticket == "held":
                self.world.ticket = "withdrawn"
        self.attempt = replace(self.attempt, rows=(*self.attempt.rows, row))

    def paper(self, state: PrintResult) -> None:
        self.attempt = replace(self.attempt, paper=state)

    @property
    def act(self) -> saga_policy.Act:
        return saga_policy.next_act(self.attempt, present=self.present)

    def is_next(self, *kinds: type) -> bool:
        return isinstance(self.act, kinds)

    # Steps, each with all that can become of it.

    @precondition(lambda self: self.is_next(saga_policy.CheckDevices))
    @rule(well=st.booleans())
    def check(self, *, well: bool) -> None:
        self.write(PaymentRow(PaymentStep.PREFLIGHT_OK if well else PaymentStep.FAILED, NOW))

    @precondition(lambda self: self.is_next(saga_policy.ChargeCard))
    @rule(
        ends=st.sampled_from([Result.DECLINED, Result.CANCELLED, Result.FAILED, Result.APPROVED]),
        keeps=st.booleans(),
        signature=st.booleans(),
        printer=st.booleans(),
        written=st.integers(0, 3),
        heard=st.sampled_from(["result", "doubt", "nothing"]),
        reverses=st.sampled_from([Result.FAILED, Result.REQUESTED, Result.IN_DOUBT, Result.APPROVED]),
        arrives=st.booleans(),
    )
    def pay(  # noqa: C901 - the world is as it is
        self,
        ends: Result,
        *,
        keeps: bool,
        signature: bool,
        printer: bool,
        written: int,
        heard: str,
        reverses: Result,
        arrives: bool,
    ) -> None:
        """Pay; ``written``: so many rows of the decision get to the disk before the power goes."""
        self.write(PaymentRow(PaymentStep.SENT, NOW))
        if heard == "nothing" and not arrives:
            self.present = False
            return
        self.world.begun = True
        if ends is not Result.APPROVED:
            self.world.outcome = ends
            self.told(said(ends), heard)
            return
        if keeps:
            self.world.charge()
        approval = said(Result.APPROVED, signature=signature)
        goods = False
        if written >= 1:
            self.write(saga_policy.row(PaymentStep.APPROVED, approval, NOW))
            goods = not saga_policy.objection(self.attempt, approval) and printer
            if written >= 2 and goods:
                self.write(PaymentRow(PaymentStep.GOODS_ISSUED, NOW))
                self.world.ticket = "held"
            elif written >= 2:
                self.write(PaymentRow(PaymentStep.REVERSAL_SENT, NOW))
        goods = goods and written >= 2
        power = written >= 3
        if power and goods and arrives:
            if not keeps:
                self.world.charge()
            self.told(said(Result.APPROVED), heard)
            return
        # The terminal hears no, or nothing: it undoes by itself, or does not.
        result = Result.FAILED if not keeps else reverses
        if keeps and (power or result is not Result.APPROVED):
            if result is Result.REQUESTED:
                self.world.undo(later=True)
            elif result is Result.FAILED:
                self.world.undo()
        if not power:
            self.present = False
            return
        reason = "not-reversed" if result is Result.APPROVED else ""
        self.told(said(result, reason=reason), "doubt" if goods else heard)

    def told(self, what: Transaction, heard: str) -> None:
        match heard:
            case "result":
                self.write(saga_policy.after_pay(self.attempt, what, NOW))
            case "doubt":
                self.write(saga_policy.after_pay(self.attempt, said(Result.IN_DOUBT), NOW))
            case _:
                self.present = False

    @precondition(lambda self: self.is_next(saga_policy.AskTerminal))
    @rule(patience=st.integers(0, 4))
    def ask(self, patience: int) -> None:
        act = self.act
        assert isinstance(act, saga_policy.AskTerminal)
        if patience == 0:
            note = saga_policy.giving_up(self.attempt, "")
            self.write(PaymentRow(note.step, NOW, note.reason))
            return
        match saga_policy.after_asking(self.attempt, self.truth(act.order), NOW, APART_S):
            case PaymentRow() as row:
                self.write(row)
            case saga_policy.ReversePayment():
                self.undo(Result.APPROVED, lost=False, arrives=True)

    def truth(self, order: Order) -> Transaction | None:
        if order.undoes or order.id in self.world.reversals:
            found = self.world.reversals.get(order.id)
            return None if found is None else said(found, reference="18", trace="181")
        if not self.world.begun:
            return None
        return said(self.world.outcome)

    @precondition(lambda self: self.is_next(saga_policy.ReversePayment))
    @rule(
        ends=st.sampled_from([Result.APPROVED, Result.REQUESTED, Result.DECLINED]),
        lost=st.booleans(),
        arrives=st.booleans(),
    )
    def undo(self, ends: Result, *, lost: bool, arrives: bool) -> None:
        ident = new_id()
        self.write(PaymentRow(PaymentStep.REVERSAL_SENT, NOW, undo=ident))
        if arrives:
            if not self.world.charged:
                ends = Result.DECLINED
            self.world.reversals[ident] = ends
            if ends is not Result.DECLINED:
                self.world.undo(later=ends is Result.REQUESTED)
        if lost or not arrives:
            return
        found = saga_policy.after_undoing(self.attempt, said(ends, reference="18"), NOW)
        assert isinstance(found, PaymentRow)
        self.write(found)

    @precondition(lambda self: self.is_next(saga_policy.PrintPaidTicket, saga_policy.OfferPaper))
    @rule(
        became=st.sampled_from([PrintResult.PRINTED, PrintResult.UNKNOWN, PrintResult.FAILED, PrintResult.PRINTING]),
        out=st.booleans(),
    )
    def print_ticket(self, became: PrintResult, *, out: bool) -> None:
        """PRINTING: the power goes while it prints."""
        before = self.attempt.paper
        out = {PrintResult.PRINTED: True, PrintResult.FAILED: False}.get(became, out)
        self.world.on_paper = self.world.on_paper or out
        if before is PrintResult.UNKNOWN and became is PrintResult.FAILED:
            became = PrintResult.UNKNOWN
        self.paper(became)
        self.present = self.present and became is not PrintResult.PRINTING

    @precondition(lambda self: self.is_next(saga_policy.OfferPaper))
    @rule()
    def give_up(self) -> None:
        self.carry_out(saga_policy.without_paper(self.attempt))

    def carry_out(self, act: saga_policy.Act) -> None:
        match act:
            case saga_policy.Note(step, reason):
                self.write(PaymentRow(step, NOW, reason))
            case saga_policy.ReversePayment():
                self.undo(Result.APPROVED, lost=False, arrives=True)

    @precondition(lambda self: self.is_next(saga_policy.Note))
    @rule()
    def note(self) -> None:
        self.carry_out(self.act)

    @precondition(lambda self: self.is_next(saga_policy.PrintReceipt))
    @rule(printed=st.booleans())
    def receipt(self, *, printed: bool) -> None:
        self.write(PaymentRow(PaymentStep.RECEIPT_DONE, NOW, "" if printed else "receipt-not-printed"))

    @precondition(lambda self: self.is_next(saga_policy.PrintClaim))
    @rule()
    def claim(self) -> None:
        self.attempt = replace(self.attempt, claim=True)

    @rule()
    def power_cut(self) -> None:
        self.present = False

    @precondition(lambda self: self.attempt.step in PAYABLE_AGAIN)
    @rule()
    def another_tap(self) -> None:
        """The order may be paid once more: nothing is left charged."""
        assert not self.world.charged
        assert self.world.ticket in {"none", "withdrawn"}
        self.attempt = fresh()
        self.world = World()
        self.present = True

    # What must hold.

    @invariant()
    def charged_at_most_once(self) -> None:
        assert self.world.charges <= 1

    @invariant()
    def nothing_comes_out_that_is_not_paid(self) -> None:
        if self.world.on_paper and self.attempt.step is not PaymentStep.NEEDS_STAFF:
            assert self.world.charged
        if self.world.ticket == "sent":
            assert self.attempt.step in {PaymentStep.RECEIPT_DONE, PaymentStep.NEEDS_STAFF}

    @invariant()
    def an_end_is_one_of_four(self) -> None:
        if not self.attempt.final:
            assert not isinstance(self.act, saga_policy.Rest)
            return
        assert self.world.ticket != "held"
        match self.attempt.step:
            case PaymentStep.RECEIPT_DONE:
                assert self.world.charged
                assert self.world.ticket == "sent"
            case PaymentStep.NEEDS_STAFF:
                assert self.attempt.claim or isinstance(self.act, saga_policy.PrintClaim)
                assert self.world.ticket != "sent" or self.attempt.paper is not PrintResult.NONE
                assert not self.world.on_paper or self.world.ticket == "sent"
            case PaymentStep.REFUND_REQUESTED:
                assert self.world.requested
                assert self.world.ticket != "sent"
            case _:
                assert not self.world.charged
                assert self.world.ticket != "sent"
                assert not self.world.on_paper

    def teardown(self) -> None:
        """Whatever is left open comes to an end once the terminal answers."""
        self.present = False
        for _ in range(20):
            act = self.act
            if isinstance(act, saga_policy.Rest):
                break
            match act:
                case saga_policy.AskTerminal():
                    self.ask(4)
                case saga_policy.PrintClaim():
                    self.claim()
                case _:
                    self.carry_out(act)
            self.an_end_is_one_of_four()
        assert self.attempt.final, self.attempt.step


TestPayment = Payment.TestCase
TestPayment.settings = settings(max_examples=200, stateful_step_count=20, deadline=None)


def at(*rows: PaymentRow, paper: PrintResult = PrintResult.NONE) -> Attempt:
    return replace(fresh(), rows=(PaymentRow(PaymentStep.CREATED, NOW), *rows), paper=paper)


APPROVED = PaymentRow(PaymentStep.APPROVED, NOW, reference="17", trace="171", moment=NOW)
SENT = PaymentRow(PaymentStep.SENT, NOW, mark="m")


GOODS = PaymentRow(PaymentStep.GOODS_ISSUED, NOW)
LEFT_TO_DRIVER = PaymentRow(PaymentStep.REVERSAL_SENT, NOW)
COMMITTED = PaymentRow(PaymentStep.COMMITTED, NOW, reference="17", trace="171")
ASKED_BACK = PaymentRow(PaymentStep.REVERSAL_SENT, NOW, undo="a")
OTHER = Amount(4201, "EUR")


def test_what_a_result_means(subtests: pytest.Subtests) -> None:
    cases: list[tuple[tuple[PaymentRow, ...], Transaction, PaymentStep]] = [
        ((SENT,), said(Result.DECLINED), PaymentStep.DECLINED),
        ((SENT,), said(Result.CANCELLED), PaymentStep.CANCELLED),
        ((SENT,), said(Result.FAILED), PaymentStep.FAILED),
        ((SENT,), said(Result.IN_DOUBT), PaymentStep.IN_DOUBT),
        ((SENT,), said(Result.APPROVED), PaymentStep.APPROVED),
        ((SENT,), said(Result.APPROVED, reason="not-reversed"), PaymentStep.NEEDS_STAFF),
        ((SENT,), said(Result.REQUESTED), PaymentStep.APPROVED),
        ((SENT, APPROVED, LEFT_TO_DRIVER), said(Result.APPROVED), PaymentStep.NEEDS_STAFF),
        ((SENT, APPROVED, LEFT_TO_DRIVER), said(Result.IN_DOUBT), PaymentStep.REVERSAL_IN_DOUBT),
        ((SENT, APPROVED, LEFT_TO_DRIVER), said(Result.CANCELLED), PaymentStep.REVERSED),
        ((SENT, APPROVED, LEFT_TO_DRIVER), said(Result.REQUESTED), PaymentStep.REFUND_REQUESTED),
        ((SENT, APPROVED, GOODS), said(Result.APPROVED), PaymentStep.COMMITTED),
        ((SENT, APPROVED, GOODS), said(Result.APPROVED, signature=True), PaymentStep.NEEDS_STAFF),
        ((SENT, APPROVED, GOODS), said(Result.APPROVED, amount=OTHER), PaymentStep.NEEDS_STAFF),
        ((SENT, APPROVED, GOODS), said(Result.FAILED), PaymentStep.REVERSED),
        ((SENT, APPROVED, GOODS), said(Result.IN_DOUBT), PaymentStep.IN_DOUBT),
    ]
    for rows, result, step in cases:
        with subtests.test(rows=rows, result=result, step=step):
            row = saga_policy.after_pay(at(*rows), result, NOW)
            assert row.step is step
            # Only what is certain to have been kept is given back without being asked about again.
            assert row.stands is (step is PaymentStep.APPROVED and result.result is Result.APPROVED)


def test_what_is_found_out_means(subtests: pytest.Subtests) -> None:
    cases: list[tuple[tuple[PaymentRow, ...], Transaction | None, PaymentStep | str | None]] = [
        ((SENT,), None, PaymentStep.FAILED),
        ((SENT,), said(Result.IN_DOUBT), None),
        ((SENT,), said(Result.DECLINED), PaymentStep.DECLINED),
        ((SENT,), said(Result.APPROVED), PaymentStep.APPROVED),
        ((SENT,), said(Result.REQUESTED), PaymentStep.APPROVED),
        ((SENT, APPROVED), None, PaymentStep.NEEDS_STAFF),
        ((SENT, APPROVED), said(Result.APPROVED), PaymentStep.APPROVED),
        ((SENT, APPROVED), said(Result.FAILED), PaymentStep.REVERSED),
        ((SENT, APPROVED, GOODS), said(Result.APPROVED), PaymentStep.COMMITTED),
        ((SENT, APPROVED, GOODS), said(Result.CANCELLED), PaymentStep.REVERSED),
        ((SENT, APPROVED, LEFT_TO_DRIVER), said(Result.FAILED), PaymentStep.REVERSED),
        ((SENT, APPROVED, LEFT_TO_DRIVER), said(Result.REQUESTED), PaymentStep.REFUND_REQUESTED),
        ((SENT, APPROVED, LEFT_TO_DRIVER), said(Result.APPROVED), "undo"),
        ((SENT, APPROVED, LEFT_TO_DRIVER), None, PaymentStep.NEEDS_STAFF),
        ((SENT, APPROVED, GOODS, COMMITTED, ASKED_BACK), said(Result.APPROVED), PaymentStep.REVERSED),
        ((SENT, APPROVED, GOODS, COMMITTED, ASKED_BACK), said(Result.REQUESTED), PaymentStep.REFUND_REQUESTED),
        ((SENT, APPROVED, GOODS, COMMITTED, ASKED_BACK), said(Result.DECLINED), PaymentStep.NEEDS_STAFF),
        ((SENT, APPROVED, GOODS, COMMITTED, ASKED_BACK), said(Result.FAILED), PaymentStep.NEEDS_STAFF),
        ((SENT, APPROVED, GOODS, COMMITTED, ASKED_BACK), said(Result.IN_DOUBT), None),
        ((SENT, APPROVED, GOODS, COMMITTED, ASKED_BACK), None, "undo"),
    ]
    for rows, found, step in cases:
        with subtests.test(rows=rows, found=found, step=step):
            became = saga_policy.after_asking(at(*rows), found, NOW, APART_S)
            match became:
                case PaymentRow():
                    assert became.step is step
                    assert became.stands is (
                        step is PaymentStep.APPROVED and found is not None and found.result is Result.APPROVED
                    )
                case saga_policy.ReversePayment():
                    assert step == "undo"
                case None:
                    assert step is None


def test_a_reversal_in_doubt_is_not_one_that_was_done() -> None:
    attempt = at(SENT, APPROVED, GOODS, COMMITTED, ASKED_BACK)
    row = saga_policy.after_undoing(attempt, said(Result.IN_DOUBT), NOW)
    assert isinstance(row, PaymentRow)
    assert row.step is PaymentStep.REVERSAL_IN_DOUBT


def test_what_comes_next(subtests: pytest.Subtests) -> None:
    cases: list[tuple[tuple[PaymentRow, ...], PrintResult, bool, saga_policy.Act]] = [
        ((), PrintResult.NONE, False, saga_policy.Note(PaymentStep.CANCELLED, "restart")),
        (
            (PaymentRow(PaymentStep.PREFLIGHT_OK, NOW),),
            PrintResult.NONE,
            False,
            saga_policy.Note(PaymentStep.CANCELLED, "restart"),
        ),
        ((COMMITTED,), PrintResult.NONE, True, saga_policy.PrintPaidTicket()),
        ((COMMITTED,), PrintResult.FAILED, True, saga_policy.OfferPaper()),
        ((COMMITTED,), PrintResult.UNKNOWN, True, saga_policy.OfferPaper()),
        ((COMMITTED,), PrintResult.PRINTED, True, saga_policy.PrintReceipt()),
        ((COMMITTED,), PrintResult.NONE, False, saga_policy.ReversePayment("no-paper")),
        ((COMMITTED,), PrintResult.FAILED, False, saga_policy.ReversePayment("no-paper")),
        ((COMMITTED,), PrintResult.PRINTING, False, saga_policy.Note(PaymentStep.NEEDS_STAFF, "paper-unknown")),
        ((COMMITTED,), PrintResult.UNKNOWN, False, saga_policy.Note(PaymentStep.NEEDS_STAFF, "paper-unknown")),
        ((COMMITTED,), PrintResult.PRINTED, False, saga_policy.Note(PaymentStep.RECEIPT_DONE, "receipt-not-printed")),
        ((PaymentRow(PaymentStep.NEEDS_STAFF, NOW),), PrintResult.NONE, False, saga_policy.PrintClaim()),
        ((PaymentRow(PaymentStep.DECLINED, NOW),), PrintResult.NONE, True, saga_policy.Rest()),
    ]
    for rows, paper, present, act in cases:
        with subtests.test(rows=rows, paper=paper, present=present, act=act):
            assert saga_policy.next_act(at(*rows, paper=paper), present=present) == act


def test_what_becomes_of_the_ticket(subtests: pytest.Subtests) -> None:
    cases: list[tuple[PaymentStep, PrintResult, Fate]] = [
        (PaymentStep.COMMITTED, PrintResult.NONE, Fate.HOLD),
        (PaymentStep.REVERSAL_SENT, PrintResult.FAILED, Fate.HOLD),
        (PaymentStep.RECEIPT_DONE, PrintResult.PRINTED, Fate.RELEASE),
        (PaymentStep.NEEDS_STAFF, PrintResult.UNKNOWN, Fate.RELEASE),
        (PaymentStep.NEEDS_STAFF, PrintResult.PRINTING, Fate.RELEASE),
        (PaymentStep.NEEDS_STAFF, PrintResult.FAILED, Fate.WITHDRAW),
        (PaymentStep.NEEDS_STAFF, PrintResult.NONE, Fate.WITHDRAW),
        (PaymentStep.REVERSED, PrintResult.FAILED, Fate.WITHDRAW),
        (PaymentStep.REFUND_REQUESTED, PrintResult.NONE, Fate.WITHDRAW),
    ]
    for step, paper, fate in cases:
        with subtests.test(step=step, paper=paper, fate=fate):
            assert saga_policy.fate(at(SENT, APPROVED, GOODS, paper=paper), step) is fate


def test_what_is_found_must_be_this_payment(subtests: pytest.Subtests) -> None:
    cases: list[tuple[Transaction, bool]] = [
        (said(Result.APPROVED), True),
        (said(Result.APPROVED, at=None), True),
        (said(Result.APPROVED, at=NOW.replace(tzinfo=None)), True),
        (said(Result.APPROVED, amount=Amount(4201, "EUR")), False),
        (said(Result.APPROVED, amount=Amount(4200, "CHF")), False),
        (said(Result.APPROVED, reference="18"), False),
        (said(Result.APPROVED, trace="172"), False),
        (said(Result.APPROVED, at=NOW - timedelta(seconds=APART_S + 1)), False),
        (said(Result.APPROVED, at=NOW + timedelta(seconds=APART_S + 1)), False),
        (said(Result.APPROVED, at=NOW - timedelta(seconds=APART_S - 1)), True),
    ]
    for found, same in cases:
        with subtests.test(found=found, same=same):
            attempt = at(SENT, APPROVED, PaymentRow(PaymentStep.GOODS_ISSUED, NOW))
            row = saga_policy.after_asking(attempt, found, NOW, APART_S)
            assert isinstance(row, PaymentRow)
            assert (row.step, row.reason) == (
                (PaymentStep.COMMITTED, "") if same else (PaymentStep.NEEDS_STAFF, "differs")
            )


def test_what_was_approved_cannot_never_have_been() -> None:
    for attempt in (at(SENT, APPROVED), at(SENT, APPROVED, PaymentRow(PaymentStep.GOODS_ISSUED, NOW))):
        row = saga_policy.after_asking(attempt, None, NOW, APART_S)
        assert isinstance(row, PaymentRow)
        assert (row.step, row.reason) == (PaymentStep.NEEDS_STAFF, "lost")
    row = saga_policy.after_asking(at(SENT), None, NOW, APART_S)
    assert isinstance(row, PaymentRow)
    assert row.step is PaymentStep.FAILED


def test_a_reversal_that_never_arrives_is_asked_for_twice_and_no_more() -> None:
    sent = PaymentRow(PaymentStep.REVERSAL_SENT, NOW, undo="a")
    committed = PaymentRow(PaymentStep.COMMITTED, NOW, reference="17")
    once, twice = at(SENT, APPROVED, committed, sent), at(SENT, APPROVED, committed, sent, sent)
    assert isinstance(saga_policy.after_asking(once, None, NOW, APART_S), saga_policy.ReversePayment)
    row = saga_policy.after_asking(twice, None, NOW, APART_S)
    assert isinstance(row, PaymentRow)
    assert row.step is PaymentStep.NEEDS_STAFF


def test_a_reversal_names_what_it_undoes() -> None:
    attempt = at(
        SENT,
        APPROVED,
        PaymentRow(PaymentStep.COMMITTED, NOW, reference="17"),
        PaymentRow(PaymentStep.REVERSAL_SENT, NOW, undo="a"),
    )
    assert (attempt.reversal.id, attempt.reversal.undoes, attempt.order.mark) == ("a", "17", "m")
    with pytest.raises(ValueError, match="-"):
        _ = at(SENT, APPROVED, PaymentRow(PaymentStep.REVERSAL_SENT, NOW)).reversal


def test_card_numbers_are_masked_before_anything_is_kept() -> None:
    receipt = TerminalReceipt(TerminalReceiptKind.CUSTOMER, ("CARD 4111 1111 1111 1111", "OK"))
    row = saga_policy.row(PaymentStep.COMMITTED, said(Result.APPROVED, receipts=(receipt,)), NOW)
    assert "1111" in row.receipts[0].lines[0]
    assert "4111" not in row.receipts[0].lines[0].replace(" ", "")


def test_what_is_final_is_followed_by_nothing() -> None:
    assert {step for step in PaymentStep if not NEXT[step]} == FINAL
    assert {one for steps in NEXT.values() for one in steps} | {PaymentStep.CREATED} == set(PaymentStep)


def test_a_receipt_that_is_said_twice_is_one() -> None:
    papers = tuple(
        TerminalReceipt(kind, ("EUR 42.00",)) for kind in (TerminalReceiptKind.MERCHANT, TerminalReceiptKind.CUSTOMER)
    )
    approved = said(Result.APPROVED, receipts=papers)
    rows = (saga_policy.row(PaymentStep.APPROVED, approved, NOW), saga_policy.row(PaymentStep.COMMITTED, approved, NOW))
    one = fresh()
    assert [each.kind for each in replace(one, rows=(*one.rows, *rows)).receipts] == ["merchant", "customer"]
