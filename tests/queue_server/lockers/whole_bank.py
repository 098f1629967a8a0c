"""A bank as it is in use: the server over HTTP, the agent as its own process, a simulated cabinet on a line."""

import asyncio
import json
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from peripherals.lockers.cabinet import Cabinet, Place
from queue_server.accounts.model import Role
from queue_server.contract.enrolment_text import EnrolmentText
from queue_server.domain.lockers import OrderRefusal
from tests.peripherals.lockers.conftest import Made, started
from tests.peripherals.test_cli import COMMAND
from tests.queue_server.house import House
from tests.queue_server.lockers.scripted import CENTRE, LockerDesk

#: A board has as long to answer as its wiring can say, and a door a minute to open: nothing here is about silent ones,
#: and a simulator that the machine held up for a moment would pass for that.
ANSWER_MS = 5_000


TIMES = "open_s = 60\nclosed_s = 0.1\nreminder_s = 60\nalarm_s = 70\nabandon_s = 80\n"


LINK = "retry_first_s = 0.05\nretry_max_s = 0.2\nbeat_s = 0.2\nstatus_s = 0.2\n"


@dataclass
class WholeBank:
    """A bank with its cabinet, its agent's process and a member of staff. Compartments are BOARD-LOCK."""

    here: House
    made: Made
    data: Path
    file: Path
    desk: LockerDesk
    process: asyncio.subprocess.Process | None = None
    names: tuple[str, ...] = ()
    opened: list[str] = field(default_factory=list)

    @property
    def cabinet(self) -> Cabinet:
        return self.made.cabinet

    @property
    def log(self) -> Path:
        """What its processes wrote on standard error."""
        return self.file.with_suffix(".log")

    async def start(self, **environment: str) -> None:
        command = [*COMMAND, "lockers", "serve", "--data", str(self.data), "--settings", str(self.file)]
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *command, stdout=subprocess.PIPE, stderr=log, env=os.environ | environment
            )
        assert self.process.stdout is not None
        ready = json.loads(await self.process.stdout.readline())
        assert ready == {"ready": "lockers", "bank": self.desk.bank}

    async def end(self, number: int = signal.SIGTERM) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(number)
            await self.process.wait()

    async def until(self, what: Callable[[], Any], *wanted: Any) -> Any:
        """Ask until the answer is one of these."""
        found = None
        try:
            async with asyncio.timeout(60):
                while (found := await what()) not in wanted:  # noqa: ASYNC110 - the server is asked
                    await asyncio.sleep(0.02)
        except TimeoutError:
            said = await asyncio.to_thread(self.log.read_text)
            pytest.fail(f"{found} in place of {wanted}; pulsed: {self.cabinet.pulses}; the bank said:\n{said}")
        return found

    async def until_state(self, name: str, *wanted: str) -> str:
        async def state() -> str:
            answer = await self.desk.client.get(f"{CENTRE}/lockers/{self.desk.bank}")
            if answer.status != 200 or not answer.body["bank"]["is_connected"]:
                return "away"
            return (await self.desk.states())[name]

        found: str = await self.until(state, *wanted)
        return found

    async def settled(self) -> None:
        names = [f"{board}-{lock}" for board, lock in self.cabinet.places()]
        await self.until_state(names[0], "unknown")
        await self.until(lambda: self._settle(names), 200)
        for name in names:
            await self.until_state(name, "free")

    async def _settle(self, names: list[str]) -> int:
        """Say that all are empty, until it was said after every board had been heard."""
        states = await self.desk.states()
        unknown = [name for name in names if states[name] == "unknown"]
        if not unknown:
            return 200
        await self.desk.try_("settle", {"compartments": unknown, "item": None})
        await asyncio.sleep(0.3)
        return 0

    async def door(self, place: Place, *, is_open: bool) -> None:
        async with asyncio.timeout(60):
            while self.cabinet[place].is_open is not is_open:  # noqa: ASYNC110 - the cabinet is looked at
                await asyncio.sleep(0.01)

    async def load(self, place: Place) -> dict[str, Any]:
        item, name = await self.desk.came_back(), f"{place[0]}-{place[1]}"
        order = await self.desk.order("load", {"item": item["barcode"], "compartment": name})
        while await self.until(partial(self._order_state, order), "open", "not-opened") != "open":
            # A board that the machine held up for longer than any wiring allows is not heard, so its door passes for
            # one that is not shut: staff would say it again.
            assert (await self.desk.order_now(order))["refusal"] == OrderRefusal.NOT_SHUT
            order = await self.desk.order("load", {"item": item["barcode"], "compartment": name})
        await self.until_state(name, "open")
        self.cabinet.put(place)
        self.cabinet.close(place)
        await self.until(lambda: self._order_state(order), "shut-with-item", "shut-unknown")
        assert (await self.desk.item(item))["holder"] == "compartment"
        return item

    async def _order_state(self, order: dict[str, Any]) -> str:
        state: str = (await self.desk.order_now(order))["state"]
        return state


async def enrolled(here: House, made: Made, folder: Path, server: str) -> WholeBank:
    code, data = await here.enrol_code("locker"), folder / "bank"
    given = ["--enrol", EnrolmentText(server, code).written(), "--data", str(data)]
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "lockers", "enrol", *given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    said, _ = await process.communicate()
    assert (process.returncode, said) == (0, b"a locker of demo\n"), said
    file = folder / "lockers.toml"
    written = f'[devices]\nlockers = "{made.url}"\n[link]\n{LINK}[times]\n{TIMES}'
    await asyncio.to_thread(file.write_text, written)
    device = json.loads(await asyncio.to_thread((data / "device.json").read_text))["device"]
    staff = (await here.staff(Role.CUSTODY, None))[0]
    return WholeBank(here, made, data, file, LockerDesk(staff, device))


@asynccontextmanager
async def whole(here: House, scheme: str, folder: Path, server: str = "") -> AsyncIterator[WholeBank]:
    made = await started(scheme, folder, Cabinet(boards=1, locks=4), answer_ms=ANSWER_MS)
    bank = await enrolled(here, made, folder, server or here.address)
    await bank.start()
    try:
        yield bank
    finally:
        await bank.end()
        await made.simulator.stop()
