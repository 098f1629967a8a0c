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
from kiosk.ports import Clock, EventSink, PartBook, TrustSource
from kiosk.tasks import Tasks
from peripherals.documents.settings import DocumentSettings


class Equipment:
    def __init__(
        self,
        devices: Devices,
        settings: DocumentSettings,
        *,
        trust: TrustSource,
        tasks: Tasks,
        clock: Clock,
        events: EventSink,
        book: PartBook,
    ) -> None:
        self._tasks = tasks
        self.papers = DocumentSession()
        self.printer = ManagedPrinter(devices.printer, events, book)
        self.reader = ManagedReader(devices.reader, self.papers, events, book)
        self.chip = ManagedChipReader(
            devices.chip, settings, self.papers, trust=trust, tasks=tasks, clock=clock, events=events, book=book
        )
        seals = Seals(self.papers, self.chip.trusted, clock)
        self.scanner = CodeScanner(devices.scanner, seals, events, book)
        self.terminal = ManagedTerminal(devices.terminal, book)

    @property
    def slots(self) -> dict[str, ManagedDevice[Any]]:
        """The slot of each part, by its name."""
        parts = (self.printer, self.reader, self.chip, self.scanner, self.terminal)
        return dict(zip(KINDS, (one.slot for one in parts), strict=True))

    def start(self) -> None:
        """Keep every device enabled, and know whom to trust."""
        for slot in self.slots.values():
            self._tasks.begin(slot.run())
        self._tasks.begin(self.chip.trusted.watch())

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
