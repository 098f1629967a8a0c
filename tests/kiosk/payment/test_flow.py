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

from kiosk.payment import flow
from kiosk.payment.flow import Fate
from kiosk.payment.steps import FINAL, NEXT, PAYABLE_AGAIN, Attempt, Bill, Row, Step
from kiosk.tickets.model import PaperState
from peripherals.money import Amount
from peripherals.payment.port import Order, Receipt, ReceiptKind, Result, Transaction
from queue_server.domain.values import new_id

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PRICE = Amount(4200, "EUR")
APART_S = 600.0


def fresh() -> Attempt:
    bill = Bill(new_id(), ("renewal",), PRICE, "en")
    return Attempt(new_id(), new_id(), bill, "zvt+tcp", "here", (Row(Step.CREATED, NOW),))


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

    def write(self, row: Row) -> None:
        assert row.step in NEXT[self.attempt.step], f"{self.attempt.step} is not followed by {row.step}"
        match flow.fate(self.attempt, row.step):
            case Fate.RELEASE if self.world.ticket == "held":
                self.world.ticket = "sent"
            case Fate.WITHDRAW if self.world.ticket == "held":
                self.world.ticket = "withdrawn"
        self.attempt = replace(self.attempt, rows=(*self.attempt.rows, row))

    def paper(self, state: PaperState) -> None:
        self.attempt = replace(self.attempt, paper=state)

    @property
    def act(self) -> flow.Act:
        return flow.next_act(self.attempt, present=self.present)

    def is_next(self, *kinds: type) -> bool:
        return isinstance(self.act, kinds)

    # Steps, each with all that can become of it.

    @precondition(lambda self: self.is_next(flow.Check))
    @rule(well=st.booleans())
    def check(self, *, well: bool) -> None:
        self.write(Row(Step.PREFLIGHT_OK if well else Step.FAILED, NOW))

    @precondition(lambda self: self.is_next(flow.Pay))
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
        self.write(Row(Step.SENT, NOW))
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
            self.write(flow.row(Step.APPROVED, approval, NOW))
            goods = not flow.objection(self.attempt, approval) and printer
            if written >= 2 and goods:
                self.write(Row(Step.GOODS_ISSUED, NOW))
                self.world.ticket = "held"
            elif written >= 2:
                self.write(Row(Step.REVERSAL_SENT, NOW))
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
                self.write(flow.after_pay(self.attempt, what, NOW))
            case "doubt":
                self.write(flow.after_pay(self.attempt, said(Result.IN_DOUBT), NOW))
            case _:
                self.present = False

    @precondition(lambda self: self.is_next(flow.Ask))
    @rule(patience=st.integers(0, 4))
    def ask(self, patience: int) -> None:
        act = self.act
        assert isinstance(act, flow.Ask)
        if patience == 0:
            note = flow.giving_up(self.attempt, "")
            self.write(Row(note.step, NOW, note.reason))
            return
        match flow.after_asking(self.attempt, self.truth(act.order), NOW, APART_S):
            case Row() as row:
                self.write(row)
            case flow.Undo():
                self.undo(Result.APPROVED, lost=False, arrives=True)

    def truth(self, order: Order) -> Transaction | None:
        if order.undoes or order.id in self.world.reversals:
            found = self.world.reversals.get(order.id)
            return None if found is None else said(found, reference="18", trace="181")
        if not self.world.begun:
            return None
        return said(self.world.outcome)

    @precondition(lambda self: self.is_next(flow.Undo))
    @rule(
        ends=st.sampled_from([Result.APPROVED, Result.REQUESTED, Result.DECLINED]),
        lost=st.booleans(),
        arrives=st.booleans(),
    )
    def undo(self, ends: Result, *, lost: bool, arrives: bool) -> None:
        ident = new_id()
        self.write(Row(Step.REVERSAL_SENT, NOW, undo=ident))
        if arrives:
            if not self.world.charged:
                ends = Result.DECLINED
            self.world.reversals[ident] = ends
            if ends is not Result.DECLINED:
                self.world.undo(later=ends is Result.REQUESTED)
        if lost or not arrives:
            return
        found = flow.after_undoing(self.attempt, said(ends, reference="18"), NOW)
        assert isinstance(found, Row)
        self.write(found)

    @precondition(lambda self: self.is_next(flow.PrintTicket, flow.OfferPaper))
    @rule(
        became=st.sampled_from([PaperState.PRINTED, PaperState.UNKNOWN, PaperState.FAILED, PaperState.PRINTING]),
        out=st.booleans(),
    )
    def print_ticket(self, became: PaperState, *, out: bool) -> None:
        """PRINTING: the power goes while it prints."""
        before = self.attempt.paper
        out = {PaperState.PRINTED: True, PaperState.FAILED: False}.get(became, out)
        self.world.on_paper = self.world.on_paper or out
        if before is PaperState.UNKNOWN and became is PaperState.FAILED:
            became = PaperState.UNKNOWN
        self.paper(became)
        self.present = self.present and became is not PaperState.PRINTING

    @precondition(lambda self: self.is_next(flow.OfferPaper))
    @rule()
    def give_up(self) -> None:
        self.carry_out(flow.without_paper(self.attempt))

    def carry_out(self, act: flow.Act) -> None:
        match act:
            case flow.Note(step, reason):
                self.write(Row(step, NOW, reason))
            case flow.Undo():
                self.undo(Result.APPROVED, lost=False, arrives=True)

    @precondition(lambda self: self.is_next(flow.Note))
    @rule()
    def note(self) -> None:
        self.carry_out(self.act)

    @precondition(lambda self: self.is_next(flow.PrintReceipt))
    @rule(printed=st.booleans())
    def receipt(self, *, printed: bool) -> None:
        self.write(Row(Step.RECEIPT_DONE, NOW, "" if printed else "receipt-not-printed"))

    @precondition(lambda self: self.is_next(flow.PrintClaim))
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
        if self.world.on_paper and self.attempt.step is not Step.NEEDS_STAFF:
            assert self.world.charged
        if self.world.ticket == "sent":
            assert self.attempt.step in {Step.RECEIPT_DONE, Step.NEEDS_STAFF}

    @invariant()
    def an_end_is_one_of_four(self) -> None:
        if not self.attempt.final:
            assert not isinstance(self.act, flow.Rest)
            return
        assert self.world.ticket != "held"
        match self.attempt.step:
            case Step.RECEIPT_DONE:
                assert self.world.charged
                assert self.world.ticket == "sent"
            case Step.NEEDS_STAFF:
                assert self.attempt.claim or isinstance(self.act, flow.PrintClaim)
                assert self.world.ticket != "sent" or self.attempt.paper is not PaperState.NONE
                assert not self.world.on_paper or self.world.ticket == "sent"
            case Step.REFUND_REQUESTED:
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
            if isinstance(act, flow.Rest):
                break
            match act:
                case flow.Ask():
                    self.ask(4)
                case flow.PrintClaim():
                    self.claim()
                case _:
                    self.carry_out(act)
            self.an_end_is_one_of_four()
        assert self.attempt.final, self.attempt.step


TestPayment = Payment.TestCase
TestPayment.settings = settings(max_examples=200, stateful_step_count=20, deadline=None)


def at(*rows: Row, paper: PaperState = PaperState.NONE) -> Attempt:
    return replace(fresh(), rows=(Row(Step.CREATED, NOW), *rows), paper=paper)


APPROVED = Row(Step.APPROVED, NOW, reference="17", trace="171", moment=NOW)
SENT = Row(Step.SENT, NOW, mark="m")


GOODS = Row(Step.GOODS_ISSUED, NOW)
LEFT_TO_DRIVER = Row(Step.REVERSAL_SENT, NOW)
COMMITTED = Row(Step.COMMITTED, NOW, reference="17", trace="171")
ASKED_BACK = Row(Step.REVERSAL_SENT, NOW, undo="a")
OTHER = Amount(4201, "EUR")


@pytest.mark.parametrize(
    ("rows", "result", "step"),
    [
        ((SENT,), said(Result.DECLINED), Step.DECLINED),
        ((SENT,), said(Result.CANCELLED), Step.CANCELLED),
        ((SENT,), said(Result.FAILED), Step.FAILED),
        ((SENT,), said(Result.IN_DOUBT), Step.IN_DOUBT),
        ((SENT,), said(Result.APPROVED), Step.APPROVED),
        ((SENT,), said(Result.APPROVED, reason="not-reversed"), Step.NEEDS_STAFF),
        ((SENT,), said(Result.REQUESTED), Step.APPROVED),
        ((SENT, APPROVED, LEFT_TO_DRIVER), said(Result.APPROVED), Step.NEEDS_STAFF),
        ((SENT, APPROVED, LEFT_TO_DRIVER), said(Result.IN_DOUBT), Step.REVERSAL_IN_DOUBT),
        ((SENT, APPROVED, LEFT_TO_DRIVER), said(Result.CANCELLED), Step.REVERSED),
        ((SENT, APPROVED, LEFT_TO_DRIVER), said(Result.REQUESTED), Step.REFUND_REQUESTED),
        ((SENT, APPROVED, GOODS), said(Result.APPROVED), Step.COMMITTED),
        ((SENT, APPROVED, GOODS), said(Result.APPROVED, signature=True), Step.NEEDS_STAFF),
        ((SENT, APPROVED, GOODS), said(Result.APPROVED, amount=OTHER), Step.NEEDS_STAFF),
        ((SENT, APPROVED, GOODS), said(Result.FAILED), Step.REVERSED),
        ((SENT, APPROVED, GOODS), said(Result.IN_DOUBT), Step.IN_DOUBT),
    ],
)
def test_what_a_result_means(rows: tuple[Row, ...], result: Transaction, step: Step) -> None:
    row = flow.after_pay(at(*rows), result, NOW)
    assert row.step is step
    # Only what is certain to have been kept is given back without being asked about again.
    assert row.stands is (step is Step.APPROVED and result.result is Result.APPROVED)


@pytest.mark.parametrize(
    ("rows", "found", "step"),
    [
        ((SENT,), None, Step.FAILED),
        ((SENT,), said(Result.IN_DOUBT), None),
        ((SENT,), said(Result.DECLINED), Step.DECLINED),
        ((SENT,), said(Result.APPROVED), Step.APPROVED),
        ((SENT,), said(Result.REQUESTED), Step.APPROVED),
        ((SENT, APPROVED), None, Step.NEEDS_STAFF),
        ((SENT, APPROVED), said(Result.APPROVED), Step.APPROVED),
        ((SENT, APPROVED), said(Result.FAILED), Step.REVERSED),
        ((SENT, APPROVED, GOODS), said(Result.APPROVED), Step.COMMITTED),
        ((SENT, APPROVED, GOODS), said(Result.CANCELLED), Step.REVERSED),
        ((SENT, APPROVED, LEFT_TO_DRIVER), said(Result.FAILED), Step.REVERSED),
        ((SENT, APPROVED, LEFT_TO_DRIVER), said(Result.REQUESTED), Step.REFUND_REQUESTED),
        ((SENT, APPROVED, LEFT_TO_DRIVER), said(Result.APPROVED), "undo"),
        ((SENT, APPROVED, LEFT_TO_DRIVER), None, Step.NEEDS_STAFF),
        ((SENT, APPROVED, GOODS, COMMITTED, ASKED_BACK), said(Result.APPROVED), Step.REVERSED),
        ((SENT, APPROVED, GOODS, COMMITTED, ASKED_BACK), said(Result.REQUESTED), Step.REFUND_REQUESTED),
        ((SENT, APPROVED, GOODS, COMMITTED, ASKED_BACK), said(Result.DECLINED), Step.NEEDS_STAFF),
        ((SENT, APPROVED, GOODS, COMMITTED, ASKED_BACK), said(Result.FAILED), Step.NEEDS_STAFF),
        ((SENT, APPROVED, GOODS, COMMITTED, ASKED_BACK), said(Result.IN_DOUBT), None),
        ((SENT, APPROVED, GOODS, COMMITTED, ASKED_BACK), None, "undo"),
    ],
)
def test_what_is_found_out_means(rows: tuple[Row, ...], found: Transaction | None, step: Step | str | None) -> None:
    became = flow.after_asking(at(*rows), found, NOW, APART_S)
    match became:
        case Row():
            assert became.step is step
            assert became.stands is (step is Step.APPROVED and found is not None and found.result is Result.APPROVED)
        case flow.Undo():
            assert step == "undo"
        case None:
            assert step is None


def test_a_reversal_in_doubt_is_not_one_that_was_done() -> None:
    attempt = at(SENT, APPROVED, GOODS, COMMITTED, ASKED_BACK)
    row = flow.after_undoing(attempt, said(Result.IN_DOUBT), NOW)
    assert isinstance(row, Row)
    assert row.step is Step.REVERSAL_IN_DOUBT


@pytest.mark.parametrize(
    ("rows", "paper", "present", "act"),
    [
        ((), PaperState.NONE, False, flow.Note(Step.CANCELLED, "restart")),
        ((Row(Step.PREFLIGHT_OK, NOW),), PaperState.NONE, False, flow.Note(Step.CANCELLED, "restart")),
        ((COMMITTED,), PaperState.NONE, True, flow.PrintTicket()),
        ((COMMITTED,), PaperState.FAILED, True, flow.OfferPaper()),
        ((COMMITTED,), PaperState.UNKNOWN, True, flow.OfferPaper()),
        ((COMMITTED,), PaperState.PRINTED, True, flow.PrintReceipt()),
        ((COMMITTED,), PaperState.NONE, False, flow.Undo("no-paper")),
        ((COMMITTED,), PaperState.FAILED, False, flow.Undo("no-paper")),
        ((COMMITTED,), PaperState.PRINTING, False, flow.Note(Step.NEEDS_STAFF, "paper-unknown")),
        ((COMMITTED,), PaperState.UNKNOWN, False, flow.Note(Step.NEEDS_STAFF, "paper-unknown")),
        ((COMMITTED,), PaperState.PRINTED, False, flow.Note(Step.RECEIPT_DONE, "receipt-not-printed")),
        ((Row(Step.NEEDS_STAFF, NOW),), PaperState.NONE, False, flow.PrintClaim()),
        ((Row(Step.DECLINED, NOW),), PaperState.NONE, True, flow.Rest()),
    ],
)
def test_what_comes_next(rows: tuple[Row, ...], paper: PaperState, act: flow.Act, *, present: bool) -> None:
    assert flow.next_act(at(*rows, paper=paper), present=present) == act


@pytest.mark.parametrize(
    ("step", "paper", "fate"),
    [
        (Step.COMMITTED, PaperState.NONE, Fate.HOLD),
        (Step.REVERSAL_SENT, PaperState.FAILED, Fate.HOLD),
        (Step.RECEIPT_DONE, PaperState.PRINTED, Fate.RELEASE),
        (Step.NEEDS_STAFF, PaperState.UNKNOWN, Fate.RELEASE),
        (Step.NEEDS_STAFF, PaperState.PRINTING, Fate.RELEASE),
        (Step.NEEDS_STAFF, PaperState.FAILED, Fate.WITHDRAW),
        (Step.NEEDS_STAFF, PaperState.NONE, Fate.WITHDRAW),
        (Step.REVERSED, PaperState.FAILED, Fate.WITHDRAW),
        (Step.REFUND_REQUESTED, PaperState.NONE, Fate.WITHDRAW),
    ],
)
def test_what_becomes_of_the_ticket(step: Step, paper: PaperState, fate: Fate) -> None:
    assert flow.fate(at(SENT, APPROVED, GOODS, paper=paper), step) is fate


@pytest.mark.parametrize(
    ("found", "same"),
    [
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
    ],
)
def test_what_is_found_must_be_this_payment(found: Transaction, *, same: bool) -> None:
    attempt = at(SENT, APPROVED, Row(Step.GOODS_ISSUED, NOW))
    row = flow.after_asking(attempt, found, NOW, APART_S)
    assert isinstance(row, Row)
    assert (row.step, row.reason) == ((Step.COMMITTED, "") if same else (Step.NEEDS_STAFF, "differs"))


def test_what_was_approved_cannot_never_have_been() -> None:
    for attempt in (at(SENT, APPROVED), at(SENT, APPROVED, Row(Step.GOODS_ISSUED, NOW))):
        row = flow.after_asking(attempt, None, NOW, APART_S)
        assert isinstance(row, Row)
        assert (row.step, row.reason) == (Step.NEEDS_STAFF, "lost")
    row = flow.after_asking(at(SENT), None, NOW, APART_S)
    assert isinstance(row, Row)
    assert row.step is Step.FAILED


def test_a_reversal_that_never_arrives_is_asked_for_twice_and_no_more() -> None:
    sent = Row(Step.REVERSAL_SENT, NOW, undo="a")
    committed = Row(Step.COMMITTED, NOW, reference="17")
    once, twice = at(SENT, APPROVED, committed, sent), at(SENT, APPROVED, committed, sent, sent)
    assert isinstance(flow.after_asking(once, None, NOW, APART_S), flow.Undo)
    row = flow.after_asking(twice, None, NOW, APART_S)
    assert isinstance(row, Row)
    assert row.step is Step.NEEDS_STAFF


def test_a_reversal_names_what_it_undoes() -> None:
    attempt = at(SENT, APPROVED, Row(Step.COMMITTED, NOW, reference="17"), Row(Step.REVERSAL_SENT, NOW, undo="a"))
    assert (attempt.reversal.id, attempt.reversal.undoes, attempt.order.mark) == ("a", "17", "m")
    with pytest.raises(ValueError, match="-"):
        _ = at(SENT, APPROVED, Row(Step.REVERSAL_SENT, NOW)).reversal


def test_card_numbers_are_masked_before_anything_is_kept() -> None:
    receipt = Receipt(ReceiptKind.CUSTOMER, ("CARD 4111 1111 1111 1111", "OK"))
    row = flow.row(Step.COMMITTED, said(Result.APPROVED, receipts=(receipt,)), NOW)
    assert "1111" in row.receipts[0].lines[0]
    assert "4111" not in row.receipts[0].lines[0].replace(" ", "")


def test_what_is_final_is_followed_by_nothing() -> None:
    assert {step for step in Step if not NEXT[step]} == FINAL
    assert {one for steps in NEXT.values() for one in steps} | {Step.CREATED} == set(Step)


def test_a_receipt_that_is_said_twice_is_one() -> None:
    papers = tuple(Receipt(kind, ("EUR 42.00",)) for kind in (ReceiptKind.MERCHANT, ReceiptKind.CUSTOMER))
    approved = said(Result.APPROVED, receipts=papers)
    rows = (flow.row(Step.APPROVED, approved, NOW), flow.row(Step.COMMITTED, approved, NOW))
    one = fresh()
    assert [each.kind for each in replace(one, rows=(*one.rows, *rows)).receipts] == ["merchant", "customer"]
