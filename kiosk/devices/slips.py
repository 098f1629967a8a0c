"""Slips that somebody asks for: information, what they took out of a door, an appointment, the code of a form.

What they say is known without paper: where there is none nothing is kept, and nothing is printed later.
"""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial

import structlog

from kiosk.devices.printer import ManagedPrinter
from kiosk.journey.events import (
    BookingPrinted,
    CollectedPrinted,
    Effect,
    Event,
    FormSlipPrinted,
    PrintBooking,
    PrintCollected,
    PrintFormSlip,
    PrintTopic,
    TopicPrinted,
)
from kiosk.journey.information import TopicLine
from kiosk.kit.papers import PaperBooking, PaperCollected, PaperForm, PaperInformation, PaperLine
from kiosk.ports import Artist, CentreFacts, EventSink
from kiosk.tickets.model import PrintResult
from peripherals.printers.port import MonoImage
from queue_server.domain.appointments import AppointmentCode, shown_code

_log = structlog.get_logger(__name__)


class SlipPrinting:
    """``booking_url`` is where the pages of appointments are."""

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
        told: Callable[[bool], Event]
        match effect:
            case PrintTopic():
                told = partial(TopicPrinted, effect.number, effect.prints)
                return self._print("information-strip", partial(self._information, effect), told)
            case PrintCollected():
                told = partial(CollectedPrinted, effect.number, effect.look)
                return self._print("collection-receipt", partial(self._collected, effect), told)
            case PrintBooking():
                told = partial(BookingPrinted, effect.number, effect.look)
                return self._print("booking-slip", partial(self._booking, effect), told)
            case PrintFormSlip():
                told = partial(FormSlipPrinted, effect.number, effect.look)
                return self._print("form-slip", partial(self._form, effect), told)
        return None

    async def _print(self, name: str, draw: Callable[[], MonoImage], told: Callable[[bool], Event]) -> None:
        paper = PrintResult.FAILED
        if self._printer.ready:
            # In a worker, because fonts are read from files.
            paper = await self._printer.print(await asyncio.to_thread(draw))
        _log.info(name, paper=paper)
        self._events.post(told(paper is PrintResult.PRINTED))

    def _information(self, asked: PrintTopic) -> MonoImage:
        now = self._centre.now()
        paper = PaperInformation(
            language=asked.language,
            centre=self._centre.name(asked.language),
            title=asked.title,
            lines=tuple(map(_line, asked.lines)),
            reviewed=asked.reviewed,
            date=f"{now:%Y-%m-%d}",
            time=f"{now:%H:%M}",
        )
        return self._artist.information(paper, self._printer.width)

    def _collected(self, asked: PrintCollected) -> MonoImage:
        now = self._centre.now()
        paper = PaperCollected(
            language=asked.language,
            centre=self._centre.name(asked.language),
            kind=asked.kind,
            label=asked.label,
            date=f"{now:%Y-%m-%d}",
            time=f"{now:%H:%M}",
            foot=self._centre.foot(asked.language),
        )
        return self._artist.collected(paper, self._printer.width)

    def _booking(self, asked: PrintBooking) -> MonoImage:
        paper = PaperBooking(
            language=asked.language,
            centre=self._centre.name(asked.language),
            day=asked.day,
            clock=asked.clock,
            url=self._booking_url + asked.token if asked.token else "",
            foot=self._centre.foot(asked.language),
            code=shown_code(AppointmentCode(asked.code)),
            bring=tuple(map(_line, asked.bring)),
        )
        return self._artist.booking(paper, self._printer.width)

    def _form(self, asked: PrintFormSlip) -> MonoImage:
        """The PIN is never printed."""
        paper = PaperForm(
            language=asked.language,
            centre=self._centre.name(asked.language),
            title=asked.title,
            code=asked.code,
            until=asked.until,
            foot=self._centre.foot(asked.language),
        )
        return self._artist.form(paper, self._printer.width)


def _line(one: TopicLine) -> PaperLine:
    return PaperLine(one.kind, one.text, one.value, one.note)
