"""Undo: the counter that acted takes its act back, for two minutes, while nothing later has happened to the visit.

What was taken back has not happened: the act before it can then be taken back in its turn, each in its own two minutes.
"""

from queue_server.domain.values import CounterId, CounterState, Micros
from queue_server.eventlog.payload import Payload
from queue_server.queue import events as e
from queue_server.queue.acts import newest_act
from queue_server.queue.commands import UndoCommand
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState, Undoable


def undo(state: DayState, command: UndoCommand, settings: CentreSettings, now: Micros) -> tuple[Payload, ...] | Refusal:
    """Take back event ``seq``, or the newest of the counter; the visit and the counter stand as before it."""
    memo = _find(state, command)
    if memo is None:
        return refuse(RefusalCode.UNDO_NOTHING, counter=command.counter)
    refusal = _hindrance(state, memo, command.counter, settings, now)
    return refusal or (e.Undone(memo.before.id, command.counter, memo.seq),)


def undoable(state: DayState, counter: CounterId, settings: CentreSettings, now: Micros) -> Undoable | None:
    """Find what ``undo`` without a seq would take back now, so that a page can name it."""
    memo = _newest(state, counter)
    if memo is None or _hindrance(state, memo, counter, settings, now) is not None:
        return None
    return memo


def _newest(state: DayState, counter: CounterId) -> Undoable | None:
    act = newest_act(state, counter)
    return None if act is None else state.undoable[act.visit]


def _find(state: DayState, command: UndoCommand) -> Undoable | None:
    if command.seq is None:
        return _newest(state, command.counter)
    newest = _newest(state, command.counter)
    if newest is not None and newest.seq == command.seq:
        return newest
    return next((memo for memo in state.undoable.values() if memo.seq == command.seq), None)


def _hindrance(
    state: DayState, memo: Undoable, counter_id: CounterId, settings: CentreSettings, now: Micros
) -> Refusal | None:
    if memo.counter != counter_id:
        return refuse(RefusalCode.UNDO_NOT_YOURS, counter=counter_id)
    if now - memo.at > settings.undo_window:
        return refuse(RefusalCode.UNDO_TOO_LATE, counter=counter_id)
    counter = state.counters[counter_id]
    if counter.state is not CounterState.OPEN:
        return refuse(RefusalCode.COUNTER_NOT_OPEN, counter=counter_id)
    if counter.visit is not None and counter.visit != memo.before.id:
        return refuse(RefusalCode.COUNTER_BUSY, counter=counter_id, visit=counter.visit)
    return None
