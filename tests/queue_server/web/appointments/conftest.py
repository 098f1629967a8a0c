import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser
from sqlalchemy import Connection

from queue_server.catalogue import store, toml
from queue_server.database import open_database, parse_url
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from tests.queue_server.web.appointments.booker import Booker
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.reused_desk import ReusedDesk
from tests.queue_server.web.server import CENTRES, Centre, Server, run_aside
from tests.queue_server.web.succession import Succession

#: Where people may be written to; nobody takes the letters here.
SETTINGS = """
[mail]
host = "127.0.0.1"
port = 2525
security = "none"
sender = "post@centre.example"
"""
#: Times begin so often, and no test begins so shortly before one: it would be gone when the test takes it.
PERIOD_S, TAKEN_WITHIN_S = 15 * 60, 60
#: As many as other servers have, of which one filled folder is copied.
PREPARED = CENTRES[:40]
#: Where people come with the document that was named when booking.
STRICT = CENTRES[30]


@pytest.fixture(scope="session")
def desk_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Succession]:
    """Give servers at whose centres it is about noon: what is booked next is of today."""

    def make() -> Server:
        server = Server(tmp_path_factory.mktemp("appointments") / "data", SETTINGS, PREPARED)
        server.unused.remove(STRICT)
        run_aside(at_noon(server.data))
        return server

    with Succession(Path(__file__).parent, make) as servers:
        yield servers


async def at_noon(data: Path) -> None:
    demo = toml.parse(store.demo_catalogues()[0])
    zone = noon_zone()

    def save(connection: Connection) -> None:
        for ident in PREPARED:
            rules = demo.appointments
            assert rules is not None
            setup = replace(
                demo,
                centre=replace(demo.centre, id=ident, zone=zone),
                appointments=replace(rules, confirm_document=ident == STRICT),
            )
            store.save(connection, setup)

    async with open_database(parse_url(None, data)) as database, SqlEventLog(database) as log:
        await log.write(save)


def noon_zone() -> str:
    """Name a zone in which it is between eleven and one o'clock (tz database: ``Etc/GMT-3`` is east of Greenwich)."""
    east = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-east:+d}" if east else "Etc/UTC"


@pytest.fixture
def server(desk_servers: Succession) -> Server:
    """Give the server of these tests: people may be written to, and the next time of a day is not about to begin."""
    server = desk_servers.current()
    left_s = PERIOD_S - time.time() % PERIOD_S
    if left_s < TAKEN_WITHIN_S:
        time.sleep(left_s)
    return server


@pytest.fixture
def centre(server: Server) -> Centre:
    """Give a centre that no test has used."""
    return Centre(server, server.unused.popleft())


@pytest.fixture
def strict(server: Server) -> Centre:
    """Give a centre where people come with the document that was named when booking."""
    return Centre(server, STRICT)


class ReusedBooker(Booker, ReusedDesk):
    """A browser that the tests of a module share."""


@pytest.fixture(scope="module")
def booking_desk(browser: Browser, desk_servers: Succession) -> Iterator[ReusedBooker]:
    server = desk_servers.current()
    with ReusedBooker(browser, Centre(server, server.unused[0])) as desk:
        yield desk


@pytest.fixture
def reception(booking_desk: ReusedBooker, centre: Centre) -> Iterator[Booker]:
    """Give a browser in which Noor Haddad sits at the reception desk."""
    booking_desk.move_to(centre)
    booking_desk.receive()
    yield booking_desk
    booking_desk.leave()


@pytest.fixture
def strict_reception(booking_desk: ReusedBooker, strict: Centre) -> Iterator[Booker]:
    """Give the same desk at a centre where people come with the document that was named when booking."""
    booking_desk.move_to(strict)
    booking_desk.receive()
    yield booking_desk
    booking_desk.leave()


@pytest.fixture
def front(client: PageClient) -> PageClient:
    """Sign Noor Haddad in at reception, without a browser."""
    client.enter("noor.haddad")
    client.get("/reception")
    return client
