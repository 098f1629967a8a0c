"""Counters open, close and pause; help is called, withdrawn and taken."""

from queue_server.domain.values import CounterId, CounterState, HelpKind, Micros
from queue_server.eventlog.payload import Payload
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.guards import known_counter
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import Counter, DayState, HelpCall

#: What a person asks for, of whom one stands at a device.
_OF_A_PERSON = (HelpKind.HELP, HelpKind.PRIVATE)


def open_counter(state: DayState, command: c.OpenCounter, settings: CentreSettings) -> tuple[Payload, ...] | Refusal:
    """Open a counter, or end its pause; the same person with the same skills at an open one changes nothing."""
    counter = known_counter(state, command.counter, settings)
    if isinstance(counter, Refusal):
        return counter
    same = (counter.staff, counter.skills) == (command.staff, command.skills)
    if counter.state is CounterState.OPEN and same:
        return ()
    return (e.CounterOpened(command.counter, command.staff, command.skills),)


def close_counter(state: DayState, command: c.CloseCounter, settings: CentreSettings) -> tuple[Payload, ...] | Refusal:
    counter = _free(state, command.counter, settings)
    if isinstance(counter, Refusal):
        return counter
    if counter.state is CounterState.CLOSED:
        return ()
    return (e.CounterClosed(command.counter),)


def pause_counter(state: DayState, command: c.PauseCounter, settings: CentreSettings) -> tuple[Payload, ...] | Refusal:
    counter = _free(state, command.counter, settings)
    if isinstance(counter, Refusal):
        return counter
    if counter.state is CounterState.CLOSED:
        return refuse(RefusalCode.COUNTER_NOT_OPEN, counter=counter.id)
    if counter.state is CounterState.PAUSED and counter.pause is command.reason:
        return ()
    return (e.CounterPaused(command.counter, command.reason),)


def _free(state: DayState, counter_id: CounterId, settings: CentreSettings) -> Counter | Refusal:
    """Find a counter that nobody is at: a person called or served is never left standing."""
    counter = known_counter(state, counter_id, settings)
    if isinstance(counter, Counter) and counter.visit is not None:
        return refuse(RefusalCode.COUNTER_BUSY, counter=counter.id, visit=counter.visit)
    return counter


def call_help(state: DayState, command: c.CallHelp, now: Micros) -> tuple[Payload, ...]:
    """Call staff; the same call again changes nothing, also where it has ended meanwhile."""
    if command.help in state.helps:
        return ()
    replaced = (call for call in state.helps.values() if call.waits and _is_replaced(call, command))
    called = e.HelpCalled(
        command.help, command.kind, command.device, now, command.counter, command.language, command.about
    )
    return (*(e.HelpWithdrawn(call.id) for call in replaced), called)


def _is_replaced(call: HelpCall, command: c.CallHelp) -> bool:
    """Tell whether a call that waits is of somebody before, or for the very same."""
    if not command.once or call.device != command.device:
        return False
    if command.kind in _OF_A_PERSON:
        return call.kind in _OF_A_PERSON
    return (call.kind, call.about) == (command.kind, command.about)


def withdraw_help(state: DayState, command: c.WithdrawHelp) -> tuple[Payload, ...] | Refusal:
    """End a call of this device; one that has ended is left alone."""
    call = state.helps.get(command.help)
    if call is None or call.device != command.device:
        return refuse(RefusalCode.HELP_UNKNOWN, help=command.help)
    return (e.HelpWithdrawn(command.help),) if call.ended_at is None else ()


def accept_help(state: DayState, command: c.TakeHelp) -> tuple[Payload, ...] | Refusal:
    """Take a help call; the first who takes it has it, and nobody has one that has ended."""
    call = state.helps.get(command.help)
    if call is None:
        return refuse(RefusalCode.HELP_UNKNOWN, help=command.help)
    if not call.waits:
        return ()
    return (e.HelpTaken(command.help, command.counter, command.staff),)
