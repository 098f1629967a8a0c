"""A bank in use that is cut at random: the server over a line that loses things, agent and kiosk, a cabinet."""

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

from peripherals.lockers.cabinet import Place
from tests.faults.lockers import judge
from tests.faults.lockers.judge import DESK, GONE, PhysicalTruth
from tests.faults.lockers.kiosk import GUESS, Kiosk, KioskKilledError
from tests.faults.lockers.site import CENTRE, Joined, Site, device_of
from tests.faults.lockers.watched import WatchedCabinet, name_of
from tests.faults.lossy_proxy import LossyProxy
from tests.peripherals.lockers.conftest import Made, started
from tests.peripherals.test_cli import COMMAND

_TIMES = "open_s = 0.6\nclosed_s = 0.1\nreminder_s = 2\nalarm_s = 2.5\nabandon_s = 3\n"
#: So long a cabinet may take to answer. Where anything may be cut, one that stands still is one cut more.
_ANSWER_MS = 300
_LINK = "request_s = 10\nsilence_s = 10\nretry_first_s = 0.1\nretry_max_s = 0.3\nbeat_s = 1\n"
#: So often is looked where items are said to be, before that is wrong: twice as long as an agent takes to look.
_LOOKS = 20
#: What a kiosk says of a door where nothing was ordered.
_NOT_ORDERED = frozenset({"over", "busy"})


@dataclass
class Rig:
    """``proxy`` is the bank's line to the server; staff and kiosks have one of their own."""

    site: Site
    made: Made
    cabinet: WatchedCabinet
    proxy: LossyProxy
    data: Path
    file: Path
    bank: str
    kiosk: Kiosk
    truth: PhysicalTruth = field(default_factory=PhysicalTruth)
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    process: asyncio.subprocess.Process | None = None
    sees_items: bool = True

    # The agent.

    @property
    def log(self) -> Path:
        """What the agent wrote on standard error."""
        return self.file.with_suffix(".log")

    async def start(self) -> None:
        command = [*COMMAND, "lockers", "serve", "--data", str(self.data), "--settings", str(self.file)]
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=log)
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

    async def compartments(self) -> dict[str, dict[str, Any]]:
        answer = await self.site.get(f"{CENTRE}/lockers/{self.bank}")
        if answer.status != 200:
            return {}
        return {one["name"]: one for one in answer.body["bank"]["compartments"]}

    async def item(self, ident: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self.site.get(f"{CENTRE}/custody/items/{ident}")).body["item"]
        return found

    async def until(self, holds: Callable[[], Any], limit_s: float = 600) -> None:
        try:
            async with asyncio.timeout(limit_s):
                while not await holds():  # noqa: ASYNC110 - the server is asked
                    await asyncio.sleep(0.15)
        except TimeoutError:
            raise AssertionError(await self._story()) from None

    async def _story(self) -> str:
        """Say how the bank is, for whoever has to find out why it does not go on."""
        shown = (await self.site.get(f"{CENTRE}/lockers/{self.bank}")).body
        log = await asyncio.to_thread(self.log.read_text)
        return f"{shown}\nagent: {self.process and self.process.returncode}\n{log[-3000:]}"

    async def quiet(self) -> bool:
        """Tell whether the bank has told everything, and no order is under way."""
        answer = await self.site.get(f"{CENTRE}/lockers/{self.bank}")
        if answer.status != 200 or not answer.body["bank"]["is_connected"]:
            return False
        return all(one["order"] is None and one["state"] != "open" for one in answer.body["bank"]["compartments"])

    # What people do.

    async def order(self, verb: str, body: dict[str, Any]) -> bool:
        """Order as staff do; from now on that door may open, unless that is refused."""
        if verb == "settle":
            return await self._ask("settle", body)
        door = body["compartment"]
        self.truth.ordered.add(door)
        taken = await self._ask(verb, body)
        if not taken:
            self.truth.ordered.discard(door)
        return taken

    async def _ask(self, verb: str, body: dict[str, Any]) -> bool:
        answer = await self.site.post(f"{CENTRE}/lockers/{self.bank}/{verb}", body)
        assert answer.status in {200, 409}, answer
        return answer.status == 200

    async def receive(self) -> str:
        answer = await self.site.post(f"{CENTRE}/custody/items", {"kind": "passport", "government": "UTO"})
        item = answer.body["item"]
        assert (await self.site.post(f"{CENTRE}/custody/items/{item['id']}/ready")).status == 200
        self.items[item["id"]] = item
        self.truth.places[item["id"]] = DESK
        return str(item["id"])

    async def collect(self, ident: str, chance: random.Random) -> None:
        """Have somebody type the code that they were sent, and ask for their door; over where the kiosk is killed."""
        door = self.truth.places[ident]
        answer = await self.site.post(f"{CENTRE}/custody/items/{ident}/code")
        if answer.status != 200:
            return
        with suppress(KioskKilledError):
            await self.kiosk.start()
            if (await self.kiosk.prove(answer.body["code"])).get(ident) != "here":
                return
            await asyncio.sleep(chance.random() * 0.5)
            self.truth.ordered.add(door)
            self.truth.late.add(door)
            said = await self.kiosk.open(ident)
            self.truth.late.discard(door)
            if said in _NOT_ORDERED:
                self.truth.ordered.discard(door)

    async def next_person(self) -> None:
        """Come to the kiosk that was killed and started again: it opens nothing that somebody before has proved."""
        # It may have been killed before anybody came to it.
        await self.kiosk.kill()
        await self.kiosk.start()
        lying = [ident for ident, place in self.truth.places.items() if place not in {DESK, GONE}]
        assert [await self.kiosk.open(ident) for ident in lying] == ["over"] * len(lying)
        assert await self.kiosk.prove(GUESS) == {}
        assert [await self.kiosk.open(ident) for ident in lying] == ["over"] * len(lying)
        self.kiosk.leave()

    async def stand_before(self, place: Place, verb: str, ident: str, chance: random.Random) -> None:
        """Do before a door what somebody does who was told that it opens for them, and close it."""
        while not self.cabinet[place].is_open:  # noqa: ASYNC110 - the cabinet is looked at
            await asyncio.sleep(0.02)
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
        self.truth.forget()
        for ident, where in self.truth.places.items():
            if where == DESK and (await self.item(ident))["holder"] == "unknown":
                # Staff found it in their hands.
                await self.site.post(f"{CENTRE}/custody/items/{ident}/take")
        self.truth.places = {ident: place for ident, place in self.truth.places.items() if place != GONE}

    async def faults(self) -> list[str]:
        """Return what is wrong. Where items are is told when a sensor has been read: it is asked for some times."""
        was_open = self.cabinet.was_open
        found = [
            *judge.two_doors(was_open, self.truth.pried),
            *judge.wrong_doors(was_open, self.truth.ordered, self.truth.pried),
        ]
        self.cabinet.forget()
        for _ in range(_LOOKS):
            misplaced = await self._misplaced()
            if not misplaced:
                break
            await asyncio.sleep(0.15)
            await self.until(self.quiet)
        found += misplaced
        found += await asyncio.to_thread(judge.orders_used_twice, self.data / "journal.sqlite")
        return found

    async def _misplaced(self) -> list[str]:
        compartments = await self.compartments()
        found = judge.free_and_full(compartments, self.truth)
        for ident in self.truth.places:
            found += judge.lost(await self.item(ident), compartments, self.truth)
        return found


@asynccontextmanager
async def a_rig(site: Site, joined: Joined, scheme: str, answer_ms: int = _ANSWER_MS) -> AsyncIterator[Rig]:
    """Run a bank of four compartments of which all are settled and empty."""
    cabinet, folder = WatchedCabinet(boards=1, locks=4), joined.data.parent
    made = await started(scheme, folder, cabinet, answer_ms=answer_ms)
    file = folder / "lockers.toml"
    text = f'[devices]\nlockers = "{made.url}"\n[link]\n{_LINK}[times]\n{_TIMES}'
    await asyncio.to_thread(file.write_text, text)
    sees_items, bank = not scheme.startswith("winnsen"), await asyncio.to_thread(device_of, joined)
    kiosk = Kiosk(site.proxy.url, joined.kiosk)
    one = Rig(site, made, cabinet, joined.proxy, joined.data, file, bank, kiosk, sees_items=sees_items)
    await one.start()
    try:
        await one.until(one.quiet)
        await one.repair()
        yield one
    finally:
        await one.kill()
        await kiosk.kill()
        await made.simulator.stop()


async def ended(task: asyncio.Task[None]) -> None:
    """End somebody's waiting before a door; what they found wrong there is raised."""
    if task.done():
        task.result()
        return
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
