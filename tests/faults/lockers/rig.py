"""A bank in use that is cut at random: the server over a line that loses things, the agent's process, a cabinet."""

import asyncio
import json
import random
import signal
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peripherals.lockers.cabinet import Cabinet, Place
from queue_server.accounts.model import Role
from queue_server.domain.values import new_id
from queue_server.framework.rooms import RoomCollection
from queue_server.framework.settings import FeedSettings, HttpSettings, ServerSettings
from queue_server.lockers.settings import LockerRules
from queue_server.rooms import ROOMS
from queue_server.writer import WriterSettings
from tests.faults.lockers import judge
from tests.faults.lockers.judge import DESK, GONE, PhysicalTruth
from tests.faults.lossy_proxy import LossyProxy
from tests.peripherals.lockers.conftest import Made, started
from tests.peripherals.test_cli import COMMAND
from tests.queue_server.house import Client, House, house
from tests.queue_server.lockers.claim_room import ROOM

CENTRE = "/centres/demo"
_TIMES = "open_s = 1\nclosed_s = 0.1\nreminder_s = 4\nalarm_s = 5\nabandon_s = 6\n"
_LINK = "request_s = 10\nsilence_s = 10\nretry_first_s = 0.05\nretry_max_s = 0.2\nbeat_s = 0.2\n"
_SETTINGS = ServerSettings(
    HttpSettings(), FeedSettings(heartbeat_ms=200), WriterSettings(), LockerRules(order_s=20, silent_s=60)
)


@dataclass
class Rig:
    """``proxy`` is the bank's line to the server; staff and kiosks have one of their own."""

    here: House
    made: Made
    proxy: LossyProxy
    data: Path
    file: Path
    bank: str
    clerk: Client
    truth: PhysicalTruth = field(default_factory=PhysicalTruth)
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    was_open: list[frozenset[str]] = field(default_factory=list)
    process: asyncio.subprocess.Process | None = None
    watching: asyncio.Task[None] | None = None
    sees_items: bool = True

    @property
    def cabinet(self) -> Cabinet:
        return self.made.cabinet

    # The agent.

    async def start(self) -> None:
        command = [*COMMAND, "lockers", "serve", "--data", str(self.data), "--settings", str(self.file)]
        self.process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self.process.stdout is not None
        said = json.loads(await self.process.stdout.readline())
        assert said["ready"] == "lockers", said

    async def kill(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
            await self.process.wait()

    async def revive(self) -> None:
        if self.process is None or self.process.returncode is not None:
            await self.start()

    # What is seen.

    async def watch(self) -> None:
        """Look at the doors all the time, as nobody else does."""
        while True:
            doors = frozenset(name_of(place) for place in self.cabinet.places() if self.cabinet[place].is_open)
            if not self.was_open or self.was_open[-1] != doors:
                self.was_open.append(doors)
            await asyncio.sleep(0.002)

    async def compartments(self) -> dict[str, dict[str, Any]]:
        answer = await self.clerk.get(f"{CENTRE}/lockers/{self.bank}")
        if answer.status != 200:
            return {}
        return {one["name"]: one for one in answer.body["bank"]["compartments"]}

    async def item(self, ident: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self.clerk.get(f"{CENTRE}/custody/items/{ident}")).body["item"]
        return found

    async def until(self, holds: Callable[[], Any], limit_s: float = 300) -> None:
        async with asyncio.timeout(limit_s):
            while not await holds():  # noqa: ASYNC110 - the server is asked
                await asyncio.sleep(0.05)

    async def quiet(self) -> bool:
        """Tell whether the bank has told everything, and no order is under way."""
        answer = await self.clerk.get(f"{CENTRE}/lockers/{self.bank}")
        if answer.status != 200 or not answer.body["bank"]["is_connected"]:
            return False
        return all(one["order"] is None and one["state"] != "open" for one in answer.body["bank"]["compartments"])

    # What people do.

    async def order(self, verb: str, body: dict[str, Any]) -> bool:
        if verb == "settle":
            return await self._ask(f"lockers/{self.bank}/settle", body)
        return await self._ask_door(body["compartment"], f"lockers/{self.bank}/{verb}", body)

    async def receive(self) -> str:
        answer = await self.clerk.post(f"{CENTRE}/custody/items", {"kind": "passport", "government": "UTO"})
        item = answer.body["item"]
        assert (await self.clerk.post(f"{CENTRE}/custody/items/{item['id']}/ready")).status == 200
        self.items[item["id"]] = item
        self.truth.places[item["id"]] = DESK
        return str(item["id"])

    async def claim(self, ident: str) -> bool:
        return await self._ask_door(self.truth.places[ident], "test-claims", {"item": ident, "claim": new_id()})

    async def _ask_door(self, door: str, path: str, body: dict[str, Any]) -> bool:
        """Ask for a door; from now on it may open, unless that is refused."""
        self.truth.ordered.add(door)
        taken = await self._ask(path, body)
        if not taken:
            self.truth.ordered.discard(door)
        return taken

    async def _ask(self, path: str, body: dict[str, Any]) -> bool:
        answer = await self.clerk.post(f"{CENTRE}/{path}", body)
        assert answer.status in {200, 409}, answer
        return answer.status == 200

    async def stand_before(self, place: Place, verb: str, ident: str, chance: random.Random) -> None:
        """Do before a door what somebody does who was told that it opens for them, and close it."""
        while not self.cabinet[place].is_open:  # noqa: ASYNC110 - the cabinet is looked at
            await asyncio.sleep(0.005)
        await asyncio.sleep(chance.random() * 0.3)
        name = name_of(place)
        # Without a sensor inside nobody but staff can know that they laid nothing in.
        if chance.random() < 0.8 or (verb == "load" and not self.sees_items):
            if verb == "load":
                self.cabinet.put(place)
                self.truth.places[ident] = name
            else:
                inside = self.truth.inside(name)
                assert inside in {ident, None}, f"a door opened for {ident}, and {inside} lay behind it"
                self.cabinet.take(place)
                if inside is not None:
                    self.truth.places[inside] = GONE if verb == "collect" else DESK
        await asyncio.sleep(chance.random() * 0.2)
        self.cabinet.close(place)

    # What staff do afterwards.

    async def repair(self) -> None:
        """Look into every compartment of which nobody knows enough, and say what is there."""
        for place in self.cabinet.places():
            self.cabinet.close(place)
        for _ in range(100):
            marked = [
                name for name, one in (await self.compartments()).items() if one["state"] in {"blocked", "unknown"}
            ]
            if not marked:
                break
            for name in marked:
                inside = self.truth.inside(name)
                label = None if inside is None else self.items[inside]["barcode"]
                if not await self.order("settle", {"compartments": [name], "item": label}):
                    await asyncio.sleep(0.1)
            await self.until(self.quiet)
        self.truth.ordered.clear()
        self.truth.pried.clear()
        for ident, where in self.truth.places.items():
            if where == DESK and (await self.item(ident))["holder"] == "unknown":
                # Staff found it in their hands.
                await self.clerk.post(f"{CENTRE}/custody/items/{ident}/take")
        self.truth.places = {ident: place for ident, place in self.truth.places.items() if place != GONE}

    async def faults(self) -> list[str]:
        compartments = await self.compartments()
        found = [
            *judge.two_doors(self.was_open, self.truth.pried),
            *judge.wrong_doors(self.was_open, self.truth.ordered, self.truth.pried),
            *judge.free_and_full(compartments, self.truth),
        ]
        for ident in self.truth.places:
            found += judge.lost(await self.item(ident), compartments, self.truth)
        found += await asyncio.to_thread(judge.orders_used_twice, self.data / "journal.sqlite")
        self.was_open = self.was_open[-1:]
        return found


def name_of(place: Place) -> str:
    return f"{place[0]}-{place[1]}"


@asynccontextmanager
async def a_server(data: Path) -> AsyncIterator[House]:
    async with house(data, _SETTINGS, rooms=RoomCollection((*ROOMS, ROOM))) as here:
        yield here


@asynccontextmanager
async def a_rig(here: House, scheme: str, folder: Path, seed: int) -> AsyncIterator[Rig]:
    """Run a bank of four compartments of which all are settled and empty."""
    await asyncio.to_thread(folder.mkdir)
    port = int(here.address.rpartition(":")[2])
    async with LossyProxy("127.0.0.1", port, seed=seed) as proxy:
        made = await started(scheme, folder, Cabinet(boards=1, locks=4), answer_ms=300)
        one = await _enrolled(here, made, proxy, folder)
        await one.start()
        one.watching = asyncio.create_task(one.watch())
        try:
            await one.until(one.quiet)
            await one.repair()
            yield one
        finally:
            one.watching.cancel()
            await one.kill()
            await made.simulator.stop()


async def _enrolled(here: House, made: Made, proxy: LossyProxy, folder: Path) -> Rig:
    data, code = folder / "bank", await here.enrol_code("locker")
    given = ["--code", code, "--server", proxy.url, "--data", str(data)]
    process = await asyncio.create_subprocess_exec(*COMMAND, "lockers", "enrol", *given)
    assert await process.wait() == 0
    file = folder / "lockers.toml"
    text = f'[devices]\nlockers = "{made.url}"\n[link]\n{_LINK}[times]\n{_TIMES}'
    await asyncio.to_thread(file.write_text, text)
    device = json.loads(await asyncio.to_thread((data / "device.json").read_text))["device"]
    clerk = (await here.staff(Role.CUSTODY, None))[0]
    return Rig(here, made, proxy, data, file, device, clerk, sees_items=not made.scheme.startswith("winnsen"))


async def ended(task: asyncio.Task[None]) -> None:
    """End somebody's waiting before a door; what they found wrong there is raised."""
    if task.done():
        task.result()
        return
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
