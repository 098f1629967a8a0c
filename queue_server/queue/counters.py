"""Counters open, close and pause; help is called and taken."""

from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.known import known_counter
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import Settings
from queue_server.queue.state import Counter, DayState, HelpCall
from queue_server.values import CounterId, CounterState, Micros


def open_counter(state: DayState, command: c.OpenCounter, settings: Settings) -> tuple[e.Payload, ...] | Refusal:
    """Open a counter, or end its pause; the same person with the same skills at an open one changes nothing."""
    counter = known_counter(state, command.counter, settings)
    if isinstance(counter, Refusal):
        return counter
    same = (counter.staff, counter.skills) == (command.staff, command.skills)
    if counter.state is CounterState.OPEN and same:
        return ()
    return (e.CounterOpened(command.counter, command.staff, command.skills),)


def close_counter(state: DayState, command: c.CloseCounter, settings: Settings) -> tuple[e.Payload, ...] | Refusal:
    counter = _free(state, command.counter, settings)
    if isinstance(counter, Refusal):
        return counter
    if counter.state is CounterState.CLOSED:
        return ()
    return (e.CounterClosed(command.counter),)


def pause_counter(state: DayState, command: c.PauseCounter, settings: Settings) -> tuple[e.Payload, ...] | Refusal:
    counter = _free(state, command.counter, settings)
    if isinstance(counter, Refusal):
        return counter
    if counter.state is CounterState.CLOSED:
        return refuse(RefusalCode.COUNTER_NOT_OPEN, counter=counter.id)
    if counter.state is CounterState.PAUSED and counter.pause is command.reason:
        return ()
    return (e.CounterPaused(command.counter, command.reason),)


def _free(state: DayState, counter_id: CounterId, settings: Settings) -> Counter | Refusal:
    """Find a counter that nobody is at: a person called or served is never left standing."""
    counter = known_counter(state, counter_id, settings)
    if isinstance(counter, Counter) and counter.visit is not None:
        return refuse(RefusalCode.COUNTER_BUSY, counter=counter.id, visit=counter.visit)
    return counter


def called_before(state: DayState, command: c.CallHelp) -> HelpCall | None:
    """Find the newest call of this kind from the same device, where that calls once."""
    if not command.once:
        return None
    same = (call for call in state.helps.values() if (call.device, call.kind) == (command.device, command.kind))
    return max(same, key=lambda call: call.at, default=None)


def call_help(state: DayState, command: c.CallHelp, now: Micros) -> tuple[e.Payload, ...]:
    """Call staff; where that is done once, not while somebody is awaited for the same already."""
    before = called_before(state, command)
    if command.help in state.helps or (before is not None and before.taken_at is None):
        return ()
    return (e.HelpCalled(command.help, command.kind, command.device, now, command.counter),)


def take_help(state: DayState, command: c.TakeHelp) -> tuple[e.Payload, ...] | Refusal:
    """Take a help call; the first who takes it has it."""
    call = state.helps.get(command.help)
    if call is None:
        return refuse(RefusalCode.HELP_UNKNOWN, help=command.help)
    if call.taken_at is not None:
        return ()
    return (e.HelpTaken(command.help, command.counter, command.staff),)
