"""Many at once, at two servers of one PostgreSQL: each place is given once, and everybody gets a clear answer."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL

from queue_server.domain.values import new_id
from tests.faults.appointments.last_places import COPY, book_for_four, everybody_takes_as_long, leave, said
from tests.faults.appointments.site import BookingSite, booking_site, soon
from tests.queue_server.appointments.booked import APPOINTMENTS, wanted
from tests.queue_server.house import Reply


@pytest.fixture
async def there(tmp_path: Path, postgres_url: URL) -> AsyncIterator[BookingSite]:
    url = postgres_url.render_as_string(hide_password=False)
    async with booking_site(tmp_path / "data", url, 2, everybody_takes_as_long) as running:
        yield running


async def test_64_clients_and_the_last_10_places(there: BookingSite) -> None:
    at = soon()
    for day in (at, at + timedelta(days=1)):
        await there.add_counters(day - timedelta(hours=1), 5, 12)
    await leave(there, at, COPY, 10)
    answers = await asyncio.gather(
        *(there.clients[number % 2].post(APPOINTMENTS, wanted(at, COPY)) for number in range(64))
    )
    assert said(answers) == {(201, ""): 10, (409, "time-taken"): 54}
    made = [answer.body["appointment"] for answer in answers if answer.status == 201]
    assert len({one["id"] for one in made}) == len({one["code"] for one in made}) == 10
    # Both servers say the same of the day, and nothing is given away twice.
    days = [(await client.get(f"{APPOINTMENTS}/days/{at.date()}")).body for client in there.clients]
    assert days[0] == days[1]
    assert all(one["taken"] <= one["bookable"] for pool in days[0]["pools"] for one in pool["periods"])
    await there.verify()


async def test_a_family_of_four_has_the_last_four_places(there: BookingSite) -> None:
    await book_for_four(there, 4, fits=True)


async def test_one_key_at_both_servers_is_one_booking(there: BookingSite) -> None:
    """A client whose answer was lost asks the other server: it gets the booking that there is."""
    at, key = soon(), new_id()
    answers = await asyncio.gather(*(one.post(APPOINTMENTS, wanted(at), key) for one in there.clients * 6))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["appointment"]["id"] for answer in answers}) == 1
    listed = await there.clients[1].get(f"{APPOINTMENTS}?day={at.date()}")
    assert len(listed.body["appointments"]) == 1


async def test_whoever_moves_whatever_at_once_nobody_is_in_two_places(there: BookingSite) -> None:
    """Appointments of two days go back and forth at both servers, while others cancel and book."""
    at, office = soon(), there.clients[0]
    days = (at, at + timedelta(days=1))
    for day in days:
        await there.add_counters(day - timedelta(hours=1), 5, 12)
    made = [(await office.post(APPOINTMENTS, wanted(day, COPY))).body["appointment"]["id"] for day in days * 6]

    def deed(number: int) -> Any:
        client, ident = there.clients[number % 2], made[number % len(made)]
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
    listed = [(await office.get(f"{APPOINTMENTS}?day={day.date()}")).body["appointments"] for day in days]
    where = Counter(one["id"] for found in listed for one in found)
    assert set(where.values()) == {1}
    assert set(made) <= set(where)
    await there.verify()
