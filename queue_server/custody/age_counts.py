"""How many items have been in which state for how long. Synchronous, on a ``Connection``."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, case, func, select

from queue_server.custody.tables import custody_items
from queue_server.custody.values import ENDED, Holder, ItemState
from queue_server.domain.values import CentreId, Micros


class AgeCount(msgspec.Struct, frozen=True):
    """``band`` counts the borders that lie behind it: 0 is the newest. ``oldest`` is since when the oldest is so."""

    state: ItemState
    is_unknown: bool
    band: int
    count: int
    oldest: Micros


def within(column: ColumnElement[int], borders: Sequence[Micros], band: int) -> list[ColumnElement[bool]]:
    """Say that an instant lies in a band: between a border and the one before; ``borders`` are falling."""
    newest = [column < borders[band - 1]] if band else []
    return newest + ([column >= borders[band]] if band < len(borders) else [])


def age_counts(connection: Connection, centre: CentreId, borders: Sequence[Micros]) -> tuple[AgeCount, ...]:
    """Count the items that are not at their end, by state and by band."""
    c = custody_items.c
    band = case(*((c.state_since >= border, number) for number, border in enumerate(borders)), else_=len(borders))
    unknown = case((c.holder == Holder.UNKNOWN, 1), else_=0)
    statement = (
        select(c.state, unknown, band, func.count(), func.min(c.state_since))
        .where(c.centre == centre, c.state.not_in(ENDED))
        .group_by(c.state, unknown, band)
    )
    return tuple(
        AgeCount(ItemState(row[0]), bool(row[1]), row[2], row[3], Micros(row[4]))
        for row in connection.execute(statement)
    )
