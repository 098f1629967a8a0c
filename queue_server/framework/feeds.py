"""The feed of a centre to one client: a WebSocket for devices, server-sent events for browsers.

Both carry the same frames. The server ends a line whose client is too slow, whose access has ended, or when it stops;
the client comes back with its cursor (``after``, or ``Last-Event-ID``).
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Final

import structlog
from aiohttp import WSCloseCode, WSMsgType, hdrs, web
from sqlalchemy import Connection

from queue_server.accounts import staff_store, start_store
from queue_server.accounts.model import AccountRules, SessionId
from queue_server.accounts.permissions import audience
from queue_server.centre.hub import Audience, End, Hub, Packet, Subscriber
from queue_server.domain.values import SECOND, DeviceId, Micros
from queue_server.eventlog.port import DatabaseUnavailableError, EventLog
from queue_server.framework.access import Identities, Identity
from queue_server.framework.problems import ApiError, NotPermittedError
from queue_server.settings import FeedSettings

_log = structlog.get_logger(__name__)

_CLOSE: Final = {
    End.REVOKED: (WSCloseCode.POLICY_VIOLATION, b"access ended"),
    End.SHUTDOWN: (WSCloseCode.GOING_AWAY, b"server stops"),
}

Send = Callable[[Packet], Awaitable[None]]


class TooManyFeedsError(ApiError):
    """This device or session follows so many feeds that it gets no more."""

    status = 429
    code = "feed-lines"
    title = "This client has too many open feeds"


class Feeds:
    """All open feeds of this process. ``start`` starts the look for access that has ended."""

    def __init__(
        self,
        log: EventLog,
        identities: Identities,
        rules: AccountRules,
        settings: FeedSettings,
        clock: Callable[[], Micros],
    ) -> None:
        self._log = log
        self._identities = identities
        self._rules = rules
        self._settings = settings
        self._clock = clock
        self._open: dict[Subscriber, Identity] = {}
        self._kept = Micros(0)
        self._task: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._open)

    async def start(self) -> None:
        self._task = asyncio.create_task(self._look_for_ended())

    async def stop(self) -> None:
        """End all feeds; their handlers finish by themselves."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        for subscriber in tuple(self._open):
            subscriber.end(End.SHUTDOWN)

    async def serve(self, request: web.Request, hub: Hub, identity: Identity) -> web.StreamResponse:
        """Serve one client until either side ends it.

        Raises:
            NotPermittedError: there is no feed for this client.
            TooManyFeedsError: it has as many lines as it may.
        """
        kind = audience(identity.principal)
        if kind is None:
            raise NotPermittedError
        if sum(one.ident == identity.ident for one in self._open.values()) >= self._settings.lines:
            raise TooManyFeedsError
        after = request.headers.get("Last-Event-ID") or request.query.get("after")
        socket = web.WebSocketResponse(compress=False, max_msg_size=4096)
        is_socket = socket.can_prepare(request).ok
        # Joined before anything is awaited: nothing happens between the snapshot and the first frame.
        subscriber = hub.join(Audience(kind), identity.principal.device, after)
        self._open[subscriber] = identity
        try:
            if is_socket:
                return await self._serve_socket(request, socket, hub, subscriber)
            return await self._serve_events(request, hub, subscriber)
        finally:
            hub.leave(subscriber)
            del self._open[subscriber]

    async def _serve_socket(
        self, request: web.Request, socket: web.WebSocketResponse, hub: Hub, subscriber: Subscriber
    ) -> web.StreamResponse:
        await socket.prepare(request)

        async def send(packet: Packet) -> None:
            await socket.send_frame(packet.data, WSMsgType.TEXT)

        async def listen() -> None:
            # Clients have nothing to say here; what comes is read so that a close is heard.
            async for _ in socket:
                pass

        pump = asyncio.create_task(self._pump(hub, subscriber, send, self._settings.beat_ms))
        ears = asyncio.create_task(listen())
        await _first(pump, ears, subscriber.ended)
        reason = subscriber.ended.result() if subscriber.ended.done() else None
        if reason is End.STALLED:
            _abort(request)
        elif reason is not None:
            code, message = _CLOSE[reason]
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await socket.close(code=code, message=message)
            _abort(request)
        return socket

    async def _serve_events(self, request: web.Request, hub: Hub, subscriber: Subscriber) -> web.StreamResponse:
        response = web.StreamResponse(
            status=HTTPStatus.OK,
            headers={hdrs.CONTENT_TYPE: "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"},
        )
        await response.prepare(request)

        async def send(packet: Packet) -> None:
            await response.write(packet.sse)

        pump = asyncio.create_task(self._pump(hub, subscriber, send, self._settings.browser_beat_ms))
        await _first(pump, subscriber.ended)
        _abort(request)
        return response

    async def _pump(self, hub: Hub, subscriber: Subscriber, send: Send, beat_ms: int) -> None:
        """Send what is offered, and a beat where nothing is; returns when the line is gone or the client stalls."""
        while True:
            packet = None
            with suppress(TimeoutError):
                async with asyncio.timeout(beat_ms / 1000):
                    packet = await hub.next(subscriber)
            try:
                async with asyncio.timeout(self._settings.stall_ms / 1000):
                    await send(hub.beat() if packet is None else packet)
            except TimeoutError:
                subscriber.end(End.STALLED)
                return
            except ConnectionError:
                return

    async def _look_for_ended(self) -> None:
        """End the feeds of those whose access has ended, on whichever server that was decided."""
        while True:
            await asyncio.sleep(self._settings.revocation_poll_ms / 1000)
            try:
                await self.end_revoked()
                await self.keep_sessions()
            except DatabaseUnavailableError as error:
                _log.warning("revocations-not-read", **error.placeholders)
            except Exception:  # noqa: BLE001 - a feed must not outlive its access because of one failed look
                _log.exception("revocations-not-read")

    async def end_revoked(self) -> None:
        """Look once."""
        devices = {one.device.id: one.starts for one in self._open.values() if one.device is not None}
        sessions = {one.session.id: one.session.roles for one in self._open.values() if one.session is not None}
        if not devices and not sessions:
            return

        def look(connection: Connection) -> frozenset[DeviceId | SessionId]:
            over = staff_store.gone(connection, devices, sessions, self._clock(), self._rules)
            # Another start has taken over, or somebody has chosen among machines: each comes anew and hears of it.
            return over | start_store.changed(connection, devices)

        ended = await self._log.run(look)
        if ended:
            self.end(ended)

    async def keep_sessions(self) -> None:
        """Write down that the sessions of open pages are in use: nobody has to press a key for that."""
        sessions = {one.session.id for one in self._open.values() if one.session is not None}
        now, rules = self._clock(), self._rules
        # Behind the time, or before it where the clock was set back.
        if sessions and not 0 <= now - self._kept < rules.touch_after_s * SECOND:
            self._kept = now
            await self._log.write(lambda connection: staff_store.keep_sessions(connection, sessions, now, rules))

    def end(self, ended: frozenset[DeviceId | SessionId]) -> None:
        """End the feeds of these devices and sessions on this server at once."""
        self._identities.forget(ended)
        for subscriber, identity in self._open.items():
            if identity.ident in ended:
                subscriber.end(End.REVOKED)


async def _first(*waited: asyncio.Future[object] | asyncio.Task[None] | asyncio.Future[End]) -> None:
    """Wait for the first to end; the tasks among the others are cancelled and waited for."""
    try:
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
    finally:
        tasks = [one for one in waited if isinstance(one, asyncio.Task)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _abort(request: web.Request) -> None:
    """Cut the connection: a client that does not read would never let it end."""
    if request.transport is not None:
        request.transport.abort()
