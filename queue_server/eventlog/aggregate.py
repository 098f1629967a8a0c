"""One way for every stream that is not a centre's day: read, decide, append, show in tables. Synchronous.

An entity is what the events of its stream fold to. ``advance`` does all of it in the transaction of its connection;
``draft`` and ``append`` are its two halves, for what is decided before the transaction in which it is stored. Callers
of one stream take their turns (``turns``), so that nobody is refused because others want it too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection

from queue_server.domain.values import Actor, Micros
from queue_server.eventlog import statements
from queue_server.eventlog.codec import Codec, encode
from queue_server.eventlog.hash_chain import EMPTY
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import Append, Event, Head, IdempotencyMismatchError, NewEvent
from queue_server.eventlog.projection import Projection


class Entity(Protocol):
    """What a stream folds to; ``seq`` is that of its last event."""

    @property
    def seq(self) -> int: ...


@dataclass(frozen=True, slots=True)
class PendingAppend[S: Entity]:
    """What a command came to, before it is stored; without ``bodies`` nothing is.

    ``before`` is the entity as it was found at ``head``, ``after`` as it will be, None where there is none.
    """

    aggregate: "Aggregate[S]"
    stream: str
    head: Head
    before: S | None
    after: S | None
    bodies: tuple[Payload, ...] = ()
    new: tuple[NewEvent, ...] = ()

    def show(self, connection: Connection, position: int) -> None:
        """Bring the tables to where the stream now is; ``position`` is that of its last event."""
        projection = self.aggregate.projection
        if projection is not None and self.after is not None:
            projection.apply(connection, self.before, self.after, position)


@dataclass(frozen=True, slots=True)
class Aggregate[S: Entity]:
    """A kind of stream, ``<kind>/<id>``: how its events are read, what they fold to, and which tables show it.

    ``evolve`` takes the entity (None before its first event), the payload, its ``seq`` and its time.
    """

    kind: str
    codec: Codec
    evolve: Callable[[S | None, Payload, int, Micros], S]
    projection: Projection[S] | None = None

    @property
    def prefix(self) -> str:
        return f"{self.kind}/"

    def stream(self, ident: str) -> str:
        return f"{self.prefix}{ident}"

    def replay(self, events: Iterable[Event]) -> S | None:
        """Fold a stream; None where it has no event.

        Raises:
            UnknownEventError: a newer release wrote it, or an event does not belong here.
        """
        found: S | None = None
        for event in events:
            body = self.codec.decode(event.type, event.v, event.payload)
            found = self.evolve(found, body, event.seq, event.at)
        return found

    def replay_several(
        self, connection: Connection, names: Sequence[str], until: Mapping[str, int] | None = None
    ) -> Iterator[S | None]:
        """Fold streams, in the order asked for; with ``until`` each up to that event, and one not named to none.

        Raises:
            UnknownEventError: a newer release wrote one of them, or an event does not belong here.
        """
        for name, found in zip(names, statements.read_several(connection, names), strict=True):
            # An event has its number as its place in the stream: 1 is the first.
            yield self.replay(found if until is None else found[: until.get(name, 0)])

    def load(self, connection: Connection, ident: str) -> S | None:
        return self.replay(statements.read(connection, self.stream(ident), 0, None))

    def draft(
        self,
        connection: Connection,
        ident: str,
        decide: Callable[[S | None], Sequence[Payload]],
        *,
        at: Micros,
        command: str,
        actor: Actor,
    ) -> PendingAppend[S]:
        """Decide on an entity as it now is. A command that left events before comes to nothing more.

        ``command`` is ``<key>#<fingerprint>``, or the key alone. What ``decide`` raises is raised.

        Raises:
            IdempotencyMismatchError: the key was used for something else.
        """
        stream = self.stream(ident)
        events = statements.read(connection, stream, 0, None)
        before = self.replay(events)
        key = command.partition("#")[0]
        known = {event.command for event in events if event.command.partition("#")[0] == key}
        if known - {command}:
            raise IdempotencyMismatchError
        bodies = () if known else tuple(decide(before))
        moment = Micros(max(at, events[-1].at)) if events else at
        after = before
        for seq, body in enumerate(bodies, start=len(events) + 1):
            after = self.evolve(after, body, seq, moment)
        new = tuple(NewEvent(moment, body.type, body.v, command, actor, encode(body)) for body in bodies)
        head = Head(events[-1].seq, events[-1].hash) if events else EMPTY
        return PendingAppend(self, stream, head, before, after, bodies, new)

    def advance(
        self,
        connection: Connection,
        ident: str,
        decide: Callable[[S | None], Sequence[Payload]],
        *,
        at: Micros,
        command: str,
        actor: Actor,
    ) -> PendingAppend[S]:
        """Decide on an entity as it now is, and store what comes of it; where nothing does, nothing is stored.

        Raises:
            IdempotencyMismatchError: the key of ``command`` was used for something else.
            LogConflictError: another process appended first; decide anew in another transaction.
        """
        found = self.draft(connection, ident, decide, at=at, command=command, actor=actor)
        append(connection, found)
        return found


def append(connection: Connection, *drafts: PendingAppend[Any]) -> None:
    """Store what was decided on one or several entities, and show it in their tables; together or not at all.

    Streams are taken in the order of their names, so that two processes never wait for each other in a ring.

    Raises:
        LogConflictError: one of the streams is not where it was when that was decided.
    """
    wanted = sorted((draft for draft in drafts if draft.new), key=lambda draft: draft.stream)
    if not wanted:
        return
    stored = statements.append(connection, [Append(one.stream, one.head, one.new) for one in wanted])
    last = {event.stream: event.position for event in stored}
    for draft in wanted:
        draft.show(connection, last[draft.stream])
