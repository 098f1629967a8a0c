"""Whoever has paid does not visit the cash desk."""

import hypothesis.strategies as st
import pytest
from hypothesis import given
from msgspec.structs import replace

from queue_server.domain.tariff import ANYONE, FeeItem, Headcount, Rate, Tariff, of_party
from queue_server.domain.values import (
    HOUR,
    MINUTE,
    BandId,
    CallReason,
    Category,
    CurrencyCode,
    ParkReason,
    ServiceId,
    SettlementId,
    TransferReason,
    VisitId,
    VisitState,
)
from queue_server.eventlog.payload import Payload
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.fees import MAX_SETTLEMENTS
from queue_server.queue.state import SettledFees
from tests.queue_server.queue import laws
from tests.queue_server.queue.centre import (
    BIRTH,
    CASH_DESK,
    COPY,
    ONE,
    PERMIT,
    RECORD,
    SERIES,
    STAMP,
    TWO,
    VISA,
    Play,
    ticket,
)


@pytest.fixture
def play() -> Play:
    play = Play().open_day()
    play.open(ONE, TWO)
    return play


def pay(play: Play, visit: VisitId, *services: ServiceId, payment: str = "p1") -> tuple[Payload, ...]:
    """Settle what this ticket is for, of these services; another ticket that goes on with it settles its own."""
    return play.do(c.NameSettlement(visit, SettlementId(payment), fee(*services)))


def fee(*services: ServiceId, people: int = 1) -> tuple[FeeItem, ...]:
    return of_party(services, (Headcount(ANYONE, people),))


def stops(play: Play, visit: VisitId) -> list[str]:
    return [stop.step for stop in play.visit(visit).steps]


def at(play: Play, visit: VisitId) -> str:
    return play.visit(visit).step.step


def serve(play: Play, visit: VisitId) -> None:
    play.do(c.CallVisit(ONE, visit, CallReason.OTHER))
    play.serve(ONE)


# --- ahead ---------------------------------------------------------------------------------------------------------


def test_a_cash_desk_ahead_is_taken_out_and_the_place_stays(play: Play) -> None:
    visit = play.issue(PERMIT)
    before = play.visit(visit)
    play.wait(MINUTE)
    paid = pay(play, visit, PERMIT)
    assert [type(event) for event in paid] == [e.VisitPaid, e.StopsSkipped]
    after = play.visit(visit)
    assert stops(play, visit) == ["documents", "submission"]
    assert (after.key, after.due, after.records) == (before.key, before.due, before.records)
    assert (after.settlement_ids, after.settlements) == (("p1",), (SettledFees(SettlementId("p1"), fee(PERMIT)),))
    serve(play, visit)
    serve(play, visit)
    assert play.visit(visit).state is VisitState.DONE


def test_one_that_came_back_keeps_the_place_behind_the_next(play: Play) -> None:
    visit = play.issue(PERMIT)
    play.call(ONE)
    play.do(c.Park(ONE, ParkReason.OTHER))
    play.wait(MINUTE)
    play.issue(PERMIT)
    play.do(c.Resume(visit))
    before = play.visit(visit)
    assert before.place > before.due
    pay(play, visit, PERMIT)
    assert play.visit(visit).key == before.key


def test_money_that_is_not_certain_or_for_something_else_settles_nothing(play: Play) -> None:
    visit = play.issue(PERMIT)
    assert [type(event) for event in pay(play, visit)] == [e.VisitPaid]
    assert [type(event) for event in pay(play, visit, VISA, payment="p2")] == [e.VisitPaid]
    assert stops(play, visit) == ["documents", CASH_DESK, "submission"]


def test_it_is_named_first_and_certain_later_once_each(play: Play) -> None:
    visit = play.issue(PERMIT)
    pay(play, visit)
    assert [type(event) for event in pay(play, visit, PERMIT)] == [e.VisitPaid, e.StopsSkipped]
    assert pay(play, visit, PERMIT) == ()
    assert play.visit(visit).settlement_ids == ("p1",)


def test_each_service_has_its_own(play: Play) -> None:
    visit = play.issue_for(PERMIT, RECORD)
    pay(play, visit, RECORD)
    assert stops(play, visit) == ["documents", CASH_DESK, "submission", "submission"]
    assert play.visit(visit).steps[1].service == PERMIT
    pay(play, visit, PERMIT, payment="p2")
    assert stops(play, visit) == ["documents", "submission", "submission"]


def test_without_a_cash_desk_nothing_is_skipped(play: Play) -> None:
    play.settings = replace(play.settings, cash_desks=())
    visit = play.issue(PERMIT)
    assert [type(event) for event in pay(play, visit, PERMIT)] == [e.VisitPaid]


def test_the_only_stop_of_a_service_stays(play: Play) -> None:
    visit = play.issue_for(STAMP, PERMIT)
    pay(play, visit, STAMP, PERMIT)
    assert [(stop.service, stop.step) for stop in play.visit(visit).steps] == [
        (STAMP, CASH_DESK),
        (PERMIT, "documents"),
        (PERMIT, "submission"),
    ]
    assert at(play, visit) == CASH_DESK


def test_behind_it_is_taken_out_too(play: Play) -> None:
    """A visit that staff led past the cash desk does not come to it when it goes back."""
    visit = play.issue(RECORD)
    play.call(ONE)
    play.do(c.Transfer(ONE, TransferReason.NEXT_STEP, to_step=play.visit(visit).steps[1].step))
    assert play.visit(visit).at_step == 1
    pay(play, visit, RECORD)
    assert (stops(play, visit), play.visit(visit).at_step) == (["submission"], 0)
    serve(play, visit)
    assert play.visit(visit).state is VisitState.DONE


# --- waiting there -------------------------------------------------------------------------------------------------


def test_a_visit_that_waits_there_goes_on_as_if_served(play: Play) -> None:
    """What it has waited beyond its promise is owed to it at the next step."""
    visit = play.issue(RECORD)
    due = play.visit(visit).due
    play.wait(20 * MINUTE)
    _, skipped = pay(play, visit, RECORD)
    assert isinstance(skipped, e.StopsSkipped)
    assert skipped.left == CASH_DESK
    after = play.visit(visit)
    assert (after.state, at(play, visit), stops(play, visit)) == (VisitState.WAITING, "submission", ["submission"])
    assert after.late == play.now - due == 5 * MINUTE
    assert after.due == after.place == play.now + 20 * MINUTE - 5 * MINUTE
    assert [(record.step, record.ready_at) for record in after.records] == [("submission", play.now)]
    assert play.call(ONE) == visit


def test_in_time_nothing_is_owed(play: Play) -> None:
    visit = play.issue(RECORD)
    play.wait(5 * MINUTE)
    pay(play, visit, RECORD)
    assert (play.visit(visit).late, play.visit(visit).due) == (0, play.now + 20 * MINUTE)


def test_a_visit_that_waits_for_one_counter_is_free_of_it(play: Play) -> None:
    visit = play.issue(RECORD)
    play.call(ONE)
    play.do(c.Transfer(ONE, TransferReason.SPECIALIST, to_counter=TWO))
    pay(play, visit, RECORD)
    assert (play.visit(visit).for_counter, play.visit(visit).for_until) == (None, None)
    assert play.state.hidden == set()


def test_the_last_stop_stays(play: Play) -> None:
    """Whoever has nothing else before them is called once more, and told that they may go."""
    visit = play.issue(COPY)
    serve(play, visit)
    assert [type(event) for event in pay(play, visit, COPY)] == [e.VisitPaid]
    assert (play.visit(visit).state, at(play, visit)) == (VisitState.WAITING, CASH_DESK)
    early = play.issue(COPY)
    pay(play, early, COPY, payment="p2")
    assert stops(play, early) == ["documents"]


def test_all_that_are_paid_go_at_once(play: Play) -> None:
    visit = play.issue_for(COPY, RECORD)
    serve(play, visit)
    assert (at(play, visit), stops(play, visit)[1:]) == (CASH_DESK, [CASH_DESK, CASH_DESK, "submission"])
    pay(play, visit, COPY, RECORD)
    assert stops(play, visit) == ["documents", "submission"]


@pytest.mark.parametrize("state", [VisitState.CALLED, VisitState.SERVING])
def test_where_staff_have_begun_they_finish(play: Play, state: VisitState) -> None:
    visit = play.issue(RECORD)
    play.call(ONE)
    if state is VisitState.SERVING:
        play.do(c.StartServing(ONE))
    assert [type(event) for event in pay(play, visit, RECORD)] == [e.VisitPaid]
    assert (play.visit(visit).state, at(play, visit)) == (state, CASH_DESK)
    play.serve(ONE)
    assert (play.visit(visit).state, at(play, visit)) == (VisitState.WAITING, "submission")


def test_called_elsewhere_only_the_stops_ahead_go(play: Play) -> None:
    visit = play.issue_for(RECORD, PERMIT)
    play.call(ONE)
    pay(play, visit, RECORD, PERMIT)
    assert stops(play, visit) == [CASH_DESK, "submission", "documents", "submission"]
    assert play.visit(visit).state is VisitState.CALLED


@pytest.mark.parametrize("how", ["parked", "missed", "cancelled"])
def test_one_that_is_put_aside_there_comes_back_at_the_next_step(play: Play, how: str) -> None:
    visit = play.issue(RECORD)
    play.wait(20 * MINUTE)
    if how == "cancelled":
        play.do(c.Cancel(visit))
    else:
        play.call(ONE)
        play.do(c.Recall(ONE))
        play.wait(HOUR)
        play.do(c.Missed(ONE) if how == "missed" else c.Park(ONE, ParkReason.OTHER))
    pay(play, visit, RECORD)
    aside = play.visit(visit)
    assert (aside.state, at(play, visit)) == (how, "submission")
    assert aside.late == 5 * MINUTE, "it was called 5 minutes late, or would be now"
    play.do(c.Resume(visit) if how == "parked" else c.Reinstate(visit))
    assert play.visit(visit).due == aside.due
    called = [record.step for record in aside.records if record.called_at is not None]
    assert called == ([] if how == "cancelled" else [CASH_DESK])


def test_a_visit_that_is_done_only_names_it(play: Play) -> None:
    visit = play.issue(STAMP)
    serve(play, visit)
    assert [type(event) for event in pay(play, visit, STAMP)] == [e.VisitPaid]
    assert play.visit(visit).state is VisitState.DONE


# --- what staff do before and after --------------------------------------------------------------------------------


def test_staff_can_send_a_visit_back_to_the_cash_desk(play: Play) -> None:
    visit = play.issue(PERMIT)
    pay(play, visit, PERMIT)
    play.call(ONE)
    play.do(c.Transfer(ONE, TransferReason.OTHER, to_step=CASH_DESK))
    pay(play, visit, VISA, PERMIT, payment="p2")
    assert (at(play, visit), stops(play, visit)) == (CASH_DESK, [CASH_DESK, "documents", "submission"])


def test_a_service_that_is_added_later_comes_with_its_own(play: Play) -> None:
    visit = play.issue(PERMIT)
    pay(play, visit, PERMIT)
    play.do(c.ChangeVisit(visit, (PERMIT, RECORD)))
    assert stops(play, visit) == ["documents", "submission", CASH_DESK, "submission"]


def test_a_service_that_was_paid_for_and_comes_back_needs_none(play: Play) -> None:
    visit = play.issue_for(VISA, RECORD, STAMP)
    pay(play, visit, RECORD, STAMP)
    play.do(c.ChangeVisit(visit, (VISA,)))
    play.do(c.ChangeVisit(visit, (VISA, RECORD, STAMP)))
    assert stops(play, visit) == ["documents", "submission", CASH_DESK]
    assert play.visit(visit).steps[2].service == STAMP


def test_of_two_tickets_with_the_same_service_both_want_their_fee(play: Play) -> None:
    """A family goes on with one ticket: neither payment alone settles what both owe."""
    child, parent = play.issue(PERMIT), play.issue(PERMIT)
    pay(play, child, PERMIT)
    play.do(c.Merge(child, parent))
    assert stops(play, parent) == ["documents", CASH_DESK, "submission"]
    assert [type(event) for event in pay(play, parent, PERMIT, payment="p2")] == [e.VisitPaid, e.StopsSkipped]
    assert stops(play, parent) == ["documents", "submission"]


def test_a_payment_of_a_ticket_that_goes_on_with_another_counts_there(play: Play) -> None:
    child, parent = play.issue(RECORD), play.issue(BIRTH)
    play.do(c.Merge(child, parent))
    assert stops(play, parent) == ["reception", "submission", CASH_DESK, "submission"]
    paid = pay(play, child, RECORD)
    assert [(type(event), getattr(event, "visit", "")) for event in paid] == [
        (e.VisitPaid, child),
        (e.VisitPaid, parent),
        (e.StopsSkipped, parent),
    ]
    assert stops(play, parent) == ["reception", "submission", "submission"]
    assert play.visit(parent).settlement_ids == ("p1",)
    assert pay(play, child, RECORD) == ()


def test_what_came_with_another_ticket_may_be_paid_for_this_one(play: Play) -> None:
    child, parent = play.issue(RECORD), play.issue(BIRTH)
    play.do(c.Merge(child, parent))
    pay(play, parent, RECORD)
    assert stops(play, parent) == ["reception", "submission", "submission"]


def test_a_late_payment_of_one_ticket_leaves_what_the_other_owes(play: Play) -> None:
    grandchild, child, parent = play.issue(PERMIT), play.issue(PERMIT), play.issue(PERMIT)
    play.do(c.Merge(grandchild, child))
    play.do(c.Merge(child, parent))
    for number, visit in enumerate((child, grandchild)):
        pay(play, visit, PERMIT, payment=f"p{number}")
        assert stops(play, parent) == ["documents", CASH_DESK, "submission"]
    pay(play, parent, PERMIT, payment="p9")
    assert stops(play, parent) == ["documents", "submission"]
    assert set(play.visit(parent).settlement_ids) == {"p0", "p1", "p9"}


def test_what_a_payment_settles_may_be_known_later_or_not_any_more(play: Play) -> None:
    """A payment that went back, or is not what was owed, leaves the fee to be settled by another."""
    visit = play.issue(PERMIT)
    pay(play, visit, PERMIT)
    play.do(c.NameSettlement(visit, SettlementId("p1"), ()))
    assert play.visit(visit).settlements == ()
    assert play.visit(visit).settlement_ids == ("p1",)


def test_a_party_is_not_past_the_cash_desk_before_all_of_it_has_paid(play: Play) -> None:
    visit = play.issue(PERMIT, party_size=3)
    play.do(c.NameSettlement(visit, SettlementId("p1"), fee(PERMIT, people=2)))
    assert stops(play, visit) == ["documents", CASH_DESK, "submission"]
    play.do(c.NameSettlement(visit, SettlementId("p2"), (FeeItem(PERMIT, ANYONE, 1),)))
    assert stops(play, visit) == ["documents", "submission"]


def test_who_costs_nothing_is_not_waited_for(play: Play) -> None:
    adult, infant = BandId("adult"), BandId("infant")
    rate = Rate(PERMIT, 14_000, CurrencyCode("EUR"), bands=(adult,))
    play.settings = replace(play.settings, tariff=Tariff((adult, infant), (rate,)))
    visit = play.issue(PERMIT, people=(Headcount(adult, 1), Headcount(infant, 2)))
    play.do(c.NameSettlement(visit, SettlementId("p1"), (FeeItem(PERMIT, adult, 1),)))
    assert stops(play, visit) == ["documents", "submission"]


@pytest.mark.parametrize(("how", "code"), [("other", "fee-not-of-visit"), ("cancelled", "visit-cancelled")])
def test_money_is_taken_only_for_what_a_visit_is_for_and_not_once_it_is_cancelled(
    play: Play, how: str, code: str
) -> None:
    visit = play.issue(PERMIT)
    if how == "cancelled":
        play.do(c.Cancel(visit))
    service = VISA if how == "other" else PERMIT
    assert play.code_of(c.NameSettlement(visit, SettlementId("p1"), fee(service), asked=True)) == code
    assert play.do(c.NameSettlement(visit, SettlementId("p1"), fee(service))) != (), (
        "what a device took is written down"
    )


def test_one_payment_too_many_is_passed_over(play: Play) -> None:
    visit = play.issue(PERMIT)
    for number in range(MAX_SETTLEMENTS):
        pay(play, visit, payment=f"p{number}")
    assert pay(play, visit, PERMIT, payment="more") == ()
    assert pay(play, visit, PERMIT, payment="p0") != ()


def test_the_fees_of_a_visit_carried_over_stay_settled() -> None:
    play = Play(replace(Play().settings, round_the_clock=True)).open_day()
    play.open(ONE)
    visit = play.issue_for(VISA, RECORD)
    pay(play, visit, RECORD)
    carried = e.VisitTakenOver(visit, None, play.visit(visit))
    again = Play(play.settings).open_day()
    again.append(carried)
    again.do(c.ChangeVisit(visit, (VISA,)))
    again.do(c.ChangeVisit(visit, (VISA, RECORD)))
    assert stops(again, visit) == ["documents", "submission"]


def test_what_came_with_a_ticket_of_the_day_before_is_wanted_still() -> None:
    play = Play(replace(Play().settings, round_the_clock=True)).open_day()
    child, parent = play.issue(RECORD), play.issue(VISA)
    play.do(c.Merge(child, parent))
    again = Play(play.settings).open_day()
    again.append(e.VisitTakenOver(parent, None, play.visit(parent)))
    again.do(c.ChangeVisit(parent, (VISA,)))
    again.do(c.ChangeVisit(parent, (VISA, RECORD)))
    assert stops(again, parent) == ["documents", CASH_DESK, "submission"]
    again.do(c.NameSettlement(parent, SettlementId("p1"), fee(RECORD, people=2)))
    assert stops(again, parent) == ["documents", "submission"]


# --- whatever happens ----------------------------------------------------------------------------------------------

SERVICES = st.lists(st.sampled_from((PERMIT, RECORD, COPY, STAMP, BIRTH)), min_size=1, max_size=3, unique=True)


@given(
    services=SERVICES,
    others=st.lists(SERVICES, max_size=3),
    category=st.sampled_from((Category.WALK_IN, Category.PRIORITY, Category.URGENT)),
    served=st.integers(0, 4),
    waited=st.integers(0, 60 * MINUTE),
    state=st.sampled_from(("waiting", "called", "serving", "parked", "cancelled")),
    paid=SERVICES,
)
def test_wherever_a_visit_is_when_it_pays(
    *,
    services: list[ServiceId],
    others: list[list[ServiceId]],
    category: Category,
    served: int,
    waited: int,
    state: str,
    paid: list[ServiceId],
) -> None:
    play = Play().open_day()
    play.open(ONE)
    visit = VisitId("v")
    play.do(ticket(visit, *services, category=category))
    for number, other in enumerate(others):
        play.do(ticket(VisitId(f"o{number}"), *other))
    for _ in range(served):
        if play.visit(visit).state is VisitState.WAITING:
            play.wait(waited)
            serve(play, visit)
    if play.visit(visit).state is not VisitState.WAITING:
        return
    play.wait(waited)
    if state == "cancelled":
        play.do(c.Cancel(visit))
    elif state != "waiting":
        play.do(c.CallVisit(ONE, visit, CallReason.OTHER))
        if state != "called":
            play.do(c.StartServing(ONE) if state == "serving" else c.Park(ONE, ParkReason.OTHER))
    play.wait(waited)
    before, queue = play.visit(visit), [one.id for one in laws.queue(play.state)]
    for body in pay(play, visit, *paid):
        if isinstance(body, e.StopsSkipped):
            laws.check_skipped(
                before, replace(play.visit(visit), settlement_ids=(), settlements=()), body, play.settings, play.now
            )
    laws.check_paid(play.visit(visit), set(paid), play.settings)
    laws.check_visit(play.visit(visit))
    laws.check_indexes(play.state)
    laws.check_order(queue, [one.id for one in laws.queue(play.state)], {visit})
    assert SERIES.letter in play.visit(visit).code
