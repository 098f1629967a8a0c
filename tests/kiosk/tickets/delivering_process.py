"""Issues so many tickets from the outbox at a path, prints the code of each, and ends once all are delivered."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from kiosk.settings import KioskLinkSettings
from kiosk.tickets.outbox import Outbox, OutboxWorker
from kiosk.tickets.uploader import TicketRelay, TicketUploader
from queue_server.contract.client import ApiClient
from tests.kiosk.listeners import Drained


async def main(url: str, path: Path, tickets: int) -> None:
    settings = KioskLinkSettings(request_s=30, retry_first_s=0.005, retry_max_s=0.02)
    drained = Drained()
    async with ApiClient(url, "made-up-token", timeout=30) as client, OutboxWorker(path) as box:
        delivery = TicketRelay(box, TicketUploader(client, "demo"), settings, drained, clock=str)
        running = asyncio.create_task(delivery.task.run())
        for _ in range(tickets):
            ticket = await box(Outbox.issue, ("renewal-uto",), "en", datetime.now(UTC))
            print(ticket.code, flush=True)
            delivery.wake()
            await asyncio.sleep(0.002)
        drained.clear()
        delivery.wake()
        await drained.wait()
        running.cancel()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
