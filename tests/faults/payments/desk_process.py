"""A desk in a process of its own, told by lines of JSON what to do: it can be killed, and it remembers nothing.

``{"id", "do": "pay" | "recover", "folder", "url", "minor", "papers": [...]}``: it answers ``{"id", "at": n}`` before
the n-th call of the journal, and ``{"id", "done": true}``.
"""

import asyncio
import contextlib
import json
import sys
from pathlib import Path
from typing import Any

import structlog

from kiosk.payment.progress import OVER, DeskState, OfferAnswer, Phase
from kiosk.settings import PaymentSettings
from kiosk.tickets.model import PrintResult
from peripherals.device import DeviceState
from tests.faults.payments.cutting import CutWorker
from tests.faults.payments.rigs import open_terminal
from tests.kiosk.payment.stand import Stand, bill, standing

#: Longer than a terminal holds on to what it was doing.
PATIENT = PaymentSettings(doubt_s=1.5, recover_s=1.5, retry_interval_s=0.05, reprint_s=5.0)


async def walk(stand: Stand, minor: int, answers: list[str]) -> DeskState:
    """Pay; whoever is offered the paper again says what ``answers`` say, and gives up after that."""
    waiting = list(answers)
    terminal = stand.desk._tools.terminal
    with contextlib.suppress(TimeoutError):
        # A line that was dropped takes a moment to be there again; one that is dead stays so.
        async with asyncio.timeout(1.0):
            while (await terminal.check_health()).state is not DeviceState.ONLINE:  # noqa: ASYNC110 - it is asked, not heard
                await asyncio.sleep(0.01)
    await stand.desk.start(bill(minor))
    while True:
        over = asyncio.create_task(stand.desk.over())
        while not over.done():
            if stand.desk.state.phase is Phase.OFFER:
                stand.desk.answer(OfferAnswer(waiting.pop(0)) if waiting else OfferAnswer.GIVE_UP)
            await asyncio.wait([over], timeout=0.005)
        if stand.desk.state.phase in OVER:
            return over.result()


async def main() -> None:
    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with asyncio.TaskGroup() as tasks:
        while line := await lines.readline():
            tasks.create_task(do(json.loads(line)))


async def do(what: dict[str, Any]) -> None:
    folder = Path(what["folder"])

    def passed(number: int) -> None:
        say({"id": what["id"], "at": number})

    worker = CutWorker(folder / "outbox.sqlite", passed=passed if what["do"] == "pay" else lambda _: None)
    terminal = await asyncio.to_thread(open_terminal, what["url"])
    async with standing(folder, terminal, settings=PATIENT, box=worker) as stand:
        if what["do"] == "pay":
            stand.tray.results = [PrintResult(one) for one in what["papers"]]
            await walk(stand, what["minor"], [])
    say({"id": what["id"], "done": True})


def say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    asyncio.run(main())
