"""The feed of a centre to one client: a WebSocket for devices, server-sent events for browsers.

Both carry the same frames. The server ends a line whose client is too slow, whose access has ended, or when it stops;
the client comes back with its cursor (``after``, or ``Last-Event-ID``).
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Final, NamedTuple

from aiohttp import WSCloseCode, WSMsgType, hdrs, web

from queue_server.contract.periodic import Periodic
from queue_server.framework.access import Identities, RequestIdentity
from queue_server.framework.broadcast import Broadcaster, FeedEnd, Packet, Subscriber
from queue_server.framework.problems import ApiError
from queue_server.framework.settings import FeedSettings

_CLOSE: Final = {
    FeedEnd.REVOKED: (WSCloseCode.POLICY_VIOLATION, b"access ended"),
    FeedEnd.SHUTDOWN: (WSCloseCode.GOING_AWAY, b"server stops"),
}

Send = Callable[[Packet], Awaitable[None]]

#: So many bytes may wait in a line before it is given the next frame only once they are gone.
_AHEAD: Final = 64 * 1024


class _Delivery(NamedTuple):
    """``send`` waits where the client is slow; ``write`` is done at once, or not at all."""

    send: Send
    write: Callable[[Packet], bool]


class TooManyFeedsError(ApiError):
    """This device or session follows so many feeds that it gets no more."""

    status = 429
    code = "feeds-exceeded"
    title = "This client has too many open feeds"


class Feeds:
    """All open feeds of this process. ``task`` looks for access that has ended: a feed must not outlive it."""

    def __init__(self, identities: Identities, settings: FeedSettings) -> None:
        self._identities = identities
        self._settings = settings
        self._open: dict[Subscriber, RequestIdentity] = {}
        # How many each has: with thousands of screens that come back at once nobody counts through all of them.
        self._lines: Counter[str | None] = Counter()
        poll_s = settings.revocation_poll_ms / 1000
        # However long nobody could look: once it is possible again it is done as soon as ever.
        self.task = Periodic("revocations", poll_s, self._end_revoked, max_retry_s=poll_s)

    def __len__(self) -> int:
        return len(self._open)

    def start(self) -> None:
        self.task.start()

    async def stop(self) -> None:
        """End all feeds; their handlers finish by themselves."""
        await self.task.stop()
        for subscriber in tuple(self._open):
            subscriber.end(FeedEnd.SHUTDOWN)

    async def serve(
        self, request: web.Request, feed: Broadcaster, identity: RequestIdentity, audience: str
    ) -> web.StreamResponse:
        """Serve one client of a feed until either side ends it.

        Raises:
            TooManyFeedsError: it has as many lines as it may.
        """
        if self._lines[identity.ident] >= self._settings.max_feeds:
            raise TooManyFeedsError
        after = request.headers.get("Last-Event-ID") or request.query.get("after")
        socket = web.WebSocketResponse(compress=False, max_msg_size=4096)
        is_socket = socket.can_prepare(request).ok
        # Joined before anything is awaited: nothing happens between the snapshot and the first frame.
        subscriber = feed.join(audience, identity.principal.device, after)
        self._open[subscriber] = identity
        self._lines[identity.ident] += 1
        try:
            if is_socket:
                return await self._serve_socket(request, socket, feed, subscriber)
            return await self._serve_events(request, feed, subscriber)
        finally:
            feed.leave(subscriber)
            del self._open[subscriber]
            self._lines[identity.ident] -= 1
            if not self._lines[identity.ident]:
                del self._lines[identity.ident]

    async def _serve_socket(
        self, request: web.Request, socket: web.WebSocketResponse, feed: Broadcaster, subscriber: Subscriber
    ) -> web.StreamResponse:
        await socket.prepare(request)

        async def send(packet: Packet) -> None:
            await socket.send_frame(packet.data, WSMsgType.TEXT)

        async def listen() -> None:
            # Clients have nothing to say here; what comes is read so that a close is heard.
            async for _ in socket:
                pass

        write = _at_once(request, lambda packet: packet.websocket)
        # Nothing follows a close (RFC 6455, section 5.5.1).
        delivery = _Delivery(send, lambda packet: not socket.closed and write(packet))
        pump = asyncio.create_task(self._pump(feed, subscriber, delivery, self._settings.heartbeat_ms))
        ears = asyncio.create_task(listen())
        await _first(pump, ears, subscriber.ended)
        subscriber.write = None
        reason = subscriber.ended.result() if subscriber.ended.done() else None
        if reason is FeedEnd.STALLED:
            _abort(request)
        elif reason is not None:
            code, message = _CLOSE[reason]
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await socket.close(code=code, message=message)
            _abort(request)
        return socket

    async def _serve_events(
        self, request: web.Request, feed: Broadcaster, subscriber: Subscriber
    ) -> web.StreamResponse:
        response = web.StreamResponse(
            status=HTTPStatus.OK,
            headers={hdrs.CONTENT_TYPE: "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"},
        )
        await response.prepare(request)

        async def send(packet: Packet) -> None:
            await response.write(packet.sse)

        # An older client (HTTP/1.0) is sent no chunks.
        chunked = response.headers.get(hdrs.TRANSFER_ENCODING) == "chunked"
        delivery = _Delivery(send, _at_once(request, lambda packet: packet.sse_chunk if chunked else packet.sse))
        pump = asyncio.create_task(self._pump(feed, subscriber, delivery, self._settings.browser_heartbeat_ms))
        await _first(pump, subscriber.ended)
        subscriber.write = None
        _abort(request)
        return response

    async def _pump(self, feed: Broadcaster, subscriber: Subscriber, delivery: _Delivery, heartbeat_ms: int) -> None:
        """Send what is queued, and a beat where nothing is; returns when the line is gone or the client stalls."""
        while True:
            packet = None
            with suppress(TimeoutError):
                async with asyncio.timeout(heartbeat_ms / 1000):
                    packet = await feed.next(subscriber)
            try:
                async with asyncio.timeout(self._settings.stall_ms / 1000):
                    await delivery.send(feed.beat() if packet is None else packet)
            except TimeoutError:
                subscriber.end(FeedEnd.STALLED)
                return
            except ConnectionError:
                return
            # Headers and what was missed are on the line: what happens now is written to it at once.
            subscriber.write = delivery.write

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


async def _first(*waited: asyncio.Future[object] | asyncio.Task[None] | asyncio.Future[FeedEnd]) -> None:
    """Wait for the first to end; the tasks among the others are cancelled and waited for."""
    try:
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
    finally:
        tasks = [one for one in waited if isinstance(one, asyncio.Task)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _at_once(request: web.Request, wrap: Callable[[Packet], bytes]) -> Callable[[Packet], bool]:
    """Make what writes a whole frame past aiohttp, which writes whole frames too: none falls into another."""

    def write(packet: Packet) -> bool:
        transport = request.transport
        if transport is None or transport.is_closing() or transport.get_write_buffer_size() > _AHEAD:
            return False
        transport.write(wrap(packet))
        return True

    return write


def _abort(request: web.Request) -> None:
    """Cut the connection: a client that does not read would never let it end."""
    if request.transport is not None:
        request.transport.abort()
