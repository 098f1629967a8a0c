"""Notices: people are told of what is theirs, by e-mail or on their telephone."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Delete, delete, select

from queue_server.contract.custody import ReceiveItemRequest
from queue_server.domain.values import Micros
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Barred, Room, Stream
from queue_server.framework.settings import ServerSettings
from queue_server.framework.words import Vocabulary
from queue_server.notices import errors
from queue_server.notices.events import CODEC
from queue_server.notices.permissions import PERMISSIONS
from queue_server.notices.settings import MailSettings, NoticeRules, SmsSettings
from queue_server.notices.store import NOTIFICATIONS, notification_streams
from queue_server.notices.tables import contacts, notification_attempts, notifications
from queue_server.vault.model import RowKind
from queue_server.vault.tables import people_rows

if TYPE_CHECKING:
    from queue_server.contract.periodic import Periodic
    from queue_server.framework.parts import AlarmCounter, Alarms
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server


def _contacts(now: Micros, _: ServerSettings) -> Delete:
    # Whoever was shredded has left the vault already.
    gone = contacts.c.id.not_in(select(people_rows.c.id).where(people_rows.c.kind == RowKind.CONTACT))
    return delete(contacts).where((contacts.c.ends_at <= now) | gone)


def _routes() -> "Iterable[Route]":
    from queue_server.notices.routes import ROUTES

    return ROUTES


def _alarms() -> "Iterable[Alarms]":
    from queue_server.notices.alarms import alarms

    return (alarms,)


def _alarm_counts() -> "Mapping[str, AlarmCounter]":
    from queue_server.notices.alarms import counts

    return {"notification": counts}


def _vocabulary() -> Vocabulary:
    from queue_server.notices.words import VOCABULARY

    return VOCABULARY


def _assemble(server: "Server") -> None:
    from queue_server.notices.assembling import assemble

    assemble(server)


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.notices.assembling import NoticeTasks

    return server[NoticeTasks].tasks


ROOM = Room(
    name="notices",
    permissions=PERMISSIONS,
    problems=(
        ProblemMapping(errors.ContactInvalidError, 422, "This is no e-mail address, or no telephone number"),
        ProblemMapping(errors.ContactNotWantedError, 409, "Nobody is told of this item any more"),
        ProblemMapping(errors.ContactUnknownError, 409, "Nobody knows how whoever waits for this item is told"),
    ),
    # It comes with what is handed in, and is refused before that is.
    barring=(Barred(errors.ContactInvalidError, lambda route: route.request is ReceiveItemRequest),),
    settings={"notices": NoticeRules, "mail": MailSettings, "sms": SmsSettings},
    streams={NOTIFICATIONS.prefix: Stream((CODEC,), (notification_streams,), NOTIFICATIONS)},
    tables={
        contacts.name: _contacts,
        notifications.name: "what somebody is told, of which item; no address, and nobody is named",
        notification_attempts.name: "how sending a message goes",
    },
    tags={"notifications": "What people are told of what is theirs."},
    vocabulary=_vocabulary,
    routes=_routes,
    alarms=_alarms,
    alarm_counts=_alarm_counts,
    assemble=_assemble,
    tasks=_tasks,
)
