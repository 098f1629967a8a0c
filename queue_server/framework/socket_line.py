"""The WebSocket of a feed's client (RFC 6455) once it stands: an object on the connection, without a task of its own.

The request has been answered and the HTTP of the connection is over; what aiohttp keeps for one, some 13 KiB, would be
kept for each screen. Clients have nothing to say here: what comes is read so that a close is heard and a ping answered.
"""

import asyncio
import base64
import hashlib
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from aiohttp import WSCloseCode, hdrs, web

from queue_server.contract.periodic import Periodic
from queue_server.framework.broadcast import Broadcaster, FeedEnd, Packet, Subscriber
from queue_server.framework.connection_limits import give_away
from queue_server.framework.settings import FeedSettings

_CLOSE: Final = {
    FeedEnd.REVOKED: (WSCloseCode.POLICY_VIOLATION, b"access ended"),
    FeedEnd.SHUTDOWN: (WSCloseCode.GOING_AWAY, b"server stops"),
}
#: So many bytes may wait in a line before it is given the next frame only once they are gone.
AHEAD: Final = 64 * 1024
#: A client that does not answer a close by then is cut, in seconds.
_CLOSING_S: Final = 1.0
#: Beats are spread over so many moments, at least so many milliseconds apart: they do not hold up what happens.
_MOMENTS: Final = 25
_APART_MS: Final = 20
#: A client's message may be that long: it says nothing.
_MAX_BYTES: Final = 4096
_GUID: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

# First byte of a whole message; its opcode alone; what may not be set in it.
_FINAL: Final = 0x80
_OPCODE: Final = 0x0F
_RESERVED: Final = 0x70
_CONTROL, _CLOSING, _PING, _PONG = 0x8, 0x8, 0x9, 0xA
_KNOWN: Final = frozenset({0x0, 0x1, 0x2, _CLOSING, _PING, _PONG})
# Second byte: whether it is masked, and its length or what stands for a longer one.
_MASKED: Final = 0x80
_LENGTH: Final = 0x7F
_SHORT, _LENGTH_16, _HEAD, _MASK = 125, 126, 2, 4


class SocketLines:
    """All lines of a process. ``task`` sends each a beat every ``heartbeat_ms``, whatever else was sent.

    ``left`` is told of each that is over.
    """

    def __init__(self, settings: FeedSettings, left: Callable[[Broadcaster, Subscriber], None]) -> None:
        self.stall_s = settings.stall_ms / 1000
        self._left = left
        self._moments: list[set[SocketLine]] = [
            set() for _ in range(max(1, min(_MOMENTS, settings.heartbeat_ms // _APART_MS)))
        ]
        self._moment = 0
        self._apart_s = settings.heartbeat_ms / 1000 / len(self._moments)
        self._due_s: float | None = None
        self._number = 0
        self._none = asyncio.Event()
        self._none.set()
        self.task = Periodic("beats", self._apart_s, self._beat, max_retry_s=self._apart_s)

    async def stop(self) -> None:
        """Send no more beats, and wait for lines that were ended."""
        await self.task.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(2 * _CLOSING_S):
                await self._none.wait()

    def open(self, request: web.Request, head: bytes, feed: Broadcaster, subscriber: Subscriber) -> None:
        """Answer with ``head`` and go on as a line, with what waits for the client first.

        Raises:
            ConnectionError: it is gone.
        """
        transport, http = request.transport, request.protocol
        if transport is None or transport.is_closing():
            raise ConnectionResetError
        # For aiohttp this connection is over: it lets go of all that it has of it, and closes nothing.
        http.transport = None
        http.connection_lost(None)
        line = SocketLine(feed, subscriber, transport, self, give_away(transport))
        transport.set_protocol(line)
        transport.set_write_buffer_limits(high=AHEAD)
        line.moment = self._moment
        self._moments[line.moment].add(line)
        self._number += 1
        self._none.clear()
        transport.write(head)
        line.begin()

    def over(self, line: "SocketLine", feed: Broadcaster, subscriber: Subscriber) -> None:
        """Forget a line whose connection is gone."""
        self._moments[line.moment].discard(line)
        self._number -= 1
        if not self._number:
            self._none.set()
        self._left(feed, subscriber)

    async def _beat(self) -> None:
        """Send the beats that are due: a loop that was late catches up, by one round at most."""
        now = asyncio.get_running_loop().time()
        if self._due_s is None or now - self._due_s > self._apart_s * len(self._moments):
            self._due_s = now
        while self._due_s <= now:
            self._due_s += self._apart_s
            self._moment = (self._moment + 1) % len(self._moments)
            beats: dict[Broadcaster, Packet] = {}
            for line in tuple(self._moments[self._moment]):
                line.beat(beats)


class SocketLine(asyncio.Protocol):
    """One of them. ``moment``: when it gets its beats."""

    __slots__ = (
        "_feed",
        "_is_closing",
        "_left",
        "_lines",
        "_rest",
        "_subscriber",
        "_timer",
        "_transport",
        "moment",
    )

    def __init__(
        self,
        feed: Broadcaster,
        subscriber: Subscriber,
        transport: asyncio.Transport,
        lines: SocketLines,
        left: Callable[[], None],
    ) -> None:
        self._feed = feed
        self._subscriber = subscriber
        self._transport = transport
        self._lines = lines
        self._left = left
        self._rest = b""
        self._is_closing = False
        #: Runs while it takes nothing: then it has stalled, or has not answered a close.
        self._timer: asyncio.TimerHandle | None = None
        self.moment = 0

    def begin(self) -> None:
        self._subscriber.write = self._write
        self._subscriber.on_end = self._end
        self._send_waiting()

    def beat(self, beats: dict[Broadcaster, Packet]) -> None:
        """Send a sign of life, where nothing waits that is one; ``beats`` are those of this moment."""
        packet = beats.get(self._feed)
        if packet is None:
            packet = beats[self._feed] = self._feed.beat()
        if not self._subscriber.waits:
            self._write(packet)

    # --- out ---------------------------------------------------------------------------------------------------------

    def _write(self, packet: Packet) -> bool:
        if self._timer is not None or self._transport.is_closing():
            return False
        self._transport.write(packet.websocket)
        return True

    def _send_waiting(self) -> None:
        while self._timer is None and not self._transport.is_closing():
            packet = self._feed.take(self._subscriber)
            if packet is None:
                return
            self._transport.write(packet.websocket)

    def pause_writing(self) -> None:
        if self._timer is None:
            self._start_timer(self._lines.stall_s, self._stall)

    def resume_writing(self) -> None:
        if not self._is_closing:
            self._stop_timer()
            self._send_waiting()

    def _start_timer(self, seconds: float, then: Callable[[], None]) -> None:
        self._stop_timer()
        self._timer = asyncio.get_running_loop().call_later(seconds, then)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    # --- the end -----------------------------------------------------------------------------------------------------

    def _stall(self) -> None:
        self._subscriber.end(FeedEnd.STALLED)

    def _end(self, reason: FeedEnd) -> None:
        if reason is FeedEnd.STALLED:
            self._transport.abort()
        else:
            code, message = _CLOSE[reason]
            self._close(code.to_bytes(2) + message)

    def _close(self, payload: bytes) -> None:
        """Say that it is over; nothing follows (section 5.5.1)."""
        if self._is_closing:
            return
        self._is_closing = True
        self._start_timer(_CLOSING_S, self._transport.abort)
        if not self._transport.is_closing():
            self._transport.write(bytes((_FINAL | _CLOSING, len(payload))) + payload)

    def eof_received(self) -> None:
        self._is_closing = True
        self._start_timer(_CLOSING_S, self._transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - however it was lost
        self._stop_timer()
        self._subscriber.write = self._subscriber.on_end = None
        self._left()
        self._lines.over(self, self._feed, self._subscriber)

    # --- in ----------------------------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        rest = self._rest + data
        while not self._transport.is_closing():
            length = _length(rest)
            if length is None:
                break
            head = _head(rest)
            wrong = _wrong(rest, length)
            if wrong is not None:
                self._close(wrong.to_bytes(2))
                self._transport.close()
                break
            if len(rest) < head + length:
                break
            self._handle_frame(rest[0] & _OPCODE, _unmask(rest[head - _MASK : head], rest[head : head + length]))
            rest = rest[head + length :]
        self._rest = rest

    def _handle_frame(self, opcode: int, payload: bytes) -> None:
        if opcode == _CLOSING:
            self._close(payload[:2] if len(payload) > 1 else b"")
            self._transport.close()
        elif opcode == _PING and self._timer is None:
            self._transport.write(bytes((_FINAL | _PONG, len(payload))) + payload)


def _length(frame: bytes) -> int | None:
    """Read how long a frame's payload is; None where that has not come yet."""
    if len(frame) < _HEAD:
        return None
    length = frame[1] & _LENGTH
    if length <= _SHORT:
        return length
    end = _HEAD + (2 if length == _LENGTH_16 else 8)
    return None if len(frame) < end else int.from_bytes(frame[_HEAD:end])


def _head(frame: bytes) -> int:
    """Say how long the head of a frame is, with its mask."""
    length = frame[1] & _LENGTH
    return _HEAD + _MASK + (0 if length <= _SHORT else 2 if length == _LENGTH_16 else 8)


def _wrong(frame: bytes, length: int) -> WSCloseCode | None:
    """Say what is wrong with a frame of a client (sections 5.1, 5.2 and 5.5)."""
    opcode = frame[0] & _OPCODE
    control = opcode >= _CONTROL and (length > _SHORT or not frame[0] & _FINAL)
    if frame[0] & _RESERVED or opcode not in _KNOWN or not frame[1] & _MASKED or control:
        return WSCloseCode.PROTOCOL_ERROR
    return WSCloseCode.MESSAGE_TOO_BIG if length > _MAX_BYTES else None


def _unmask(mask: bytes, payload: bytes) -> bytes:
    whole = mask * (len(payload) // _MASK + 1)
    return bytes(one ^ other for one, other in zip(payload, whole, strict=False))


async def handshake(request: web.Request) -> bytes | None:
    """Give the head of the answer that makes a connection a WebSocket; None where none was asked for."""
    if not web.WebSocketResponse(compress=False).can_prepare(request).ok:
        return None
    accept = hashlib.sha1(request.headers[hdrs.SEC_WEBSOCKET_KEY].encode() + _GUID).digest()  # noqa: S324 - section 4.2.2
    headers = {
        hdrs.UPGRADE: "websocket",
        hdrs.CONNECTION: "upgrade",
        hdrs.SEC_WEBSOCKET_ACCEPT: base64.b64encode(accept).decode(),
    }
    answer = web.StreamResponse(status=101, headers=headers)
    await request.app.on_response_prepare.send(request, answer)
    lines = (f"{name}: {value}\r\n" for name, value in answer.headers.items())
    return f"HTTP/1.1 101 Switching Protocols\r\n{''.join(lines)}\r\n".encode()
