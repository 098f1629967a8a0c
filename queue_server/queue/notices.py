"""What managers tell the hall: announcements, emergencies, and whether kiosks go on issuing tickets."""

from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.state import DayState


def show(state: DayState, command: c.ShowNotice) -> tuple[e.Payload, ...]:
    if command.notice in state.notices:
        return ()
    return (e.NoticeShown(command.notice, command.kind, command.text, command.where, command.until),)


def end(state: DayState, command: c.EndNotice) -> tuple[e.Payload, ...]:
    """End a notice; one that nobody sees has ended already."""
    return (e.NoticeEnded(command.notice),) if command.notice in state.notices else ()


def change_intake(state: DayState, command: c.ChangeIntake) -> tuple[e.Payload, ...]:
    return () if command.intake is state.intake else (e.IntakeChanged(command.intake),)
