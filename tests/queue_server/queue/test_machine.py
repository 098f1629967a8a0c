"""The engine under any sequence of commands: what must hold whatever people do."""

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from queue_server.domain.values import (
    MINUTE,
    SECOND,
    ApplicationId,
    CallReason,
    Category,
    CounterId,
    HelpId,
    HelpKind,
    Intake,
    Language,
    NoteId,
    NoticeId,
    NoticeKind,
    NoticePlace,
    NoticeText,
    ParkReason,
    PauseReason,
    ServiceId,
    SettlementId,
    StepId,
    TransferReason,
    VisitId,
    VisitState,
    Where,
)
from queue_server.eventlog.payload import Payload
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.evolve import evolve
from queue_server.queue.fees import settled_fees
from queue_server.queue.refusals import Refusal
from queue_server.queue.state import DayState, Visit
from tests.queue_server.queue import laws
from tests.queue_server.queue.centre import (
    ANY,
    ARABIC,
    BIRTH,
    COPY,
    COUNTERS,
    DOCUMENTS_ONLY,
    KIOSK,
    PASSPORT,
    PERMIT,
    RECORD,
    STAFF,
    STAMP,
    UTOPIA_ONLY,
    VISA,
    Play,
    booking,
    ticket,
)
from tests.queue_server.queue.cutting import assert_goes_on
from tests.queue_server.queue.digest import plain

CALLABLE = (VisitState.WAITING, VisitState.PARKED, VisitState.MISSED)
PRESENT = (*CALLABLE, VisitState.CALLED, VisitState.SERVING)

counters = st.sampled_from(COUNTERS)
#: A visit by its number, of those that there are.
numbers = st.integers(0, 1000)
services = st.lists(
    st.sampled_from((PASSPORT, VISA, BIRTH, PERMIT, RECORD, COPY, STAMP)), min_size=1, max_size=3, unique=True
).map(tuple)
skills = st.sampled_from((ANY, DOCUMENTS_ONLY, UTOPIA_ONLY, ARABIC))
steps = st.sampled_from(
    [StepId(name) for name in ("reception", "documents", "biometrics", "cash-desk", "submission", "nowhere")]
)
transfers = st.builds(
    c.Transfer,
    counter=counters,
    reason=st.sampled_from(TransferReason),
    to_step=steps,
    where=st.sampled_from(Where),
) | st.builds(
    c.Transfer,
    counter=counters,
    reason=st.sampled_from(TransferReason),
    to_counter=counters,
    where=st.sampled_from(Where),
)
parks = st.builds(c.Park, counter=counters, reason=st.sampled_from(ParkReason))
#: What a counter does with the visit in its hands, and may take back.
acts = (
    st.builds(
        lambda verb, counter: verb(counter),
        st.sampled_from((c.CallNext, c.Recall, c.StartServing, c.StartServing, c.Finish, c.Finish, c.Missed)),
        counters,
    )
    | transfers
    | parks
)


class Engine(RuleBasedStateMachine):
    @initialize()
    def open_day(self) -> None:
        """Begin with a morning: counters are open, and people wait."""
        self.play = Play().open_day()
        self.play.open(*COUNTERS[:2])
        self.play.open(COUNTERS[2], skills=ARABIC)
        self.play.open(COUNTERS[3], skills=DOCUMENTS_ONLY)
        self.codes: set[str] = set()
        for service in (PASSPORT, VISA, BIRTH, PERMIT, RECORD):
            self.issue((service,), Category.WALK_IN, 1, "ar" if service is BIRTH else "en", asks=True)
            self.play.wait(MINUTE)

    # --- one command, and what holds for every one -------------------------------------------------------------------

    def command(self, command: c.Command) -> tuple[Payload, ...] | Refusal:
        play = self.play
        before = plain(play.state)
        queue, ahead = [visit.id for visit in laws.queue(play.state)], laws.ahead(play.state)
        decision = play.ask(command)
        assert plain(play.state) == before, "deciding changes nothing, a refusal least of all"
        if isinstance(decision, Refusal):
            return decision
        for body in decision:
            if isinstance(body, e.VisitCalled):
                self._check_call(body)
            elif isinstance(body, e.VisitResumed | e.VisitReinstated):
                self._check_return(body)
            old = play.state.visits.get(getattr(body, "visit", VisitId("")))
            was_ahead = laws.ahead(play.state)
            play.append(body)
            if isinstance(body, e.VisitSteppedBack) and old is not None:
                laws.check_stepped_back(old, play.visit(old.id), was_ahead, laws.ahead(play.state), body.minutes)
            if isinstance(body, e.StopsSkipped) and old is not None:
                laws.check_skipped(old, play.visit(old.id), body, play.settings, play.now)
        after = [visit.id for visit in laws.queue(play.state)]
        laws.check_order(queue, after, {body.visit for body in decision if hasattr(body, "visit")})
        laws.check_ahead(ahead, laws.ahead(play.state), decision)
        assert play.ask(command) == () or not _asks_for_a_state(command), "asked for again it is there"
        return decision

    def _check_call(self, body: e.VisitCalled) -> None:
        """Nobody whom the counter may serve waits with a smaller key, unless staff chose and said why."""
        play, state = self.play, self.play.state
        counter = state.counters[body.counter]
        may = [visit for visit in laws.queue(state) if laws.may_call(state, counter, visit, play.settings, play.now)]
        assert body.considered == len(may)
        assert (body.rule is e.CallRule.PARTICULAR) == (body.reason is not None)
        if body.rule is e.CallRule.PARTICULAR:
            return
        chosen = laws.next_of(counter, may, play.settings, play.now)
        assert chosen.id == body.visit
        assert (chosen is may[0]) == (body.rule is not e.CallRule.LANGUAGE)
        assert chosen.urgent == (body.rule is e.CallRule.URGENT)
        if body.rule is e.CallRule.LANGUAGE:
            return
        earlier = [
            visit
            for visit in may
            if _class(visit) == _class(chosen) and visit.place == visit.due and visit.counts_from < chosen.counts_from
        ]
        assert earlier == [], "first come first served within a class"

    def _check_return(self, body: e.VisitResumed | e.VisitReinstated) -> None:
        """A visit that comes back keeps its due time, but the next at its step is called before it."""
        play, state = self.play, self.play.state
        visit = state.visits[body.visit]
        assert body.due == visit.due
        step = visit.step.step
        others = (one for one in laws.queue(state) if one.step.step == step)
        following = next((one for one in others if not laws.hidden(state, one, play.now)), None)
        if (
            following is None
            or following.urgent != visit.urgent
            or following.key < (not visit.urgent, visit.due, visit.seq)
        ):
            assert body.place == visit.due, "behind the next in any case: nothing to put off"
        else:
            assert body.place == following.place + 1

    def _visit(self, number: int, *states: VisitState) -> VisitId:
        """Name one of the visits, mostly of those in certain states, now and then one that nobody knows."""
        known = sorted(self.play.state.visits)
        able = [visit for visit in known if self.play.visit(visit).state in states]
        chosen = able if able and number % 5 else known
        return chosen[number % len(chosen)] if number and chosen else VisitId("nobody")

    # --- tickets and what they are for ------------------------------------------------------------------------------

    @rule(
        services=services,
        category=st.sampled_from(Category),
        party=st.integers(1, 9),
        language=st.sampled_from(("en", "ar")),
        asks=st.booleans(),
        early=st.integers(-45, 120) | st.none(),
    )
    def issue(
        self,
        services: tuple[ServiceId, ...],
        category: Category,
        party: int,
        language: str,
        *,
        asks: bool,
        early: int | None = None,
    ) -> None:
        """Issue a ticket, perhaps for an appointment that is in so many minutes."""
        visit = VisitId(f"v{len(self.play.state.visits) + 1:03}")
        issue = ticket(
            visit,
            *services,
            category=category,
            party_size=party,
            language=language,
            asks_priority=asks,
            booking=None if early is None else booking(self.play.now + early * MINUTE),
        )
        decision = self.command(issue)
        if early is None and category is Category.APPOINTMENT:
            assert isinstance(decision, Refusal)
            return
        code = self.play.visit(visit).code
        assert code not in self.codes
        self.codes.add(code)

    @rule(number=numbers, category=st.sampled_from(Category))
    def reclassify(self, number: int, category: Category) -> None:
        visit = self._visit(number, *PRESENT)
        before = self.play.state.visits.get(visit)
        if isinstance(self.command(c.Reclassify(visit, category)), tuple) and before is not None:
            after = self.play.visit(visit)
            assert not after.asks_priority
            assert category not in (Category.PRIORITY, Category.URGENT) or after.due <= before.due

    @rule(
        number=numbers,
        services=services | st.none(),
        party=st.integers(0, 21) | st.none(),
        language=st.sampled_from((None, Language("en"), Language("ar"))),
    )
    def change(
        self, number: int, services: tuple[ServiceId, ...] | None, party: int | None, language: Language | None
    ) -> None:
        visit = self._visit(number, *PRESENT)
        before = self.play.state.visits.get(visit)
        wanted = c.ChangeVisit(visit, services, party, language=language)
        if isinstance(self.command(wanted), tuple) and before is not None:
            after = self.play.visit(visit)
            assert services is None or set(services) == set(after.services)
            assert {stop for stop in before.steps if stop.done} <= set(after.steps), "what was served stays"

    @rule(number=numbers, other=numbers)
    def merge(self, number: int, other: int) -> None:
        visit, into = self._visit(number, *CALLABLE), self._visit(other, *PRESENT)
        old = self.play.state.copy()
        if self.command(c.Merge(visit, into)):
            self._check_merged(old, visit, into)

    def _check_merged(self, old: DayState, visit: VisitId, into: VisitId) -> None:
        """Nobody loses by being put together: no stop, no person, no earlier place, no note."""
        if old.visits.get(visit) == self.play.state.visits.get(visit):
            return
        gone, before, after = old.visits[visit], old.visits[into], self.play.visit(into)
        assert self.play.visit(visit).merged_into == into
        assert after.party_size == gone.party_size + before.party_size
        ahead = {(stop.step, stop.service) for stop in after.steps[after.at_step :] if not stop.done}
        for one in (gone, before):
            assert ahead >= {(stop.step, stop.service) for stop in one.steps[one.at_step :] if not stop.done}
            assert set(after.notes) >= set(one.notes)
            assert set(after.applications) >= set(one.applications)
            assert set(after.settlement_ids) >= set(one.settlement_ids)
            assert after.urgent >= one.urgent
        if after.state is VisitState.WAITING:
            assert after.due <= min(gone.due, before.due)
            assert after.key <= before.key
            assert gone.state is not VisitState.WAITING or after.key[:2] <= gone.key[:2]

    @rule(number=numbers, settles=services)
    def pay(self, number: int, settles: tuple[ServiceId, ...]) -> None:
        """Pay for some services of a visit, and perhaps for others too."""
        visit = self._visit(number, *PRESENT)
        before = self.play.state.visits.get(visit)
        items = () if before is None else tuple(one for one in before.items if one.service in settles)
        named = self.command(c.NameSettlement(visit, SettlementId(f"p-{self.play.state.seq}"), items))
        alone = all(one.merged_into != visit for one in self.play.state.visits.values())
        if before is not None and before.merged_into is None and alone and isinstance(named, tuple) and named:
            after, day = self.play.visit(visit), self.play.state.day
            # What staff plan once it is paid stays: so they send somebody back to the cash desk.
            fees = settled_fees(after, self.play.settings, day) - settled_fees(before, self.play.settings, day)
            laws.check_paid(after, set(fees), self.play.settings)

    @rule(number=numbers)
    def cancel(self, number: int) -> None:
        self.command(c.Cancel(self._visit(number)))

    @rule(number=numbers, counter=counters | st.none())
    def resume(self, number: int, counter: CounterId | None) -> None:
        self.command(c.Resume(self._visit(number, VisitState.PARKED), counter))

    @rule(number=numbers)
    def reinstate(self, number: int) -> None:
        self.command(c.Reinstate(self._visit(number, VisitState.MISSED, VisitState.CANCELLED)))

    @rule(number=numbers, minutes=st.sampled_from((10, 20, 30, 0, 45)), between=st.integers(0, 40 * MINUTE))
    def step_back(self, number: int, minutes: int, between: int) -> None:
        """Ask for more time, perhaps as often as there is; then say that one is back, sooner or later."""
        visit = self._visit(number, VisitState.WAITING, VisitState.CALLED)
        if isinstance(self.command(c.StepBack(visit, minutes)), tuple):
            assert self.play.visit(visit).step_backs <= self.play.settings.more_time_times
            assert all(counter.visit != visit for counter in self.play.state.counters.values())
        self.play.wait(between)
        self.on_the_way(number)

    @rule(number=numbers)
    def on_the_way(self, number: int) -> None:
        visit = self._visit(number, *CALLABLE, VisitState.CALLED)
        before = self.play.state.visits.get(visit)
        if isinstance(self.command(c.SayOnTheWay(visit)), tuple) and before is not None:
            after = self.play.visit(visit)
            assert (after.key, after.due, after.away_until) == (before.key, before.due, None), "it moves nobody"

    # --- counters ---------------------------------------------------------------------------------------------------

    @rule(
        counter=counters,
        act=st.builds(c.OpenCounter, counters, st.just(STAFF), skills)
        | st.builds(c.CloseCounter, counters)
        | st.builds(c.PauseCounter, counters, st.sampled_from(PauseReason)),
    )
    def stand(self, counter: CounterId, act: c.Command) -> None:
        """Open, close or pause a counter; another is open again, or soon nobody would work."""
        self.command(act)
        self.command(c.OpenCounter(counter, STAFF, ANY))

    @rule(counter=counters)
    def call_next(self, counter: CounterId) -> None:
        play, state = self.play, self.play.state
        if self.command(c.CallNext(counter)) == ():
            known = state.counters[counter]
            assert not any(laws.may_call(state, known, visit, play.settings, play.now) for visit in laws.queue(state))

    @rule(counter=counters, number=numbers, reason=st.sampled_from(CallReason))
    def call(self, counter: CounterId, number: int, reason: CallReason) -> None:
        self.command(c.CallVisit(counter, self._visit(number, *CALLABLE), reason))

    @rule(counter=counters)
    def serve(self, counter: CounterId) -> None:
        """Call, start and finish; one who was called already is only finished with."""
        if self.play.state.counters[counter].visit is None:
            self.call_next(counter)
        self.command(c.StartServing(counter))
        self.command(c.Finish(counter))

    @rule(counter=counters, act=acts)
    def act(self, counter: CounterId, act: c.Command) -> None:
        if self.play.state.counters[counter].visit is None:
            self.call_next(counter)
        self.command(act)

    @rule(counter=counters)
    def wait_in_vain(self, counter: CounterId) -> None:
        self.command(c.Recall(counter))
        self.play.wait(self.play.settings.missed_after)
        self.command(c.Missed(counter))

    @rule(counter=counters)
    def hand_back(self, counter: CounterId) -> None:
        held = self.play.state.counters.get(counter)
        key = None if held is None or held.visit is None else self.play.visit(held.visit).key
        if isinstance(self.command(c.HandBack(counter)), tuple) and held is not None and held.visit is not None:
            assert self.play.visit(held.visit).key == key, "back to its place"

    @rule(counter=counters)
    def undo(self, counter: CounterId) -> None:
        self.command(c.UndoCommand(counter))

    @rule(act=acts, between=st.integers(0, 2 * MINUTE))
    def act_and_undo(self, act: c.CallNext, between: int) -> None:
        self._do_and_undo(act, between)

    @rule(counter=counters, number=numbers, between=st.integers(0, 2 * MINUTE))
    def call_and_undo(self, counter: CounterId, number: int, between: int) -> None:
        self._do_and_undo(c.CallVisit(counter, self._visit(number, *CALLABLE), CallReason.MISTAKE), between)

    def _do_and_undo(self, act: c.CallNext | c.CallVisit, between: int) -> None:
        before, seq = plain(self.play.state, seqs=False), self.play.state.seq
        self.command(act)
        if self.play.state.seq > seq:
            self.play.wait(between)
            assert self.command(c.UndoCommand(act.counter, self.play.state.seq)), (
                "within two minutes nothing hinders it"
            )
            assert plain(self.play.state, seqs=False) == before, "undo restores exactly"

    @rule(
        sequence=st.lists(acts | st.builds(c.CallNext, counters), min_size=2, max_size=6),
        between=st.integers(0, SECOND),
    )
    def act_and_undo_step_by_step(self, sequence: list[c.CallNext], between: int) -> None:
        """Whatever counters did, taking it back from the newest on leads through every state there was."""
        states: list[tuple[dict[str, object], CounterId]] = []
        for act in sequence:
            before, seq = plain(self.play.state, seqs=False), self.play.state.seq
            self.command(act)
            if self.play.state.seq > seq:
                states.append((before, act.counter))
                self.play.wait(between)
        for before, counter in reversed(states):
            assert self.command(c.UndoCommand(counter)), "the newest act that stands"
            assert plain(self.play.state, seqs=False) == before

    # --- the hall ---------------------------------------------------------------------------------------------------

    @rule(micros=st.integers(0, 30 * MINUTE) | st.just(0) | st.just(SECOND))
    def wait(self, micros: int) -> None:
        self.play.wait(micros)

    @rule(service=st.sampled_from((PASSPORT, VISA, ServiceId("unknown"))), closes=st.booleans())
    def close_service(self, service: ServiceId, closes: bool) -> None:
        """Close a service for the day, or give it again: nobody who has a ticket loses anything by it."""
        before, closed = plain(self.play.state), self.play.state.closed_services
        self.command(c.CloseService(service) if closes else c.ReopenService(service))
        wanted = closed | {service} if closes and service in self.play.settings.services else closed - {service}
        assert self.play.state.closed_services == wanted
        same = {name: before[name] for name in ("seq", "at", "closed_services")}
        assert plain(self.play.state) | same == before

    @rule(
        number=numbers, counter=counters | st.none(), name=st.sampled_from(("n1", "n2")), intake=st.sampled_from(Intake)
    )
    def tell(self, number: int, counter: CounterId | None, name: str, intake: Intake) -> None:
        """Note, name, call for help, announce: what moves nobody."""
        self.command(c.AddNote(self._visit(number), NoteId(name)))
        self.command(c.NameApplication(self._visit(number), ApplicationId(f"a-{name}")))
        self.command(c.NameSettlement(self._visit(number), SettlementId(f"p-{name}")))
        call, notice = HelpId(f"h{len(self.play.state.helps)}"), NoticeId(name)
        self.command(c.CallHelp(call, HelpKind.HELP, None if counter else KIOSK, counter))
        self.command(c.TakeHelp(call, None, None))
        if not counter:
            self.command(c.WithdrawHelp(call, KIOSK))
        shown = c.ShowNotice(notice, NoticeKind.ANNOUNCEMENT, NoticeText.DELAY, NoticePlace.BOARDS)
        ends = notice in self.play.state.notices
        self.command(c.EndNotice(notice) if ends else shown)
        assert (notice in self.play.state.notices) is not ends
        self.command(c.ChangeIntake(intake))
        assert self.play.state.intake is intake

    @rule(number=numbers, times=st.integers(1, 3))
    def print_tickets(self, number: int, times: int) -> None:
        """Print tickets, perhaps of visits that are over: nothing of the day is another, nor what can be taken back."""
        before, seq = plain(self.play.state), self.play.state.seq
        told = sum(isinstance(self.command(c.CountPaper(self._visit(number + one))), tuple) for one in range(times))
        assert self.play.state.seq == seq + told
        after = plain(self.play.state) | {name: before[name] for name in ("seq", "at")}
        assert after == before

    @invariant()
    def laws_hold(self) -> None:
        if not hasattr(self, "play"):
            return
        laws.check_indexes(self.play.state)
        laws.check_hands(self.play.state)
        for visit in self.play.state.visits.values():
            laws.check_visit(visit)

    def teardown(self) -> None:
        if hasattr(self, "play"):
            replayed = DayState(self.play.state.centre, self.play.state.day)
            for event in self.play.events:
                evolve(replayed, event)
            assert plain(replayed) == plain(self.play.state), "replay equals live state"
            events = self.play.events
            for cut in (len(events) // 2, len(events)):
                assert_goes_on(replayed, events, cut)


def _class(visit: Visit) -> tuple[Category, int, int]:
    return visit.category, visit.promise, visit.late


def _asks_for_a_state(command: c.Command) -> bool:
    """Tell whether a command says how something should be, so that asked again it changes nothing."""
    return isinstance(
        command,
        c.Resume
        | c.Reinstate
        | c.Reclassify
        | c.ChangeVisit
        | c.Merge
        | c.AddNote
        | c.NameApplication
        | c.NameSettlement
        | c.Cancel
        | c.CallVisit
        | c.OpenCounter
        | c.CloseCounter
        | c.PauseCounter
        | c.CallHelp
        | c.TakeHelp
        | c.WithdrawHelp
        | c.ShowNotice
        | c.EndNotice
        | c.ChangeIntake
        | c.CloseService
        | c.ReopenService,
    )


TestEngine = Engine.TestCase
TestEngine.settings = settings(max_examples=120, stateful_step_count=60, deadline=None)
