"""The receipt of somebody who has taken what was theirs out of a door: printed where they ask for it."""

import asyncio
from collections.abc import Coroutine

import structlog

from kiosk.devices.printer import ManagedPrinter
from kiosk.journey.events import CollectedPrinted, Effect, PrintCollected
from kiosk.kit.papers import PaperCollected
from kiosk.ports import Artist, CentreFacts, EventSink
from kiosk.tickets.model import PrintResult
from peripherals.printers.port import MonoImage

_log = structlog.get_logger(__name__)


class CollectionReceipts:
    """That they have it is known without paper: where there is none nothing is kept, and nothing printed later."""

    def __init__(self, printer: ManagedPrinter, *, centre: CentreFacts, artist: Artist, events: EventSink) -> None:
        self._printer = printer
        self._centre = centre
        self._artist = artist
        self._events = events

    def work(self, effect: Effect) -> Coroutine[None, None, None] | None:
        """Give what prints it; None where something else is asked."""
        return self._print(effect) if isinstance(effect, PrintCollected) else None

    async def _print(self, asked: PrintCollected) -> None:
        paper = PrintResult.FAILED
        if self._printer.ready:
            paper = await self._printer.print(await asyncio.to_thread(self._drawn, asked))
        _log.info("collection-receipt", paper=paper)
        self._events.post(CollectedPrinted(asked.number, asked.look, is_printed=paper is PrintResult.PRINTED))

    def _drawn(self, asked: PrintCollected) -> MonoImage:
        """Draw it; in a worker, because fonts are read from files."""
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
