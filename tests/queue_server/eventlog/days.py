"""A small centre's log: two closed days, an application touched on the second, and a third day that is still open."""

from collections.abc import Iterable

from msgspec.structs import asdict
from sqlalchemy import Connection, delete, func, insert, select, update

from queue_server.domain.values import Actor, Day, Hex, KeyId, Micros, StreamName
from queue_server.eventlog.closing import closing_message
from queue_server.eventlog.codec import encode
from queue_server.eventlog.hash_chain import chain
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import Append, Event, Head, NewEvent, StreamHead
from queue_server.eventlog.statements import append
from queue_server.eventlog.tables import events, heads
from queue_server.queue.events import DayClosed, DayOpened, StreamEnd
from queue_server.signing import EventSigner
from tests.queue_server.eventlog.conftest import event

DAYS = (Day("2026-11-23"), Day("2026-11-24"), Day("2026-11-25"))
STREAMS = tuple(f"queue/demo/{day}" for day in DAYS)
APPLICATION = "application/a1"


def write_days(connection: Connection, signer: EventSigner) -> None:
    previous: tuple[Day | None, Head] = (None, Head(0, b""))
    for day, stream in zip(DAYS, STREAMS, strict=True):
        opened = DayOpened(day, Micros(0), 1, previous[0], previous[1].seq, Hex(previous[1].hash.hex()))
        head = _append(connection, stream, Head(0, b""), [_event(opened), event("a"), event("b"), event("c")])
        ends = [StreamHead(stream, head.seq, head.hash)]
        if day == DAYS[1]:
            application = _append(connection, APPLICATION, Head(0, b""), [event("x"), event("y"), event("z")])
            ends.insert(0, StreamHead(APPLICATION, application.seq, application.hash))
        if day != DAYS[2]:
            head = _append(connection, stream, head, [_event(closing(day, stream, ends, signer))])
            # A late offline ticket comes after the close.
            _append(connection, stream, head, [event("late")])
        previous = (day, head)


def closing(day: Day, stream: str, ends: Iterable[StreamHead], signer: EventSigner) -> DayClosed:
    ends = tuple(ends)
    return DayClosed(
        day,
        tuple(StreamEnd(StreamName(end.stream), end.seq, Hex(end.hash.hex())) for end in ends),
        KeyId(signer.key_id),
        Hex(signer.sign(closing_message(stream, ends)).hex()),
    )


def _append(connection: Connection, stream: str, head: Head, new: list[NewEvent]) -> Head:
    last = append(connection, [Append(stream, head, tuple(new))])[-1]
    return Head(last.seq, last.hash)


def _event(body: Payload) -> NewEvent:
    return NewEvent(Micros(1_000_000), body.type, body.v, "day", Actor("system"), encode(body))


def all_events(connection: Connection) -> list[Event]:
    return [Event(*row) for row in connection.execute(select(events).order_by(events.c.stream, events.c.seq))]


def rehash(connection: Connection, stream: str, changed: dict[int, NewEvent]) -> None:
    """Change events and hash the whole stream anew, its row in ``heads`` too: all that a database owner can do."""
    stored = [Event(*row) for row in connection.execute(select(events).where(events.c.stream == stream))]
    stored.sort(key=lambda one: one.seq)
    fields = NewEvent.__struct_fields__
    new = [changed.get(one.seq) or NewEvent(*(getattr(one, name) for name in fields)) for one in stored]
    chained = chain(stream, Head(0, b""), new)
    connection.execute(delete(events).where(events.c.stream == stream))
    connection.execute(
        insert(events),
        [asdict(one) | {"position": before.position} for one, before in zip(chained, stored, strict=True)],
    )
    connection.execute(update(heads).where(heads.c.stream == stream).values(seq=chained[-1].seq, hash=chained[-1].hash))


def count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(events)).scalar_one()
