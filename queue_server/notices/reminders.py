"""Reminds whoever does not come: once a service day of each centre it is looked at what has been ready for long."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from queue_server.centre.centres import Centre, Centres
from queue_server.contract.periodic import Periodic
from queue_server.custody import store as custody
from queue_server.custody.model import Item
from queue_server.custody.settings import CustodyRules
from queue_server.custody.store import ITEMS
from queue_server.custody.tables import custody_items
from queue_server.custody.values import ItemState
from queue_server.database.failures import DatabaseUnavailableError
from queue_server.domain.values import Actor, CentreId, Day, Micros, StreamName, to_micros
from queue_server.eventlog.aggregate import append
from queue_server.framework.server import Server
from queue_server.notices import reminding, store
from queue_server.notices.model import ident_of
from queue_server.notices.queueing import queue
from queue_server.notices.reminding import DueReminder
from queue_server.notices.settings import NoticeRules
from queue_server.notices.store import NOTIFICATIONS
from queue_server.notices.values import NotificationState

_ACTOR = Actor("system")


class Reminders:
    """Queues reminders; ``task`` looks again and again whether the day of a centre has changed."""

    def __init__(self, server: Server, poll_s: float) -> None:
        self._server = server
        self._rules = server.settings[NoticeRules]
        self._done: dict[CentreId, Day] = {}
        self.task = Periodic("notices-reminders", poll_s, self.remind, at_once=True)

    async def remind(self) -> None:
        """Queue what is due, at each centre once a day.

        Raises what keeps an item from being reminded of, once all others are; it is looked at again.
        """
        failed: Exception | None = None
        for centre in tuple(self._server[Centres].values()):
            today = centre.rule.day_at(self._server.clock())
            if self._done.get(centre.id) == today:
                continue
            is_done = True
            for item, due in await self._server.log.run(self._found(centre, today)):
                try:
                    await self._one(centre, today, item, due)
                except DatabaseUnavailableError:
                    raise
                except Exception as error:  # noqa: BLE001 - one item of which nothing can be said must not keep others
                    failed, is_done = error, False
            if is_done:
                self._done[centre.id] = today
        if failed is not None:
            raise failed

    def _found(self, centre: Centre, today: Day) -> Callable[[Connection], list[tuple[Item, DueReminder]]]:
        """Make what lists the items of a centre of which somebody is to be reminded."""
        c, days = custody_items.c, self._server.settings[CustodyRules].collect_days
        before = centre.rule.starts_at(today)

        def work(connection: Connection) -> list[tuple[Item, DueReminder]]:
            ready = custody.items(connection, centre.id, c.state == ItemState.READY, c.state_since < before)
            found = [
                (item, reminding.due(centre.rule.day_at(item.state_since), today, self._rules, days)) for item in ready
            ]
            return [(item, due) for item, due in found if due is not None and not _is_known(connection, item, due)]

        return work

    async def _one(self, centre: Centre, today: Day, item: Item, due: DueReminder) -> None:
        at = self._server.clock()
        subject = StreamName(ITEMS.stream(item.id))
        ident = ident_of(due.kind, subject, item.state_since, due.number)
        not_before = Micros(max(at, leaves_at(today, centre.rule.zone, self._rules.hour)))

        def work(connection: Connection) -> None:
            drafted = queue(
                self._server.settings,
                connection,
                item,
                due.kind,
                due.number,
                not_before=not_before,
                at=at,
                command=f"remind/{ident}",
                actor=_ACTOR,
            )
            append(connection, *drafted)

        await self._server.log.write_in_turn(NOTIFICATIONS.stream(ident), work)


def leaves_at(today: Day, zone: str, hour: int) -> Micros:
    """Tell when reminders of a service day leave, by the clock of the centre."""
    return to_micros(datetime.combine(date.fromisoformat(today), time(hour), ZoneInfo(zone)).astimezone(UTC))


def _is_known(connection: Connection, item: Item, due: DueReminder) -> bool:
    """Tell whether they are told of it already; also where something before it has not even been sent."""
    now = store.of_occasion(connection, StreamName(ITEMS.stream(item.id)), item.state_since)
    waits = any(one.state is NotificationState.WAITING for one in now)
    return waits or any((one.kind, one.number) == due for one in now)
