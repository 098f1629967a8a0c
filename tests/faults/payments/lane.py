"""A terminal and a kiosk that takes one payment after the other, cut at random; judged after each."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from kiosk.tickets.model import PrintResult
from tests.faults.payments import judge
from tests.faults.payments.cutting import CutWorker
from tests.faults.payments.desk_process import PATIENT, walk
from tests.faults.payments.rigs import RIGS, Rig, open_terminal
from tests.kiosk.payment.stand import set_up, standing

ROOT = Path(__file__).parents[3]
LANES = 6
PAPERS: list[list[PrintResult]] = [
    *[[]] * 5,
    [PrintResult.FAILED],
    [PrintResult.UNKNOWN],
    [PrintResult.PRINTED, PrintResult.FAILED],
    [PrintResult.FAILED, PrintResult.UNKNOWN],
]


class Child:
    """A desk in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self._heard: dict[int, asyncio.Queue[dict[str, Any]]] = {}
        self._number = 0
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls) -> "Child":
        command = (sys.executable, "-m", "tests.faults.payments.desk_process")
        pipe = subprocess.PIPE
        return cls(
            await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=ROOT)
        )

    def ask(self, **what: object) -> asyncio.Queue[dict[str, Any]]:
        """Tell it what to do, and give where its answers come; the last one is empty where it died."""
        self._number += 1
        heard = self._heard[self._number] = asyncio.Queue()
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"id": self._number, **what}).encode() + b"\n")
        return heard

    async def end(self, how: signal.Signals | None = None) -> None:
        if how is not None and self.process.returncode is None:
            os.kill(self.process.pid, how)
        if self.process.stdin is not None:
            self.process.stdin.close()
        await self.process.wait()
        await self._listening

    async def _listen(self) -> None:
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            said = json.loads(line)
            self._heard[said["id"]].put_nowait(said)
        for queue in self._heard.values():
            queue.put_nowait({})


class Lane:
    """A terminal and a kiosk, one payment after the other."""

    def __init__(self, name: str, folder: Path, rig: Rig, other: Child, chance: random.Random) -> None:
        self.name = name
        self.folder = folder
        self.rig = rig
        self.other = other
        self.chance = chance
        self.paid = 0
        self.log: list[str] = []

    @property
    def file(self) -> Path:
        return self.folder / "outbox.sqlite"

    async def one(self, *, kill: bool) -> None:
        self.paid += 1
        arranged = self.rig.arrange(self.chance)
        papers = self.chance.choice(PAPERS)
        before = asyncio.get_running_loop().time()
        await (self._killed(papers) if kill else self._cut(papers))
        if self.chance.random() < 0.1:
            await self.rig.die()
        else:
            await self.rig.heal()
        await self._again()
        await self.rig.heal()
        self.log[-1] += f", {arranged}, {asyncio.get_running_loop().time() - before:.1f} s"
        charges = await asyncio.to_thread(self.rig.ledger)
        found = await asyncio.to_thread(judge.problems, self.file, charges)
        assert found == [], f"{self.name}, {self.log[-1]}: {found}"

    async def _again(self) -> None:
        heard = self.other.ask(do="recover", folder=str(self.folder), url=self.rig.url)
        assert (await heard.get()).get("done"), f"{self.name}, {self.log[-1]}: the other process failed"

    async def _killed(self, papers: list[PrintResult]) -> None:
        at = self.chance.randint(6, 26)
        self.log.append(f"killed at call {at}, {papers}")
        child = await Child.start()
        try:
            heard = child.ask(
                do="pay", folder=str(self.folder), url=self.rig.url, minor=1000 + 10 * self.paid, papers=papers
            )
            while said := await heard.get():
                if said.get("done") or said["at"] >= at:
                    break
            await asyncio.sleep(self.chance.choice([0, 0, 0.002, 0.03]))
        finally:
            await child.end(signal.SIGKILL)

    async def _cut(self, papers: list[PrintResult]) -> None:
        how = self.chance.choice(["before", "after", "after", "line", "line", "nothing"])
        at, moment = self.chance.randint(1, 24), self.chance.choice([0.005, 0.02, 0.05, 0.1, 0.2])
        self.log.append(f"{how} {at} {moment}, {papers}")
        worker = CutWorker(self.file)
        terminal = await asyncio.to_thread(open_terminal, self.rig.url)
        async with standing(self.folder, terminal, settings=PATIENT, box=worker) as stand:
            stand.tray.results = list(papers)
            if how in {"before", "after"}:
                worker._at, worker._how = worker.calls + at, how
            paying = asyncio.create_task(walk(stand, 1000 + 10 * self.paid, self.chance.choice([[], ["again"]])))
            stopped = asyncio.create_task(worker.reached.wait())
            try:
                if how == "line":
                    await asyncio.wait([paying], timeout=moment)
                    await self.rig.cut()
                await asyncio.wait([paying, stopped], return_when=asyncio.FIRST_COMPLETED)
                if worker.reached.is_set():
                    # Nothing that the driver says on its way out arrives: a process that died says nothing.
                    await self.rig.die()
            finally:
                # What closes the file passes, and nobody goes on paying, where the whole run is given up too.
                worker._at = 0
                for task in (paying, stopped):
                    task.cancel()
                await asyncio.wait([paying, stopped])
            if not paying.cancelled() and (error := paying.exception()) is not None:
                raise error


@asynccontextmanager
async def lane(kind: str, folder: Path, number: int, other: Child, seed: int) -> AsyncIterator[Lane]:
    here = folder / str(number)
    await asyncio.to_thread(here.mkdir)
    await asyncio.to_thread(set_up, here / "outbox.sqlite")
    rig = RIGS[kind](here)
    await rig.start()
    try:
        yield Lane(f"{kind}, seed {seed}, lane {number}", here, rig, other, random.Random(f"{seed} {kind} {number}"))
    finally:
        await rig.stop()


async def cut_at_random(kind: str, folder: Path, cuts: int, seed: int) -> dict[str, int]:
    """Cut so many payments, some at once; return how many came to each end. One in ten is a process that is killed."""
    other = await Child.start()
    ends: dict[str, int] = {}

    async def run(number: int) -> None:
        async with lane(kind, folder, number, other, seed) as here:
            for at in range(number, cuts, LANES):
                try:
                    await here.one(kill=at % 10 == 0)
                except BaseException as error:
                    # Said at once: what is cleaned up after it may take its time.
                    print(f"{here.name}, {here.log[-1]}: {error!r}", flush=True)
                    raise
            print(here.name, *here.log, sep="\n  ")
            for step, count in (await asyncio.to_thread(judge.ends, here.file)).items():
                ends[step] = ends.get(step, 0) + count

    try:
        async with asyncio.TaskGroup() as lanes:
            for number in range(LANES):
                lanes.create_task(run(number))
    finally:
        # All that it was asked for it has answered, or nobody waits for it any more.
        await other.end(signal.SIGKILL)
    print(ends)
    return ends


def given_back(ends: dict[str, int]) -> int:
    """Count the attempts that ended without a charge."""
    return sum(ends.get(step, 0) for step in ("reversed", "refund-requested", "cancelled", "failed"))
