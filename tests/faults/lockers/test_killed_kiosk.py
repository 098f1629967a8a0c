"""The whole kiosk, killed while somebody collects: the real program, a real server, a bank that says what it should.

Whatever it was killed in, it opens nothing for whoever comes next: what was proved is over with its process. A door
that was ordered before still opens, and what lies behind it goes to whom it belongs, or stays where it is.
"""

import asyncio
import contextlib
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from peripherals.printers.escpos.simulator import PrinterSimulator
from peripherals.simulation import TcpLine
from tests.faults.lockers.kiosk import GUESS
from tests.faults.payments.site import end
from tests.kiosk.app.processes import Controls, enrol_machine, open_controls, run
from tests.queue_server.collection.people import code_for
from tests.queue_server.collection.test_doors import Lockers, lockers
from tests.queue_server.conftest import data, template  # noqa: F401 - fixtures
from tests.queue_server.house import House, house
from tests.queue_server.lockers.scripted import accepted, closed, opened

_SETTINGS = """
[link]
answer_wait_s = 0.5
request_s = 60
retry_first_s = 0.05
retry_max_s = 0.2
[screen]
reduce_motion = true
debounce_ms = 0
[collection]
offered = true
poll_s = 0.1
"""


@pytest.fixture(autouse=True)
def blockbuster() -> None:
    """Let these tests wait: the kiosk is another process."""


class Booth:
    """A kiosk that was enrolled, and can be started again and again."""

    def __init__(self, folder: Path, printer: PrinterSimulator, log: int) -> None:
        self._common = ("--data", folder / "data", "--settings", folder / "kiosk.toml")
        self._printer = f"escpos+tcp://{printer.address}"
        self._folder = folder
        self._log = log

    async def enrol(self, here: House) -> None:
        await enrol_machine(await here.enrol_code("kiosk"), here.address, *self._common)

    @asynccontextmanager
    async def runs(self) -> AsyncIterator[tuple[Controls, asyncio.subprocess.Process]]:
        remote = self._folder / secrets.token_hex(4)
        process = await run("run", *self._common, "--printer", self._printer, "--remote", remote, error=self._log)
        try:
            with contextlib.closing(await open_controls(remote, process)) as controls:
                yield controls, process
        finally:
            await end(process)


@pytest.fixture
async def here(data: Path) -> AsyncIterator[House]:  # noqa: F811 - a fixture
    async with house(data) as running:
        yield running


@pytest.fixture
async def booth(here: House, tmp_path: Path) -> AsyncIterator[Booth]:
    folder = tmp_path / "kiosk"
    folder.mkdir()
    (folder / "kiosk.toml").write_text(_SETTINGS)
    printer, log = PrinterSimulator(TcpLine(), folder / "paper"), os.open(folder / "log", os.O_WRONLY | os.O_CREAT)
    await printer.start()
    made = Booth(folder, printer, log)
    await made.enrol(here)
    yield made
    await printer.stop()
    os.close(log)


async def type_code(controls: Controls, code: str) -> None:
    """Go to where a code is typed, from the first page on, and type it."""
    await controls.shows("language")
    await controls.ask(act=["language", "en"])
    await controls.shows("identify", collects=True)
    await controls.ask(act=["collect", ""])
    await controls.shows("passcode")
    for digit in code:
        await controls.ask(act=["digit", digit])
    await controls.ask(act=["submit", ""])


async def nobody_opens(controls: Controls, place: Lockers) -> None:
    """Come after somebody whose kiosk was killed: nothing of theirs is on the screen, and no door opens."""
    await type_code(controls, GUESS)
    await controls.shows("findings", found="nothing")
    await controls.ask(act=["open", ""])
    await controls.shows("findings", found="nothing")
    assert await place._unanswered() == ()


@pytest.mark.timeout(600)
async def test_killed_when_somebody_had_proved_that_it_is_theirs(here: House, booth: Booth) -> None:
    place = await lockers(here)
    item = await place.load("A1")
    code = await code_for(place.desk, item)
    async with booth.runs() as (controls, process):
        await type_code(controls, code)
        await controls.shows("findings", found="found", here=1)
        process.kill()
        await process.wait()
    assert await place._unanswered() == ()
    async with booth.runs() as (controls, _):
        await nobody_opens(controls, place)
        await controls.ask(act=["restart", ""])
        # No door has opened for the code: it is as good as before.
        await type_code(controls, code)
        await controls.shows("findings", found="found", here=1)
    assert await place.state(item) == ("ready", "compartment")


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("moment", "left"), [("ordered", False), ("open", True)])
async def test_killed_while_the_door_opens(here: House, booth: Booth, moment: str, *, left: bool) -> None:
    place = await lockers(here)
    item = await place.load("A1")
    code = await code_for(place.desk, item)
    async with booth.runs() as (controls, process):
        await type_code(controls, code)
        await controls.shows("findings", found="found", here=1)
        await controls.ask(act=["open", ""])
        order = await place.last_order()
        if moment == "open":
            await place.bank.tell(accepted(order), opened("A1"))
            await controls.shows("locker", state="open")
        process.kill()
        await process.wait()
    async with booth.runs() as (controls, _):
        await controls.shows("language")
        if moment == "ordered":
            # The one order is still the bank's: it opens for whoever stands there.
            assert [one.id for one in await place._unanswered()] == [order["id"]]
            await place.bank.tell(accepted(order), opened("A1"))
        await place.bank.tell(closed("A1", "item" if left else "empty"))
        assert await place.state(item) == (("ready", "compartment") if left else ("handed-over", "person"))
        await nobody_opens(controls, place)
        await controls.ask(act=["restart", ""])
        # The code was used up by the door; staff make another one.
        await type_code(controls, code)
        await controls.shows("findings", found="nothing")
    assert await place._unanswered() == ()
