"""Takes connections, and no more from one address than a busy office has: so that nobody alone can take all there are.

They are counted before anything is read and before TLS is spoken: a connection that says nothing costs as much as one
that does.
"""

import asyncio
import errno
import socket
import ssl
from collections import Counter as Tally
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog

from queue_server.contract.periodic import Periodic
from queue_server.framework.counted_address import counted_address
from queue_server.framework.proxies import Network, is_within

_log = structlog.get_logger("queue_server.access")

#: A client that has not spoken TLS by then is cut, in seconds.
_HANDSHAKE_S: Final = 10.0
#: The process or the machine has no more files or memory for a while (accept(2)).
_EXHAUSTED: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
#: The listener itself cannot be used: no connection will ever come of it.
_UNUSABLE: Final = frozenset({errno.EBADF, errno.EINVAL, errno.ENOTSOCK})
#: Seconds.
_PAUSE_S: Final = 0.1
_MAX_PAUSE_S: Final = 1.0
#: How long a client may take to receive its answer and to end TLS when the server stops, in seconds.
_PARTING_S: Final = 1.0

Factory = Callable[[], asyncio.Protocol]
#: Gives the context for the next connection.
TlsContext = Callable[[], ssl.SSLContext]


class ConnectionLimits:
    """Accepts from ``listener`` and hands each connection to a protocol of ``factory``.

    An address has ``limit`` connections at most, and so has an IPv6 network (/64); one of ``exempt``, as the proxies
    are, has any number. All together have ``most``, where that is said.
    """

    def __init__(
        self,
        listener: socket.socket,
        factory: Factory,
        *,
        limit: int,
        most: int | None = None,
        exempt: Sequence[Network] = (),
        tls: TlsContext | None = None,
    ) -> None:
        self._listener = listener
        self._factory = factory
        self._limit = limit
        self._most = most
        self._exempt = exempt
        self._tls = tls
        self._open: Tally[str] = Tally()
        self._inside: set[_Entry] = set()
        self._empty: asyncio.Event | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.task = Periodic("doors", 0, self._accept, at_once=True, retry_s=_PAUSE_S, max_retry_s=_MAX_PAUSE_S)

    def start(self) -> None:
        self._listener.setblocking(False)
        self.task.start()

    async def stop(self) -> None:
        """Take no more; who is inside stays."""
        await self.task.stop()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def end(self) -> None:
        """Wait until closed connections have ended, and cut those that have not: a client that hangs ends no TLS."""
        await self._emptied()
        for entry in self._inside:
            if isinstance(entry.transport, asyncio.Transport):
                entry.transport.abort()
        await self._emptied()

    async def _emptied(self) -> None:
        self._empty = asyncio.Event()
        with suppress(TimeoutError):
            async with asyncio.timeout(_PARTING_S):
                while self._inside:
                    self._empty.clear()
                    await self._empty.wait()

    def _supervise(self, work: "asyncio._CoroutineLike[None]") -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, peer = await loop.sock_accept(self._listener)
            except OSError as error:
                if error.errno in _UNUSABLE:
                    raise
                if error.errno in _EXHAUSTED:
                    _log.error("no-more-connections", reason=error.strerror)
                    await asyncio.sleep(_PAUSE_S)
                # Else the client was gone before it was taken.
                continue
            self.task.worked()
            address = str(peer[0])
            exempt = is_within(address, self._exempt)
            # The connections of a proxy are not those of its neighbours.
            counted = address if exempt else counted_address(address)
            if self._most is not None and self._open.total() >= self._most:
                connection.close()
                continue
            if self._open[counted] >= self._limit and not exempt:
                if self._open[counted] == self._limit:
                    _log.warning("too-many-connections", limit=self._limit)
                connection.close()
                continue
            entry = _Entry(counted)
            self._open[counted] += 1
            self._inside.add(entry)
            self._supervise(self._enter(connection, entry))

    async def _enter(self, connection: socket.socket, entry: "_Entry") -> None:
        visitor = _Visitor(self._factory(), entry, partial(self._leave, entry))
        try:
            tls, handshake = (None, None) if self._tls is None else (self._tls(), _HANDSHAKE_S)
            await asyncio.get_running_loop().connect_accepted_socket(
                lambda: visitor, connection, ssl=tls, ssl_handshake_timeout=handshake
            )
        except BaseException as error:
            with suppress(OSError):
                connection.close()
            visitor.leave()
            # These come of a client that speaks no TLS or has gone: nobody is there to be answered.
            if not isinstance(error, OSError | asyncio.CancelledError):
                raise

    def _leave(self, entry: "_Entry") -> None:
        self._open[entry.address] -= 1
        if not self._open[entry.address]:
            del self._open[entry.address]
        self._inside.discard(entry)
        if self._empty is not None:
            self._empty.set()


@dataclass(eq=False, slots=True)
class _Entry:
    """One open connection. It is counted until it ends, even if another protocol than aiohttp's takes it over."""

    #: Under which name it is counted.
    address: str
    transport: asyncio.BaseTransport | None = None


class _Visitor(asyncio.Protocol):
    """Passes everything on to the protocol inside, and tells once when the connection is over."""

    def __init__(self, inner: asyncio.Protocol, entry: _Entry, left: Callable[[], None]) -> None:
        self._inner = inner
        self._entry = entry
        self._left: Callable[[], None] | None = left
        # What comes often goes straight through.
        self.data_received = inner.data_received  # type: ignore[method-assign]
        self.pause_writing = inner.pause_writing  # type: ignore[method-assign]
        self.resume_writing = inner.resume_writing  # type: ignore[method-assign]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._entry.transport = transport
        self._inner.connection_made(transport)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self.leave()
        self._inner.connection_lost(exc)

    def leave(self) -> None:
        if self._left is not None:
            self._left()
            self._left = None

    def give_away(self) -> Callable[[], None]:
        left, self._left = self._left, None
        return left or _nothing


def _nothing() -> None:
    """Nobody counts this connection."""


def give_away(transport: asyncio.BaseTransport) -> Callable[[], None]:
    """Let something else than what was made for it have a connection, which counts until that calls what is given."""
    visitor = transport.get_protocol()
    return visitor.give_away() if isinstance(visitor, _Visitor) else _nothing
