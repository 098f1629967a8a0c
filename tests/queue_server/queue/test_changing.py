"""A visit becomes another one: its category, services, people; a family goes on with one ticket."""

import pytest
from msgspec.structs import replace

from queue_server.domain.values import (
    HOUR,
    MINUTE,
    ApplicationId,
    CallReason,
    Category,
    Language,
    NoteId,
    ParkReason,
    ServiceId,
    SettlementId,
    StepId,
    TransferReason,
    VisitId,
    VisitState,
)
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.amend import MAX_APPLICATIONS, MAX_NOTES
from tests.queue_server.queue.centre import BIRTH, ONE, PASSPORT, TWO, VISA, Play

NOBODY = VisitId("nobody")


@pytest.fixture
def play() -> Play:
    play = Play().open_day()
    play.open(ONE, TWO)
    return play


def stops(play: Play, visit: VisitId) -> list[tuple[str, str]]:
    return [(stop.service, stop.step) for stop in play.visit(visit).steps]


def park(play: Play, visit: VisitId) -> None:
    play.do(c.CallVisit(ONE, visit, CallReason.OTHER))
    play.do(c.Park(ONE, ParkReason.PHOTO))


# --- the category --------------------------------------------------------------------------------------------------


def test_priority_counts_from_the_same_time_with_all_its_promises(play: Play) -> None:
    arrived = play.now
    visit = play.issue(PASSPORT, asks_priority=True)
    assert play.visit(visit).asks_priority
    play.wait(5 * MINUTE)
    play.do(c.Reclassify(visit, Category.PRIORITY))
    after = play.visit(visit)
    assert [stop.promise for stop in after.steps] == [10, 15, 15]
    assert (after.counts_from, after.due, after.place) == (arrived, arrived + 10 * MINUTE, arrived + 10 * MINUTE)
    assert not after.asks_priority
    assert play.ask(c.Reclassify(visit, Category.PRIORITY)) == ()


def test_the_present_category_is_a_no_to_who_asked_and_moves_nobody(play: Play) -> None:
    first, visit = play.issue(VISA), play.issue(VISA, asks_priority=True)
    park(play, first)
    play.do(c.Resume(first))
    before = play.visit(visit)
    (answered,) = play.do(c.Reclassify(visit, Category.WALK_IN))
    assert isinstance(answered, e.VisitReclassified)
    assert play.visit(visit).key == before.key
    assert not play.visit(visit).asks_priority
    assert play.ask(c.Reclassify(visit, Category.WALK_IN)) == ()


def test_who_came_back_stays_behind_the_next_when_told_no(play: Play) -> None:
    visit = play.issue(VISA, asks_priority=True)
    play.wait(MINUTE)
    play.issue(VISA)
    park(play, visit)
    play.do(c.Resume(visit))
    key = play.visit(visit).key
    play.do(c.Reclassify(visit, Category.WALK_IN))
    assert play.visit(visit).key == key


def test_what_it_is_owed_stays_when_the_category_changes(play: Play) -> None:
    visit = play.issue(PASSPORT)
    play.wait(30 * MINUTE)
    play.call()
    play.serve()
    assert play.visit(visit).late == 10 * MINUTE
    play.do(c.Reclassify(visit, Category.PRIORITY))
    assert play.visit(visit).due == play.now + 15 * MINUTE - 10 * MINUTE


def test_an_appointment_is_proved_never_set(play: Play) -> None:
    visit = play.issue()
    assert play.code_of(c.Reclassify(visit, Category.APPOINTMENT)) == "appointment-unproved"
    booked = play.issue(VISA, Category.APPOINTMENT, asks_priority=True)
    assert play.do(c.Reclassify(booked, Category.APPOINTMENT)), "it may be told no like everybody"


def test_a_kiosk_that_issues_priority_has_nothing_to_ask(play: Play) -> None:
    assert not play.visit(play.issue(VISA, Category.PRIORITY, asks_priority=True)).asks_priority


@pytest.mark.parametrize("end", ["done", "cancelled"])
def test_what_is_over_is_not_changed(play: Play, end: str) -> None:
    visit = play.issue()
    if end == "done":
        play.call()
        play.serve()
    else:
        play.do(c.Cancel(visit))
    for command in (
        c.Reclassify(visit, Category.URGENT),
        c.ChangeVisit(visit, party_size=2),
        c.Merge(visit, play.issue()),
        c.Merge(play.issue(), visit),
    ):
        assert play.code_of(command) == "visit-ended"
    assert play.do(c.AddNote(visit, NoteId("n1"))), "but something may still be noted"


# --- what it is for ------------------------------------------------------------------------------------------------


def test_a_wrong_service_is_put_right_before_anything_began(play: Play) -> None:
    arrived = play.now
    visit = play.issue(PASSPORT)
    play.wait(MINUTE)
    play.do(c.ChangeVisit(visit, services=(VISA,)))
    after = play.visit(visit)
    assert stops(play, visit) == [("visa", "documents")]
    assert (after.services, after.counts_from, after.due) == ((VISA,), arrived, arrived + 45 * MINUTE)
    assert [record.step for record in after.records] == ["documents"]


def test_one_more_service_goes_to_the_end_and_moves_nobody(play: Play) -> None:
    visit = play.issue(PASSPORT)
    key = play.visit(visit).key
    play.do(c.ChangeVisit(visit, services=(VISA, PASSPORT)))
    assert play.visit(visit).services == (PASSPORT, VISA)
    assert stops(play, visit)[-1] == ("visa", "documents")
    assert play.visit(visit).key == key
    assert play.ask(c.ChangeVisit(visit, services=(VISA, PASSPORT))) == (), "their order is no change"


def test_several_services_in_one_visit_are_served_one_after_the_other(play: Play) -> None:
    visit = play.issue_for(BIRTH, VISA)
    seen = []
    while play.visit(visit).state is VisitState.WAITING:
        seen.append((play.visit(visit).step.service, play.visit(visit).step.step))
        play.call()
        play.serve()
    assert seen == [("birth", "reception"), ("birth", "submission"), ("visa", "documents")]
    assert play.visit(visit).state is VisitState.DONE


def test_a_service_asked_for_twice_is_one(play: Play) -> None:
    assert stops(play, play.issue_for(VISA, VISA)) == [("visa", "documents")]


def test_a_service_taken_out_loses_what_lies_ahead(play: Play) -> None:
    visit = play.issue_for(PASSPORT, VISA, BIRTH)
    play.call()
    play.serve()
    assert play.code_of(c.ChangeVisit(visit, services=(VISA, BIRTH))) == "service-begun"
    play.do(c.ChangeVisit(visit, services=(PASSPORT, BIRTH)))
    assert ("visa", "documents") not in stops(play, visit)
    assert play.visit(visit).at_step == 1


def test_what_is_at_hand_is_not_taken_out(play: Play) -> None:
    visit = play.issue_for(VISA, BIRTH)
    play.call()
    assert play.code_of(c.ChangeVisit(visit, services=(BIRTH,))) == "service-begun"
    play.do(c.HandBack(ONE))
    play.do(c.ChangeVisit(visit, services=(BIRTH,)))
    assert play.visit(visit).step.step == "reception"


def test_what_was_begun_and_parked_is_not_taken_out(play: Play) -> None:
    visit = play.issue_for(VISA, BIRTH)
    play.call()
    play.do(c.StartServing(ONE))
    play.do(c.Park(ONE, ParkReason.FORM))
    play.do(c.Resume(visit))
    assert play.code_of(c.ChangeVisit(visit, services=(BIRTH,))) == "service-begun"


def test_something_must_be_left_to_do(play: Play) -> None:
    visit = play.issue_for(VISA, BIRTH)
    play.call()
    play.serve()
    assert play.code_of(c.ChangeVisit(visit, services=(VISA,))) == "plan-empty"
    assert play.code_of(c.ChangeVisit(visit, services=())) == "service-begun"
    assert play.code_of(c.ChangeVisit(visit, services=(VISA, ServiceId("dropped")))) == "service-unknown"
    assert play.code_of(c.ChangeVisit(play.issue(), services=())) == "plan-empty"


def test_a_ticket_of_a_dropped_service_becomes_a_real_one(play: Play) -> None:
    visit = play.issue(ServiceId("dropped"), code="B010")
    play.do(c.ChangeVisit(visit, services=(VISA,)))
    assert stops(play, visit) == [("visa", "documents")]


def test_who_came_back_stays_in_place_when_the_party_grows(play: Play) -> None:
    visit = play.issue(VISA)
    play.wait(MINUTE)
    play.issue(VISA)
    park(play, visit)
    play.do(c.Resume(visit))
    key = play.visit(visit).key
    play.do(c.ChangeVisit(visit, party_size=3))
    assert play.visit(visit).key == key


def test_people_and_language(play: Play) -> None:
    visit = play.issue()
    before = play.visit(visit)
    play.do(c.ChangeVisit(visit, party_size=4, language=Language("ar")))
    after = play.visit(visit)
    assert (after.party_size, after.language, after.key) == (4, "ar", before.key)
    assert play.ask(c.ChangeVisit(visit, party_size=4, language=Language("ar"))) == ()
    assert play.ask(c.ChangeVisit(visit)) == ()
    for party in (0, 21):
        assert play.code_of(c.ChangeVisit(visit, party_size=party)) == "party-size"
    assert play.code_of(c.ChangeVisit(NOBODY, party_size=2)) == "visit-unknown"


# --- a family ------------------------------------------------------------------------------------------------------


def test_a_family_goes_on_with_one_ticket(play: Play) -> None:
    mother = play.issue(PASSPORT, party_size=2)
    play.wait(MINUTE)
    aunt = play.issue_for(PASSPORT, BIRTH, asks_priority=True)
    play.do(c.AddNote(aunt, NoteId("n1")))
    play.do(c.NameApplication(aunt, ApplicationId("a1")))
    play.do(c.NameSettlement(aunt, SettlementId("p1")))
    key = play.visit(mother).key
    merged, changed = play.do(c.Merge(aunt, mother))
    assert merged == e.VisitMerged(aunt, mother)
    assert isinstance(changed, e.VisitChanged)
    family, gone = play.visit(mother), play.visit(aunt)
    assert (gone.state, gone.merged_into, gone.ended_at) == (VisitState.CANCELLED, mother, play.now)
    assert (family.party_size, family.services, family.key) == (3, (PASSPORT, BIRTH), key)
    assert stops(play, mother)[3:] == [("birth", "reception"), ("birth", "submission")]
    assert (family.notes, family.applications, family.asks_priority) == (("n1",), ("a1",), True)
    assert family.settlement_ids == ("p1",)
    assert play.ask(c.Merge(aunt, mother)) == ()
    assert play.code_of(c.Reinstate(aunt)) == "visit-merged"
    for command in (c.Merge(mother, aunt), c.CallVisit(ONE, aunt, CallReason.OTHER), c.ChangeVisit(aunt, party_size=2)):
        assert play.code_of(command) == "visit-merged", "whoever holds the old paper is sent to the other ticket"


def test_nobody_loses_the_earlier_place(play: Play) -> None:
    mother = play.issue(VISA)
    play.wait(HOUR)
    child = play.issue(VISA)
    due = play.visit(mother).due
    play.do(c.Merge(mother, child))
    assert (play.visit(child).due, play.visit(child).place) == (due, due)


def test_nobody_gains_a_place_by_one_who_is_not_there(play: Play) -> None:
    """A parked visit put together with a waiting one comes back as it would alone: behind the next."""
    parked = play.issue(VISA)
    play.wait(MINUTE)
    following = play.issue(VISA)
    play.wait(MINUTE)
    child = play.issue(VISA)
    park(play, parked)
    play.do(c.Merge(parked, child))
    assert play.visit(child).due == play.visit(parked).due
    assert play.call() == following
    assert play.call(TWO) == child


def test_the_party_has_the_better_category(play: Play) -> None:
    child = play.issue(VISA)
    play.do(c.Merge(play.issue(VISA, Category.PRIORITY), child))
    assert (play.visit(child).category, play.visit(child).promise) == (Category.PRIORITY, 15)
    play.do(c.Merge(play.issue(VISA), child))
    assert play.visit(child).category is Category.PRIORITY
    service = play.settings.services[VISA]
    step = replace(service.steps[0], promises={Category.URGENT: 99})
    services = play.settings.services | {VISA: replace(service, steps=(step,))}
    play.settings = replace(play.settings, services=services)
    play.do(c.Merge(play.issue(VISA, Category.URGENT), child))
    assert play.visit(child).urgent, "urgent comes first whatever it is promised"


def test_what_one_has_behind_and_the_other_before_it_is_done_for_the_other(play: Play) -> None:
    mother, child = play.issue(PASSPORT), play.issue(PASSPORT)
    play.call()
    play.serve()
    play.do(c.Merge(child, mother))
    assert stops(play, mother)[3:] == [("passport", "reception")], "the child has not been there"


def test_only_what_lies_ahead_is_brought_along(play: Play) -> None:
    child, mother = play.issue(PASSPORT), play.issue(VISA)
    play.call()
    play.serve()
    play.do(c.Merge(child, mother))
    assert stops(play, mother) == [("visa", "documents"), ("passport", "documents"), ("passport", "biometrics")]


def test_a_stop_that_one_has_done_already_still_lies_before_the_other(play: Play) -> None:
    mother = play.issue(PASSPORT)
    for _ in range(2):
        play.call()
        play.serve()
    play.call()
    play.do(c.Transfer(ONE, TransferReason.WRONG_STEP, to_step=StepId("reception")))
    child = play.issue(PASSPORT)
    play.do(c.Merge(child, mother))
    assert stops(play, mother)[3:] == [("passport", "documents")]


def test_a_counter_goes_on_with_the_family_it_has_called(play: Play) -> None:
    mother, child = play.issue(VISA), play.issue(BIRTH)
    play.do(c.CallVisit(ONE, mother, CallReason.OTHER))
    due = play.visit(mother).due
    play.do(c.Merge(child, mother))
    after = play.visit(mother)
    assert (after.state, after.counter, after.due) == (VisitState.CALLED, ONE, due)
    play.serve()
    assert play.visit(mother).step.service == BIRTH


def test_a_family_is_bounded_and_stands_in_one_place(play: Play) -> None:
    one, other = play.issue(party_size=15), play.issue(party_size=6)
    assert play.code_of(c.Merge(one, other)) == "party-size"
    play.settings = replace(play.settings, max_party=20)
    assert play.code_of(c.Merge(one, other)) == "party-size"
    play.settings = replace(play.settings, max_party=30)
    assert play.code_of(c.Merge(one, one)) == "merge-with-itself"
    assert play.code_of(c.Merge(NOBODY, one)) == "visit-unknown"
    assert play.code_of(c.Merge(one, NOBODY)) == "visit-unknown"
    play.call()
    assert play.code_of(c.Merge(one, other)) == "visit-at-counter"
    play.do(c.Recall(ONE))
    play.wait(4 * MINUTE)
    play.do(c.Missed(ONE))
    assert play.code_of(c.Merge(other, one)) == "visit-missed"
    play.do(c.Merge(one, other))


def test_a_family_may_be_as_large_as_a_party_may(play: Play) -> None:
    one, other = play.issue(party_size=14), play.issue(party_size=6)
    play.settings = replace(play.settings, max_party=20)
    play.do(c.Merge(one, other))
    assert play.visit(other).party_size == 20


def test_a_payment_that_both_tickets_name_is_named_once_by_the_family(play: Play) -> None:
    """A kiosk takes one payment for several tickets of a party."""
    one, other = play.issue(PASSPORT), play.issue(VISA)
    for visit in (one, other):
        play.do(c.NameSettlement(visit, SettlementId("p1")))
    play.do(c.NameSettlement(one, SettlementId("p2")))
    play.do(c.Merge(one, other))
    assert play.visit(other).settlement_ids == ("p1", "p2")


# --- notes and applications ----------------------------------------------------------------------------------------


def test_a_note_and_an_application_are_named_once(play: Play) -> None:
    visit = play.issue()
    for _ in range(2):
        play.do(c.AddNote(visit, NoteId("n1")))
        play.do(c.NameApplication(visit, ApplicationId("a1")))
    assert (play.visit(visit).notes, play.visit(visit).applications) == (("n1",), ("a1",))
    assert play.code_of(c.AddNote(NOBODY, NoteId("n2"))) == "visit-unknown"
    assert play.code_of(c.NameApplication(NOBODY, ApplicationId("a2"))) == "visit-unknown"


def test_a_visit_takes_so_many_notes_and_applications_and_no_more(play: Play) -> None:
    """Each event of the visit carries the ids of all of them to every page."""
    visit = play.issue()
    for number in range(MAX_NOTES):
        play.do(c.AddNote(visit, NoteId(f"n{number}")))
    for number in range(MAX_APPLICATIONS):
        play.do(c.NameApplication(visit, ApplicationId(f"a{number}")))
    assert play.code_of(c.AddNote(visit, NoteId("more"))) == "notes-full"
    assert play.code_of(c.NameApplication(visit, ApplicationId("more"))) == "applications-full"
    assert play.ask(c.AddNote(visit, NoteId("n0"))) == ()
    assert play.ask(c.NameApplication(visit, ApplicationId("a0"))) == ()


def test_a_note_comes_between_an_act_and_its_undo(play: Play) -> None:
    visit = play.issue(PASSPORT)
    play.call()
    play.do(c.Transfer(ONE, TransferReason.NEXT_STEP, to_step=StepId("documents")))
    play.do(c.AddNote(visit, NoteId("n1")))
    assert play.code_of(c.UndoCommand(ONE)) == "undo-nothing"


# --- payments ------------------------------------------------------------------------------------------------------


def test_a_visit_names_its_payments_once_each_and_also_when_it_is_over(play: Play) -> None:
    visit = play.issue()
    play.do(c.NameSettlement(visit, SettlementId("p1")))
    assert play.ask(c.NameSettlement(visit, SettlementId("p1"))) == ()
    play.do(c.Cancel(visit))
    play.do(c.NameSettlement(visit, SettlementId("p2")))
    assert play.visit(visit).settlement_ids == ("p1", "p2")
    assert play.visit(visit).state is VisitState.CANCELLED
    assert play.code_of(c.NameSettlement(NOBODY, SettlementId("p3"))) == "visit-unknown"


def test_one_payment_too_many_is_passed_over_and_not_refused(play: Play) -> None:
    visit = play.issue()
    for number in range(20):
        play.do(c.NameSettlement(visit, SettlementId(f"p{number}")))
    assert play.ask(c.NameSettlement(visit, SettlementId("more"))) == ()
    assert len(play.visit(visit).settlement_ids) == 20
