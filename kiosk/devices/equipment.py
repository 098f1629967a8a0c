"""The devices of a kiosk, each in its slot, and what is held of a party's documents."""

from typing import Any

from kiosk.devices.chip import ManagedChipReader
from kiosk.devices.document_session import DocumentSession
from kiosk.devices.managed_device import ManagedDevice
from kiosk.devices.opening import KINDS, Devices
from kiosk.devices.printer import ManagedPrinter
from kiosk.devices.reader import ManagedReader
from kiosk.devices.scanner import CodeScanner
from kiosk.devices.seals import Seals
from kiosk.devices.terminal import ManagedTerminal
from kiosk.journey import events as e
from kiosk.ports import Clock, EventSink, PartBook, TrustedAuthorities
from kiosk.tasks import Tasks
from peripherals.documents.settings import DocumentSettings
from queue_server.contract.periodic import Periodic


class Equipment:
    def __init__(
        self,
        devices: Devices,
        settings: DocumentSettings,
        *,
        trusted: TrustedAuthorities,
        tasks: Tasks,
        clock: Clock,
        events: EventSink,
        book: PartBook,
    ) -> None:
        self._tasks = tasks
        self.trusted = trusted
        self.papers = DocumentSession()
        self.printer = ManagedPrinter(devices.printer, events, book)
        self.reader = ManagedReader(devices.reader, self.papers, events, book)
        self.chip = ManagedChipReader(
            devices.chip, settings, self.papers, trusted=trusted, tasks=tasks, clock=clock, events=events, book=book
        )
        seals = Seals(self.papers, trusted, clock)
        self.scanner = CodeScanner(devices.scanner, seals, events, book)
        self.terminal = ManagedTerminal(devices.terminal, book)
        self._trust = Periodic("trust", settings.trust_poll_s, self._check_trust, at_once=True)

    @property
    def slots(self) -> dict[str, ManagedDevice[Any]]:
        """The slot of each part, by its name."""
        parts = (self.printer, self.reader, self.chip, self.scanner, self.terminal)
        return dict(zip(KINDS, (one.slot for one in parts), strict=True))

    def devices(self) -> Devices:
        """Give what is in the slots now: a technician may have exchanged something."""
        return Devices(*(slot.device for slot in self.slots.values()))

    def start(self) -> None:
        """Keep every device enabled, and know whom to trust."""
        self._tasks.supervise(*(slot.task for slot in self.slots.values()), self._trust)

    async def _check_trust(self) -> None:
        before = self.trusted.fault
        await self.trusted.check()
        if self.trusted.fault != before:
            self.chip.report_part()

    def do(self, effect: e.Effect) -> bool:
        """Do what is asked about documents; False where it is about something else."""
        match effect:
            case e.ReadChip():
                self.chip.read(effect)
            case e.GiveCan():
                self.chip.supply_can(effect)
            case e.EndChip():
                self.chip.stop()
            case e.FindChip():
                self.chip.find(effect)
            case e.ForgetDocument():
                self.clear()
            case _:
                return False
        return True

    def clear(self) -> None:
        """Hold nothing of a document any more."""
        self.chip.stop()
        self.papers.clear()
