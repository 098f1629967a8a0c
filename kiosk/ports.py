"""What the rooms of a kiosk ask of each other, and of the world: each port has one name, to be jumped to from its use.

Who stands behind them is chosen in ``dependencies``, ``enrolled`` and ``unenrolled``, and nowhere else.
"""

from datetime import datetime
from typing import Protocol

from kiosk.journey.events import Event
from kiosk.journey.surroundings import DevicePart
from kiosk.kit.frame import PageFrame
from kiosk.kit.papers import (
    PaperBooking,
    PaperClaim,
    PaperCollected,
    PaperFoot,
    PaperForm,
    PaperInformation,
    PaperReceipt,
    PaperTest,
    PaperTicket,
)
from peripherals.documents.trust.store import TrustStore
from peripherals.printers.port import MonoImage


class EventSink(Protocol):
    """Takes what the journey is to hear (``kiosk.inbox.Inbox``)."""

    def post(self, event: Event, /) -> None: ...


class Clock(Protocol):
    """Tells the centre's time, in its zone; this machine's own clock may be years wrong (``kiosk.link.centre``)."""

    def now(self) -> datetime: ...


class CentreFacts(Clock, Protocol):
    """What papers say of the centre, besides the time (``kiosk.link.centre.Centre``)."""

    def name(self, language: str) -> str:
        """Give its name, empty where it is not known."""
        ...

    def clock(self, at: datetime, /) -> str:
        """Write what its clock shows at an instant."""
        ...

    def foot(self, language: str) -> PaperFoot:
        """Give where it is and when it is open."""
        ...


class Artist(Protocol):
    """Draws papers ``width`` dots wide, in a worker: fonts are read from files (``kiosk.kit.drawn.PageImages``)."""

    def ticket(self, paper: PaperTicket, width: int) -> MonoImage: ...

    def receipt(self, paper: PaperReceipt, width: int) -> MonoImage: ...

    def claim(self, paper: PaperClaim, width: int) -> MonoImage: ...

    def collected(self, paper: PaperCollected, width: int) -> MonoImage: ...

    def information(self, paper: PaperInformation, width: int) -> MonoImage: ...

    def booking(self, paper: PaperBooking, width: int) -> MonoImage: ...

    def form(self, paper: PaperForm, width: int) -> MonoImage: ...

    def test(self, paper: PaperTest, width: int) -> MonoImage: ...


class ScreenPort(Protocol):
    """Shows a page; from any thread, in order (``kiosk.kit.bridge.Bridge``)."""

    def show(self, frame: PageFrame, /) -> None: ...


class PartBook(Protocol):
    """Takes down how a part of the kiosk is (``kiosk.link.health.HealthBook``)."""

    def part(self, part: DevicePart) -> None: ...


class DiskBook(Protocol):
    """Takes down the failure code of the disk, "" where it is well (``kiosk.link.health.HealthBook``)."""

    def disk(self, code: str) -> None: ...


class OutboxWatch(Protocol):
    """Hears of each change in the outbox (``kiosk.tickets.outbox_status.OutboxCount``)."""

    def moved(self) -> None: ...


class Wakeable(Protocol):
    """Has a loop that sleeps until there may be something to do."""

    def wake(self) -> None: ...


class TrustedAuthorities(Protocol):
    """Whom the kiosk trusts about documents now (``peripherals.documents.trust.watch.Trusted``)."""

    @property
    def store(self) -> TrustStore: ...

    @property
    def fault(self) -> str:
        """Say why the lists cannot be used, or that they grow old; "" where all is well."""
        ...

    async def check(self) -> None:
        """Read them where they have changed."""
        ...


class TrustSource(Protocol):
    """Reads whom the kiosk trusts about chips; both read files (``kiosk.devices.trust.TrustFolder``)."""

    def load(self) -> TrustStore: ...

    def mark(self) -> object:
        """Say how the files stand: another answer when they have changed."""
        ...
