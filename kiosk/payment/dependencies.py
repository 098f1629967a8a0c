"""What a run of a payment works with."""

from dataclasses import dataclass
from typing import Protocol

from kiosk.payment.journal_model import Attempt
from kiosk.settings import PaymentSettings
from kiosk.tickets.model import CommittedTicket, PrintResult
from kiosk.tickets.outbox import OutboxWorker
from peripherals.device import DeviceUrl
from peripherals.payment.port import PaymentTerminal
from peripherals.printers.port import MonoImage
from queue_server.contract.visits import AheadAnswer

_LONGEST_PLACE = 128


class ReceiptPrinter(Protocol):
    """What ``kiosk.devices.printer.ManagedPrinter`` is to a payment."""

    @property
    def ready(self) -> bool:
        """Whether it has said that it can print."""
        ...

    async def print(self, image: MonoImage) -> PrintResult:
        """Print, and say what became of it: PRINTED, FAILED or UNKNOWN."""
        ...


class PaymentArtist(Protocol):
    """Makes the papers of a payment, each in a worker thread (``kiosk.payment.papers.PaymentPapers``)."""

    def ticket(self, attempt: Attempt, ticket: CommittedTicket, upcoming: AheadAnswer | None, /) -> MonoImage:
        """Draw a ticket, which says how many visits are ahead of it and how long that takes, unless nobody knows."""
        ...

    def receipt(self, attempt: Attempt, ticket: CommittedTicket, lines: tuple[str, ...], /) -> MonoImage:
        """Draw a receipt with the terminal's own ``lines``, of which there may be none."""
        ...

    def claim(self, attempt: Attempt, /) -> MonoImage: ...


class PaymentServer(Protocol):
    """What a payment needs of the server (``kiosk.payment.server_queries``)."""

    def may_pay(self) -> bool:
        """Tell whether the server is there, or the centre takes payment without it."""
        ...

    async def ahead(self, service: str, /) -> AheadAnswer | None:
        """Say how many visits would come before a ticket of a service now, and how long that takes.

        None where nobody says it in time.
        """
        ...


@dataclass(frozen=True, slots=True)
class PaymentDependencies:
    box: OutboxWorker
    terminal: PaymentTerminal
    printer: ReceiptPrinter
    artist: PaymentArtist
    settings: PaymentSettings
    server: PaymentServer


def place_of(url: str) -> tuple[str, str]:
    """Name a terminal by its address: the driver's scheme, and host, port and path, without the options."""
    parts = DeviceUrl.parse(url)
    host = parts.host if parts.port is None else f"{parts.host}:{parts.port}"
    return parts.scheme, (host + parts.path)[:_LONGEST_PLACE]
