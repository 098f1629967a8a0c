"""Many at once, at two servers of one PostgreSQL: each place is given once, and everybody gets a clear answer."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import URL

from queue_server.catalogue import store
from queue_server.centre.centres import Centres
from queue_server.database.settings import DatabaseSettings
from queue_server.domain.values import new_id
from queue_server.eventlog.rebuild import bad_rows
from queue_server.eventlog.verify import BadRow
from tests.queue_server.appointments.booked import APPOINTMENTS, soon, until_full, wanted
from tests.queue_server.house import KNOWN, QUICK, Client, House, Reply, house

#: However slow a machine is on which two servers of one database write at once.
PATIENT = DatabaseSettings(connect_timeout_ms=60_000, command_timeout_ms=60_000, patience_ms=60_000)
COPY = "uto-certified-copy"
ONE_STOP = "uto-evacuation"


@pytest.fixture
async def pair(shared_url: URL, shared: Path) -> AsyncIterator[tuple[House, House]]:
    """Run two servers of one database."""
    url, settings = shared_url.render_as_string(hide_password=False), QUICK.but(PATIENT)
    async with house(shared, settings, url=url) as one, house(shared, settings, url=url) as other:
        yield one, other


async def roomy(client: Client, at: datetime) -> None:
    """Have many counters at work for some hours, so that many find a place at one time."""
    body = {
        "kind": "counters",
        "counters": 12,
        "pool": "front-windows",
        "start": (at - timedelta(hours=1)).isoformat(),
        "end": (at + timedelta(hours=4)).isoformat(),
    }
    answer = await client.post(f"{APPOINTMENTS}/days/{at.date()}/changes", body)
    assert answer.status == 200, answer


async def with_room_for(client: Client, at: datetime, left: int) -> None:
    """Book a time until so many find a place; where nobody has booked, as many do as on any other day."""
    other = at + timedelta(days=1)
    await roomy(client, other)
    found, _ = await until_full(client, other, COPY)
    assert len(found) > left
    await roomy(client, at)
    for _ in range(len(found) - left):
        assert (await client.post(APPOINTMENTS, wanted(at, COPY))).status == 201


async def sound(here: House) -> None:
    """Find no row that is not as its stream has it."""
    assert await here.server.log.run(lambda connection: list[BadRow](bad_rows(connection, KNOWN.aggregates))) == []


async def test_64_clients_and_the_last_10_places(pair: tuple[House, House]) -> None:
    clients = [await here.manager() for here in pair]
    at = soon(pair[0])
    await with_room_for(clients[0], at, 10)
    answers = await asyncio.gather(*(clients[number % 2].post(APPOINTMENTS, wanted(at, COPY)) for number in range(64)))
    said = Counter((answer.status, "" if answer.status == 201 else answer.code) for answer in answers)
    assert said == {(201, ""): 10, (409, "time-taken"): 54}
    made = [answer.body["appointment"] for answer in answers if answer.status == 201]
    assert len({one["id"] for one in made}) == len({one["code"] for one in made}) == 10
    # Both servers say the same of the day, and nothing is given away twice.
    days = [(await client.get(f"{APPOINTMENTS}/days/{at.date()}")).body for client in clients]
    assert days[0] == days[1]
    assert all(one["taken"] <= one["bookable"] for pool in days[0]["pools"] for one in pool["periods"])
    await sound(pair[1])


@pytest.mark.parametrize(("left", "fits"), [(3, False), (4, True)])
async def test_a_family_of_four_has_four_places_or_none(pair: tuple[House, House], left: int, *, fits: bool) -> None:
    """In the last quarter of an hour, where each person needs three minutes."""
    clients = [await here.manager() for here in pair]
    at, office = soon(pair[0]), clients[0]
    await everybody_takes_as_long(pair)
    for day in (at, at + timedelta(days=1)):
        start, end = day + timedelta(minutes=15), day + timedelta(hours=6)
        closed = {"kind": "close", "start": start.isoformat(), "end": end.isoformat()}
        answer = await office.post(f"{APPOINTMENTS}/days/{day.date()}/changes", closed)
        assert answer.status == 200, answer
    found, _ = await until_full(office, at + timedelta(days=1), ONE_STOP)
    for _ in range(len(found) - left):
        assert (await office.post(APPOINTMENTS, wanted(at, ONE_STOP))).status == 201
    before = (await office.get(f"{APPOINTMENTS}/days/{at.date()}")).body
    family = wanted(at, ONE_STOP, party_size=4)
    answers = await asyncio.gather(*(client.post(APPOINTMENTS, family) for client in clients * 4))
    said = Counter((answer.status, "" if answer.status == 201 else answer.code) for answer in answers)
    if fits:
        assert said == {(201, ""): 1, (409, "time-taken"): 7}
    else:
        assert said == {(409, "time-taken"): 8}
        # Nothing of them is left behind: three who come alone find their places.
        assert (await office.get(f"{APPOINTMENTS}/days/{at.date()}")).body == before
        alone = await asyncio.gather(*(client.post(APPOINTMENTS, wanted(at, ONE_STOP)) for client in clients * 4))
        assert Counter(answer.status for answer in alone) == {201: 3, 409: 5}
    await sound(pair[0])


async def everybody_takes_as_long(pair: tuple[House, House]) -> None:
    """Have each person of a party need as long as the first, and give appointments for what has one stop."""
    setup = pair[0].server[Centres].find("demo").setup.setup
    changed = replace(
        setup,
        steps=tuple(replace(step, extra_minutes=None) for step in setup.steps),
        services=tuple(replace(service, bookable=True) for service in setup.services),
    )
    await pair[0].server.log.write(lambda connection: store.save(connection, changed))
    for here in pair:
        await here.server[Centres].refresh()


async def test_one_key_at_both_servers_is_one_booking(pair: tuple[House, House]) -> None:
    """A client whose answer was lost asks the other server: it gets the booking that there is."""
    client = await pair[0].manager()
    other = Client(pair[1].http, pair[1].address, client.headers)
    at, key = soon(pair[0]), new_id()
    answers = await asyncio.gather(*(one.post(APPOINTMENTS, wanted(at), key) for one in (client, other) * 6))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["appointment"]["id"] for answer in answers}) == 1
    listed = await other.get(f"{APPOINTMENTS}?day={at.date()}")
    assert len(listed.body["appointments"]) == 1


async def test_whoever_moves_whatever_at_once_nobody_is_in_two_places(pair: tuple[House, House]) -> None:
    """Appointments of two days go back and forth at both servers, while others cancel and book."""
    clients = [await here.manager() for here in pair]
    at = soon(pair[0])
    days = (at, at + timedelta(days=1))
    for day in days:
        await roomy(clients[0], day)
    made = [(await clients[0].post(APPOINTMENTS, wanted(day, COPY))).body["appointment"]["id"] for day in days * 6]

    def deed(number: int) -> Any:
        client, ident = clients[number % 2], made[number % len(made)]
        path = f"{APPOINTMENTS}/{ident}"
        match number % 5:
            case 0 | 1:
                return client.post(f"{path}/move", {"at": days[number // 5 % 2].isoformat()})
            case 2:
                return client.post(f"{path}/move", {"at": (days[0] + timedelta(minutes=15)).isoformat()})
            case 3:
                return client.post(APPOINTMENTS, wanted(days[number % 2], COPY))
            case _:
                return client.post(f"{path}/cancel")

    answers: list[Reply] = await asyncio.gather(*(deed(number) for number in range(60)))
    refusals = {answer.code for answer in answers if answer.status == 409}
    assert {answer.status for answer in answers} <= {200, 201, 409}
    assert refusals <= {"appointment-state", "time-taken"}
    listed = [(await clients[0].get(f"{APPOINTMENTS}?day={day.date()}")).body["appointments"] for day in days]
    where = Counter(one["id"] for found in listed for one in found)
    assert set(where.values()) == {1}
    assert set(made) <= set(where)
    await sound(pair[0])
