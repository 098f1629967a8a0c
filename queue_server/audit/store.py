"""What auditors read of the log, as statements on a ``Connection``. Nothing here writes."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, and_, or_, select, union_all

from queue_server.domain.values import CentreId, Day, Micros, VisitId
from queue_server.eventlog import statements
from queue_server.eventlog.hash_chain import event_hash
from queue_server.eventlog.port import Event
from queue_server.eventlog.statements import QUEUE_PREFIX
from queue_server.eventlog.tables import events, heads
from queue_server.framework.room import StreamsOfCentre
from queue_server.queue.events import VisitIssued


class ChainLink(msgspec.Struct, frozen=True):
    """An event of a chain; ``fits``: it gives its own hash on top of the one before it."""

    event: Event
    fits: bool


class Period(msgspec.Struct, frozen=True):
    """A service day, from ``since`` up to ``until``."""

    day: Day
    since: Micros
    until: Micros


class _Ticket(msgspec.Struct):
    visit: VisitId
    code: str


def acts(
    connection: Connection,
    centre: CentreId,
    period: Period,
    actor: str,
    *,
    beside: Iterable[StreamsOfCentre],
    skip: int,
    limit: int,
) -> list[Event]:
    """List what was done at a centre on a service day, the newest first, behind the first ``skip``.

    ``beside`` selects the streams of a centre that are not a day's. ``actor`` is the whole name of one, or the
    beginning that several share (``staff/``), "" for everybody.
    """
    there = or_(
        events.c.stream == f"{QUEUE_PREFIX}{centre}/{period.day}",
        and_(
            events.c.stream.in_(union_all(*(one(centre, period.since) for one in beside))),
            events.c.at >= period.since,
            events.c.at < period.until,
        ),
    )
    whole = actor and not actor.endswith("/")
    by = events.c.actor == actor if whole else events.c.actor.startswith(actor, autoescape=True)
    newest = select(events).where(there, by).order_by(events.c.at.desc(), events.c.stream, events.c.seq.desc())
    return [Event(*row) for row in connection.execute(newest.offset(skip).limit(limit))]


def codes(connection: Connection, centre: CentreId, day: Day) -> dict[VisitId, str]:
    """Give the tickets of a day by their visits."""
    issued = select(events.c.payload).where(
        events.c.stream == f"{QUEUE_PREFIX}{centre}/{day}", events.c.type == VisitIssued.type
    )
    found = (msgspec.json.decode(payload, type=_Ticket) for payload in connection.execute(issued).scalars())
    return {one.visit: one.code for one in found}


def chain(connection: Connection, stream: str) -> tuple[ChainLink, ...]:
    """Read the events of a stream, and try each hash; where the chain does not fit, nothing behind it does."""
    before, whole = b"", True
    found: list[ChainLink] = []
    for seq, event in enumerate(statements.read(connection, stream, 0, None), start=1):
        whole = whole and event.seq == seq and _hashes_to(before, stream, event)
        found.append(ChainLink(event, whole))
        before = event.hash
    head = connection.execute(select(heads.c.seq, heads.c.hash).where(heads.c.stream == stream)).one_or_none()
    if found and (head is None or (head.seq, head.hash) != (found[-1].event.seq, found[-1].event.hash)):
        found[-1] = ChainLink(found[-1].event, fits=False)
    return tuple(found)


def _hashes_to(before: bytes, stream: str, event: Event) -> bool:
    try:
        return event_hash(before, stream, event.seq, event) == event.hash
    except (AttributeError, TypeError, OverflowError, UnicodeEncodeError):
        # SQLite stores whatever type an edit brings.
        return False
