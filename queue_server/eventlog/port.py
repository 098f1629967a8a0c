"""The port of the event log: what the rest of the server may ask of it, and what it may raise.

``commit`` is the one unit of work: several streams and ordinary rows together or not at all. The primary key
``(stream, seq)`` is the only fence between processes.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

import msgspec
from sqlalchemy import Connection

from queue_server.domain.values import Actor, ConsularError, Micros


class NewEvent(msgspec.Struct, frozen=True):
    """An event before it has a place; ``payload`` is the exact bytes that are hashed (JSON, sorted keys)."""

    at: Micros
    type: str
    v: int
    command: str
    actor: Actor
    payload: bytes


class Event(msgspec.Struct, frozen=True):
    """A row of the log. ``seq`` counts from 1 without a gap; ``hash`` (32 bytes) chains to the event before.

    ``position`` is its place among all events of the database, 0 before it has one.
    """

    stream: str
    seq: int
    at: Micros
    type: str
    v: int
    command: str
    actor: Actor
    payload: bytes
    hash: bytes
    position: int = 0


class Head(msgspec.Struct, frozen=True):
    """The end of a stream; ``seq`` 0 and an empty hash where it has no event."""

    seq: int
    hash: bytes


class Append(msgspec.Struct, frozen=True):
    """Events for one stream, valid only if ``after`` is still its end."""

    stream: str
    after: Head
    events: tuple[NewEvent, ...]


class IdempotencyMismatchError(ConsularError):
    """The key was used before for something else (another body, route or actor)."""

    code = "idempotency-key-reused"


class StreamMovedError(ConsularError):
    """What was decided on a stream before the transaction is decided on less than it now holds; nothing was stored."""

    code = "stream-moved"


class StreamContendedError(ConsularError):
    """Other processes kept being first at a stream for longer than a caller is kept waiting; nothing was stored."""

    code = "stream-contended"


class LogDamagedError(ConsularError):
    """The stored end of a stream is not where its events end; ``verify`` tells more. Nothing was stored."""

    code = "log-damaged"


class StreamHead(msgspec.Struct, frozen=True):
    """A stream named together with its end."""

    stream: str
    seq: int
    hash: bytes


class Wakeup(msgspec.Struct, frozen=True):
    """Something was appended; may be lost, so a poll stands behind it."""

    stream: str
    seq: int


class TurnNotComeError(Exception):
    """It was another server's turn at a stream, longer than was waited for it."""


class Decided(NamedTuple):
    """What is to be stored; nothing where there are no ``appends``."""

    appends: Sequence[Append]
    rows: Callable[[Connection], None] | None


class EventLog(Protocol):
    """Reads run on any connection; commits of a process run one after another on SQLite."""

    async def head(self, stream: str) -> Head: ...

    async def read(self, stream: str, after: int = 0, limit: int | None = None) -> list[Event]:
        """Read events with ``seq > after`` in order."""
        ...

    async def streams(self, prefix: str) -> list[StreamHead]:
        """List the streams whose name starts with ``prefix``, by name, with their ends."""
        ...

    async def touched(self, stream: str, since: Micros) -> list[StreamHead]:
        """List what the closing event of the day ``stream`` names, by name.

        That is ``stream`` itself and every stream that is not a centre's day and whose last event is at or after
        ``since``. Naming a stream on two days does no harm: pass the start of the day before.
        """
        ...

    async def commit(
        self,
        appends: Sequence[Append],
        rows: Callable[[Connection], None] | None = None,
        turn: str | None = None,
    ) -> list[Event]:
        """Store all or nothing and return the stored events; durable when it returns.

        ``rows`` writes ordinary rows in the same transaction. It may run a second time, if the connection was lost
        before the commit: it changes nothing but rows. ``turn`` names a stream at which other servers may have theirs.

        Raises:
            TurnNotComeError: it is another server's turn; nothing was stored.
            LogConflictError: an ``after`` is no longer the end of its stream.
            OutcomeUnknownError: the connection was lost while committing.
            DatabaseUnavailableError: nothing was stored.
        """
        ...

    @property
    def shared(self) -> bool:
        """Whether several servers may work on it, so that they had better take turns where all want one stream."""
        ...

    async def commit_in_turn(
        self, stream: str, after: Callable[[], int], decide: Callable[[Sequence[Event]], Decided], longest_ms: int
    ) -> list[Event]:
        """Wait for the turn at a stream of a shared log, tell what stands in it ``after`` a seq, and store the answer.

        Nobody else who takes turns appends to it between the two. All of it is one transaction, durable when it
        returns; ``decide`` is called on the loop, and a second time if the connection was lost before the commit.

        Raises:
            TurnNotComeError: after ``longest_ms`` it was another's turn still; nothing was stored.
            LogConflictError, OutcomeUnknownError, DatabaseUnavailableError: as ``commit`` does.
        """
        ...

    async def run[T](self, work: Callable[[Connection], T]) -> T:
        """Run a read of ordinary tables in a transaction of its own."""
        ...

    async def write[T](self, work: Callable[[Connection], T]) -> T:
        """Run a write of ordinary rows in a transaction of its own, durable when it returns."""
        ...

    async def take_turn[T](self, stream: str, attempt: Callable[[], Awaitable[T]]) -> T:
        """Read, decide and store on a stream that others may want too (``turns``); durable when it returns.

        Raises:
            StreamContendedError: other processes were first all the time; nothing was stored.
            OutcomeUnknownError: it may be stored; the same command finds out.
            DatabaseUnavailableError: nothing was stored.
        """
        ...

    async def write_in_turn[T](self, stream: str, work: Callable[[Connection], T]) -> T:
        """Take a turn with one write, in a transaction of its own; raises what ``take_turn`` and ``work`` raise."""
        ...

    async def check_writable(self) -> None:
        """Check that a write that failed before would succeed now; costs nothing while writes succeed.

        Raises:
            DatabaseUnavailableError: nothing can be written.
        """
        ...

    def watch(self, callback: Callable[[Wakeup], None], folder: str = "") -> Callable[[], None]:
        """Call back on every wake-up of this or another process; returns the way to stop. Call from the loop.

        ``folder`` is how the names of the streams begin that are waited for, up to their last stroke; "" is all.
        """
        ...

    def when_stored(self, callback: Callable[[Mapping[str, StreamHead]], object]) -> None:
        """Call back with the new ends, by stream, of what this process has just stored. Call from the loop."""
        ...
