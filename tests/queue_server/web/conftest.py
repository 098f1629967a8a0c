from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from queue_server.database import open_database, parse_url
from queue_server.domain.values import Actor, now_micros
from queue_server.information import store
from tests.queue_server.web.chromium import chromium
from tests.queue_server.web.custody_browser import QuickDesk
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.person import Person
from tests.queue_server.web.reception_desk import issued, receive, scan, shows
from tests.queue_server.web.resting import rest_before, wake_for
from tests.queue_server.web.reused_desk import ReusedDesk, reused_desk
from tests.queue_server.web.server import CENTRES, Centre, Server, run_aside
from tests.queue_server.web.succession import Succession

HERE = Path(__file__).parent


def pytest_runtest_setup(item: pytest.Item) -> None:
    wake_for(item.path)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    rest_before(None if nextitem is None else nextitem.path)


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let tests wait: the server is another process, and the loop of this thread is the browser's remote control."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Succession]:
    with Succession(HERE, lambda: Server(tmp_path_factory.mktemp("server") / "data", centres=CENTRES[-36:])) as servers:
        yield servers


@pytest.fixture
def process(processes: Succession) -> Server:
    return processes.current()


@pytest.fixture(scope="session")
def smalls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Succession]:
    with Succession(HERE, lambda: Server(tmp_path_factory.mktemp("small") / "data", centres=CENTRES[:12])) as servers:
        yield servers


@pytest.fixture
def small(smalls: Succession) -> Server:
    return smalls.current()


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Give a server, running. A test that is marked ``stops`` may stop it: it has few centres, and is soon back."""
    may_be_stopped = request.node.get_closest_marker("stops") is not None
    given: Server = request.getfixturevalue("small" if may_be_stopped else "process")
    given.start()
    yield given
    assert may_be_stopped or not given.is_stopped, "what stops the server is marked"
    given.start()


@pytest.fixture
def centre(server: Server) -> Centre:
    """Give a centre that no test has used."""
    return Centre(server, server.unused.popleft())


@pytest.fixture
def desk(browser: Browser, centre: Centre) -> Iterator[Desk]:
    """Give a browser in which Ines Moreau sits at counter 3, open."""
    with Desk(browser, centre) as seated:
        seated.sign_in("ines.moreau", "3")
        seated.open()
        yield seated


@pytest.fixture(scope="module")
def front_desk(browser: Browser, processes: Succession) -> Iterator[ReusedDesk]:
    with reused_desk(browser, processes) as desk:
        yield desk


@pytest.fixture
def reception(front_desk: ReusedDesk, centre: Centre) -> Iterator[Desk]:
    """Give a browser in which Noor Haddad sits at the reception desk; the tests of a module share it."""
    front_desk.move_to(centre)
    receive(front_desk)
    yield front_desk
    front_desk.leave()


@pytest.fixture
def client(centre: Centre) -> Iterator[PageClient]:
    """Give a client without a browser and without a session."""
    with PageClient(centre) as unknown:
        yield unknown


@pytest.fixture
def clerk(client: PageClient) -> PageClient:
    """Sign Ines Moreau in at counter 3, open, without a browser: the counterpart of ``desk``."""
    client.sign_in("ines.moreau", "3")
    client.open("3")
    return client


@pytest.fixture
def other(desk: Desk) -> Iterator[PageClient]:
    """Give a colleague without a browser: Samir Nasser at counter 4, open, beside ``desk``."""
    with PageClient(desk.centre) as seated:
        seated.sign_in("samir.nasser", "4")
        seated.open("4")
        yield seated


@pytest.fixture
def cashier(browser: Browser, centre: Centre) -> Iterator[Person]:
    """Give a browser in which Hana Kovac, a cashier, has signed in."""
    with Person(browser, centre, "Hana Kovac", "cashier") as person:
        yield person


@pytest.fixture
def written(centre: Centre) -> Centre:
    """Give a centre with the pages of the demo, looked through today."""
    text = store.demo_pages()[0].replace('centre = "demo"', f'centre = "{centre.id}"')

    async def write() -> None:
        async with open_database(parse_url(None, centre.server.data)) as database:
            await database.write(
                lambda connection: store.import_pages(connection, text, actor=Actor("system"), now=now_micros())
            )

    run_aside(write())
    return centre


@pytest.fixture
def codes(reception: Desk, centre: Centre) -> tuple[str, str]:
    """Give the tickets of two visits; the first is in the hand."""
    before, after = centre.issue("uto-birth"), centre.issue("uto-birth")
    issued(reception, 2)
    scan(reception, before.code)
    shows(reception, before.code)
    return before.code, after.code


@pytest.fixture
def custody(browser: Browser, centre: Centre) -> Iterator[QuickDesk]:
    """Give a browser in which Jun Takeda is at the custody desk."""
    with QuickDesk(browser, centre) as desk:
        desk.come()
        yield desk
