"""The town at eleven o'clock of a busy day, behind a real socket, for a browser: it has learned from two weeks."""

import asyncio
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import requests
from msgspec.structs import replace
from playwright.sync_api import Browser, Page
from sqlalchemy import Connection, insert

from queue_server.accounts.identities import SESSION_COOKIE
from queue_server.accounts.model import Role
from queue_server.appointments.tables import appointments
from queue_server.catalogue.appointments import AppointmentRules
from queue_server.database import parse_url
from queue_server.domain.values import HOUR
from queue_server.simulation.arrivals import drawn_day
from queue_server.simulation.staffing import staffed_centre
from queue_server.waiting.learner import Learner
from tests.once import made_once
from tests.queue_server.conftest import fill
from tests.queue_server.simulation.town import demand, setup
from tests.queue_server.waiting.past import NOW, TODAY, TOWN, again, town, with_counters
from tests.queue_server.web.chromium import be_patient
from tests.queue_server.web.page_client import PageClient


class TownClient(PageClient):
    """The manager who has signed in, without a browser. The town has no kiosk: only pages, forms and buttons."""

    def __init__(self, address: str, cookie: str) -> None:
        self.address = address
        self._http = requests.Session()
        self._http.headers.update({"Accept-Language": "en", "Origin": address})
        # Kept through redirects, unlike a header.
        self._http.cookies.set(SESSION_COOKIE, cookie)
        self._csrf = ""


class ServedTown(NamedTuple):
    """``cookie`` is that of a manager who has signed in."""

    address: str
    cookie: str

    def client(self) -> TownClient:
        """Give a client without a browser in which the manager is signed in."""
        return TownClient(self.address, self.cookie)

    def open(self, browser: Browser) -> Page:
        """Open a browser in which the manager is signed in."""
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        domain = urlsplit(self.address).hostname or ""
        context.add_cookies([{"name": SESSION_COOKIE, "value": self.cookie, "domain": domain, "path": "/"}])
        be_patient(context)
        return context.new_page()


def book(connection: Connection) -> None:
    """Store who has booked for today, as the day was drawn: some of them do not come."""
    drawn = drawn_day(staffed_centre(setup(), TODAY), demand(), factor=1.0, seed=TODAY)
    rows = [
        {
            "book": f"{TOWN}/{TODAY}",
            "id": f"booking-{number}",
            "centre": TOWN,
            "day": TODAY,
            "code": f"B{number:05}",
            "state": "booked",
            "at": one.at,
            "service": one.services[0],
            "services": list(one.services),
            "party_size": one.people,
            "people": [{"band": "adult", "count": one.people}],
            "language": "en",
            "through": "public",
            "seconds": 600,
            "booked_at": NOW - 7 * 24 * HOUR,
            "changed_at": NOW - 7 * 24 * HOUR,
            "revision": 1,
        }
        for number, one in enumerate(drawn.bookings)
    ]
    connection.execute(insert(appointments), rows)


def _learn(folder: Path) -> None:
    """Make the data of the town, which has learned from two weeks."""
    data = folder / "data"
    data.mkdir(mode=0o700)
    fill(parse_url(None, data), data)

    async def learn() -> None:
        async with town(data, stored=replace(with_counters(), appointments=AppointmentRules())) as here:
            await here.server[Learner].learn()
            await here.server.log.write(book)

    asyncio.run(learn())


@contextmanager
def served_town(data: Path) -> Iterator[ServedTown]:
    """Run the town's server in a thread: this one belongs to the browser."""
    started: Future[tuple[ServedTown, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        # Its clock stands still: what was asked before would be known for ever.
        async with again(data) as here:
            client, _ = await here.staff(Role.MANAGER, None, TOWN)
            ended = asyncio.Event()
            cookie = client.headers["Cookie"].removeprefix(f"{SESSION_COOKIE}=")
            started.set_result((ServedTown(here.address, cookie), asyncio.get_running_loop(), ended))
            await ended.wait()

    def run() -> None:
        try:
            shutil.copytree(made_once("learned-town", _learn) / "data", data)
            asyncio.run(serve())
        except BaseException as error:
            if started.done():
                raise
            started.set_exception(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        found, loop, ended = started.result()
        yield found
        loop.call_soon_threadsafe(ended.set)
    finally:
        thread.join()
