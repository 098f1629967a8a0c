"""What goes into a writer and what comes out of it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Protocol

import msgspec
from sqlalchemy import Connection

from queue_server.database.failures import LogConflictError
from queue_server.domain.values import Actor, VisitId
from queue_server.queue.commands import Command
from queue_server.queue.events import DayEvent
from queue_server.queue.refusals import Refusal
from queue_server.queue.state import DayState

#: Ordinary rows that are stored together with the events of a command, or not at all.
Rows = Callable[[Connection], None]


class RowsFailedError(Exception):
    """The rows of one of several commands could not be stored."""


def put_together(rows: Sequence[Rows], connection: Connection) -> None:
    """Store the rows of several commands, one after the other.

    Raises:
        RowsFailedError: those of one could not be stored.
        LogConflictError: another transaction was first, so all of them are decided again.
    """
    for one in rows:
        try:
            one(connection)
        except LogConflictError:
            raise
        except Exception as error:
            raise RowsFailedError from error


#: What has to go in the commit by which visits end: asked for with the state that holds their end.
Ending = Callable[[DayState, frozenset[VisitId]], Rows]

Millis = Annotated[int, msgspec.Meta(ge=1, le=600_000)]


class WriterSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[writer]``. Times in milliseconds.

    ``queue_limit`` commands may wait; a transaction takes at most ``batch_limit`` of them. ``patience_ms`` is how long
    a caller waits while other processes win or the outcome of a commit is unknown. Where several processes append to a
    day each waits for its turn, ``turn_ms`` at most, then goes on without. ``tick_ms`` is how often the day's start and
    the tail of the log are looked at. ``retry_ms`` is the pause before the log is read again after a lost connection,
    ``restart_ms`` before a writer that failed starts again. A day gets a snapshot every ``snapshot_events``, looked for
    every ``snapshot_poll_ms``.
    """

    queue_limit: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 2_048
    batch_limit: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 256
    patience_ms: Millis = 10_000
    turn_ms: Millis = 250
    tick_ms: Millis = 1_000
    retry_ms: Millis = 50
    restart_ms: Millis = 500
    snapshot_events: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 2_000
    snapshot_poll_ms: Millis = 5_000


class ClosingSigner(Protocol):
    """Signs closing events; ``key_id`` tells with which key."""

    @property
    def key_id(self) -> str: ...

    def sign(self, message: bytes, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What a command came to: its events (none where nothing changed), and the committed state that holds them.

    ``repeated`` where the command had been decided before: the events are those of then, ``state`` is that of now.
    """

    events: tuple[DayEvent, ...]
    state: DayState
    repeated: bool = False

    @property
    def cursor(self) -> str:
        """Name the place after the last event of the answer, or the end of the day where there is none."""
        seq = self.events[-1].seq if self.events else self.state.seq
        return f"{self.state.day}:{seq}"


@dataclass(slots=True, eq=False)
class PendingCommand:
    """A command on its way; ``answer`` is done after the commit."""

    command: Command
    key: str
    fingerprint: str
    actor: Actor
    rows: Rows | None = None
    answer: asyncio.Future[CommandResult | Refusal] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    @property
    def name(self) -> str:
        """Name the command in the log: ``<key>#<fingerprint>``, or the key alone for what a timer does."""
        return f"{self.key}#{self.fingerprint}" if self.fingerprint else self.key

    def fail(self, error: BaseException) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)
