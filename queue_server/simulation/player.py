"""A day played through the queue's own rules: ``decide`` says what happens, ``evolve`` what follows from it. Pure.

Nothing of the rules is known here: parties come, walk, wait no longer and are served, counters open, break and close,
and everything that follows is a command of the product. One thing is done after another, in the order of their times.
"""

import heapq
from collections.abc import Callable
from itertools import count
from typing import Final

from queue_server.domain.appointments import AppointmentId
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import (
    Actor,
    Category,
    CounterId,
    Language,
    Micros,
    PauseReason,
    VisitId,
    VisitState,
)
from queue_server.eventlog.payload import Payload
from queue_server.queue import commands as c
from queue_server.queue import order
from queue_server.queue.decide import decide
from queue_server.queue.events import DayEvent, StepFinished, VisitCalled
from queue_server.queue.evolve import evolve
from queue_server.queue.proved_booking import ProvedBooking
from queue_server.queue.refusals import Refusal
from queue_server.queue.state import DayState
from queue_server.simulation.errors import SimulationRefusedError
from queue_server.simulation.model import CounterShifts, SimulatedDay, SimulatedParty
from queue_server.simulation.policies import CallingPolicy, next_call

_SERIES: Final = Series("B", 1, 999)
_ACTOR: Final = Actor("system")

#: Sees the day after each of its events.
type DayWatcher = Callable[[DayState, DayEvent], None]


class DayPlayer:
    """Plays one day once: ``play`` gives the state at its end, with the whole history of each visit."""

    def __init__(
        self,
        day: SimulatedDay,
        policy: CallingPolicy = CallingPolicy.EARLIEST_DUE,
        watch: DayWatcher | None = None,
    ) -> None:
        self._day = day
        self._policy = policy
        self._watch = watch
        self._now = day.starts_at
        self._agenda: list[tuple[Micros, int, Callable[[], None]]] = []
        self._turns = count()
        self._parties: dict[VisitId, SimulatedParty] = {}
        self._gone: set[VisitId] = set()
        # Free counters, the one that has been free the longest first.
        self._idle: dict[CounterId, None] = {}
        # Counters whose span is over: they go once nobody is at them.
        self._leaving: dict[CounterId, c.Command] = {}
        self.state = DayState(day.settings.centre, day.day)

    def play(self) -> DayState:
        """Play the day to its end.

        Raises:
            SimulationRefusedError: the queue refused something, as the service of a party that it does not know.
        """
        day = self._day
        self._do(c.OpenDay(day.day, day.starts_at))
        for shifts in day.counters:
            self._plan(shifts)
        for number, party in enumerate(day.parties):
            self._at(party.arrives, lambda party=party, number=number: self._arrive(party, number))  # type: ignore[misc]
        while self._agenda:
            self._now, _, deed = heapq.heappop(self._agenda)
            deed()
        self._now = max(self._now, day.closes)
        self._do(c.SettleDay(day.day))
        return self.state

    def _at(self, moment: Micros, deed: Callable[[], None]) -> None:
        heapq.heappush(self._agenda, (max(moment, self._now), next(self._turns), deed))

    def _do(self, command: c.Command) -> tuple[Payload, ...]:
        """Have the queue decide, and let what it decides have happened."""
        state = self.state
        decided = decide(state, command, self._day.settings, self._now)
        if isinstance(decided, Refusal):
            raise SimulationRefusedError(refusal=decided.code, **decided.placeholders)
        for body in decided:
            event = DayEvent(state.seq + 1, self._now, body.type, body.v, "", _ACTOR, body)
            evolve(state, event)
            if self._watch is not None:
                self._watch(state, event)
        return decided

    # --- people ------------------------------------------------------------------------------------------------------

    def _arrive(self, party: SimulatedParty, number: int) -> None:
        visit = VisitId(f"visit-{number}")
        booking = None
        if party.booked_at is not None:
            named = AppointmentId(f"appointment-{number}")
            booking = ProvedBooking(named, party.booked_at, self._day.grace, self._day.late)
        self._parties[visit] = party
        self._do(
            c.IssueTicket(
                visit=visit,
                services=party.services,
                category=Category.WALK_IN if party.category is Category.APPOINTMENT else party.category,
                party_size=party.people,
                language=Language("en"),
                device=None,
                series=_SERIES,
                booking=booking,
            )
        )
        if party.patience is not None:
            # Whoever has booked waits, as they see it, from their time on.
            gone = Micros(max(self._now, party.booked_at or self._now) + party.patience)
            # Who would have stayed until the centre closes is sent home by that, and no later.
            if gone <= self._day.closes:
                self._at(gone, lambda: self._lose_patience(visit))
        self._wake(visit)

    def _lose_patience(self, visit: VisitId) -> None:
        here = self.state.visits[visit]
        if here.state is not VisitState.WAITING or len(here.records) > 1:
            return
        if self._parties[visit].notifies:
            self._do(c.Cancel(visit))
        else:
            self._gone.add(visit)

    def _wake(self, visit: VisitId) -> None:
        """Have the free counters that can serve a visit that waits now call their next, until it is called."""
        filters = self._day.settings.language_filters
        for counter in tuple(self._idle):
            waits = self.state.visits[visit]
            if waits.state is not VisitState.WAITING:
                return
            if order.can_serve(self.state.counters[counter].skills, waits, language_filters=filters):
                self._call(counter)

    # --- counters ----------------------------------------------------------------------------------------------------

    def _plan(self, shifts: CounterShifts) -> None:
        for number, (start, end) in enumerate(shifts.spans):
            last = number == len(shifts.spans) - 1
            leave = c.CloseCounter(shifts.id) if last else c.PauseCounter(shifts.id, PauseReason.BREAK)
            self._at(start, lambda: self._open(shifts))
            self._at(end, lambda leave=leave: self._end_span(shifts.id, leave))  # type: ignore[misc]

    def _open(self, shifts: CounterShifts) -> None:
        # A visit may have taken the whole break of its counter: then nobody sees that it was one.
        busy = self._leaving.pop(shifts.id, None) is not None
        self._do(c.OpenCounter(shifts.id, None, shifts.skills))
        if not busy:
            self._call(shifts.id)

    def _end_span(self, counter: CounterId, leave: c.Command) -> None:
        if counter in self._idle:
            del self._idle[counter]
            self._do(leave)
        else:
            self._leaving[counter] = leave

    def _call(self, counter: CounterId) -> None:
        """Have a counter that nobody is at call its next, or be free, or go where its span is over."""
        leave = self._leaving.pop(counter, None)
        if leave is not None:
            self._do(leave)
            return
        asked = next_call(self._policy, self.state, self.state.counters[counter], self._day.settings, self._now)
        called = () if asked is None else self._do(asked)
        if not called:
            self._idle[counter] = None
            return
        self._idle.pop(counter, None)
        (body,) = called
        assert isinstance(body, VisitCalled)  # noqa: S101 - the only event of either command
        if body.visit in self._gone:
            self._wait_in_vain(counter, body.visit)
            return
        arrived = Micros(self._now + self._parties[body.visit].walk)
        self._at(arrived, lambda: self._serve(counter, body.visit))

    def _wait_in_vain(self, counter: CounterId, visit: VisitId) -> None:
        """Call again as often as the centre wants, and give up when it may be given up."""
        settings, called = self._day.settings, self._now
        again = settings.missed_min_calls - 1

        def recall() -> None:
            self._do(c.Recall(counter, visit))

        for number in range(1, again + 1):
            at = called + settings.missed_after * number // (again + 1)
            self._at(Micros(at), recall)

        def give_up() -> None:
            self._do(c.Missed(counter, visit))
            self._call(counter)

        self._at(Micros(called + settings.missed_after), give_up)

    def _serve(self, counter: CounterId, visit: VisitId) -> None:
        self._do(c.StartServing(counter, visit))
        stop = len(self.state.visits[visit].records) - 1
        self._at(Micros(self._now + self._parties[visit].needs[stop]), lambda: self._finish(counter, visit))

    def _finish(self, counter: CounterId, visit: VisitId) -> None:
        (body,) = self._do(c.Finish(counter, visit))
        self._call(counter)
        if isinstance(body, StepFinished):
            self._wake(visit)


def play(
    day: SimulatedDay, policy: CallingPolicy = CallingPolicy.EARLIEST_DUE, watch: DayWatcher | None = None
) -> DayState:
    """Play a day by a policy."""
    return DayPlayer(day, policy, watch).play()
