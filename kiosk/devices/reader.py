"""The document reader, as the kiosk uses it: what it reads becomes events of the journey.

A document's zone is read here and nowhere else: its issuing state is taken out, with the first letter of a name, by
which a party knows whose it was, and ``DocumentSession`` holds the zone until it is known whether a chip is read with
it; else it is overwritten.
"""

import structlog

from kiosk.devices.document_session import DocumentSession
from kiosk.devices.managed_device import PRESENT, ManagedDevice, part_of
from kiosk.journey.events import (
    DocumentRead,
    DocumentUnread,
    Event,
    ReaderChanged,
)
from kiosk.ports import EventSink, PartBook
from peripherals.device import DeviceStatus
from peripherals.documents.mrz import Mrz
from peripherals.documents.port import DocumentReader

_log = structlog.get_logger(__name__)


class ManagedReader:
    def __init__(
        self,
        device: DocumentReader | None,
        papers: DocumentSession,
        events: EventSink,
        book: PartBook,
    ) -> None:
        self.slot = ManagedDevice("reader", device, self, self)
        self._papers = papers
        self._events = events
        self._book = book
        self._present = False

    async def listen(self, device: DocumentReader) -> None:
        async for read in device.documents():
            self._events.post(
                self._event(read) if isinstance(read, Mrz) else DocumentUnread(self._papers.hold_unread())
            )

    def _event(self, zone: Mrz) -> Event:
        """Take issuing state and a first letter, if the zone holds, and lay the rest aside; else overwrite it at once.

        One that was read with the same mistake twice is taken along for staff, who put it right.
        """
        issuer, initial, same = zone.field("issuer"), zone.initial, self._papers.known(zone)
        laid = self._papers.hold(zone) if zone.valid else self._papers.hold_repeated(zone)
        if laid is None:
            return DocumentUnread(self._papers.hold_unread())
        return DocumentRead(issuer, laid, same, initial)

    def status_changed(self, status: DeviceStatus | None) -> None:
        self._book.part(part_of("reader", self.slot.device, status))
        present = status is not None and status.state in PRESENT
        if present is not self._present:
            self._present = present
            _log.info("reader", there=present)
            self._events.post(ReaderChanged(present))
