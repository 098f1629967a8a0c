"""A year of a busy centre: how soon figures of a day and of the year are there, and what building its rows anew takes.

A few days are played through the queue's own rules, and stand for all others with times and names of their own. The
reference is reading the log: every event of a day, or of every day, from the database, and its payload decoded.
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import uvloop
from sqlalchemy import URL, Connection, func, select

import queue_server.simulation
from installer.benchmark.measure import Measure
from queue_server.catalogue import toml
from queue_server.database import Database, open_database, parse_url
from queue_server.domain.values import Actor, CentreId, Day, Micros
from queue_server.eventlog import statements
from queue_server.eventlog.codec import encode
from queue_server.eventlog.hash_chain import EMPTY
from queue_server.eventlog.port import Append, NewEvent
from queue_server.eventlog.rebuild import rebuild
from queue_server.eventlog.tables import heads
from queue_server.migrations import migrate
from queue_server.queue.events import DayEvent
from queue_server.queue.state import DayState
from queue_server.reports.projection import DAYS
from queue_server.reports.reading import figures
from queue_server.reports.tables import report_stops, report_visits
from queue_server.reports.tally import DURATIONS, Dimension
from queue_server.simulation.comparison import drawn_days
from queue_server.simulation.demand import parse_demand
from queue_server.simulation.player import DayPlayer
from queue_server.simulation.staffing import staffed_centre
from queue_server.web.figures.band import band, slots
from queue_server.web.figures.figures_query import FiguresQuery
from queue_server.web.figures.flow_picture import ways
from queue_server.web.figures.hour_map import hour_map
from queue_server.web.figures.period import PeriodLength
from queue_server.web.figures.reading import figures_data

CENTRE: Final = CentreId("town")
ZONE: Final = "Europe/Malta"
#: Days of a run that is to be quick, and of a whole year.
FEW, YEAR = 20, 365
#: Days that are played; the others are these again.
_PLAYED: Final = 5
_FIRST: Final = date(2025, 1, 1)
_PLAYED_ON: Final = Day("2025-01-08")
EXAMPLES: Final = Path(queue_server.simulation.__file__).parent / "examples"
_INSTANT: Final = re.compile(rb"\b1[67]\d{14}\b")
_VISIT: Final = re.compile(rb"\bvisit-(\d+)\b")
_DATE: Final = re.compile(rb"\b2025-01-\d\d\b")


@cache
def _played() -> tuple[tuple[DayEvent, ...], ...]:
    setup = toml.parse((EXAMPLES / "town.toml").read_text("utf-8"))
    demand = parse_demand((EXAMPLES / "town-demand.toml").read_text("utf-8"), setup)
    found = []
    for day in drawn_days(staffed_centre(setup, _PLAYED_ON), demand, 1.05, _PLAYED, 15):
        seen: list[DayEvent] = []

        def watch(_: DayState, event: DayEvent, seen: list[DayEvent] = seen) -> None:
            seen.append(event)

        DayPlayer(day, watch=watch).play()
        found.append(tuple(seen))
    return tuple(found)


def days(count: int) -> Iterator[Append]:
    """Give so many days as they are stored, each with times and names of its own."""
    played = [[(event, encode(event.body)) for event in one] for one in _played()]
    for number in range(count):
        day = _FIRST + timedelta(days=number)
        later = (day - date.fromisoformat(_PLAYED_ON)).days * 86_400_000_000

        def instant(found: re.Match[bytes], later: int = later) -> bytes:
            return b"%d" % (int(found[0]) + later)

        def visit(found: re.Match[bytes], number: int = number) -> bytes:
            return b"%08x-0000-7000-8000-%012x" % (number, int(found[1]))

        events = tuple(
            NewEvent(
                Micros(event.at + later),
                event.type,
                event.v,
                f"{number:08x}-{event.seq:012x}",
                Actor("device/kiosk-1" if event.type == "visit-issued" else "staff/somebody"),
                _DATE.sub(day.isoformat().encode(), _VISIT.sub(visit, _INSTANT.sub(instant, payload))),
            )
            for event, payload in played[number % len(played)]
        )
        yield Append(f"queue/{CENTRE}/{day}", EMPTY, events)


def measure_year(folder: Path, count: int) -> list[Measure]:
    """Store so many days, build their rows, and read them."""
    folder.mkdir()
    url = parse_url(None, folder)
    migrate(url)
    return uvloop.run(_measure(url, count))


async def _measure(url: URL, count: int) -> list[Measure]:
    async with open_database(url) as database:
        for one in days(count):
            await database.write(lambda connection, one=one: statements.append(connection, [one]))  # type: ignore[misc]
        before = _size(database)
        reading = await _timed(database, _read_log)
        building = await _timed(database, lambda connection: rebuild(connection, DAYS, lambda _: None), writes=True)
        again = await _timed(database, lambda connection: rebuild(connection, DAYS, lambda _: None), writes=True)
        visits, stops, events = await database.run(_counts)
        after = _size(database)
        last = Day((_FIRST + timedelta(days=count - 1)).isoformat())
        day = await _timed(database, lambda connection: _read_pages(connection, PeriodLength.DAY, last))
        year = await _timed(database, lambda connection: _read_pages(connection, PeriodLength.YEAR, last))
        tables = await _timed(database, lambda connection: _read_tables(connection, Day(_FIRST.isoformat()), last))
    known = f" ({count} days, {visits:,} visits, {stops:,} stops, {events:,} events)"
    disk = f"; {before / visits:,.0f} bytes of log and {(after - before) / visits:,.0f} of rows a visit"
    log, one_day = "reading the log once", "reading one day of the log"
    return [
        Measure("Rows of figures built, SQLite", building, log, reading, "ms", 0.33, 0.26, known + disk),
        Measure("Rows of figures looked through", again, log, reading, "ms", 0.33, 0.22),
        Measure("Pages of a day, and of its ways", day, one_day, reading / count, "ms", 1.0, 0.5),
        Measure(f"Pages of {count} days, and of their ways", year, log, reading, "ms", 10.0, 8.0),
        Measure(f"Figures of {count} days by {len(_TABLES)} dimensions", tables, log, reading, "ms", 6.0, 4.8),
    ]


def _read_pages(connection: Connection, length: PeriodLength, last: Day) -> int:
    """Read what two pages of managers are drawn from, and look at each number of them."""
    today = date.fromisoformat(last)
    numbers = 0
    for flow in (False, True):
        data = figures_data(connection, CENTRE, FiguresQuery(length, today, flow=flow), today)
        cells = hour_map(data.hours).cells
        steps = [times.percentile_min(90) for one in data.steps.values() for times in (one.waits, one.services)]
        numbers += len(cells) + len(steps) + len(band(data.usual, slots(data.usual.values()))) + len(ways(data.flows))
    return numbers


#: What the API is asked for beside each other.
_TABLES: Final = (
    Dimension.DAY,
    Dimension.HOUR,
    Dimension.SERVICE,
    Dimension.STEP,
    Dimension.COUNTER,
    Dimension.CATEGORY,
)


def _read_tables(connection: Connection, first: Day, last: Day) -> int:
    now = Micros(time.time_ns() // 1000)
    rows = 0
    for by in _TABLES:
        found = figures(connection, CENTRE, first, last, by, zone=ZONE, now=now)
        rows += len(found)
        for one in found:
            for name in DURATIONS:
                _ = [getattr(one.tally, name).percentile_s(percent) for percent in (50, 90, 95)]
    return rows


def _read_log(connection: Connection) -> int:
    count = 0
    for stream in connection.execute(select(heads.c.stream).order_by(heads.c.stream)).scalars().all():
        for event in statements.read(connection, stream, 0, None):
            DAYS.codec.decode(event.type, event.v, event.payload)
            count += 1
    return count


def _counts(connection: Connection) -> Sequence[int]:
    counted = [select(func.count()).select_from(table) for table in (report_visits, report_stops)]
    return [connection.execute(one).scalar_one() for one in (*counted, select(func.sum(heads.c.seq)))]


def _size(database: Database) -> int:
    path = Path(str(database.url.database))
    return sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*"))


async def _timed(database: Database, work: Callable[[Connection], Any], *, writes: bool = False) -> float:
    begun = time.perf_counter()
    await (database.write(work) if writes else database.run(work))
    return (time.perf_counter() - begun) * 1000
