"""Day and time of an appointment on paper, for somebody who comes on another day."""

import asyncio
from collections.abc import Coroutine

import structlog

from kiosk.devices.printer import ManagedPrinter
from kiosk.journey.events import BookingPrinted, Effect, PrintBooking
from kiosk.kit.papers import PaperBooking, PaperLine
from kiosk.ports import Artist, CentreFacts, EventSink
from kiosk.tickets.model import PrintResult
from peripherals.printers.port import MonoImage
from queue_server.domain.appointments import AppointmentCode, shown_code

_log = structlog.get_logger(__name__)


class BookingSlips:
    """``booking_url`` is where the pages of appointments are. What does not come on paper now is not printed later."""

    def __init__(
        self, printer: ManagedPrinter, *, booking_url: str, centre: CentreFacts, artist: Artist, events: EventSink
    ) -> None:
        self._printer = printer
        self._booking_url = booking_url
        self._centre = centre
        self._artist = artist
        self._events = events

    def work(self, effect: Effect) -> Coroutine[None, None, None] | None:
        """Give what prints it; None where something else is asked."""
        return self._print(effect) if isinstance(effect, PrintBooking) else None

    async def _print(self, asked: PrintBooking) -> None:
        paper = PrintResult.FAILED
        if self._printer.ready:
            paper = await self._printer.print(await asyncio.to_thread(self._drawn, asked))
        _log.info("booking-slip", paper=paper)
        self._events.post(BookingPrinted(asked.number, asked.look, is_printed=paper is PrintResult.PRINTED))

    def _drawn(self, asked: PrintBooking) -> MonoImage:
        """Draw it; in a worker, because fonts are read from files."""
        paper = PaperBooking(
            language=asked.language,
            centre=self._centre.name(asked.language),
            day=asked.day,
            clock=asked.clock,
            url=self._booking_url + asked.token if asked.token else "",
            foot=self._centre.foot(asked.language),
            code=shown_code(AppointmentCode(asked.code)),
            bring=tuple(PaperLine(one.kind, one.text, one.value, one.note) for one in asked.bring),
        )
        return self._artist.booking(paper, self._printer.width)
