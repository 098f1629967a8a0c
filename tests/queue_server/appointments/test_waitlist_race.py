"""Two servers of one PostgreSQL offer at once: each place goes to one person, in order, and nobody has two."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection

from queue_server.appointments import waitlist_store
from queue_server.appointments.decide import use_of
from queue_server.appointments.engine import AppointmentEngine
from queue_server.appointments.settings import AppointmentSettings
from queue_server.appointments.waitlist_model import WaitlistEntry
from queue_server.appointments.waitlist_offering import WaitlistOffers
from queue_server.centre.centres import Centres
from queue_server.domain.appointments import WaitlistState
from queue_server.domain.values import CentreId
from tests.queue_server.appointments.booked import APPOINTMENTS, NURSE, soon, sound, until_full
from tests.queue_server.appointments.test_waitlist import waits
from tests.queue_server.house import QUICK, House, house
from tests.queue_server.notices.told import PATIENT


@pytest.fixture
async def pair(shared_url: URL, shared: Path) -> AsyncIterator[tuple[House, House]]:
    """Run two servers of one database; they offer when they are told to."""
    url = shared_url.render_as_string(hide_password=False)
    settings = QUICK.but(PATIENT, AppointmentSettings(waitlist_s=600))
    async with house(shared, settings, url=url) as one, house(shared, settings, url=url) as other:
        yield one, other


async def test_two_servers_offer_each_place_once_and_in_order(pair: tuple[House, House]) -> None:
    here = pair[0]
    office = await here.manager()
    at = soon(here, 5)
    booked_ones, _refused = await until_full(office, at, NURSE)
    entries = [(await waits(office, at, f"number{number}"))["entry"]["id"] for number in range(len(booked_ones) + 2)]
    await asyncio.gather(*(office.post(f"{APPOINTMENTS}/{one}/cancel") for one in booked_ones))
    await asyncio.gather(*(one.server[WaitlistOffers].offer() for one in pair for _twice in range(3)))

    def offered(connection: Connection) -> tuple[WaitlistEntry, ...]:
        return waitlist_store.in_state(connection, CentreId("demo"), WaitlistState.OFFERED)

    found = await here.server.log.run(offered)
    # As many as had it before, those who came first, each once.
    assert [one.id for one in found] == entries[: len(booked_ones)]
    assert all(len(one.offers) == 1 for one in found)
    assert len({one.offers[0].hold for one in found}) == len(found)
    day = found[0].offers[0].day
    demo, engine = here.server[Centres][CentreId("demo")], here.server[AppointmentEngine]
    book = await here.server.log.run(lambda connection: engine.books.read(connection, demo.id, day).book)
    # What was given back, and is theirs ahead of all, is not counted twice.
    use = use_of(engine.day(demo, day), book, here.server.clock(), ahead=True)
    for pool in use.day.pools:
        assert all(use.taken(pool.id, number) <= most for number, most in enumerate(pool.bookable))
    await sound(here)
