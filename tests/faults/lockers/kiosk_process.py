"""The kiosk's side of a collection in a process of its own: killed and started again, it remembers nothing.

It is told what to do by lines of JSON, each with a number ``look``, and tells what it hears of the server, with the
same: ``{"do": "prove", "code"}`` is answered by ``{"proved": outcome, "items": [[id, where], ...]}``, ``{"do": "open",
"item"}`` by ``{"door": state}`` as often as that changes, ``{"do": "leave"}`` by nothing.
``python -m tests.faults.lockers.kiosk_process URL TOKEN``.
"""

import asyncio
import json
import sys
from typing import Any

import structlog

from kiosk.devices.document_session import DocumentSession
from kiosk.journey.events import DoorChanged, OpenDoor, ProofAnswered, Prove
from kiosk.link.collecting import CollectionLink
from kiosk.settings import KioskCollection
from queue_server.contract.client import ApiClient

#: As long as an order to a bank holds in these tests, and a little longer.
SETTINGS = KioskCollection(offered=True, poll_s=0.2, wait_s=20.0, order_s=25.0)


class Said:
    """What the journey of a kiosk would hear, written as lines."""

    def post(self, event: object) -> None:
        match event:
            case ProofAnswered():
                _say(
                    {
                        "look": event.look,
                        "proved": event.outcome,
                        "items": [[one.item, one.where] for one in event.items],
                    }
                )
            case DoorChanged():
                _say({"look": event.look, "door": event.state})


async def main(url: str, token: str) -> None:
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with ApiClient(url, token, timeout=10.0) as client, asyncio.TaskGroup() as tasks:
        link = CollectionLink(client, "demo", papers=DocumentSession(), settings=SETTINGS, events=Said())
        _say({"look": 0, "ready": True})
        while line := await lines.readline():
            asked: dict[str, Any] = json.loads(line)
            match asked["do"]:
                case "prove":
                    work = link.work(Prove(1, asked["look"], code=asked["code"]))
                case "open":
                    work = link.work(OpenDoor(1, asked["look"], asked["item"]))
                case _:
                    work = link.clear()
            if work is not None:
                tasks.create_task(work)


def _say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    asyncio.run(main(*sys.argv[1:]))
