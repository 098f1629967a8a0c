"""Issues and reprints tickets from the outbox at a path, prints the visit of each, and ends once all are told."""

import asyncio
import sys
from pathlib import Path

from kiosk.tickets.outbox import Outbox, OutboxWorker
from tests.kiosk.tickets.test_reprints import PRINTED, UNKNOWN, issue, telling


async def main(url: str, path: Path, tickets: int) -> None:
    async with OutboxWorker(path) as box:
        await box(Outbox.recover)
        async with telling(box, url) as (delivery, _):
            for _ in range(tickets):
                print(await box(issue, UNKNOWN, PRINTED), flush=True)
                delivery.wake()
                await asyncio.sleep(0.002)
            while (await box(Outbox.standing)).waiting:  # noqa: ASYNC110 - the server is told in other tasks
                await asyncio.sleep(0.01)
            while await box(Outbox.reprint):  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.01)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
