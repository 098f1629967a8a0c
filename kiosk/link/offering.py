"""Offering: takes catalogues of the server, keeps the last, and tells the journey what can be offered."""

import asyncio
from collections.abc import Collection

import structlog

from kiosk.devices.papers import Papers
from kiosk.errors import KioskError
from kiosk.journey.events import OfferChanged
from kiosk.journey.offer import Offer
from kiosk.link.centre import Centre
from kiosk.link.offer import offer_of
from kiosk.ports import EventSink
from kiosk.store.data import DataFolder
from kiosk.tickets.outbox import Outbox, OutboxWorker
from queue_server.contract.catalogue import ServicesAnswer

_log = structlog.get_logger(__name__)


class Offering:
    """``translated`` are the languages that screen and paper both speak, ``currency`` what the kiosk takes."""

    def __init__(
        self,
        centre: Centre,
        papers: Papers,
        *,
        box: OutboxWorker,
        data: DataFolder,
        events: EventSink,
        translated: Collection[str],
        currency: str,
    ) -> None:
        self._centre = centre
        self._papers = papers
        self._box = box
        self._data = data
        self._events = events
        self._translated = translated
        self._currency = currency
        self._refused = False

    async def know(self, catalogue: ServicesAnswer) -> None:
        """Take a catalogue, and the key that documents are sealed to."""
        self._papers.seal_to(catalogue.documents_key)
        await self._centre.know(catalogue)

    async def take(self, catalogue: ServicesAnswer) -> None:
        """Take what the server says, keep it, and offer it.

        Raises:
            OutboxError: it cannot be read whether a ticket could be issued.
        """
        self._refused = False
        if catalogue != self._centre.catalogue:
            await self.know(catalogue)
            try:
                await asyncio.to_thread(self._data.keep_catalogue, catalogue)
            except KioskError as error:
                _log.error("catalogue-not-kept", code=error.code)
        self._events.post(OfferChanged(await self.offer()))

    async def offer(self) -> Offer:
        """Offer nothing before the outbox knows its first service day: it could not issue what it offers."""
        standing = await self._box(Outbox.standing)
        return self._offer(self._centre.catalogue if standing.day else None)

    def refused(self) -> None:
        """Offer nothing more: the server does not know this kiosk, and a ticket that no server takes is none."""
        if not self._refused:
            self._refused = True
            _log.error("not-our-server")
            self._events.post(OfferChanged(self._offer(None)))

    def _offer(self, usable: ServicesAnswer | None) -> Offer:
        return offer_of(usable, self._translated, self._currency)
