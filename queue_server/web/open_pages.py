"""Open pages of staff: the server draws them anew after an event of their centre, and sends them what changed.

All open pages of a centre are one client of its feed. Whose access has ended is sent nothing more: that is asked before
anything is drawn, for all pages together. A page whose drawing fails, that is too slow or comes back is told that it
has to fetch itself whole, as every page did before; so it always may (docs/decisions/0033).
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from time import perf_counter, thread_time
from typing import Final

import msgspec
import structlog
from aiohttp import web

from queue_server.accounts.identities import known
from queue_server.accounts.model import Session
from queue_server.centre.broadcaster import Audience
from queue_server.centre.centres import Centre, Centres
from queue_server.centre.views import Facts, cursor
from queue_server.domain.values import CentreId, ConsularError, CounterId, Micros, VisitId
from queue_server.framework.access import RequestIdentity
from queue_server.framework.broadcast import Broadcaster, BrowserEvent, Packet, Subscriber
from queue_server.framework.problems import NotSignedInError
from queue_server.framework.server import Server
from queue_server.web.page_context import DESK
from queue_server.web.page_parts import DrawnPart
from queue_server.web.view_context import Shared

_log = structlog.get_logger("queue_server.web")

#: With it a page that is fetched says which it is.
PAGE_HEADER: Final = "X-Page"
#: Letters of that name that count.
_NAME: Final = 64
#: So many frames may wait for a page that takes them slowly.
_WAITING: Final = 4
#: What of the loop drawing may take while events follow each other without a pause: one part of so many.
_SHARE: Final = 4
#: And so many seconds at a time.
_AT_ONCE_S: Final = 0.001


class _TouchedEntity(msgspec.Struct, frozen=True):
    id: str = ""


class _TouchedBy(msgspec.Struct, frozen=True):
    """What of a frame says whom an event was about."""

    visit: _TouchedEntity = _TouchedEntity()
    counter: _TouchedEntity = _TouchedEntity()


class PushedParts(msgspec.Struct, frozen=True):
    """``asked`` is what the page was drawn for, ``marks`` are those of all parts, ``parts`` the ones that changed."""

    asked: tuple[str, ...]
    marks: dict[str, str]
    parts: dict[str, msgspec.Raw]


class _Sight:
    """What pages have in common that are drawn as of one state and moment, in each language.

    ``lasting`` holds what lasts as long as the set-up, and what else of the centre is known beside its day.
    """

    def __init__(self, seq: int, facts: Facts, now: Micros, lasting: dict[str, Shared]) -> None:
        self.seq, self.facts, self.now = seq, facts, now
        self._lasting, self._wordless = lasting, Shared()
        self._shared: dict[str, Shared] = {}

    def shared(self, language: str) -> Shared:
        if language not in self._shared:
            self._shared[language] = Shared(self._lasting.setdefault(language, Shared()), self._wordless)
        return self._shared[language]


class OpenPage(ABC):
    """A page that is open in a browser; ``asked`` is what it looks at, as it said when it was fetched last.

    ``request`` is that of its line, ``session`` the one with which that began.
    """

    def __init__(self, request: web.Request, session: Session) -> None:
        self.request, self.session = request, session
        self.language = request.app[DESK].language(request)
        self.asked: tuple[str, ...] = ()
        #: Whether what lies beside the day has to be read again.
        self.is_stale = True
        #: The marks of what it was sent last.
        self.marks: dict[str, str] = {}

    @abstractmethod
    def concerns(self, visits: frozenset[VisitId], counters: frozenset[CounterId]) -> bool:
        """Tell whether what lies beside the day may have changed with these."""

    @abstractmethod
    async def read(self) -> None:
        """Read what lies beside the day."""

    @abstractmethod
    def draw(self, shared: Shared, now: Micros) -> Mapping[str, DrawnPart]:
        """Draw all parts by their names; ``shared`` is what all pages that are drawn of one state have in common."""


class PageHub(Broadcaster):
    """The open pages of one centre."""

    def __init__(self, server: Server, centre: Centre) -> None:
        super().__init__()
        self._server, self._centre = server, centre
        self._pages: dict[str, tuple[OpenPage, Subscriber | None]] = {}
        self._feed: Subscriber | None = None
        self._drawing: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._visits: set[VisitId] = set()
        self._counters: set[CounterId] = set()
        self._allowed_until = Micros(0)
        self._changes = -1
        self._known: Facts | None = None
        self._lasting: dict[str, Shared] = {}

    def add(self, name: str, page: OpenPage) -> None:
        """Expect the line of a page; it is joined under this name next."""
        self._pages[name] = page, None

    def remove(self, name: str, page: OpenPage) -> None:
        """Let a page go whose line has ended; it may have a new one."""
        if self._pages.get(name, (None, None))[0] is page:
            del self._pages[name]

    def fetched(self, name: str, session: Session, asked: tuple[str, ...]) -> None:
        """Note that a page was fetched whole by its own session, and what it looks at."""
        page, _ = self._pages.get(name, (None, None))
        if page is not None and page.session.id == session.id:
            page.asked, page.is_stale = asked, True

    def seq(self) -> int:
        return self._centre.state.seq

    def place(self, cursor: str | None) -> int | None:  # noqa: ARG002 - whoever comes fetches itself whole
        return None

    def snapshot(self, audience: str, device: object) -> Packet:  # noqa: ARG002 - the same for every page
        return self._packet(BrowserEvent.SNAPSHOT, b'{"type":"snapshot"}')

    def beat(self) -> Packet:
        return self._packet(BrowserEvent.BEAT, b'{"type":"beat"}')

    def _packet(self, kind: BrowserEvent, data: bytes) -> Packet:
        state = self._centre.state
        return Packet(state.seq, cursor(state), kind, data)

    def join(self, audience: str, device: object, after: str | None) -> Subscriber:  # noqa: ARG002 - as ``place``
        subscriber = Subscriber(audience, None)
        subscriber.offer(self.snapshot(audience, None))
        self._subscribers.add(subscriber)
        self._pages[audience] = self._pages[audience][0], subscriber
        if self._feed is None:
            self._feed = self._centre.fan_out.join(Audience.QUEUE, None, None)
            while not self._feed.queue.empty():
                self._feed.queue.get_nowait()
            self._feed.write = self._on_packet
            self._drawing = asyncio.create_task(self._follow())
        return subscriber

    def leave(self, subscriber: Subscriber) -> None:
        super().leave(subscriber)
        if not self._subscribers and self._feed is not None and self._drawing is not None:
            self._centre.fan_out.leave(self._feed)
            self._drawing.cancel()
            self._feed = self._drawing = None

    def _on_packet(self, packet: Packet) -> bool:
        """Take a frame of the centre's feed."""
        if packet.kind is BrowserEvent.CHANGE:
            touched = msgspec.json.decode(packet.data, type=_TouchedBy)
            self._visits.add(VisitId(touched.visit.id))
            self._counters.add(CounterId(touched.counter.id))
            self._news.set()
        elif packet.kind is not BrowserEvent.BEAT:
            # Beside the day something changed, or all of it: pages fetch themselves, as what they show is read anew.
            for subscriber in self._subscribers:
                subscriber.offer(packet if packet.kind is BrowserEvent.MENTION else self.snapshot("", None))
        return True

    async def _follow(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            # What this thread computes, not how long it takes: a machine that is busy with others is no reason to wait.
            began = thread_time()
            visits, self._visits = frozenset(self._visits), set()
            counters, self._counters = frozenset(self._counters), set()
            try:
                await self._end_revoked()
                await self._draw_all(visits, counters)
            except Exception:  # noqa: BLE001 - pages that are not drawn here fetch themselves
                _log.exception("pages-not-drawn", centre=self._centre.id)
                for subscriber in self._subscribers:
                    subscriber.offer(self.snapshot("", None))
            await asyncio.sleep((thread_time() - began) * (_SHARE - 1))

    async def _end_revoked(self) -> None:
        """End the lines of those whose access has ended: what is believed of them is as old as with a request."""
        identities, now = self._server.identities, self._server.clock()
        if self._changes != identities.changes or not now <= self._allowed_until:
            self._changes = identities.changes
            self._allowed_until = Micros(now + identities.believed)
            await self._server.feeds.end_revoked()

    async def _draw_all(self, visits: frozenset[VisitId], counters: frozenset[CounterId]) -> None:
        sight, paused = self._sight(None), perf_counter()
        for page, subscriber in tuple(self._pages.values()):
            if subscriber is None or subscriber.ended is not None or subscriber not in self._subscribers:
                continue
            if subscriber.queue.qsize() >= _WAITING:
                # Too slow for what happens: once it has taken what waits it fetches itself as it is then.
                subscriber.behind = True
                continue
            try:
                if page.is_stale or page.concerns(visits, counters):
                    page.is_stale = False
                    await page.read()
                # From here on nothing else happens until the page is sent: it is as of one state.
                sight = self._sight(sight)
                if subscriber.ended is None:
                    subscriber.offer(self._changed(page, page.draw(sight.shared(page.language), sight.now)))
            except Exception as error:  # noqa: BLE001 - the others are drawn; this one fetches itself
                # A session may have ended while it was read for.
                if not isinstance(error, ConsularError):
                    _log.exception("page-not-drawn", centre=self._centre.id)
                page.is_stale = True
                subscriber.offer(self.snapshot("", None))
            if perf_counter() - paused > _AT_ONCE_S:
                # Whoever asks for something meanwhile is answered between two pages.
                await asyncio.sleep(0)
                paused = perf_counter()

    def _sight(self, before: "_Sight | None") -> "_Sight":
        """Look at the centre as it is, unless it is as it was ``before``."""
        seq, facts = self._centre.state.seq, self._centre.facts
        if before is not None and (before.seq, before.facts) == (seq, facts):
            return before
        if facts is not self._known:
            self._known, self._lasting = facts, {}
        return _Sight(seq, facts, self._server.clock(), self._lasting)

    def _changed(self, page: OpenPage, parts: Mapping[str, DrawnPart]) -> Packet:
        marks = {name: part.mark for name, part in parts.items()}
        changed = {name: part.json for name, part in parts.items() if page.marks.get(name) != part.mark}
        page.marks = marks
        return self._packet(BrowserEvent.PAGE, msgspec.json.encode(PushedParts(page.asked, marks, changed)))


class OpenPages:
    """The hubs of all centres of this process that have open pages."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._hubs: dict[CentreId, PageHub] = {}

    def __getitem__(self, ident: CentreId) -> PageHub:
        if ident not in self._hubs:
            self._hubs[ident] = PageHub(self._server, self._server[Centres][ident])
        return self._hubs[ident]

    async def serve(self, page: OpenPage) -> web.StreamResponse:
        """Keep the line of a page until it goes, or is ended."""
        request = page.request
        identity: RequestIdentity = await self._server.identities.of(request)
        if known(identity).session is None:
            raise NotSignedInError
        hub, name = self[page.session.centre], _name(page.session, request.query.get("page", ""))
        hub.add(name, page)
        try:
            return await self._server.feeds.serve(request, hub, identity, name, sockets=False)
        finally:
            hub.remove(name, page)

    def fetched(self, request: web.Request, session: Session, asked: tuple[str, ...] = ()) -> None:
        """Note that an open page was fetched."""
        hub = self._hubs.get(session.centre)
        if hub is not None:
            hub.fetched(_name(session, request.headers.get(PAGE_HEADER, "")), session, asked)


def _name(session: Session, page: str) -> str:
    """Name an open page: no session names one of another."""
    return f"{session.id}/{page[:_NAME]}"


OPEN_PAGES: Final = web.AppKey("open_pages", OpenPages)


def open_pages(request: web.Request) -> OpenPages:
    return request.app[OPEN_PAGES]
