"""What managers read of alarms that look ahead, and the button with which they take one."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from queue_server.framework.room import Room

if TYPE_CHECKING:
    from queue_server.contract.periodic import Periodic
    from queue_server.framework.parts import AlarmCounter, Alarms
    from queue_server.framework.server import Server


def _alarms() -> "Iterable[Alarms]":
    from queue_server.web.warnings.alarms import alarms

    return (alarms,)


def _alarm_counts() -> "Mapping[str, AlarmCounter]":
    from queue_server.web.warnings.counting import counts

    return {"early-warning": counts}


def _assemble(server: "Server") -> None:
    from queue_server.notices.assembling import Composers
    from queue_server.notices.settings import MailSettings
    from queue_server.notices.values import NotificationKind
    from queue_server.web.warnings.letter import WarningLetterComposer
    from queue_server.web.warnings.mailing import WarningMail

    if server.settings[MailSettings].host:
        server.put(WarningMail, WarningMail(server))
    # Also where there is no mail server any more: what was queued is not forgotten.
    server[Composers][NotificationKind.ALARM] = WarningLetterComposer(server)


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.web.warnings.mailing import WarningMail

    return (server[WarningMail].task,) if server.has(WarningMail) else ()


ROOM = Room(name="warning-alarms", alarms=_alarms, alarm_counts=_alarm_counts, assemble=_assemble, tasks=_tasks)
