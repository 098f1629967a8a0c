"""Plans of a day that managers tried and kept: statements on a ``Connection``. With its day a plan is over."""

from typing import Final

import msgspec
from sqlalchemy import Connection, delete, insert, select

from queue_server.database.serialising import serialise
from queue_server.domain.values import CentreId, Day, Micros
from queue_server.web.forecast.tables import saved_plans

_C = saved_plans.c
#: Of a day no more are kept: the oldest goes.
MAX_PLANS: Final = 12


class SavedPlan(msgspec.Struct, frozen=True):
    """Changes of a day's plan, as addresses write them, by the name that somebody gave them."""

    id: str
    day: Day
    name: str
    changes: str
    saved_at: Micros


def of_day(connection: Connection, centre: CentreId, day: Day) -> tuple[SavedPlan, ...]:
    """List the plans of a day, in the order in which they were kept."""
    columns = [_C[name] for name in SavedPlan.__struct_fields__]
    rows = connection.execute(select(*columns).where(_C.centre == centre, _C.day == day).order_by(_C.saved_at, _C.id))
    return tuple(SavedPlan(*row) for row in rows)


def store_plan(connection: Connection, centre: CentreId, plan: SavedPlan) -> None:
    """Keep a plan: in place of one of that name, and of those of other days."""
    serialise(connection, "saved-plans", (centre,))
    mine = _C.centre == centre
    connection.execute(delete(saved_plans).where(mine, (_C.day != plan.day) | (_C.name == plan.name)))
    for one in of_day(connection, centre, plan.day)[: 1 - MAX_PLANS]:
        connection.execute(delete(saved_plans).where(mine, _C.id == one.id))
    connection.execute(insert(saved_plans).values(centre=centre, **msgspec.structs.asdict(plan)))


def delete_plan(connection: Connection, centre: CentreId, ident: str) -> None:
    """Keep a plan no longer; nothing where it is not there."""
    connection.execute(delete(saved_plans).where(_C.centre == centre, _C.id == ident))
