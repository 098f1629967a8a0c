from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.peripherals.serve.bench import Bench, Devices
from tests.ports import free_port
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import CENTRES, SETTINGS, Centre, Server


@pytest.fixture(scope="module")
def devices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Devices]:
    made = Devices(tmp_path_factory.mktemp("devices"))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = f"{SETTINGS}\n[pages]\ndesk_port = {free_port()}\n"
    with Server(tmp_path_factory.mktemp("server") / "data", settings, CENTRES[:40]) as started:
        yield started


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory, process: Server, devices: Devices) -> Iterator[Bench]:
    text = (process.data / "settings.toml").read_text()
    port = int(text.rpartition("desk_port = ")[2])
    with Bench(tmp_path_factory.mktemp("desk"), process.address, devices, port=port) as made:
        yield made


@pytest.fixture
def desk(browser: Browser, centre: Centre, agent: Bench) -> Iterator[Desk]:
    """Give a browser in which Ines Moreau sits at counter 3; no reader is paired yet."""
    assert agent.port
    with Desk(browser, centre) as seated:
        seated.sign_in("ines.moreau", "3")
        seated.open()
        yield seated
