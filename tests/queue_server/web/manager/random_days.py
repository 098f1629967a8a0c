"""Days as they may go: whatever staff and kiosks try, decided by the engine; and the same days told by their events."""

from collections.abc import Callable

from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import (
    MINUTE,
    Actor,
    CallReason,
    Category,
    CounterId,
    DeviceId,
    HelpId,
    HelpKind,
    Language,
    Micros,
    ParkReason,
    PauseReason,
    ServiceId,
    StaffId,
    StepId,
    TicketCode,
    TransferReason,
    VisitId,
    VisitState,
    Where,
)
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.decide import decide
from queue_server.queue.evolve import evolve
from queue_server.queue.refusals import Refusal
from tests.queue_server.web.days import KIOSK, Centre, at

COUNTERS = ("1", "5", "7", "9")
SERVICES = ("uto-record-copy", "uto-biometrics", "uto-birth", "xal-visa-visit")
STEPS = ("documents", "biometrics", "payment", "submission")


class RandomDay(Centre):
    """A centre whose commands may be refused; it keeps its events. Numbers choose whom and what a command is about."""

    def __init__(self) -> None:
        super().__init__()
        self.settings = replace(self.settings, missed_after=MINUTE, missed_min_calls=1)
        self.now = at("09:00")
        self.events: list[e.DayEvent] = []

    def tell(self, command: c.Command) -> bool:
        """Try a command; tell whether it was taken."""
        decided = decide(self.state, command, self.settings, self.now)
        if isinstance(decided, Refusal):
            return False
        for body in decided:
            event = e.DayEvent(self.state.seq + 1, self.now, body.type, body.v, "test", Actor("system"), body)
            evolve(self.state, event)
            self.events.append(event)
        return True

    def step(self, what: int, who: int, minutes: int) -> None:
        """Let time pass, then try something."""
        self.now = Micros(self.now + minutes * MINUTE // 2)
        self.tell(_TRIES[what % len(_TRIES)](self, who))

    def counter(self, who: int, *states: VisitState) -> CounterId:
        """Choose a counter: of those that hold a visit in one of these states, where there is one."""
        held = [
            counter.id
            for counter in self.state.counters.values()
            if counter.visit is not None and self.state.visits[counter.visit].state in states
        ]
        return held[who % len(held)] if held else CounterId(COUNTERS[who % len(COUNTERS)])

    def visit(self, who: int, *states: VisitState) -> VisitId:
        """Choose a visit: of those in one of these states, where there is one."""
        ids = [visit.id for visit in self.state.visits.values() if visit.state in states] or list(self.state.visits)
        return ids[who % len(ids)] if ids else VisitId("nobody")

    def issue_one(self, who: int) -> c.Command:
        self.numbers += 1
        return c.IssueTicket(
            visit=VisitId(f"01890000-0000-7000-8000-{self.numbers:012}"),
            services=(ServiceId(SERVICES[who % len(SERVICES)]),),
            category=(Category.WALK_IN, Category.PRIORITY, Category.URGENT)[who % 3],
            party_size=1 + who % 4,
            language=Language("en"),
            device=KIOSK,
            series=Series("B", 1, 999),
            code=TicketCode(f"B{self.numbers:03}"),
            asks_priority=who % 5 == 0,
        )


def _open(day: RandomDay, who: int) -> c.Command:
    counter = day.counter(who)
    return c.OpenCounter(counter, StaffId(f"staff-{counter}"), day.settings.counters[counter].skills)


def _transfer(day: RandomDay, who: int) -> c.Command:
    where = tuple(Where)[who % 3]
    return c.Transfer(
        day.counter(who, _CALLED, _SERVING),
        TransferReason.SPECIALIST,
        to_step=StepId(STEPS[who // 3 % len(STEPS)]),
        where=where,
    )


def _park(day: RandomDay, who: int) -> c.Command:
    return c.Park(day.counter(who, _CALLED, _SERVING), ParkReason.FORM, until=Micros(day.now + (who % 7 + 1) * MINUTE))


_CALLED, _SERVING, _WAITING = VisitState.CALLED, VisitState.SERVING, VisitState.WAITING

#: What may be tried; the frequent stands more often.
_TRIES: tuple[Callable[[RandomDay, int], c.Command], ...] = (
    lambda day, who: day.issue_one(who),
    lambda day, who: day.issue_one(who),
    lambda day, who: c.CallNext(day.counter(who)),
    lambda day, who: c.CallNext(day.counter(who)),
    lambda day, who: c.CallNext(day.counter(who)),
    lambda day, who: c.StartServing(day.counter(who, _CALLED)),
    lambda day, who: c.StartServing(day.counter(who, _CALLED)),
    lambda day, who: c.Finish(day.counter(who, _SERVING)),
    lambda day, who: c.Finish(day.counter(who, _SERVING)),
    lambda day, who: c.Finish(day.counter(who, _SERVING)),
    _open,
    _open,
    lambda day, who: c.Recall(day.counter(who, _CALLED)),
    lambda day, who: c.Missed(day.counter(who, _CALLED)),
    lambda day, who: c.UndoCommand(day.counter(who)),
    lambda day, who: c.UndoCommand(day.counter(who, _CALLED, _SERVING)),
    lambda day, who: c.HandBack(day.counter(who, _CALLED, _SERVING)),
    lambda day, who: c.CloseCounter(day.counter(who // 6)),
    lambda day, who: c.PauseCounter(day.counter(who // 6), PauseReason.BREAK),
    lambda day, who: c.Cancel(day.visit(who)),
    lambda day, who: c.Reinstate(day.visit(who, VisitState.MISSED, VisitState.CANCELLED)),
    lambda day, who: c.Resume(day.visit(who, VisitState.PARKED)),
    lambda day, who: c.CallVisit(
        day.counter(who), day.visit(who, VisitState.PARKED, VisitState.MISSED), CallReason.AGREED
    ),
    lambda day, who: c.Reclassify(day.visit(who), tuple(Category)[who % 4]),
    lambda day, who: c.Merge(day.visit(who), day.visit(who + 1, _WAITING)),
    _transfer,
    _park,
    lambda _day, who: c.CallHelp(HelpId(f"help-{who}"), tuple(HelpKind)[who % 4], DeviceId("kiosk-2")),
    lambda _day, who: c.TakeHelp(HelpId(f"help-{who}"), None, None),
    lambda _day, who: c.WithdrawHelp(HelpId(f"help-{who}"), DeviceId("kiosk-2")),
)

TRIES = st.lists(st.tuples(st.integers(0, 29), st.integers(0, 11), st.integers(0, 6)), min_size=20, max_size=150)


def play(tries: list[tuple[int, int, int]]) -> RandomDay:
    day = RandomDay()
    for who in range(len(COUNTERS)):
        day.tell(_open(day, who))
    for what, who, minutes in tries:
        day.step(what, who, minutes)
    return day
