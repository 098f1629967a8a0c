"""What nobody comes for goes back: an item that was ready for so many service days expires, once, on whichever server.

It is looked for when the service day of its centre begins, and at every start.
"""

from collections.abc import Callable
from datetime import date, timedelta

import structlog
from sqlalchemy import Connection

from queue_server.centre.centres import Centre, Centres
from queue_server.contract.periodic import Periodic
from queue_server.custody import decide, store
from queue_server.custody.acting import store_changes
from queue_server.custody.errors import ClaimError
from queue_server.custody.model import Item
from queue_server.custody.settings import CustodyRules
from queue_server.custody.store import ITEMS
from queue_server.custody.tables import custody_items
from queue_server.custody.values import ItemState
from queue_server.domain.values import Actor, CentreId, Day, Micros
from queue_server.framework.server import Server

_log = structlog.get_logger(__name__)

_ACTOR = Actor("system")


def last_day(ready: Day, collect_days: int) -> Day:
    """Name the last service day on which something can be collected that became ready on ``ready``."""
    return Day((date.fromisoformat(ready) + timedelta(days=collect_days - 1)).isoformat())


def is_over(ready: Day, today: Day, collect_days: int) -> bool:
    """Tell whether the days on which something could be collected are over."""
    return today > last_day(ready, collect_days)


class Expiry:
    """Has items expire; ``task`` looks every minute whether the day of a centre has changed."""

    def __init__(self, server: Server, poll_s: float) -> None:
        self._server = server
        self._done: dict[CentreId, Day] = {}
        self.task = Periodic("custody-expiry", poll_s, self.expire, at_once=True)

    async def expire(self) -> None:
        """Have everything expire that is over, at each centre once a day."""
        for centre in tuple(self._server[Centres].values()):
            now = self._server.clock()
            today = centre.rule.day_at(now)
            if self._done.get(centre.id) == today:
                continue
            over = await self._server.log.run(_found(centre, today, self._server.settings[CustodyRules]))
            if all([await self._has_expired(centre, item) for item in over]):
                self._done[centre.id] = today

    async def _has_expired(self, centre: Centre, item: Item) -> bool:
        """Have one item expire that still waits; False where somebody is just taking it: they may leave it again."""
        at, command = self._server.clock(), f"expired/{item.id}/{item.state_since}"

        def work(connection: Connection) -> bool:
            drafted = ITEMS.draft(
                connection,
                item.id,
                lambda before: _expire(decide.here(before, centre.id), item),
                at=at,
                command=command,
                actor=_ACTOR,
            )
            store_changes(self._server, connection, centre.id, [drafted], at=at, command=command, actor=_ACTOR)
            return bool(drafted.new)

        try:
            has_expired = await self._server.log.write_in_turn(ITEMS.stream(item.id), work)
        except ClaimError:
            return False
        if has_expired:
            _log.info("item-expired", item=item.id)
        return True


def _expire(now: Item, found: Item) -> decide.Decided:
    """Decide on an item as it now is; what has happened to it since it was found gives it new days."""
    return decide.expire(now) if now.state is found.state and now.state_since == found.state_since else ()


def _found(centre: Centre, today: Day, rules: CustodyRules) -> Callable[[Connection], tuple[Item, ...]]:
    """Make what lists the items of a centre that have been ready for too long."""
    before: Micros = centre.rule.starts_at(today)
    c = custody_items.c

    def work(connection: Connection) -> tuple[Item, ...]:
        ready = store.items(connection, centre.id, c.state == ItemState.READY, c.state_since < before)
        return tuple(item for item in ready if is_over(centre.rule.day_at(item.state_since), today, rules.collect_days))

    return work
