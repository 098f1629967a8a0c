"""Whole visits, from the kiosk and its paper over the counter to their end; in between the server is away.

The real kiosk, a real server that is killed, the pages of counter and phone. With boards, browsers, payments, documents
and longer outages: ``tests/journeys``.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image

from peripherals.printers.escpos.simulator import PrinterSimulator
from peripherals.simulation import TcpLine
from tests.faults.payments.site import SETTINGS, Site, until
from tests.faults.server_process import Installation
from tests.kiosk.app.processes import Controls, enrol_machine
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import CENTRES, Centre, Server

COUNTER = "3"
#: What costs nothing, as somebody without a document chooses it.
CHOICES = (
    ("language", "language", "en"),
    ("identify", "no-document", ""),
    ("government", "choose", "XAL"),
    ("kind", "choose", "help"),
    ("service", "choose", "xal-emergency-funds"),
    ("more", "go-on", ""),
    ("confirm", "confirm", ""),
)


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let this test wait: kiosk and server are other processes."""


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    with Server(tmp_path / "server", centres=CENTRES[:1]) as server:
        yield Centre(server, CENTRES[0])


@pytest.fixture
async def site(centre: Centre, tmp_path: Path) -> AsyncIterator[Site]:
    """Give a kiosk that is enrolled and prints."""
    async with a_printer(tmp_path / "paper") as printer:
        settings = tmp_path / "kiosk.toml"
        settings.write_text(SETTINGS)
        common = ("--data", tmp_path / "data", "--settings", settings)
        code = await Installation(centre.server.data).enrol_code("kiosk", "Kiosk 1", centre=centre.id)
        await enrol_machine(code, centre.server.address, *common)
        log = os.open(tmp_path / "log", os.O_WRONLY | os.O_CREAT)
        yield Site(tmp_path, common, ("--printer", f"escpos+tcp://{printer.address}"), log)
        os.close(log)


@asynccontextmanager
async def a_printer(papers: Path) -> AsyncIterator[PrinterSimulator]:
    printer = PrinterSimulator(TcpLine(), papers)
    await printer.start()
    yield printer
    await printer.stop()


async def take(controls: Controls) -> str:
    """Take a ticket as one person in a row of people does; return its code."""
    for page, *act in CHOICES:
        await controls.shows(page)
        await controls.ask(act=act)
    code = (await controls.shows("ticket", paper="taken"))["model"]["code"]
    await controls.ask(act=["done", ""])
    return str(code)


def kill(server: Server) -> None:
    """End the server as a power cut would; it comes back at the same address."""
    server._signal(signal.SIGKILL)
    server.stop()


def addresses(papers: Path) -> list[str]:
    """Return the paths that the codes on paper lead to, of the first paper first."""
    texts = [found.text for file in sorted(papers.glob("*.png")) for found in zxingcpp.read_barcodes(Image.open(file))]
    return [urlsplit(text).path for text in texts]


def press(clerk: PageClient, act: str) -> None:
    clerk.press(clerk.get("/counter").one(f"#act-{act}"))


def call(clerk: PageClient) -> str:
    """Call the next visit and begin with it; return its code."""
    press(clerk, "call-next")
    page = clerk.get("/counter")
    assert page.one("#now")["data-stage"] == "called"
    press(clerk, "start")
    return page.one(".ticket .code").text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")


async def test_visits_go_on_to_their_end_though_the_server_was_away(centre: Centre, site: Site, tmp_path: Path) -> None:
    server = centre.server
    with PageClient(centre) as clerk, PageClient(centre) as phone:
        clerk.sign_in("ines.moreau", COUNTER)
        clerk.open(COUNTER)
        async with site.kiosk() as (controls, _):
            codes = [await take(controls)]
            await until(lambda: centre.events("visit-issued") == 1)
            assert call(clerk) == codes[0]

            kill(server)
            # The kiosk goes on by itself, with numbers of its own.
            codes += [await take(controls) for _ in range(2)]
            server.start()
            await until(lambda: centre.events("visit-issued") == 3)
        assert len(set(codes)) == 3
        (first, *_) = papers = await asyncio.to_thread(addresses, tmp_path / "paper")
        assert len(papers) == 3
        assert clerk.get("/counter").one("#now")["data-stage"] == "serving"
        press(clerk, "finish")

        # Everybody is called in the order of coming, once for each step.
        calls: list[str] = []
        while centre.events("visit-done") < len(codes):
            calls.append(call(clerk))
            press(clerk, "finish")
        assert list(dict.fromkeys(code for code in calls if code != codes[0])) == codes[1:]
        assert centre.events("visit-called") == len(calls) + 1
        assert phone.get(first).one("h1").text == "Your visit is over"
    server.stop()
    assert (await Installation(server.data).verify())["ok"]
