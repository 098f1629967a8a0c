"""Catalogues that count from a later service day on: planned, withdrawn, and put in force when that day begins."""

import asyncio
from datetime import date
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select

from queue_server.catalogue import store, toml
from queue_server.catalogue.cache import Catalogues
from queue_server.catalogue.errors import CatalogueDayPastError, CataloguePlanUnknownError, CentreNotSetUpError
from queue_server.catalogue.model import Setup, Stored, day_rule
from queue_server.catalogue.set_up_events import SetUpPlanned, SetUpPlanTakenUp, SetUpPlanWithdrawn, record
from queue_server.catalogue.version_tables import catalogue_plans as t
from queue_server.catalogue.versions import SYSTEM
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import Actor, CentreId, ConsularError, Day, Micros
from queue_server.eventlog.port import EventLog
from queue_server.framework.server import Server


class CataloguePlan(msgspec.Struct, frozen=True):
    """``text`` counts from the beginning of the service day ``from_day`` on; ``actor`` said so ``at``."""

    centre: CentreId
    from_day: Day
    at: Micros
    actor: Actor
    text: str


def check_day(stored: Stored, from_day: date, now: Micros) -> None:
    """Tell whether a day is still to come by the centre's own clock.

    Raises:
        CatalogueDayPastError: it has begun.
    """
    today = day_rule(stored.setup).day_at(now)
    if from_day.isoformat() <= today:
        raise CatalogueDayPastError(day=from_day.isoformat(), today=today)


def plan(
    connection: Connection, setup: Setup, text: str, *, from_day: date, actor: Actor, now: Micros
) -> CataloguePlan:
    """Let a checked catalogue count from a day to come, in place of another one that was to count from that day.

    Raises:
        CentreNotSetUpError: there is no such centre yet.
        CatalogueDayPastError: the day has begun.
    """
    centre = setup.centre.id
    stored = store.load(connection, centre)
    if stored is None:
        raise CentreNotSetUpError(centre=centre)
    check_day(stored, from_day, now)
    one = CataloguePlan(centre, Day(from_day.isoformat()), now, actor, text)
    _take_out(connection, centre, one.from_day)
    connection.execute(insert(t), [msgspec.structs.asdict(one)])
    record(connection, centre, SetUpPlanned(centre, one.from_day), actor=actor, at=now)
    return one


def plans(connection: Connection, centre: CentreId) -> tuple[CataloguePlan, ...]:
    """List what is to come, the nearest first."""
    found = connection.execute(select(t).where(t.c.centre == centre).order_by(t.c.from_day))
    return tuple(_plan(one) for one in found.mappings())


def withdraw(connection: Connection, centre: CentreId, from_day: date, *, actor: Actor, at: Micros) -> None:
    """Let nothing else count from a day on.

    Raises:
        CataloguePlanUnknownError: nothing was to.
    """
    if not _take_out(connection, centre, Day(from_day.isoformat())):
        raise CataloguePlanUnknownError(centre=centre, day=from_day.isoformat())
    record(connection, centre, SetUpPlanWithdrawn(centre, Day(from_day.isoformat())), actor=actor, at=at)


def _take_out(connection: Connection, centre: CentreId, from_day: Day) -> bool:
    taken = connection.execute(delete(t).where(t.c.centre == centre, t.c.from_day == from_day))
    return taken.rowcount > 0


def _plan(row: Any) -> CataloguePlan:
    return CataloguePlan(row["centre"], row["from_day"], row["at"], row["actor"], row["text"])


def _every(connection: Connection) -> tuple[CataloguePlan, ...]:
    found = connection.execute(select(t).order_by(t.c.from_day, t.c.centre))
    return tuple(_plan(one) for one in found.mappings())


class DuePlans:
    """``task`` puts in force what counts from a day that has begun, looking every ``poll_s`` seconds."""

    def __init__(self, server: Server, poll_s: float) -> None:
        self.task = Periodic("catalogue-plans", poll_s, partial(put_due_in_force, server), at_once=True)


async def put_due_in_force(server: Server) -> None:
    """Put in force what counts from a day that has begun; of several servers one does.

    Raises:
        ConsularError: what was planned last week is refused by the checks of this release. It stays planned, and
            those of other centres count all the same.
    """
    failed: ConsularError | None = None
    for one in await server.log.run(_every):
        stored = await server[Catalogues].get(one.centre)
        # In a thread: a zone is read from its file.
        today = (await asyncio.to_thread(day_rule, stored.setup)).day_at(server.clock())
        if one.from_day > today:
            continue
        try:
            await _put_in_force(server.log, one, server.clock())
        except ConsularError as error:
            failed = failed or error
    if failed is not None:
        raise failed


async def _put_in_force(log: EventLog, one: CataloguePlan, now: Micros) -> None:
    setup = await asyncio.to_thread(toml.parse, one.text)

    def write(connection: Connection) -> None:
        # Whoever takes the row out is the one: another server finds none.
        if _take_out(connection, one.centre, one.from_day):
            stored = store.save(connection, setup, text=one.text, actor=one.actor, at=now)
            deed = SetUpPlanTakenUp(one.centre, one.from_day, stored.version)
            record(connection, one.centre, deed, actor=SYSTEM, at=now)

    await log.write(write)
