"""Custody at a glance: how many are where, the oldest, what is late, what is missed. On a ``Connection``."""

from typing import Final

import msgspec
from sqlalchemy import Connection, func, select

from queue_server.custody import store
from queue_server.custody.bag_model import Bag
from queue_server.custody.model import Item
from queue_server.custody.tables import custody_bags, custody_items
from queue_server.custody.values import ENDED, BagState, Direction, Holder, ItemState
from queue_server.domain.values import CentreId, GovernmentId, Micros

#: What is not at its end, as a list of states: so the index is used.
_OPEN: Final = tuple(sorted(frozenset(ItemState) - ENDED))
#: So many missing documents have an alarm of their own; another one counts the rest.
MAX_MISSING_ALARMS: Final = 5
#: So many of what is missed, and of bags that nobody acknowledged, are named.
MAX_NAMED: Final = 20


class HolderCount(msgspec.Struct, frozen=True):
    """``oldest`` is since when the one that has been there longest is there."""

    holder: Holder
    count: int
    oldest: Micros


class LateAtAuthority(msgspec.Struct, frozen=True):
    """How many items a government has for longer than it should; ``oldest`` is since when the oldest of them."""

    government: GovernmentId
    count: int
    oldest: Micros


class CustodyOverview(msgspec.Struct, frozen=True):
    """``missing`` and ``unacknowledged`` are the oldest of them; ``missing_count`` is how many there are."""

    holders: tuple[HolderCount, ...]
    late: tuple[LateAtAuthority, ...]
    unacknowledged: tuple[Bag, ...]
    missing: tuple[Item, ...]
    missing_count: int


def overview(
    connection: Connection, centre: CentreId, *, late_before: Micros, silent_before: Micros
) -> CustodyOverview:
    """Look at a centre.

    What an authority has had since before ``late_before`` is late, and so is what was sent to it before then; a bag
    that left before ``silent_before`` should have been acknowledged.
    """
    c, b = custody_items.c, custody_bags.c
    mine = (c.centre == centre) & c.state.in_(_OPEN)
    by_holder = select(c.holder, func.count(), func.min(c.holder_since)).where(mine).group_by(c.holder)
    counted = {row[0]: HolderCount(Holder(row[0]), row[1], Micros(row[2])) for row in connection.execute(by_holder)}
    away = (c.centre == centre) & c.state.in_((ItemState.SENT, ItemState.AT_AUTHORITY)) & (c.state_since < late_before)
    by_government = select(c.government, func.count(), func.min(c.state_since)).where(away).group_by(c.government)
    silent = store.bags(
        connection,
        centre,
        b.direction == Direction.OUT,
        b.state == BagState.DISPATCHED,
        b.changed_at < silent_before,
    )
    missing = store.items(connection, centre, c.state.in_(_OPEN), c.holder == Holder.UNKNOWN, limit=MAX_NAMED)
    unknown = counted.get(Holder.UNKNOWN)
    return CustodyOverview(
        holders=tuple(counted[holder] for holder in Holder if holder in counted),
        late=tuple(
            LateAtAuthority(GovernmentId(row[0]), row[1], Micros(row[2]))
            for row in connection.execute(by_government.order_by(c.government))
        ),
        unacknowledged=silent[:MAX_NAMED],
        missing=missing,
        missing_count=0 if unknown is None else unknown.count,
    )


def alarm_counts(connection: Connection, *, late_before: Micros, silent_before: Micros) -> dict[CentreId, int]:
    """Count for all centres what their managers see as alarms: missing documents, late governments, silent bags."""
    c, b = custody_items.c, custody_bags.c
    missing = select(c.centre, func.count()).where(c.state.in_(_OPEN), c.holder == Holder.UNKNOWN).group_by(c.centre)
    # One more alarm counts those that have none of their own.
    found = {centre: min(count, MAX_MISSING_ALARMS + 1) for centre, count in connection.execute(missing)}
    away = c.state.in_((ItemState.SENT, ItemState.AT_AUTHORITY)) & (c.state_since < late_before)
    late = select(c.centre, func.count(c.government.distinct())).where(away).group_by(c.centre)
    dispatched = (b.direction == Direction.OUT) & (b.state == BagState.DISPATCHED) & (b.changed_at < silent_before)
    silent = select(b.centre, func.count()).where(dispatched).group_by(b.centre)
    for centre, count in connection.execute(late):
        found[centre] = found.get(centre, 0) + count
    for centre, count in connection.execute(silent):
        found[centre] = found.get(centre, 0) + min(count, MAX_NAMED)
    return found
