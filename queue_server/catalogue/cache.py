"""What this process holds of the catalogues: a set-up is read again when its version has moved."""

import asyncio
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

import msgspec

from queue_server.catalogue import popular, store, views
from queue_server.catalogue.errors import CentreNotSetUpError
from queue_server.catalogue.model import Stored, day_rule
from queue_server.contract.catalogue import CentreView
from queue_server.domain.values import CentreId, Day, Micros, now_micros, to_datetime
from queue_server.eventlog.port import EventLog


class Encoded(NamedTuple):
    """An answer as it is sent, and its entity tag (RFC 9110, section 8.8.3, without quotes)."""

    body: bytes
    etag: str


class Catalogues:
    """The set-ups of all centres that were asked for; ``clock`` tells the time.

    What ``documents_key`` gives is told to kiosks with the set-up (``ServicesAnswer``).
    """

    def __init__(
        self,
        log: EventLog,
        clock: Callable[[], Micros] = now_micros,
        documents_key: Callable[[], str | None] = lambda: None,
    ) -> None:
        self._log = log
        self._clock = clock
        self._documents_key = documents_key
        self._stored: dict[CentreId, Stored] = {}
        self._answers: dict[CentreId, tuple[CentreView, str | None, Encoded]] = {}

    async def get(self, centre: CentreId) -> Stored:
        """Give a centre's set-up as it now is: one small query while it does not change.

        Raises:
            CentreNotSetUpError: there is no such centre.
        """
        held = self._stored.get(centre)
        version = await self._log.run(lambda connection: store.version(connection, centre))
        if held is None or held.version != version:
            held = await self._log.run(lambda connection: store.load(connection, centre))
            if held is None:
                raise CentreNotSetUpError(centre=centre)
            self._stored[centre] = held
        return held

    async def services(self, centre: CentreId) -> Encoded:
        """Answer what a centre offers, encoded once for each version, day, and opening or closing (``CentreView``).

        Raises:
            CentreNotSetUpError: there is no such centre.
        """
        stored = await self.get(centre)
        moment = to_datetime(self._clock())
        # In a thread: holidays of a year that comes into view are read from files.
        view = await asyncio.to_thread(views.centre, stored, moment)
        key, held = self._documents_key(), self._answers.get(centre)
        if held is None or held[:2] != (view, key):
            used = await popular.tickets(self._log, centre, day_rule(stored.setup), Day(view.day.isoformat()))
            answer = msgspec.structs.replace(views.services_answer(stored, moment, used), documents_key=key)
            body = msgspec.json.encode(answer)
            held = (view, key, Encoded(body, f"{view.version}-{sha256(body).hexdigest()[:16]}"))
            self._answers[centre] = held
        return held[2]
