"""What request handlers work with: one object for a server process."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from aiohttp import web

from queue_server.conditions import Watch
from queue_server.contract.periodic import Periodic
from queue_server.contract.server_route import ServerRoute
from queue_server.database import Database
from queue_server.domain.values import ConsularError, Micros
from queue_server.eventlog.port import EventLog
from queue_server.framework.access import Identities
from queue_server.framework.answer_tally import AnswerTally
from queue_server.framework.feeds import Feeds
from queue_server.framework.problems import NotReadyError
from queue_server.framework.server_location import ServerLocation
from queue_server.framework.settings import HttpSettings, ServerSettings

if TYPE_CHECKING:
    from queue_server.framework.rooms import RoomCollection


@dataclass(slots=True)
class Server:
    """The parts of a server, put together in ``bootstrap``.

    What rooms bring is found by its type: ``server[Vault]``. ``request_keys`` gives those of the
    fingerprints of requests: the first makes, the others made before.
    ``trouble`` says why it is not ready; it is None once the database was found good and all rooms were opened.
    ``end`` ends this process for a reason that a new start alone can mend: ``failure`` says which.
    ``answers`` counts what was answered. ``certificate_ends_at`` says until when the certificate holds, and
    ``authority_ends_at`` until when the own authority does; None where there is none. ``authorities`` are the
    certificates (PEM) that devices are to trust; none where it does not speak TLS itself. ``watches`` look after the
    machine. ``own_tasks`` are what is done again and again beside what the rooms do.
    """

    rooms: "RoomCollection"
    place: ServerLocation
    settings: ServerSettings
    database: Database
    log: EventLog
    clock: Callable[[], Micros]
    request_keys: Callable[[], tuple[bytes, ...]]
    watches: tuple[Watch, ...] = ()
    own_tasks: list[Periodic] = field(default_factory=list)
    trouble: ConsularError | None = field(default_factory=NotReadyError)
    answers: AnswerTally = field(default_factory=AnswerTally)
    certificate_ends_at: Callable[[], datetime | None] = lambda: None
    authority_ends_at: Callable[[], datetime | None] = lambda: None
    authorities: Callable[[], tuple[str, ...]] = tuple
    failure: ConsularError | None = None
    ending: asyncio.Event = field(default_factory=asyncio.Event)
    _parts: dict[type, object] = field(default_factory=dict)

    def __getitem__[T](self, kind: type[T]) -> T:
        """Find what a room has put here.

        Raises:
            KeyError: no room of this server has.
        """
        found = self._parts[kind]
        if not isinstance(found, kind):
            raise KeyError(kind)
        return found

    def put[T](self, kind: type[T], part: T) -> T:
        """Keep a part for all handlers, under its type or one that it stands for; each is put once."""
        if kind in self._parts:
            raise KeyError(kind)
        self._parts[kind] = part
        return part

    def has(self, kind: type) -> bool:
        return kind in self._parts

    def end(self, why: ConsularError) -> None:
        """End this process; whoever started it starts it anew."""
        self.failure = why
        self.ending.set()

    @property
    def tasks(self) -> tuple[Periodic, ...]:
        """All that is done again and again in this process."""
        return (*self.own_tasks, *(task for room in self.rooms for task in room.tasks(self)))

    @property
    def identities(self) -> Identities:
        return self[Identities]  # type: ignore[type-abstract] # a room has put in its own

    @property
    def feeds(self) -> Feeds:
        return self[Feeds]

    @property
    def tls(self) -> bool:
        """Whether it speaks TLS itself."""
        return self.place.tls is not None

    @property
    def behind_proxy(self) -> bool:
        """Whether a proxy before it does."""
        return self.place.behind_proxy

    @property
    def has_public(self) -> bool:
        """Whether phones have an address of their own."""
        return self.place.public is not None

    @property
    def public_url(self) -> str:
        """How phones reach it."""
        return self.settings[HttpSettings].public_url or self.place.public_address or self.place.address

    @property
    def device_route(self) -> ServerRoute:
        """How devices are to reach it."""
        return ServerRoute(self.settings[HttpSettings].device_urls, self.authorities())

    @property
    def staff_url(self) -> str | None:
        """How browsers of staff reach it, where that is known to be another address than it listens on."""
        http = self.settings[HttpSettings]
        # Without an address for phones alone staff come by the same one.
        return http.staff_url or (None if self.has_public else http.public_url)


SERVER: Final = web.AppKey("server", Server)
