"""What a run of a payment works with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.payment.steps import Attempt
from kiosk.settings import PaymentSettings
from kiosk.tickets.model import Ticket
from kiosk.tickets.on_paper import PaperState
from kiosk.tickets.outbox import OutboxWorker
from peripherals.device import DeviceUrl
from peripherals.payment.port import PaymentTerminal
from peripherals.printers.port import MonoImage

_LONGEST_PLACE = 128


class Printer(Protocol):
    """What ``kiosk.devices.printer.Printer`` is to a payment."""

    @property
    def ready(self) -> bool:
        """Whether it has said that it can print."""
        ...

    async def print(self, image: MonoImage) -> PaperState:
        """Print, and say what became of it: PRINTED, FAILED or UNKNOWN."""
        ...


@dataclass(frozen=True, slots=True)
class Drawings:
    """Make the papers, each in a worker thread.

    A ticket says how many visits are before it, unless that is None; the lines of a receipt are the terminal's, and
    there may be none.
    """

    ticket: Callable[[Attempt, Ticket, int | None], MonoImage]
    receipt: Callable[[Attempt, Ticket, tuple[str, ...]], MonoImage]
    claim: Callable[[Attempt], MonoImage]


@dataclass(frozen=True, slots=True)
class Tools:
    """``online``: the server is there, or the centre takes payment without it.

    ``ahead`` says how many visits would come before a ticket of a service now, None where nobody says it in time.
    """

    box: OutboxWorker
    terminal: PaymentTerminal
    printer: Printer
    drawings: Drawings
    settings: PaymentSettings
    online: Callable[[], bool]
    ahead: Callable[[str], Awaitable[int | None]]


def place_of(url: str) -> tuple[str, str]:
    """Name a terminal by its address: the driver's scheme, and host, port and path, without the options."""
    parts = DeviceUrl.parse(url)
    host = parts.host if parts.port is None else f"{parts.host}:{parts.port}"
    return parts.scheme, (host + parts.path)[:_LONGEST_PLACE]
