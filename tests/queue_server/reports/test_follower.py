"""Rows of what happened on a day follow its stream: live as built anew, by one server or two, and verified."""

import asyncio
import gc
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from blockbuster import BlockBuster
from sqlalchemy import URL, Connection, and_, delete, select, update
from typer.testing import CliRunner

from queue_server.accounts.model import Role
from queue_server.cli import app
from queue_server.database import open_database, parse_url
from queue_server.domain.values import HOUR, Micros, now_micros
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.projection import Row
from queue_server.eventlog.rebuild import bad_rows, rebuild
from queue_server.reports import follower
from queue_server.reports.day_facts import DayFacts
from queue_server.reports.follower import ReportFollower
from queue_server.reports.projection import DAYS, PROJECTION
from queue_server.reports.showing import behind
from queue_server.reports.tables import TABLES, report_counters, report_days, report_stops, report_visits
from tests.queue_server.house import KNOWN, TICKET, Client, House, house
from tests.queue_server.writer.server import Clock

VISITS, ONE = "/centres/demo/visits", "/centres/demo/counters/1"


def content(connection: Connection) -> dict[str, Sequence[Any]]:
    demo = {one: select(one).where(one.c.centre == "demo").order_by(*one.primary_key) for one in TABLES}
    return {one.name: connection.execute(rows).all() for one, rows in demo.items()}


async def followed(here: House) -> dict[str, Sequence[Any]]:
    await here.server[ReportFollower].follow()
    assert await here.server.log.run(behind) == {}
    await sound(here)
    return await here.server.log.run(content)


async def sound(here: House) -> None:
    bad = await here.server.log.run(lambda connection: list(bad_rows(connection, KNOWN.aggregates)))
    assert bad == []


async def done(client: Client, path: str, body: object = None) -> Any:
    answer = await client.post(path, body)
    assert answer.status in {200, 201}, answer
    return answer.body


async def a_morning(here: House) -> None:
    kiosk, desk = await here.kiosk(), await here.manager()
    for _ in range(3):
        await done(kiosk, VISITS, TICKET)
    reception, _ = await here.staff(Role.RECEPTION, None)
    await done(reception, VISITS, TICKET)
    await done(desk, f"{ONE}/open")
    await done(desk, f"{ONE}/call-next")
    await done(desk, f"{ONE}/recall")
    await done(desk, f"{ONE}/start")
    await done(desk, f"{ONE}/finish")
    await done(desk, f"{ONE}/pause", {"reason": "break"})


async def test_rows_say_what_happened(here: House) -> None:
    await a_morning(here)
    rows = await followed(here)
    (day,) = rows[report_days.name]
    assert (day.centre, day.book) == ("demo", f"demo/{day.day}")
    visits, stops = rows[report_visits.name], rows[report_stops.name]
    assert [one.source for one in visits].count("kiosk") == 3
    assert [one.source for one in visits].count("reception") == 1
    assert [one.outcome for one in visits] == ["present"] * 4
    assert sum(one.recalls for one in visits) == 1
    (served,) = [one for one in stops if one.outcome == "served"]
    assert (served.number, served.counter, served.kept, served.calls) == (0, "1", True, 1)
    assert served.walked_s == (served.started_at - served.called_at) // 1_000_000
    (after,) = [one for one in stops if one.visit == served.visit and one.number == 1]
    assert (after.outcome, after.called_at, after.kept) == ("waiting", None, None)
    counters = rows[report_counters.name]
    assert [(one.number, one.state, one.reason) for one in counters] == [(0, "open", None), (1, "paused", "break")]
    assert counters[0].end == counters[1].start
    assert counters[1].end is None


async def test_a_day_that_has_gone_on_is_sound_before_and_after_it_is_followed(here: House) -> None:
    await a_morning(here)
    before = await followed(here)
    desk = await here.manager()
    await done(desk, f"{ONE}/open")
    await done(desk, f"{ONE}/call-next")
    # Rows that are behind say what they said: nothing of that is wrong.
    assert len(await here.server.log.run(behind)) == 1
    await sound(here)
    after = await followed(here)
    assert after != before
    assert after[report_days.name][0].seq > before[report_days.name][0].seq


async def test_what_follows_is_what_is_built_anew_and_a_row_that_differs_is_named(
    data: Path, blockbuster: BlockBuster
) -> None:
    blockbuster.deactivate()
    async with house(data) as here:
        await a_morning(here)
        await followed(here)
    async with house(data) as here:
        # A server that has just started knows nothing of the day.
        await done(await here.kiosk(), VISITS, TICKET)
        live = await followed(here)

    async def run(*arguments: str, status: int = 0) -> str:
        ran = await asyncio.to_thread(CliRunner().invoke, app, [*arguments, "--data", str(data)])
        assert ran.exit_code == status, ran.output
        return ran.stdout

    async with open_database(parse_url(None, data)) as database:
        assert json.loads(await run("verify", "--json"))["ok"]
        for table in TABLES:
            for harm in (delete(table), update(table).values(day="2001-01-01")):
                await database.write(lambda connection, harm=harm: connection.execute(harm))  # type: ignore[misc]
                said = json.loads(await run("verify", "--json", status=1))
                assert not said["ok"]
                assert said["bad"] is None
                await run("rebuild")
                assert await database.run(content) == live
        # As after an update: no row is there, and none has to be compared.
        for table in TABLES:
            await database.write(lambda connection, table=table: connection.execute(delete(table)))  # type: ignore[misc]
        await run("rebuild")
        assert await database.run(content) == live
        assert json.loads(await run("verify", "--json"))["ok"]


async def test_building_anew_touches_only_what_differs(here: House) -> None:
    await builds_what_differs(here)


async def test_building_anew_on_postgresql_touches_only_what_differs(shared: Path, shared_url: URL) -> None:
    async with house(shared, url=shared_url.render_as_string(hide_password=False)) as here:
        await builds_what_differs(here)


async def builds_what_differs(here: House) -> None:
    """Harm one row after the other, and find that no other is touched when rows are built anew."""

    def mapped(_: DayFacts) -> Mapping[str, Sequence[Row]]:
        msg = "rows that are as they should be are compared as they are read"
        raise AssertionError(msg)

    async def built(days: Aggregate[DayFacts]) -> int:
        return await here.server.log.write(lambda connection: rebuild(connection, days, lambda _: None))

    await a_morning(here)
    live, projection, days = await followed(here), cast("Any", PROJECTION), cast("Any", DAYS)
    sound_days = replace(days, projection=replace(projection, rows=mapped))
    assert await built(sound_days) == 0
    for table in TABLES:
        known = select(*table.primary_key).where(table.c.centre == "demo").limit(1)
        (first,) = await here.server.log.run(lambda connection, known=known: connection.execute(known).all())  # type: ignore[misc]
        one = and_(*(column == value for column, value in zip(table.primary_key, first, strict=True)))
        harms = [update(table).values(day="2001-01-01"), delete(table)]
        # A day of which no row says how far it is shown would be shown by the server that runs here.
        for harm in harms[:1] if table is report_days else harms:
            await here.server.log.write(lambda connection, harm=harm, one=one: connection.execute(harm.where(one)))  # type: ignore[misc]
            assert await built(DAYS) == 1
            assert await here.server.log.run(content) == live
    assert await built(sound_days) == 0


async def test_days_that_are_far_behind_are_followed_in_a_process_of_its_own(
    here: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_morning(here)
    here_alone = await followed(here)
    for table in TABLES:
        await here.server.log.write(lambda connection, table=table: connection.execute(delete(table)))  # type: ignore[misc]
    monkeypatch.setattr(follower, "_MAX_HERE", 0)

    async def not_here(*_: object) -> DayFacts:
        msg = "nothing is left to be followed here"
        raise AssertionError(msg)

    monkeypatch.setattr(follower, "show_day", not_here)
    assert await followed(here) == here_alone


async def test_two_servers_follow_the_same_day_at_once(two: tuple[House, House]) -> None:
    one, other = two
    kiosk, desk = await one.kiosk(), await other.manager()
    await done(desk, f"{ONE}/open")
    for _ in range(6):
        await done(kiosk, VISITS, TICKET)
        await done(desk, f"{ONE}/call-next")
        await done(desk, f"{ONE}/start")
        await asyncio.gather(*(here.server[ReportFollower].follow() for here in (one, other, one)))
        await done(desk, f"{ONE}/finish")
        await sound(one)
    assert await followed(one) == await followed(other)


async def test_a_day_that_is_over_is_forgotten(data: Path) -> None:
    """A day takes some MiB, and a server is up for months."""
    clock = Clock(now_micros())
    async with house(data, clock=clock) as here:
        kept = []
        for _ in range(2):
            kiosk = await here.kiosk()
            await done(kiosk, VISITS, TICKET)
            await followed(here)
            gc.collect()
            kept.append(sum(type(one) is DayFacts for one in gc.get_objects()))
            clock.now = Micros(clock.now + 24 * HOUR)
        rows = await here.server.log.run(content)
        assert len(rows[report_days.name]) == 2
    assert kept == kept[:1] * 2
