"""Figures of a centre, read from its tallies, agree with its visits, stops and counters counted one by one."""

from collections import Counter
from collections.abc import Callable

from sqlalchemy import Connection, Row, select, text

from queue_server.domain.values import CentreId, CounterId, Day, to_datetime
from queue_server.reports.figures import GroupFigures
from queue_server.reports.follower import ReportFollower
from queue_server.reports.reading import figures
from queue_server.reports.tables import report_counters, report_stops, report_visits
from queue_server.reports.tally import OF_STOPS, Dimension
from tests.queue_server.house import TICKET, House
from tests.queue_server.reports.test_follower import a_morning, done

FIRST, LAST = Day("2000-01-01"), Day("9999-01-01")
DEMO = CentreId("demo")
#: By which column of a visit its figures are counted.
VISITS = {
    Dimension.DAY: "day",
    Dimension.SERVICE: "service",
    Dimension.GOVERNMENT: "government",
    Dimension.CATEGORY: "category",
    Dimension.LANGUAGE: "language",
    Dimension.SOURCE: "source",
}
STOPS = {one: column for one, column in VISITS.items() if one is not Dimension.DAY} | {
    Dimension.DAY: "day",
    Dimension.STEP: "step",
    Dimension.COUNTER: "counter",
}


async def read(
    here: House, by: Dimension, teams: dict[CounterId, str] | None = None, at_least: int = 1
) -> dict[str, GroupFigures]:
    def work(connection: Connection) -> tuple[GroupFigures, ...]:
        now = here.server.clock()
        return figures(
            connection, DEMO, FIRST, LAST, by, zone="Asia/Kathmandu", now=now, teams=teams, at_least=at_least
        )

    return {row.key: row for row in await here.server.log.run(work)}


def rows_of(table: object) -> Callable[[Connection], list[Row[tuple[object, ...]]]]:
    return lambda connection: list(connection.execute(select(table).where(table.c.centre == DEMO)))  # type: ignore[call-overload,attr-defined]


async def test_figures_by_everything_are_what_the_rows_say(here: House) -> None:
    await a_morning(here)
    await here.server[ReportFollower].follow()
    visits = await here.server.log.run(rows_of(report_visits))
    stops = await here.server.log.run(rows_of(report_stops))
    for by, column in VISITS.items():
        found = await read(here, by)
        assert {key: row.tally.visits for key, row in found.items()} == Counter(getattr(one, column) for one in visits)
        assert sum(row.tally.recalls for row in found.values()) == 1
        assert sum(row.tally.people for row in found.values()) == sum(one.party_size for one in visits)
    for by, column in STOPS.items():
        found = await read(here, by)
        called = [one for one in stops if one.called_at is not None]
        assert {key: row.tally.waits.count for key, row in found.items() if row.tally.waits.count} == Counter(
            getattr(one, column) for one in called
        )
        assert sum(row.tally.waits.total_s for row in found.values()) == sum(one.waited_s for one in called)
        assert sum(row.tally.services.count for row in found.values()) == 1
        if by in OF_STOPS:
            assert sum(row.tally.recalls for row in found.values()) == 1


async def test_hours_are_those_of_the_clock_of_the_centre(here: House) -> None:
    await a_morning(here)
    await here.server[ReportFollower].follow()
    found = await read(here, Dimension.HOUR)
    assert sum(row.tally.arrived for row in found.values()) == 4
    # The demo's day begins at a whole hour of its own clock: a quarter to on that of Nepal.
    assert {key[-2:] for key in found} == {"45"}


async def test_counters_are_open_paused_and_idle(here: House) -> None:
    await a_morning(here)
    await here.server[ReportFollower].follow()
    spans = await here.server.log.run(rows_of(report_counters))
    opened = sum((one.end - one.start) // 1_000_000 for one in spans if one.state == "open")
    (one,) = (await read(here, Dimension.COUNTER)).values()
    (day,) = (await read(here, Dimension.DAY)).values()
    for row in (one, day):
        assert row.open_s == opened
        assert row.idle_s == max(0, opened - row.tally.walks.total_s - row.tally.services.total_s)
    assert one.key == "1"
    teams = await read(here, Dimension.COUNTER, {CounterId("1"): "papers"})
    assert list(teams) == ["papers"]


async def test_ways_between_steps_lead_from_the_ticket_to_where_they_are(here: House) -> None:
    await a_morning(here)
    await here.server[ReportFollower].follow()
    flows = await read(here, Dimension.FLOW)
    begun = {key: row.tally.visits for key, row in flows.items() if key.startswith("=")}
    assert sum(begun.values()) == 4
    assert sum(row.tally.visits for row in flows.values()) == 5


async def test_readers_outside_see_no_small_group(here: House) -> None:
    await a_morning(here)
    await here.server[ReportFollower].follow()
    assert await read(here, Dimension.SOURCE, at_least=5) == {}
    assert list(await read(here, Dimension.SOURCE, at_least=4)) == ["others"]
    await a_morning_more(here)
    found = await read(here, Dimension.SOURCE, at_least=5)
    assert {key: row.tally.visits for key, row in found.items()} == {"others": 6}


async def a_morning_more(here: House) -> None:
    kiosk = await here.kiosk()
    for _ in range(2):
        await done(kiosk, "/centres/demo/visits", TICKET)
    await here.server[ReportFollower].follow()


async def test_views_say_the_same_in_minutes_and_moments(here: House) -> None:
    await a_morning(here)
    await here.server[ReportFollower].follow()
    stops = await here.server.log.run(rows_of(report_stops))
    (called,) = [one for one in stops if one.called_at is not None]

    def read(connection: Connection) -> Row[tuple[object, ...]]:
        found = text("SELECT minutes_waited, called_at, called_in_time FROM figures_stops WHERE called_at IS NOT NULL")
        return connection.execute(found).one()

    row = await here.server.log.run(read)
    assert row.minutes_waited == called.waited_s / 60
    assert row.called_at == f"{to_datetime(called.called_at):%Y-%m-%d %H:%M:%S}"
    assert row.called_in_time
