"""Servers killed amid bookings: what was answered is there, nothing is there twice, and no place is given twice.

Judged from the streams of the days alone.
"""

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import URL, Connection, text

from queue_server.catalogue.model import Setup
from queue_server.database import open_database, parse_url
from queue_server.domain.values import to_micros
from tests.faults import callers as c
from tests.faults.appointments import bookers
from tests.faults.appointments.answers import TYPES, judge_answers
from tests.faults.appointments.judge import BookingJudge, Period
from tests.faults.appointments.site import BookingSite, booking_site, soon
from tests.faults.judge import Row
from tests.faults.killing import kill_in_turn

BOOKERS, UNDECIDED = 8, 8
#: Answers that are asked for again in the end, for each kill.
AGAIN = 20
#: What is answered the same whatever has happened since. A hold ends, and a change can be taken back.
LASTS = {"appointments", "move", "cancel"}


def free_at_once(demo: Setup) -> Setup:
    """Have what is given back free for others at once, and give appointments for what has one stop."""
    assert demo.appointments is not None
    return replace(
        demo,
        appointments=replace(demo.appointments, release_within_min=0),
        services=tuple(replace(service, bookable=True) for service in demo.services),
    )


async def read_days(there: BookingSite, url: str | None) -> list[Row]:
    statement = text(
        "SELECT stream, seq, type, command, payload, at FROM events"
        " WHERE stream LIKE 'appointments/demo/%' ORDER BY stream, seq"
    )

    def read(connection: Connection) -> list[Row]:
        return [Row(*row) for row in connection.execute(statement)]

    async with open_database(parse_url(url, there.installation.data)) as database:
        return await database.run(read)


async def bookable(there: BookingSite, days: Sequence[datetime]) -> dict[str, dict[Period, int]]:
    shown = [await there.day(at) for at in days]
    return {
        day["day"]: {
            (pool["id"], to_micros(datetime.fromisoformat(one["at"]))): one["bookable"]
            for pool in day["pools"]
            for one in pool["periods"]
        }
        for day in shown
    }


async def race(there: BookingSite, url: str | None, kills: int, seed: int) -> None:
    chance, servers = random.Random(seed), there.installation.servers
    days = (soon(), soon() + timedelta(days=1))
    times = [day + timedelta(minutes=15 * number) for day in days for number in range(3)]
    spans = [(day, day + timedelta(minutes=30)) for day in days]
    judge = BookingJudge(await bookable(there, days))
    async with c.calling(servers, seed) as callers:
        callers.pause = 0.02
        async with asyncio.TaskGroup() as group:
            for _ in range(BOOKERS):
                group.create_task(bookers.book(callers, there.token, times, random.Random(chance.random())))
            for _ in range(UNDECIDED):
                group.create_task(bookers.change_minds(callers, there.token, times, random.Random(chance.random())))
            group.create_task(bookers.manage(callers, there.token, spans, random.Random(chance.random())))
            await kill_in_turn(servers, callers, kills, chance, (30, 80))
            await callers.more(100)
            callers.over = True
        callers.pause = 0
        answers = callers.answers.copy()
        await asyncio.gather(*(server.kill() for server in servers))
        judge.read(await read_days(there, url))
        await asyncio.gather(*(server.start() for server in servers))
        lasting = [one for one in answers if one.done and one.request.verb in LASTS and one.request.key in judge.keys]
        await c.ask_again(callers, chance.sample(lasting, min(len(lasting), AGAIN * kills)))
    print(
        f"{len(servers)} servers, {kills} kills: {len(answers)} answers, {callers.cut} cut off, "
        f"{len(judge.codes)} booked"
    )
    print(dict(sorted(c.tally(answers).items())))
    assert judge.faults == []
    assert judge_answers(answers, judge) == []
    for at in days:
        # Nothing came by asking again, and both servers see what the streams say.
        shown = await there.day(at)
        assert shown["booked"] == sum(stream.endswith(shown["day"]) for stream in judge.booked.values())
        assert all(one["taken"] <= one["bookable"] for pool in shown["pools"] for one in pool["periods"])
    await there.verify()
    assert callers.cut > 0
    assert c.tally([answer for answer in answers if answer.done]).keys() >= TYPES.keys(), "every verb has happened"
    assert c.tally(answers)["time-taken"] > 0, "people were in each other's way"


@pytest.mark.timeout(900)
async def test_one_server_on_sqlite_killed_amid_bookings(tmp_path: Path, load: int, seed: int) -> None:
    async with booking_site(tmp_path / "data", None, 1, free_at_once) as there:
        await race(there, None, 10 * load, seed)


@pytest.mark.timeout(900)
async def test_two_servers_on_postgres_killed_amid_bookings(
    tmp_path: Path, postgres_url: URL, load: int, seed: int
) -> None:
    url = postgres_url.render_as_string(hide_password=False)
    async with booking_site(tmp_path / "data", url, 2, free_at_once) as there:
        await race(there, url, 10 * load, seed)
