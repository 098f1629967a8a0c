"""Claim slips that came on no paper: printed as soon as the printer can, while the kiosk runs.

One try each time the printer is back, since a slip of which nobody knows whether it came out is printed once more.
"""

import asyncio

import structlog

from kiosk.errors import OutboxError
from kiosk.payment.availability import PaymentCounter
from kiosk.payment.errors import PaymentOpenError
from queue_server.contract.periodic import Periodic

_log = structlog.get_logger(__name__)


class ClaimReprints:
    """``counter`` has the desk where they are printed; ``pause_s`` lies between two tries while it works.

    ``wake`` says that there may be something to do: the printer is back, or there is a desk again.
    """

    def __init__(self, counter: PaymentCounter, pause_s: float) -> None:
        self._counter = counter
        self._pause_s = pause_s
        self._due = asyncio.Event()
        self.task = Periodic("claim-slips", 0, self._print, at_once=True)

    def wake(self) -> None:
        self._due.set()

    async def _print(self) -> None:
        self.task.worked()
        await self._due.wait()
        self._due.clear()
        desk = self._counter.settled_desk()
        if desk is None:
            return
        try:
            await desk.print_claims()
        except PaymentOpenError:
            # Somebody pays, and has the printer. They are first.
            await asyncio.sleep(self._pause_s)
            self._due.set()
        except OutboxError as error:
            # It is tried again once the journal can be written, which the till looks after.
            _log.error("claim-not-printed", **error.placeholders)
