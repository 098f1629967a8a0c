"""A service day begins and ends by events."""

from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import Settings
from queue_server.queue.state import Counter, DayState, HelpCall, Visit
from queue_server.values import CounterState, PauseReason, VisitState

#: A visit in one of these states is still somebody's concern when the day ends.
PRESENT = (VisitState.WAITING, VisitState.CALLED, VisitState.SERVING, VisitState.PARKED)


def open_day(state: DayState, command: c.OpenDay, settings: Settings) -> tuple[e.Payload, ...]:
    """Open the day, and take over what the day before carried over: counters first, for visits stand at them."""
    if state.opened:
        return ()
    opened = e.DayOpened(
        day=command.day,
        starts_at=command.starts_at,
        configuration=settings.version,
        previous_day=command.previous_day,
        previous_seq=command.previous_seq,
        previous_hash=command.previous_hash,
    )
    counters = [event for counter in command.counters for event in _as_it_stood(counter)]
    visits = (
        e.VisitTakenOver(visit.id, visit.counter, visit)
        for visit in sorted(command.visits, key=lambda visit: visit.key)
    )
    helps = (e.HelpCalled(call.id, call.kind, call.device, call.at) for call in command.helps)
    return opened, *counters, *visits, *helps


def _as_it_stood(counter: Counter) -> tuple[e.Payload, ...]:
    opened = e.CounterOpened(counter.id, counter.staff, counter.skills)
    if counter.state is CounterState.PAUSED:
        return opened, e.CounterPaused(counter.id, counter.pause or PauseReason.BREAK)
    return (opened,)


def settle(state: DayState, settings: Settings) -> tuple[e.Payload, ...]:
    """End what still goes on; nothing left gives no event, and then the day can be closed.

    A visit served at its last step when the day ended was served. Round the clock everything goes on in the next day,
    and counters stay as they are.
    """
    present = unsettled(state)
    if settings.round_the_clock:
        return tuple(e.VisitCarriedOver(visit.id, visit.counter) for visit in present)
    visits = tuple(_ending(visit) for visit in present)
    counters = tuple(
        e.CounterClosed(counter.id) for counter in state.counters.values() if counter.state is not CounterState.CLOSED
    )
    return visits + counters


def _ending(visit: Visit) -> e.Payload:
    if visit.state is VisitState.SERVING and visit.at_step + 1 == len(visit.steps):
        return e.VisitDone(visit.id, visit.counter, visit.step.step)
    counter = visit.counter if visit.state in (VisitState.CALLED, VisitState.SERVING) else None
    return e.VisitNotServed(visit.id, counter)


def unsettled(state: DayState) -> list[Visit]:
    """List the visits that nothing has ended yet, by key."""
    carried = set(state.carried)
    present = (visit for visit in state.visits.values() if visit.state in PRESENT and visit.id not in carried)
    return sorted(present, key=lambda visit: visit.key)


def close(state: DayState, command: c.CloseDay) -> tuple[e.Payload, ...] | Refusal:
    if state.closed:
        return ()
    if unsettled(state):
        return refuse(RefusalCode.DAY_NOT_SETTLED, day=state.day)
    return (e.DayClosed(command.day, command.heads, command.key_id, command.signature),)


def carried(
    state: DayState, *, round_the_clock: bool
) -> tuple[tuple[Visit, ...], tuple[Counter, ...], tuple[HelpCall, ...]]:
    """What the next day takes over from a closed one: visits, counters that are not closed, open help calls.

    Unless the centre works round the clock all counters are closed already, and help calls end with the day: whoever
    called has gone home.
    """
    visits = tuple(state.visits[visit] for visit in state.carried)
    counters = tuple(counter for counter in state.counters.values() if counter.state is not CounterState.CLOSED)
    helps = tuple(call for call in state.helps.values() if call.taken_at is None) if round_the_clock else ()
    return visits, counters, helps


def change_configuration(state: DayState, command: c.ChangeConfiguration) -> tuple[e.Payload, ...]:
    if command.version <= state.configuration:
        return ()
    return (e.ConfigurationChanged(command.version),)
