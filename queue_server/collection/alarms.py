"""What a manager sees of wrong proofs: at which kiosk somebody tries, and since when."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlalchemy import Connection, select

from queue_server.accounts.tables import devices
from queue_server.centre.centres import Centres
from queue_server.collection import store, words
from queue_server.collection.model import SlowedKiosk
from queue_server.domain.values import HOUR, CentreId, DeviceId, Micros, to_datetime
from queue_server.framework.parts import AlarmCount, PartContext, RoomAlarm
from queue_server.framework.server import Server


async def alarms(shown: PartContext) -> tuple[RoomAlarm, ...]:
    """List the kiosks at which proofs were wrong within the last hour."""

    def work(connection: Connection) -> tuple[tuple[SlowedKiosk, ...], dict[DeviceId, str]]:
        named = connection.execute(select(devices.c.id, devices.c.name).where(devices.c.centre == shown.centre))
        return store.slowed(connection, shown.centre, Micros(shown.now - HOUR)), {row.id: row.name for row in named}

    found, names = await shown.server.log.run(work)
    return tuple(_alarm(shown, one, names.get(one.id, one.id)) for one in found)


async def counts(server: Server) -> Mapping[CentreId, AlarmCount]:
    """Count those kiosks, for all centres in one look."""
    since = Micros(server.clock() - HOUR)
    found = await server.log.run(lambda connection: store.slowed_by_centre(connection, since))
    return {centre: AlarmCount(others=number) for centre, number in found.items()}


def _alarm(shown: PartContext, one: SlowedKiosk, name: str) -> RoomAlarm:
    zone = ZoneInfo(shown.server[Centres].find(shown.centre).rule.zone)
    time = f"{to_datetime(one.changed_at).astimezone(zone):%H:%M}"
    said = words.slowed(shown.words, one.way, Markup("<bdi>{}</bdi>").format(name), time)
    return RoomAlarm(f"collection-{one.id}", "alert", said.head, said.since, said.todo, bad=True)
