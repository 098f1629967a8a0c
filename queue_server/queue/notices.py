"""What managers tell the hall: announcements, emergencies, and what kiosks go on issuing tickets for."""

from queue_server.domain.values import Micros
from queue_server.eventlog.payload import Payload
from queue_server.queue import commands as c
from queue_server.queue import events as e
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState

#: Notices of one kind that are shown at once at most; announcements never keep an emergency from being shown.
MAX_SHOWN = 20


def show(state: DayState, command: c.ShowNotice, now: Micros) -> tuple[Payload, ...] | Refusal:
    if command.notice in state.notices:
        return ()
    shown = [one for one in state.notices.values() if one.kind is command.kind and (one.until or now + 1) > now]
    if len(shown) >= MAX_SHOWN:
        return refuse(RefusalCode.NOTICES_FULL, most=MAX_SHOWN)
    return (e.NoticeShown(command.notice, command.kind, command.text, command.where, command.until),)


def end(state: DayState, command: c.EndNotice) -> tuple[Payload, ...]:
    """End a notice; one that nobody sees has ended already."""
    return (e.NoticeEnded(command.notice),) if command.notice in state.notices else ()


def change_intake(state: DayState, command: c.ChangeIntake) -> tuple[Payload, ...]:
    return () if command.intake is state.intake else (e.IntakeChanged(command.intake),)


def close_service(state: DayState, command: c.CloseService, settings: CentreSettings) -> tuple[Payload, ...] | Refusal:
    """Close a service for the rest of the day. It takes nobody's place: no visit is asked about."""
    if command.service in state.closed_services:
        return ()
    if command.service not in settings.services:
        return refuse(RefusalCode.SERVICE_UNKNOWN, service=command.service)
    return (e.ServiceClosed(command.service),)


def reopen_service(state: DayState, command: c.ReopenService) -> tuple[Payload, ...]:
    """Give a service again; one that is not closed is given already."""
    return (e.ServiceReopened(command.service),) if command.service in state.closed_services else ()
