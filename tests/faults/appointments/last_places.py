"""The last places of a time, wanted by more people than there are places, at several servers at once."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

from msgspec.structs import replace

from queue_server.catalogue.model import Setup
from tests.faults.appointments.site import BookingSite, soon
from tests.queue_server.appointments.booked import APPOINTMENTS, until_full, wanted
from tests.queue_server.house import Reply

COPY = "uto-certified-copy"
ONE_STOP = "uto-evacuation"


def everybody_takes_as_long(demo: Setup) -> Setup:
    """Have each person of a party need as long as the first, and give appointments for what has one stop."""
    return replace(
        demo,
        steps=tuple(replace(step, extra_minutes=None) for step in demo.steps),
        services=tuple(replace(service, bookable=True) for service in demo.services),
    )


def said(answers: list[Reply]) -> Counter[tuple[int, str]]:
    return Counter((answer.status, "" if answer.status == 201 else answer.code) for answer in answers)


async def leave(there: BookingSite, at: datetime, service: str, left: int) -> None:
    """Book a time until so many find a place; where nobody has booked, as many do as on the day after."""
    office = there.clients[0]
    found, _ = await until_full(office, at + timedelta(days=1), service)
    assert len(found) > left
    for _ in range(len(found) - left):
        assert (await office.post(APPOINTMENTS, wanted(at, service))).status == 201


async def book_for_four(there: BookingSite, left: int, *, fits: bool) -> None:
    """Book for a family of four at all servers at once, where ``left`` people find a place: all four do, or none.

    It is the last quarter of an hour, and each person needs three minutes.
    """
    at = soon()
    for day in (at, at + timedelta(days=1)):
        await there.change(day + timedelta(minutes=15), 5.75, kind="close")
    await leave(there, at, ONE_STOP, left)
    before = await there.day(at)
    family = wanted(at, ONE_STOP, party_size=4)
    answers = await asyncio.gather(*(client.post(APPOINTMENTS, family) for client in there.clients * 4))
    if fits:
        assert said(answers) == {(201, ""): 1, (409, "time-taken"): 7}
    else:
        assert said(answers) == {(409, "time-taken"): 8}
        # Nothing of them is left behind: three who come alone find their places.
        assert await there.day(at) == before
        alone = await asyncio.gather(*(client.post(APPOINTMENTS, wanted(at, ONE_STOP)) for client in there.clients * 4))
        assert said(alone) == {(201, ""): 3, (409, "time-taken"): 5}
    await there.verify()
