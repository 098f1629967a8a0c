"""Days that a centre has had, planted in its log: played through the queue's own rules."""

import asyncio
import pickle
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from queue_server.catalogue import store as catalogue
from queue_server.catalogue.model import CounterDefinition, Setup
from queue_server.database import open_database, parse_url
from queue_server.domain.values import HOUR, Actor, CentreId, CounterId, Day, Micros, to_datetime
from queue_server.eventlog.codec import encode
from queue_server.eventlog.port import Append, EventLog, Head, NewEvent
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.queue.events import DayEvent
from queue_server.simulation.arrivals import drawn_day
from queue_server.simulation.player import play
from queue_server.simulation.staffing import staffed_centre
from queue_server.waiting.settings import WaitingSettings
from queue_server.writer.days import stream_name
from tests.once import made_once
from tests.queue_server.appointments.booked import SetClock
from tests.queue_server.house import QUICK, House, house
from tests.queue_server.simulation.town import demand, setup

TOWN = CentreId("town")
#: Working days of two weeks.
DAYS = tuple(Day(f"2026-12-{number:02}") for number in (1, 2, 3, 4, 7, 8, 9, 10))
#: Fewer stops are asked at, so that two weeks are soon learned.
SETTINGS = QUICK.but(WaitingSettings(asked=80))
TODAY = Day("2026-12-11")
#: Eleven o'clock, as the clock of the town shows; it opens at eight.
NOW = Micros(staffed_centre(setup(), TODAY).opens + 3 * HOUR)


@cache
def events_of(day: Day, factor: float = 1.0) -> tuple[DayEvent, ...]:
    """Play a day of the town, with so many times as many who come: once in a run, which takes a quarter of a second."""

    def make(folder: Path) -> None:
        found: list[DayEvent] = []
        drawn = drawn_day(staffed_centre(setup(), day), demand(), factor=factor, seed=day)
        play(drawn, watch=lambda _state, event: found.append(event))
        (folder / "events").write_bytes(pickle.dumps(tuple(found)))

    played: tuple[DayEvent, ...] = pickle.loads((made_once(f"town-{day}-{factor}", make) / "events").read_bytes())  # noqa: S301 - of this run
    return played


async def plant(log: EventLog, days: Sequence[Day] = DAYS, until: Micros | None = None) -> None:
    """Store days as they went; those of the last one from ``until`` on have not come."""
    for day in days:
        played = await asyncio.to_thread(events_of, day)
        events = tuple(
            NewEvent(one.at, one.type, one.v, f"planted-{one.seq}", Actor("system"), encode(one.body))
            for one in played
            if until is None or day != days[-1] or one.at < until
        )
        await log.commit([Append(stream_name(TOWN, day), Head(0, b""), events)])


@asynccontextmanager
async def town(
    data: Path, url: str | None = None, until: Micros = NOW, stored: Setup | None = None
) -> AsyncIterator[House]:
    """Run a server at eleven o'clock of a day of the town, before which it has had two weeks."""
    opened = parse_url(url, data)
    async with open_database(opened) as database:
        await database.write(lambda connection: catalogue.save(connection, stored or with_counters()))
        async with SqlEventLog(database) as log:
            await plant(log, (*DAYS, TODAY), until)
    async with again(data, url, until) as here:
        yield here


@asynccontextmanager
async def again(data: Path, url: str | None = None, until: Micros = NOW) -> AsyncIterator[House]:
    """Run a further server, or the same one once more."""
    async with house(data, SETTINGS, SetClock(to_datetime(until)), url) as here:
        yield here


def with_counters() -> Setup:
    """Give the town counters like those of its plan."""
    pools = setup().staffing
    counters = tuple(
        CounterDefinition(id=CounterId(f"{pool.id}-{number}"), name=f"{pool.id[0].upper()}{number}", steps=pool.steps)
        for pool in pools
        for number in range(1, pool.counters + 1)
    )
    return replace(setup(), counters=counters)
