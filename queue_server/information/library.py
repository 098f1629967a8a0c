"""What this process holds of the pages: they are read again when a version has moved."""

import asyncio
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import NamedTuple

import msgspec

from queue_server.catalogue.cache import Catalogues, Encoded
from queue_server.catalogue.model import Setup, day_rule
from queue_server.domain.values import CentreId, Micros, now_micros
from queue_server.eventlog.port import EventLog
from queue_server.framework.words import Languages
from queue_server.information import store, views
from queue_server.information.filling import Filling
from queue_server.information.model import PageRevision


class CentreInformation(NamedTuple):
    """The pages of a centre, with what is filled into them on its ``day``."""

    setup: Setup
    day: date
    pages: tuple[PageRevision, ...]

    def page(self, topic: str) -> PageRevision | None:
        return next((one for one in self.pages if one.topic == topic), None)

    def day_at(self, at: Micros) -> str:
        """Say on which day of the centre something was."""
        return day_rule(self.setup).day_at(at)


class InformationLibrary:
    """The pages of all centres that were asked for; ``clock`` tells the time.

    ``languages`` gives the words of all languages, once somebody reads.
    """

    def __init__(
        self,
        log: EventLog,
        catalogues: Catalogues,
        languages: Callable[[], Languages],
        clock: Callable[[], Micros] = now_micros,
    ) -> None:
        self._log = log
        self._catalogues = catalogues
        self._languages = languages
        self._clock = clock
        self._pages: dict[CentreId, tuple[tuple[tuple[str, int], ...], tuple[PageRevision, ...]]] = {}
        self._answers: dict[CentreId, tuple[CentreInformation, Encoded]] = {}

    async def get(self, centre: CentreId) -> CentreInformation:
        """Give the pages of a centre as they now are: two small queries while nothing changes.

        Raises:
            CentreNotSetUpError: there is no such centre.
        """
        setup = (await self._catalogues.get(centre)).setup
        versions = await self._log.run(lambda connection: store.versions(connection, centre))
        held = self._pages.get(centre)
        if held is None or held[0] != versions:
            held = versions, await self._log.run(lambda connection: store.pages(connection, centre))
            self._pages[centre] = held
        day = date.fromisoformat(day_rule(setup).day_at(self._clock()))
        return CentreInformation(setup, day, held[1])

    def filling(self, found: CentreInformation, language: str) -> Filling:
        """Give what is filled into the pages of one language."""
        return Filling(found.setup, found.day, language, self._languages().choose(language)[1])

    async def encoded(self, centre: CentreId) -> Encoded:
        """Answer all pages, encoded once for each version and day.

        Raises:
            CentreNotSetUpError: there is no such centre.
        """
        found = await self.get(centre)
        held = self._answers.get(centre)
        if held is None or held[0] != found:
            # In a thread: many pages in many languages are some milliseconds each.
            answer = await asyncio.to_thread(views.answer, found.setup, found.day, found.pages, self._languages())
            body = msgspec.json.encode(answer)
            held = found, Encoded(body, sha256(body).hexdigest()[:16])
            self._answers[centre] = held
        return held[1]
