"""A page of information on a strip of paper: printed where somebody asks for it."""

import asyncio
from collections.abc import Coroutine

import structlog

from kiosk.devices.printer import ManagedPrinter
from kiosk.journey.events import Effect, PrintTopic, TopicPrinted
from kiosk.kit.papers import PaperInformation, PaperLine
from kiosk.ports import Artist, CentreFacts, EventSink
from kiosk.tickets.model import PrintResult
from peripherals.printers.port import MonoImage

_log = structlog.get_logger(__name__)


class InformationStrips:
    """What can be read here can be printed once more: where there is no paper nothing is kept."""

    def __init__(self, printer: ManagedPrinter, *, centre: CentreFacts, artist: Artist, events: EventSink) -> None:
        self._printer = printer
        self._centre = centre
        self._artist = artist
        self._events = events

    def work(self, effect: Effect) -> Coroutine[None, None, None] | None:
        """Give what prints it; None where something else is asked."""
        return self._print(effect) if isinstance(effect, PrintTopic) else None

    async def _print(self, asked: PrintTopic) -> None:
        paper = PrintResult.FAILED
        if self._printer.ready:
            paper = await self._printer.print(await asyncio.to_thread(self._drawn, asked))
        _log.info("information-strip", paper=paper)
        self._events.post(TopicPrinted(asked.number, asked.prints, is_printed=paper is PrintResult.PRINTED))

    def _drawn(self, asked: PrintTopic) -> MonoImage:
        """Draw it; in a worker, because fonts are read from files."""
        now = self._centre.now()
        paper = PaperInformation(
            language=asked.language,
            centre=self._centre.name(asked.language),
            title=asked.title,
            lines=tuple(PaperLine(one.kind, one.text, one.value, one.note) for one in asked.lines),
            reviewed=asked.reviewed,
            date=f"{now:%Y-%m-%d}",
            time=f"{now:%H:%M}",
        )
        return self._artist.information(paper, self._printer.width)
