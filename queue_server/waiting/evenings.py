"""What the days of a centre teach, one evening after the other."""

import asyncio
from collections.abc import Collection, Sequence

from sqlalchemy import URL, Connection

from queue_server.catalogue.model import Stored
from queue_server.database import Database, open_database
from queue_server.domain.values import CentreId, Day
from queue_server.eventlog import statements
from queue_server.forecast.judging import JudgedStop
from queue_server.forecast.outlook import ExpectedBooking
from queue_server.queue.events import DayEvent
from queue_server.simulation.judge import planned_minutes
from queue_server.waiting import store
from queue_server.waiting.learning import (
    MIN_DAYS,
    JudgedBy,
    PastDay,
    WaitingDay,
    errors_of,
    judge,
    replay,
    teach,
)
from queue_server.waiting.plan import day_frame
from queue_server.waiting.settings import WaitingSettings
from queue_server.writer.days import day_event, stream_name


def learn_days(
    url: URL, stored: Stored, settings: WaitingSettings, window: Sequence[Day], known: Collection[Day]
) -> None:
    """Learn from the days of a centre that are not ``known``; ``window`` is all days that teach, in their order."""

    async def learn() -> None:
        async with open_database(url) as database:
            await _learn(database, stored, settings, window, known)

    asyncio.run(learn())


async def _learn(
    database: Database, stored: Stored, settings: WaitingSettings, window: Sequence[Day], known: Collection[Day]
) -> None:
    """Go through the days in their order: judge what is new by what was before it, and learn from all of them."""
    centre, planned = stored.setup.centre.id, planned_minutes(stored.setup)
    days: list[PastDay] = []
    before = await database.run(lambda connection: store.read(connection, centre, settings.judged_days))
    for day in window:
        bookings, events = await database.run(lambda connection, day=day: _read(connection, centre, day))  # type: ignore[misc]
        state, past = replay(centre, day, events), tuple(days)
        if state.visits:
            days.append(PastDay(state, bookings))
        if day in known:
            continue
        judged: tuple[JudgedStop, ...] = ()
        frame = day_frame(stored.setup, day)
        if frame is not None and len(past) >= MIN_DAYS:
            errors = errors_of(one for one in before if one.day < day)
            by = JudgedBy(stored, frame, planned, teach(past, planned), errors)
            judged = judge(by, events, day, bookings, settings.asked)
        found = WaitingDay(day, teach(days, planned), judged)
        before = (*before, found)
        await database.write(lambda one, found=found: store.put(one, centre, found, settings.judged_days))  # type: ignore[misc]


def _read(
    connection: Connection, centre: CentreId, day: Day
) -> tuple[tuple[ExpectedBooking, ...] | None, list[DayEvent]]:
    events = statements.read(connection, stream_name(centre, day), 0, None)
    return store.bookings(connection, centre, day), [day_event(one) for one in events]
