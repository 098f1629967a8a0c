"""A service day begins and ends by events."""

import msgspec

from queue_server.domain.values import CounterId, CounterState, Micros, PauseReason, VisitState
from queue_server.eventlog.payload import Payload
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.guards import HELD
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import Counter, DayState, HelpCall, NoticeState, Visit

#: A visit in one of these states is still somebody's concern when the day ends.
PRESENT = (VisitState.WAITING, VisitState.CALLED, VisitState.SERVING, VisitState.PARKED)


class Carried(msgspec.Struct, frozen=True):
    """What the next day takes over from a closed one."""

    visits: tuple[Visit, ...] = ()
    counters: tuple[Counter, ...] = ()
    helps: tuple[HelpCall, ...] = ()
    notices: tuple[NoticeState, ...] = ()


def open_day(state: DayState, command: c.OpenDay, settings: CentreSettings) -> tuple[Payload, ...]:
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
    counters = [event for counter in command.counters for event in as_it_stood(counter)]
    visits = (
        e.VisitTakenOver(visit.id, held_by(visit), visit)
        for visit in sorted(command.visits, key=lambda visit: visit.key)
    )
    helps = (
        e.HelpCalled(call.id, call.kind, call.device, call.at, call.counter, call.language, call.about)
        for call in command.helps
    )
    notices = (e.NoticeShown(one.id, one.kind, one.text, one.where, one.until) for one in command.notices)
    return opened, *counters, *visits, *helps, *notices


def as_it_stood(counter: Counter) -> tuple[Payload, ...]:
    """Open a counter again as it was."""
    opened = e.CounterOpened(counter.id, counter.staff, counter.skills)
    if counter.state is CounterState.PAUSED:
        return opened, e.CounterPaused(counter.id, counter.pause or PauseReason.BREAK)
    return (opened,)


def settle(state: DayState, settings: CentreSettings) -> tuple[Payload, ...]:
    """End what still goes on; nothing left gives no event, and then the day can be closed.

    A visit served at its last step when the day ended was served. Round the clock everything goes on in the next day,
    and counters stay as they are.
    """
    present = unsettled(state, settings)
    if settings.round_the_clock:
        return tuple(e.VisitCarriedOver(visit.id, held_by(visit)) for visit in present)
    visits = tuple(_ending(visit) for visit in present)
    counters = tuple(
        e.CounterClosed(counter.id) for counter in state.counters.values() if counter.state is not CounterState.CLOSED
    )
    return visits + counters


def _ending(visit: Visit) -> Payload:
    if visit.state is VisitState.SERVING and visit.next_stop is None:
        return e.VisitDone(visit.id, visit.counter, visit.step.step)
    return e.VisitNotServed(visit.id, held_by(visit))


def held_by(visit: Visit) -> CounterId | None:
    """Say which counter has called or serves a visit."""
    return visit.counter if visit.state in HELD else None


def unsettled(state: DayState, settings: CentreSettings) -> list[Visit]:
    """List the visits that nothing has ended yet, by key.

    Round the clock somebody who was missed on the day of the ticket may still come back in the next, and no later.
    """
    carried = set(state.carried)

    def present(visit: Visit) -> bool:
        missed = visit.state is VisitState.MISSED and visit.day == state.day and settings.round_the_clock
        return visit.id not in carried and (visit.state in PRESENT or missed)

    return sorted(filter(present, state.visits.values()), key=lambda visit: visit.key)


def close(state: DayState, command: c.CloseDay, settings: CentreSettings) -> tuple[Payload, ...] | Refusal:
    if state.closed:
        return ()
    if unsettled(state, settings):
        return refuse(RefusalCode.DAY_NOT_SETTLED, day=state.day)
    return (e.DayClosed(command.day, command.heads, command.key_id, command.signature),)


def carried(state: DayState, now: Micros, *, round_the_clock: bool) -> Carried:
    """What the next day takes over from a closed one: visits, counters that are not closed, open help calls, notices.

    Unless the centre works round the clock all counters are closed already, and help calls and notices end with the
    day: whoever called or should have read them has gone home.
    """
    visits = tuple(state.visits[visit] for visit in state.carried)
    counters = tuple(counter for counter in state.counters.values() if counter.state is not CounterState.CLOSED)
    if not round_the_clock:
        return Carried(visits, counters)
    helps = tuple(call for call in state.helps.values() if call.waits)
    notices = tuple(one for one in state.notices.values() if one.until is None or one.until > now)
    return Carried(visits, counters, helps, notices)


def change_configuration(state: DayState, command: c.ChangeConfiguration) -> tuple[Payload, ...]:
    if command.version <= state.configuration:
        return ()
    return (e.ConfigurationChanged(command.version),)
