"""Somebody collects at a whole kiosk, with the chip of their passport or a code, from a real server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from kiosk.kit import fonts
from kiosk.settings import KioskCollection, KioskSettings
from peripherals.documents.passport.specimen import Specimen
from queue_server.collection import tables
from queue_server.contract.documents import DocumentReading
from queue_server.domain.collection_codes import with_check_digit
from tests.kiosk.app.centre import until
from tests.kiosk.app.chip_bench import HASTY, specimen, store_of
from tests.kiosk.app.stand import Stand, everything, stand
from tests.queue_server.collection.people import applied, clerk, code_for, document, does, handed_in
from tests.queue_server.collection.test_doors import lockers
from tests.queue_server.conftest import _own_house as here  # noqa: F401 - fixtures
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import Client, House
from tests.queue_server.lockers.scripted import accepted, blocked, closed, opened

SETTINGS = replace(HASTY, collection=KioskCollection(offered=True, poll_s=0.05))


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


@asynccontextmanager
async def kiosk_at(
    server: House, folder: Path, *trusted: Specimen, settings: KioskSettings = SETTINGS
) -> AsyncIterator[Stand]:
    """Run a kiosk that is enrolled at this server, as a technician does it."""
    code = await server.enrol_code("kiosk")
    async with stand(folder, server.address, settings=settings, chips=True, trust=lambda: store_of(*trusted)) as kiosk:
        await kiosk.shows("setup")
        for digit in code:
            kiosk.act("digit", digit)
        kiosk.act("submit")
        await kiosk.shows("language")
        await until(lambda: kiosk.on.equipment.chip._present)
        yield kiosk


def on_paper(found: Specimen) -> DocumentReading:
    """Give what a kiosk has read of this document before."""
    return document(found.zone[44:53].rstrip("<"), found.zone[2:5].rstrip("<"))


async def to_collect(kiosk: Stand) -> None:
    kiosk.act("language", "en")
    await kiosk.shows("identify", reader="ready", collects=True)
    kiosk.act("collect")
    await kiosk.shows("collect")


async def lay(kiosk: Stand, found: Specimen) -> None:
    kiosk.chip.insert(found.chip)
    await kiosk.reader.show(found.lines)


async def type_code(kiosk: Stand, code: str) -> None:
    kiosk.act("code")
    await kiosk.shows("passcode")
    for digit in code:
        kiosk.act("digit", digit)
    kiosk.act("submit")


def rows(kiosk: Stand) -> list[tuple[str, str]]:
    return [(one["kind"], one["where"]) for one in kiosk.model["rows"]]


async def ready(desk: Client, *items: str) -> None:
    for item in items:
        await does(desk, item, "ready")


async def test_a_passport_says_what_is_here_and_another_one_says_nothing(here: House, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    own, others = specimen("ordinary"), specimen("ordinary", 2)
    desk = await clerk(here)
    application = await applied(here, on_paper(own))
    one, _ = await handed_in(desk, application, "birth-certificate"), await handed_in(desk, application)
    await ready(desk, one)
    async with kiosk_at(here, tmp_path, own, others) as kiosk:
        await to_collect(kiosk)
        await lay(kiosk, others)
        await kiosk.shows("chip", state="ended")
        kiosk.act("continue")
        await kiosk.shows("findings", found="nothing")
        kiosk.act("again")
        await kiosk.shows("collect")
        await lay(kiosk, own)
        await kiosk.shows("chip", state="ended", outcome="read")
        kiosk.act("continue")
        await kiosk.shows("findings", found="found", here=0, at_counter=True)
        assert rows(kiosk) == [("birth-certificate", "counter"), ("passport", "later")]
        kiosk.act("counter")
        await until(lambda: kiosk.frame.page in {"government", "kind"})
        kiosk.start_over()
        await kiosk.shows("language", can_restart=False)
        # Nothing of the document was ever on the screen.
        assert on_paper(own).number not in everything(kiosk.frames)


async def test_a_code_is_good_for_its_item_and_wrong_ones_are_slowed(here: House, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    desk = await clerk(here)
    item = await handed_in(desk, None)
    await ready(desk, item)
    code = await code_for(desk, item)
    async with kiosk_at(here, tmp_path) as kiosk:
        await to_collect(kiosk)
        await type_code(kiosk, code)
        await kiosk.shows("findings", found="found", at_counter=True)
        assert rows(kiosk) == [("passport", "counter")]
        assert code not in everything(kiosk.frames[-1:])
        kiosk.start_over()
        await kiosk.shows("language", can_restart=False)
        await to_collect(kiosk)
        for number in range(5):
            await type_code(kiosk, with_check_digit(number))
            await kiosk.shows("findings", found="nothing", by_code=True)
            kiosk.act("again")
            await kiosk.shows("collect")
        await type_code(kiosk, code)
        await kiosk.shows("findings", found="slowed", wait_min=1)


async def test_whoever_leaves_is_forgotten_at_the_server_too(here: House, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    desk = await clerk(here)
    item = await handed_in(desk, None)
    await ready(desk, item)
    code = await code_for(desk, item)
    async with kiosk_at(here, tmp_path) as kiosk:
        await to_collect(kiosk)
        await type_code(kiosk, code)
        await kiosk.shows("findings", found="found")
        assert await collections(here) == 1
        kiosk.start_over()
        await kiosk.shows("language", can_restart=False)
        async with asyncio.timeout(60):
            while await collections(here):  # noqa: ASYNC110 - a real server
                await asyncio.sleep(0.05)


async def test_the_door_opens_and_the_page_follows_it_until_it_is_shut(here: House, tmp_path: Path) -> None:  # noqa: F811 - a fixture
    own = specimen("ordinary")
    place = await lockers(here)
    application = await applied(here, on_paper(own))
    items = {await place.load("A1", application): "A1", await place.load("A2", application): "A2"}
    async with kiosk_at(here, tmp_path, own) as kiosk:
        await to_collect(kiosk)
        await lay(kiosk, own)
        await kiosk.shows("chip", state="ended", outcome="read")
        kiosk.act("continue")
        await kiosk.shows("findings", found="found", here=2, at_counter=False)
        kiosk.act("open")
        await kiosk.shows("locker", state="opening", can_restart=False)
        await until(lambda: kiosk.model.get("door") != "")
        door = kiosk.model["door"]
        assert {one["name"] for one in kiosk.model["wall"]} == {"A1", "A2", "B1", "B2"}
        await place.bank.tell(accepted(await place.last_order()), opened(door))
        await kiosk.shows("locker", state="open")
        await place.bank.tell({"kind": "reminded", "compartment": door})
        await kiosk.shows("locker", state="reminded")
        # Nobody leaves an open door behind them.
        kiosk.start_over()
        await place.bank.tell(closed(door, "item"))
        await kiosk.shows("locker", state="inside", door=door)
        kiosk.act("open")
        await kiosk.shows("locker", state="opening")
        await place.bank.tell(accepted(await place.last_order()), opened(door), closed(door, "empty"))
        await kiosk.shows("collected", kind="passport", door=door, more=1, receipt="offered")
        (taken,) = [item for item, name in items.items() if name == door]
        assert await place.state(taken) == ("handed-over", "person")
        kiosk.act("receipt")
        await kiosk.shows("collected", receipt="taken")
        await until(lambda: kiosk.printer.tickets)
        kiosk.act("next")
        await kiosk.shows("findings", found="found", here=1)
        kiosk.act("open")
        await until(lambda: kiosk.frame.page == "locker" and kiosk.model["door"] not in {"", door})
        # The other one does not open: staff are called, and it is where it was.
        await place.bank.tell(accepted(await place.last_order()), blocked(kiosk.model["door"], "not-opened"))
        await until(lambda: kiosk.frame.page == "locker" and kiosk.model["state"] in {"not-opened", "staff"})
        kiosk.act("help")
        await kiosk.shows("help", sent="told")
        assert on_paper(own).number not in everything(kiosk.frames)


async def collections(server: House) -> int:
    counted = select(func.count()).select_from(tables.collections)
    return await server.server.log.run(lambda connection: int(connection.execute(counted).scalar_one()))
