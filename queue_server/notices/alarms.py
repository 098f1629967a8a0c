"""What managers are told of messages: those that reach nobody, and those that have been waiting for too long."""

from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.centre.centres import Centres
from queue_server.domain.values import SECOND, CentreId, Micros, to_datetime
from queue_server.framework.parts import AlarmCount, PartContext, RoomAct, RoomAlarm
from queue_server.framework.server import Server
from queue_server.notices import store, words
from queue_server.notices.assembling import SubjectNames
from queue_server.notices.model import Notification
from queue_server.notices.settings import NoticeRules

#: Labels that an alarm names; the others are in the recall list.
_NAMED: Final = 4


async def alarms(shown: PartContext) -> tuple[RoomAlarm, ...]:
    """List them."""
    names = shown.server[SubjectNames]
    log, late_s = shown.server.log, shown.server.settings[NoticeRules].late_s
    before = Micros(shown.now - round(late_s * SECOND))

    def work(connection: Connection) -> tuple[tuple[Notification, ...], list[str], tuple[int, Micros | None]]:
        dead = store.undeliverable(connection, shown.centre)
        return (
            dead,
            _names(names, connection, shown.centre, dead),
            store.waiting_since(connection, shown.centre, before),
        )

    dead, named, (count, oldest) = await log.run(work)
    found = []
    if dead:
        found.append(_undeliverable(shown, dead, named))
    if count and oldest is not None:
        _ = shown.words
        found.append(
            RoomAlarm(
                "notices-late", "late", words.late(_, count), words.since(_, _time(shown, oldest)), words.late_todo(_)
            )
        )
    return tuple(found)


async def counts(server: Server) -> Mapping[CentreId, AlarmCount]:
    """Count them for all centres in one look."""
    before = Micros(server.clock() - round(server.settings[NoticeRules].late_s * SECOND))
    found = await server.log.run(lambda connection: store.alarms_by_centre(connection, before))
    return {centre: AlarmCount(others=number) for centre, number in found.items()}


def _undeliverable(shown: PartContext, dead: tuple[Notification, ...], named: list[str]) -> RoomAlarm:
    _, api = shown.words, f"/api/v1/centres/{shown.centre}/notifications"
    listed = Markup(", ").join(Markup('<bdi dir="ltr">{}</bdi>').format(label) for label in named[:_NAMED])
    if len(named) > _NAMED:
        listed = words.and_more(_, listed, len(named) - _NAMED)
    since = min(one.changed_at for one in dead)
    # Another message that cannot be delivered gives the same press a new meaning.
    slot = f"notices-{max(one.changed_at for one in dead)}"
    return RoomAlarm(
        id="notices-undeliverable",
        icon="alert",
        head=words.undeliverable(_, len(dead)),
        since=words.since(_, _time(shown, since)),
        todo=words.undeliverable_todo(_, listed),
        acts=(
            RoomAct("notices-retry", words.try_again(_), f"{api}/retry", slot),
            RoomAct("notices-settle", words.told_otherwise(_), f"{api}/settle", slot),
        ),
    )


def _names(names: SubjectNames, connection: Connection, centre: CentreId, dead: tuple[Notification, ...]) -> list[str]:
    subjects = list(dict.fromkeys(one.subject for one in dead))
    return [
        name
        for prefix, named in names.items()
        for name in named(connection, centre, [one for one in subjects if one.startswith(prefix)])
    ]


def _time(shown: PartContext, at: Micros) -> Markup:
    """Write when something began: the time alone where that was today."""
    rule = shown.server[Centres][shown.centre].rule
    is_today = rule.day_at(at) == rule.day_at(shown.now)
    local = to_datetime(at).astimezone(ZoneInfo(rule.zone))
    return Markup('<bdi dir="ltr">{}</bdi>').format(local.strftime("%H:%M" if is_today else "%d.%m. %H:%M"))
