"""The feed of a centre to one client: a WebSocket for devices, server-sent events for browsers.

Both carry the same frames. The server ends a line whose client is too slow, whose access has ended, or when it stops;
the client comes back with its cursor (``after``, or ``Last-Event-ID``).
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from aiohttp import hdrs, web

from queue_server.contract.periodic import Periodic
from queue_server.framework.access import Identities, RequestIdentity
from queue_server.framework.broadcast import Broadcaster, FeedEnd, Packet, Subscriber
from queue_server.framework.problems import ApiError
from queue_server.framework.settings import FeedSettings
from queue_server.framework.socket_line import AHEAD, SocketLines, handshake


class TooManyFeedsError(ApiError):
    """This device or session follows so many feeds that it gets no more."""

    status = 429
    code = "feeds-exceeded"
    title = "This client has too many open feeds"


class Feeds:
    """All open feeds of this process; ``sockets`` are those of devices.

    ``task`` looks for access that has ended: a feed must not outlive it.
    """

    def __init__(self, identities: Identities, settings: FeedSettings) -> None:
        self._identities = identities
        self._settings = settings
        self._open: dict[Subscriber, RequestIdentity] = {}
        # How many each has: with thousands of screens that come back at once nobody counts through all of them.
        self._lines: Counter[str | None] = Counter()
        self.sockets = SocketLines(settings, self._leave)
        poll_s = settings.revocation_poll_ms / 1000
        # However long nobody could look: once it is possible again it is done as soon as ever.
        self.task = Periodic("revocations", poll_s, self._end_revoked, max_retry_s=poll_s)

    def __len__(self) -> int:
        return len(self._open)

    def start(self) -> None:
        self.task.start()
        self.sockets.task.start()

    async def stop(self) -> None:
        """End all feeds; the handlers of browsers finish by themselves."""
        await self.task.stop()
        for subscriber in tuple(self._open):
            subscriber.end(FeedEnd.SHUTDOWN)
        await self.sockets.stop()

    async def serve(
        self,
        request: web.Request,
        feed: Broadcaster,
        identity: RequestIdentity,
        audience: str,
        *,
        sockets: bool = True,
    ) -> web.StreamResponse:
        """Serve one client of a feed: a browser until either side ends it, a socket begins a life of its own.

        Without ``sockets`` everybody is a browser.

        Raises:
            TooManyFeedsError: it has as many lines as it may.
        """
        if self._lines[identity.ident] >= self._settings.max_feeds:
            raise TooManyFeedsError
        after = request.headers.get("Last-Event-ID") or request.query.get("after")
        head = await handshake(request) if sockets else None
        # Nothing happens between the snapshot and the first frame: a socket has both before anything is awaited, and
        # for a browser what happens meanwhile is queued.
        subscriber = feed.join(audience, identity.principal.device, after)
        self._open[subscriber] = identity
        self._lines[identity.ident] += 1
        try:
            if head is None:
                return await self._serve_events(request, feed, subscriber)
            self.sockets.open(request, head, feed, subscriber)
        finally:
            if subscriber.on_end is None:
                self._leave(feed, subscriber)
        # Its connection is no longer one of aiohttp's, and nobody gets this answer.
        return web.StreamResponse(status=HTTPStatus.SWITCHING_PROTOCOLS)

    def _leave(self, feed: Broadcaster, subscriber: Subscriber) -> None:
        feed.leave(subscriber)
        ident = self._open.pop(subscriber).ident
        self._lines[ident] -= 1
        if not self._lines[ident]:
            del self._lines[ident]

    async def _serve_events(
        self, request: web.Request, feed: Broadcaster, subscriber: Subscriber
    ) -> web.StreamResponse:
        response = web.StreamResponse(
            status=HTTPStatus.OK,
            headers={hdrs.CONTENT_TYPE: "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"},
        )
        ended: asyncio.Future[FeedEnd] = asyncio.get_running_loop().create_future()
        subscriber.on_end = ended.set_result
        try:
            await response.prepare(request)
            # An older client (HTTP/1.0) is sent no chunks.
            chunked = response.headers.get(hdrs.TRANSFER_ENCODING) == "chunked"
            pump = asyncio.create_task(self._pump(response, _at_once(request, chunked=chunked), feed, subscriber))
            await _first(pump, ended)
        finally:
            subscriber.write = subscriber.on_end = None
        if request.transport is not None:
            # A client that does not read would never let it end.
            request.transport.abort()
        return response

    async def _pump(
        self, response: web.StreamResponse, write: Callable[[Packet], bool], feed: Broadcaster, subscriber: Subscriber
    ) -> None:
        """Send what is queued, and a beat where nothing is; returns when the line is gone or the client stalls."""
        while True:
            packet = None
            with suppress(TimeoutError):
                async with asyncio.timeout(self._settings.browser_heartbeat_ms / 1000):
                    packet = await feed.next(subscriber)
            try:
                async with asyncio.timeout(self._settings.stall_ms / 1000):
                    await response.write((feed.beat() if packet is None else packet).sse)
            except TimeoutError:
                subscriber.end(FeedEnd.STALLED)
                return
            except ConnectionError:
                return
            # Headers and what was missed are on the line: what happens now is written to it at once.
            subscriber.write = write

    async def _end_revoked(self) -> None:
        """End the feeds of those whose access has ended, on whichever server that was decided."""
        await self.end_revoked()
        await self.touch_sessions()

    async def end_revoked(self) -> None:
        """Look once."""
        ended = await self._identities.ended(tuple(self._open.values()))
        if ended:
            self.end(ended)

    async def touch_sessions(self) -> None:
        """Write down that those who follow are still there: nobody has to press a key for that."""
        await self._identities.touch(tuple(self._open.values()))

    def end(self, ended: frozenset[str]) -> None:
        """End the feeds of these on this server at once."""
        self._identities.invalidate(ended)
        for subscriber, identity in self._open.items():
            if identity.ident in ended:
                subscriber.end(FeedEnd.REVOKED)


async def _first(pump: asyncio.Task[None], ended: asyncio.Future[FeedEnd]) -> None:
    """Wait until one of them is done; nothing is pumped after that."""
    try:
        await asyncio.wait((pump, ended), return_when=asyncio.FIRST_COMPLETED)
    finally:
        pump.cancel()
        await asyncio.gather(pump, return_exceptions=True)


def _at_once(request: web.Request, *, chunked: bool) -> Callable[[Packet], bool]:
    """Make what writes a whole frame past aiohttp, which writes whole frames too: none falls into another."""

    def write(packet: Packet) -> bool:
        transport = request.transport
        if transport is None or transport.is_closing() or transport.get_write_buffer_size() > AHEAD:
            return False
        transport.write(packet.sse_chunk if chunked else packet.sse)
        return True

    return write
