"""Facts of a day agree with the engine's own state after any events, and are the same counted whole or one by one."""

from hypothesis import settings
from hypothesis.stateful import invariant

from queue_server.domain.values import (
    MINUTE,
    SECOND,
    Category,
    CounterState,
    Micros,
    ParkReason,
    PauseReason,
    VisitState,
)
from queue_server.queue import commands as c
from queue_server.queue.state import DayState, Visit
from queue_server.reports.day_facts import DayFacts
from queue_server.reports.facts import StopFact, StopStanding, VisitFact, VisitOutcome, VisitSource
from queue_server.reports.folding import fold
from queue_server.reports.tally import DRAWN, OF_STOPS, Dimension
from queue_server.reports.tallying import tallied
from tests.queue_server.queue.centre import ANY, ONE, STAFF, TWO, Play
from tests.queue_server.queue.test_machine import Engine

OUTCOMES = {
    VisitState.DONE: VisitOutcome.SERVED,
    VisitState.MISSED: VisitOutcome.MISSED,
    VisitState.NOT_SERVED: VisitOutcome.NOT_SERVED,
}


def outcome_of(visit: Visit) -> VisitOutcome:
    if visit.state is VisitState.CANCELLED:
        return VisitOutcome.CANCELLED if visit.merged_into is None else VisitOutcome.MERGED
    return OUTCOMES.get(visit.state, VisitOutcome.PRESENT)


def stop_of(visit: Visit) -> StopStanding:
    if visit.state is VisitState.DONE:
        return StopStanding.SERVED
    if visit.state is VisitState.NOT_SERVED:
        return StopStanding.NOT_SERVED
    return StopStanding(visit.state.value)


def check(facts: DayFacts, state: DayState) -> None:
    assert facts.seq == state.seq
    assert facts.visits.keys() == state.visits.keys()
    for ident, visit in state.visits.items():
        known = facts.visits[ident]
        assert (known.category, known.language, known.services) == (visit.category, visit.language, visit.services)
        assert (known.party_size, known.issued_at, known.booked_at) == (
            visit.party_size,
            visit.issued_at,
            visit.booked_at,
        )
        assert (known.plan, known.at_step) == (visit.steps, visit.at_step)
        assert known.outcome is outcome_of(visit), ident
        assert known.stop.outcome is stop_of(visit), ident
        assert known.stop.service == visit.step.service
        assert known.stop.government == visit.step.government
        assert [_times(one) for one in known.stops] == [
            (one.step, one.ready_at, one.counter, one.called_at, one.started_at, one.finished_at, one.due)
            for one in visit.records
        ]
        assert all(one.parked >= 0 for one in known.stops)
        if known.outcome is not VisitOutcome.MISSED:
            assert known.ended_at == visit.ended_at
    running = {one.counter: one.state for one in facts.open.values()}
    stand = {one.id: one.state for one in state.counters.values() if one.state is not CounterState.CLOSED}
    assert running == stand


def _times(stop: StopFact) -> tuple[object, ...]:
    return stop.step, stop.ready_at, stop.counter, stop.called_at, stop.started_at, stop.finished_at, stop.due


class FactsOfAnyDay(Engine):
    def __init__(self) -> None:
        super().__init__()
        self.facts = DayFacts()
        self.shown = DayFacts()

    @invariant()
    def facts_agree(self) -> None:
        if not hasattr(self, "play"):
            return
        for event in self.play.events[self.facts.seq :]:
            fold(self.facts, event.body, event.seq, event.at)
        check(self.facts, self.play.state)
        self.tallies_agree()

    def tallies_agree(self) -> None:
        """Count from what was counted before, as the follower does, and once more from the beginning."""
        known = self.shown.visits
        fresh = [one for ident, one in self.facts.visits.items() if known.get(ident) is not one]
        gone = [one for ident, one in known.items() if self.facts.visits.get(ident) is not one]
        after = self.facts.copy()
        after.count_from(self.shown, gone, fresh)
        whole = tallied(self.facts.visits.values(), self.facts.starts_at)
        assert after.tallies() == whole
        for dimension in Dimension:
            if dimension not in OF_STOPS | DRAWN:
                visits = sum(tally.visits for (by, _), tally in whole.items() if by is dimension)
                assert visits == len(self.facts.visits)
        self.shown = after

    def teardown(self) -> None:
        if hasattr(self, "play"):
            whole = DayFacts()
            for event in self.play.events:
                fold(whole, event.body, event.seq, event.at)
            assert whole.visits == self.facts.visits
            assert whole.spans == self.facts.spans


TestFactsOfAnyDay = FactsOfAnyDay.TestCase
TestFactsOfAnyDay.settings = settings(max_examples=60, stateful_step_count=40)


def facts_of(play: Play) -> DayFacts:
    facts = DayFacts()
    for event in play.events:
        fold(facts, event.body, event.seq, event.at, event.actor)
    check(facts, play.state)
    return facts


def fact(play: Play, visit: str) -> VisitFact:
    return next(one for ident, one in facts_of(play).visits.items() if ident == visit)


def test_a_visit_waits_walks_and_is_served() -> None:
    play = Play().open_day()
    play.open(ONE)
    visit = play.issue()
    play.wait(10 * MINUTE)
    play.call()
    play.wait(MINUTE)
    play.do(c.StartServing(ONE))
    play.wait(5 * MINUTE)
    play.do(c.Finish(ONE))
    known = fact(play, visit)
    stop = known.stops[0]
    assert (stop.waited, stop.walked, stop.served, stop.kept) == (10 * MINUTE, MINUTE, 5 * MINUTE, True)
    assert stop.outcome is StopStanding.SERVED
    assert known.first_called_at == known.issued_at + 10 * MINUTE


def test_a_ticket_comes_from_a_booking_a_kiosk_or_staff() -> None:
    play = Play().open_day()
    play.issue()
    play.issue(category=Category.APPOINTMENT)
    facts = DayFacts()
    for event in play.events:
        fold(facts, event.body, event.seq, event.at, "device/k1")
    assert [one.source for one in facts.visits.values()] == [VisitSource.KIOSK, VisitSource.BOOKING]
    by_staff = DayFacts()
    for event in play.events:
        fold(by_staff, event.body, event.seq, event.at, "staff/s1")
    assert [one.source for one in by_staff.visits.values()] == [VisitSource.RECEPTION, VisitSource.BOOKING]


def test_the_time_for_which_somebody_is_put_aside_is_no_waiting() -> None:
    play = Play().open_day()
    play.open(ONE)
    visit = play.issue()
    play.wait(10 * MINUTE)
    play.call()
    play.do(c.Park(ONE, ParkReason.PHOTO))
    play.wait(30 * MINUTE)
    play.do(c.Resume(visit, None))
    play.wait(2 * MINUTE)
    play.call()
    assert fact(play, visit).stop.waited == 12 * MINUTE


def test_what_a_counter_did_before_somebody_said_that_they_come_is_taken_back() -> None:
    play = Play().open_day()
    play.open(ONE)
    visit = play.issue()
    play.call()
    play.do(c.SayOnTheWay(visit))
    play.do(c.UndoCommand(ONE))
    assert fact(play, visit).stop.outcome is StopStanding.WAITING


def test_a_call_in_the_minute_of_its_due_time_is_in_time_and_after_it_is_not() -> None:
    for late, kept in ((MINUTE - 1, True), (MINUTE, False)):
        play = Play().open_day()
        play.open(ONE)
        visit = play.issue()
        play.now = Micros(play.visit(visit).due + late)
        play.call()
        assert fact(play, visit).stop.kept is kept


def test_spans_of_a_counter_end_when_it_pauses_closes_or_the_day_does() -> None:
    play = Play().open_day()
    begin = play.now
    play.open(ONE, TWO)
    play.wait(60 * MINUTE)
    play.do(c.PauseCounter(ONE, PauseReason.BREAK))
    play.wait(15 * MINUTE)
    play.do(c.OpenCounter(ONE, STAFF, ANY))
    play.do(c.OpenCounter(TWO, STAFF, ANY))
    play.wait(45 * MINUTE)
    play.do(c.CloseCounter(ONE))
    spans = facts_of(play).spans
    assert [(one.counter, one.state, one.start - begin, one.end and one.end - begin) for one in spans] == [
        (ONE, CounterState.OPEN, 0, 60 * MINUTE),
        (ONE, CounterState.PAUSED, 60 * MINUTE, 75 * MINUTE),
        (ONE, CounterState.OPEN, 75 * MINUTE, 120 * MINUTE),
        (TWO, CounterState.OPEN, 0, None),
    ]


def test_all_parts_of_a_service_count_and_so_does_a_call_to_which_nobody_comes() -> None:
    play = Play().open_day()
    begin = play.now
    play.open(ONE)
    put_aside, missed = play.issue(), play.issue()
    play.call()
    play.do(c.StartServing(ONE))
    play.wait(10 * MINUTE)
    play.do(c.Park(ONE, ParkReason.PHOTO))
    assert play.call() == missed
    play.wait(2 * MINUTE)
    play.do(c.Recall(ONE))
    play.wait(2 * MINUTE)
    play.do(c.Missed(ONE))
    play.do(c.Resume(put_aside, None))
    play.call()
    play.wait(MINUTE)
    play.do(c.StartServing(ONE))
    play.wait(2 * MINUTE)
    play.do(c.Finish(ONE))
    stop = fact(play, put_aside).stops[0]
    assert (stop.served, stop.walked, stop.counter) == (12 * MINUTE, MINUTE, ONE)
    assert play.visit(put_aside).records[0].served == 12 * MINUTE
    tallies = facts_of(play).tallies()
    for key in ((Dimension.DAY, ""), (Dimension.COUNTER, ONE)):
        assert tallies[key].busy_s == (play.now - begin) // SECOND == 17 * 60
        assert tallies[key].services.total_s == 12 * 60
    assert tallies[Dimension.STEP, stop.step].busy_s == 0


def test_who_is_never_called_has_waited_until_they_left_or_the_day_was_over() -> None:
    play = Play().open_day()
    play.open(ONE)
    called, left, stayed = play.issue(), play.issue(), play.issue()
    play.wait(5 * MINUTE)
    play.call()
    play.wait(3 * 60 * MINUTE)
    play.do(c.Cancel(left))
    play.wait(60 * MINUTE)
    play.do(c.SettleDay(play.state.day))
    facts = facts_of(play)
    waits = {ident: facts.visits[ident].stop.waited for ident in (called, left, stayed)}
    assert waits == {called: 5 * MINUTE, left: 185 * MINUTE, stayed: 245 * MINUTE}
    assert [facts.visits[ident].stop.kept for ident in (called, left, stayed)] == [True, False, False]
    day = facts.tallies()[Dimension.DAY, ""]
    assert (day.judged, day.kept) == (3, 1)
    assert (day.waits.total_s, day.first_waits.total_s) == (435 * 60, 435 * 60)
    assert (day.waits_in_vain.count, day.waits_in_vain.total_s) == (2, 430 * 60)


def test_who_comes_back_after_leaving_goes_on_waiting() -> None:
    play = Play().open_day()
    play.open(ONE)
    visit = play.issue()
    play.wait(5 * MINUTE)
    play.do(c.Cancel(visit))
    play.wait(30 * MINUTE)
    play.do(c.Reinstate(visit))
    assert fact(play, visit).stop.waited is None
    play.wait(2 * MINUTE)
    play.call()
    stop = fact(play, visit).stop
    assert (stop.waited, stop.waited_in_vain) == (7 * MINUTE, None)
