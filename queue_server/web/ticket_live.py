"""The live line of a ticket's page: server-sent events to any number of phones that hold the ticket.

A ticket is drawn at most once in ``ticket_pause_ms``, and only after an event of its centre (or when a notice ends),
once for all phones that show it in one language; only what differs from the last drawing is sent. Phones that take
nothing for ``stall_ms`` are cut; how many lines one ticket and one address may hold is bounded.
"""

import asyncio
from collections import Counter as Tally
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

import msgspec
import structlog
from aiohttp import hdrs, web

from queue_server.domain.values import Micros, VisitId
from queue_server.framework.problems import ApiError
from queue_server.web.rules import PageRules
from queue_server.writer import Watcher

_log = structlog.get_logger("queue_server.web")

#: A visit and the language that it is shown in.
Key = tuple[VisitId, str]


class TooManyTicketFeedsError(ApiError):
    """So many phones show this ticket, or so many tickets are open at this address, that no more are served live."""

    status = 429
    code = "ticket-feeds-exceeded"
    title = "Too many pages of this ticket or this address are open"


class RenderedPart(msgspec.Struct, frozen=True):
    """A page's part as it is sent; ``stale_at`` is when time alone changes it, None where it never does."""

    html: str
    stale_at: Micros | None = None


#: Tells a watcher the happenings of a centre; returns the way to stop.
Watch = Callable[[Watcher], Callable[[], None]]
#: Draws a ticket as it stands; None once it is not in the day any more.
Draw = Callable[[], RenderedPart | None]


class _Shared:
    """One ticket in one language, drawn for all phones that show it; ``number`` counts the drawings."""

    def __init__(self, watch: Watch, draw: Draw, pause_ms: int, clock: Callable[[], Micros]) -> None:
        self.draw, self.pause = draw, pause_ms / 1000
        self._clock = clock
        self.drawn = draw()
        self.number = 0
        self.phones = 0
        self.broken = False
        self.news = asyncio.Event()
        self._happened = asyncio.Event()
        self._stop_watching = watch(lambda _event, _state: self._happened.set())
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        self._stop_watching()
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _follow(self) -> None:
        try:
            while self.drawn is not None:
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._left()):
                        await self._happened.wait()
                self._happened.clear()
                self._accept(self.draw())
                await asyncio.sleep(self.pause)
        except Exception:  # noqa: BLE001 - a phone whose line ends comes back, or looks again by itself
            _log.exception("ticket-not-drawn")
            self.broken = True
            self.news.set()

    def _accept(self, drawn: RenderedPart | None) -> None:
        before, self.drawn = self.drawn, drawn
        if drawn is None or before is None or drawn.html != before.html:
            self.number += 1
            news, self.news = self.news, asyncio.Event()
            news.set()

    def _left(self) -> float | None:
        """Seconds until the drawing is stale."""
        stale_at = None if self.drawn is None else self.drawn.stale_at
        return None if stale_at is None else max(0.0, (stale_at - self._clock()) / 1_000_000)


class TicketLines:
    """All open lines of this process."""

    def __init__(self, rules: PageRules, stall_ms: int, clock: Callable[[], Micros]) -> None:
        self._clock = clock
        self._rules = rules
        self._stall = stall_ms / 1000
        self._shared: dict[Key, _Shared] = {}
        self._tickets: Tally[VisitId] = Tally()
        self._addresses: Tally[str] = Tally()
        self._ended = asyncio.Event()

    def __len__(self) -> int:
        return self._tickets.total()

    @property
    def drawings(self) -> int:
        """How many tickets are drawn, each once whoever looks."""
        return len(self._shared)

    async def stop(self, _app: web.Application) -> None:
        """End all lines; their handlers finish by themselves."""
        self._ended.set()
        for shared in self._shared.values():
            shared.news.set()

    async def serve(self, request: web.Request, watch: Watch, key: Key, draw: Draw) -> web.StreamResponse:
        """Serve one phone until it goes, the day ends for its ticket, or the server stops.

        Raises:
            TooManyTicketFeedsError: there are too many of this ticket, or of this address.
        """
        visit, address = key[0], request.remote or ""
        if (
            self._tickets[visit] >= self._rules.ticket_feeds
            or self._addresses[address] >= self._rules.ticket_feeds_address
        ):
            raise TooManyTicketFeedsError
        shared = self._shared.get(key)
        if shared is None:
            shared = self._shared[key] = _Shared(watch, draw, self._rules.ticket_pause_ms, self._clock)
        shared.phones += 1
        self._tickets[visit] += 1
        self._addresses[address] += 1
        try:
            return await self._send(request, shared)
        finally:
            shared.phones -= 1
            # Unary plus keeps what is above zero: nobody who left is remembered.
            self._tickets[visit] -= 1
            self._addresses[address] -= 1
            self._tickets, self._addresses = +self._tickets, +self._addresses
            if not shared.phones:
                del self._shared[key]
                await shared.stop()

    async def _send(self, request: web.Request, shared: _Shared) -> web.StreamResponse:
        headers = {hdrs.CONTENT_TYPE: "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
        response = web.StreamResponse(status=HTTPStatus.OK, headers=headers)
        await response.prepare(request)
        sent: int | None = None
        while not (self._ended.is_set() or shared.broken):
            news = shared.news
            if shared.number != sent:
                sent, drawn = shared.number, shared.drawn
                frame = _frame("gone", "") if drawn is None else _frame("ticket", drawn.html)
            else:
                drawn, frame = shared.drawn, _frame("beat", "")
            try:
                async with asyncio.timeout(self._stall):
                    await response.write(frame)
            except (TimeoutError, ConnectionError):
                break
            if drawn is None:
                break
            with suppress(TimeoutError):
                async with asyncio.timeout(self._rules.ticket_heartbeat_ms / 1000):
                    await news.wait()
        if request.transport is not None:
            # A phone that does not read would never let the connection end.
            request.transport.abort()
        return response


def _frame(kind: str, text: str) -> bytes:
    """Write a server-sent event (HTML standard, section 9.2.5)."""
    lines = "".join(f"data: {line}\n" for line in text.splitlines() or ("",))
    return f"event: {kind}\n{lines}\n".encode()
