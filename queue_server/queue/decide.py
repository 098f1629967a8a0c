"""What a command comes to: events, or a refusal. Pure: the state is only read, and the time is told.

A state that is asked for again (open an open counter) gives no event and no refusal.
"""

from queue_server.domain.values import Micros
from queue_server.eventlog.payload import Payload
from queue_server.queue import amend, counters, day, hold, notices, serve, step_back, undo
from queue_server.queue import commands as c
from queue_server.queue.fees import name_settlement
from queue_server.queue.issue import issue
from queue_server.queue.merge import merge
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.reopen import abandon_day, reopen_day
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState
from queue_server.queue.transfer import transfer

type Decision = tuple[Payload, ...] | Refusal


def decide(state: DayState, command: c.Command, settings: CentreSettings, now: Micros) -> Decision:
    """Decide a command on the state as it stands at ``now`` (never earlier than the last event).

    Returns:
        The payloads of the events to append, perhaps none, or why nothing happens.
    """
    match command:
        case c.OpenDay():
            return day.open_day(state, command, settings)
        case _ if not state.opened:
            return refuse(RefusalCode.DAY_NOT_OPEN, day=state.day)
        case c.IssueTicket():
            return issue(state, command, settings, now)
        case c.SettleDay():
            return day.settle(state, settings)
        case c.CloseDay():
            return day.close(state, command, settings)
        case c.ReopenDay():
            return reopen_day(state, command)
        case c.AbandonDay():
            return abandon_day(state, command)
        case _ if state.closed:
            return refuse(RefusalCode.DAY_CLOSED, day=state.day)
        case _:
            return _decide_today(state, command, settings, now)


def _decide_today(state: DayState, command: c.Command, settings: CentreSettings, now: Micros) -> Decision:
    match command:
        case c.CallNext():
            return serve.call_next(state, command, settings, now)
        case c.CallVisit():
            return serve.call(state, command, settings, now)
        case c.Recall():
            return serve.recall(state, command, settings)
        case c.StartServing():
            return serve.start(state, command, settings)
        case c.Finish():
            return serve.finish(state, command, settings, now)
        case c.Missed():
            return serve.missed(state, command, settings, now)
        case c.Transfer():
            return transfer(state, command, settings, now)
        case c.Park():
            return hold.park(state, command, settings)
        case c.HandBack():
            return hold.hand_back(state, command, settings)
        case c.UndoCommand():
            return undo.undo(state, command, settings, now)
        case c.OpenCounter():
            return counters.open_counter(state, command, settings)
        case c.CloseCounter():
            return counters.close_counter(state, command, settings)
        case c.PauseCounter():
            return counters.pause_counter(state, command, settings)
        case _:
            return _decide_in_the_hall(state, command, settings, now)


def _decide_in_the_hall(state: DayState, command: c.Command, settings: CentreSettings, now: Micros) -> Decision:
    """Decide what no counter does with the visit in its hands."""
    match command:
        case c.Resume():
            return hold.resume(state, command, now)
        case c.Reinstate():
            return hold.reinstate(state, command, now)
        case c.StepBack():
            return step_back.step_back(state, command, settings, now)
        case c.SayOnTheWay():
            return step_back.say_on_the_way(state, command)
        case c.Cancel():
            return serve.cancel(state, command)
        case c.Reclassify():
            return amend.reclassify(state, command, settings)
        case c.ChangeVisit():
            return amend.change_visit(state, command, settings)
        case c.Merge():
            return merge(state, command, settings, now)
        case c.AddNote():
            return amend.add_note(state, command)
        case c.CountPaper():
            return amend.count_paper(state, command)
        case c.NameApplication():
            return amend.name_application(state, command)
        case c.NameSettlement():
            return name_settlement(state, command, settings, now)
        case c.CallHelp():
            return counters.call_help(state, command, now)
        case c.WithdrawHelp():
            return counters.withdraw_help(state, command)
        case c.TakeHelp():
            return counters.accept_help(state, command)
        case c.ShowNotice():
            return notices.show(state, command, now)
        case c.EndNotice():
            return notices.end(state, command)
        case c.ChangeIntake():
            return notices.change_intake(state, command)
        case c.CloseService():
            return notices.close_service(state, command, settings)
        case c.ReopenService():
            return notices.reopen_service(state, command)
        case c.ChangeConfiguration():
            return day.change_configuration(state, command)
        case _:
            raise AssertionError(command)
