"""The engine under any sequence of commands: what must hold whatever people do."""

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue import order
from queue_server.queue.evolve import evolve
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import Skills
from queue_server.queue.state import DayState, Visit
from queue_server.values import (
    MINUTE,
    SECOND,
    Category,
    CounterId,
    CounterState,
    HelpId,
    HelpKind,
    PauseReason,
    ServiceId,
    VisitId,
    VisitState,
)
from tests.queue_server.queue.centre import (
    ANY,
    BIRTH,
    COUNTERS,
    DOCUMENTS_ONLY,
    KIOSK,
    PASSPORT,
    STAFF,
    UTOPIA_ONLY,
    VISA,
    Play,
    ticket,
)
from tests.queue_server.queue.digest import plain

counters = st.sampled_from(COUNTERS)
services = st.sampled_from((PASSPORT, VISA, BIRTH))
skills = st.sampled_from((ANY, DOCUMENTS_ONLY, UTOPIA_ONLY))


class Engine(RuleBasedStateMachine):
    @initialize()
    def open_day(self) -> None:
        self.play = Play().open_day()
        self.order: list[tuple[VisitId, int]] = []
        self.codes: set[str] = set()

    def command(self, command: c.Command) -> tuple[e.Payload, ...] | Refusal:
        """Do a command, and check what holds for every one."""
        before = plain(self.play.state)
        decision = self.play.ask(command)
        assert plain(self.play.state) == before, "deciding changes nothing, a refusal least of all"
        if isinstance(decision, Refusal):
            return decision
        for body in decision:
            if isinstance(body, e.VisitCalled):
                self._check_call(body)
            self.play.append(body)
        return decision

    def _check_call(self, body: e.VisitCalled) -> None:
        """Nobody whom the counter may serve waits with a smaller key, counted the long way round."""
        state = self.play.state
        able = state.counters[body.counter].skills
        may = [
            visit
            for visit in state.visits.values()
            if visit.state is VisitState.WAITING and order.can_serve(able, visit, language_filters=False)
        ]
        assert min(may, key=lambda visit: visit.key).id == body.visit
        assert body.considered == len(may)
        chosen = state.visits[body.visit]
        earlier = [visit for visit in may if _class(visit) == _class(chosen) and visit.counts_from < chosen.counts_from]
        assert earlier == [], "first come first served within a class"

    @rule(service=services, category=st.sampled_from(Category))
    def issue(self, service: ServiceId, category: Category) -> None:
        visit = VisitId(f"v{len(self.play.state.visits) + 1}")
        self.command(ticket(visit, service, category))
        code = self.play.visit(visit).code
        assert code not in self.codes
        self.codes.add(code)

    @rule(counter=counters, able=skills)
    def open(self, counter: CounterId, able: Skills) -> None:
        self.command(c.OpenCounter(counter, STAFF, able))

    @rule(counter=counters)
    def close(self, counter: CounterId) -> None:
        self.command(c.CloseCounter(counter))

    @rule(counter=counters, reason=st.sampled_from(PauseReason))
    def pause(self, counter: CounterId, reason: PauseReason) -> None:
        self.command(c.PauseCounter(counter, reason))

    @rule(counter=counters)
    def call_next(self, counter: CounterId) -> None:
        events = self.command(c.CallNext(counter))
        if events == ():
            state = self.play.state
            assert not order.servable(state, state.counters[counter], self.play.settings, self.play.now)

    @rule(counter=counters, verb=st.sampled_from((c.Recall, c.Start, c.Start, c.Finish, c.Finish, c.Missed)))
    def act(self, counter: CounterId, verb: type[c.Recall]) -> None:
        self.command(verb(counter))

    @rule(counter=counters)
    def undo(self, counter: CounterId) -> None:
        self.command(c.Undo(counter))

    @rule(
        counter=counters,
        command=st.sampled_from((c.CallNext, c.Recall, c.Start, c.Finish, c.Missed)),
        between=st.integers(0, 2 * MINUTE),
    )
    def act_and_undo(self, counter: CounterId, command: type[c.Recall], between: int) -> None:
        before, seq = plain(self.play.state, seqs=False), self.play.state.seq
        self.command(command(counter))
        if self.play.state.seq > seq:
            self.play.wait(between)
            assert self.command(c.Undo(counter, self.play.state.seq)), "within two minutes nothing hinders it"
            assert plain(self.play.state, seqs=False) == before, "undo restores exactly"

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        if self.play.state.visits:
            self.command(c.Cancel(data.draw(st.sampled_from(sorted(self.play.state.visits)))))

    @rule(micros=st.integers(0, 30 * MINUTE) | st.just(0) | st.just(SECOND))
    def wait(self, micros: int) -> None:
        self.play.wait(micros)

    @rule()
    def help(self) -> None:
        call = HelpId(f"h{len(self.play.state.helps)}")
        self.command(c.CallHelp(call, HelpKind.HELP, KIOSK))
        self.command(c.TakeHelp(call, None, None))

    @invariant()
    def one_counter_one_visit(self) -> None:
        if not hasattr(self, "play"):
            return
        state = self.play.state
        for counter in state.counters.values():
            if counter.visit is not None:
                visit = state.visits[counter.visit]
                assert counter.state is CounterState.OPEN
                assert visit.counter == counter.id
                assert visit.state in (VisitState.CALLED, VisitState.SERVING)
        held = [visit.id for visit in state.visits.values() if visit.state in (VisitState.CALLED, VisitState.SERVING)]
        assert sorted(held) == sorted(counter.visit for counter in state.counters.values() if counter.visit)

    @invariant()
    def waiting_is_true(self) -> None:
        if not hasattr(self, "play"):
            return
        state = self.play.state
        waiting = [visit for visit in state.visits.values() if visit.state is VisitState.WAITING]
        assert state.waiting == sorted((visit.key, visit.id) for visit in waiting)

    @invariant()
    def order_stays(self) -> None:
        """Two visits that waited before and wait now at the same steps stand as they stood."""
        if not hasattr(self, "play"):
            return
        now = {visit: self.play.state.visits[visit].at_step for _, visit in self.play.state.waiting}
        then = dict(self.order)
        stayed = [visit for visit in then if now.get(visit) == then[visit]]
        assert stayed == [visit for visit in now if then.get(visit) == now[visit]]
        self.order = list(now.items())

    def teardown(self) -> None:
        if hasattr(self, "play"):
            replayed = DayState(self.play.state.centre, self.play.state.day)
            for event in self.play.events:
                evolve(replayed, event)
            assert plain(replayed) == plain(self.play.state), "replay equals live state"


def _class(visit: Visit) -> tuple[Category, int, int]:
    return visit.category, visit.promise, visit.late


TestEngine = Engine.TestCase
TestEngine.settings = settings(max_examples=120, stateful_step_count=60, deadline=None)
