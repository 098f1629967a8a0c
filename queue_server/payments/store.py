"""Statements of payments: synchronous, on a ``Connection``. The stream is the truth, the table finds it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from queue_server.domain.values import HOUR, Actor, CentreId, Micros, PaymentId, Standing, VisitId
from queue_server.eventlog import statements
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import Append, Event, NewEvent
from queue_server.payments.errors import PaymentDiffersError, PaymentUnknownError
from queue_server.payments.events import (
    FeeWaived,
    PaymentBegan,
    TakenByHand,
    decode,
)
from queue_server.payments.marks import Mark, marks
from queue_server.payments.model import BY_HAND, Payment, evolve
from queue_server.payments.movements import Posting, postings
from queue_server.payments.tables import payment_marks, payments
from queue_server.writer import IdempotencyMismatchError

Decide = Callable[[Payment | None], Sequence[Payload]]

#: Standings in which a card was charged, and nothing has come back yet.
PAID: Final = frozenset({Standing.CHARGED, Standing.RETURNING})

#: No device's clock is further from ours; what moved after a moment was told of after it, but for this.
APART: Final = 7 * 24 * HOUR

#: Lists that are asked for over the network are no longer than this; the oldest come first.
MOST_LISTED = 500


def stream_name(payment: str) -> str:
    return f"payment/{payment}"


def replay(events: Iterable[Event]) -> Payment | None:
    """Fold a stream; None where it has no event.

    Raises:
        UnknownEventError: a newer release wrote it.
    """
    found: Payment | None = None
    for event in events:
        found = evolve(found, decode(event.type, event.v, event.payload), event.seq, event.at)
    return found


def load(connection: Connection, centre: CentreId, ident: str) -> Payment | None:
    """Read a payment of this centre; one of another is none."""
    events = statements.read(connection, stream_name(ident), 0, None)
    if not _is_payment(events):
        return None
    found = replay(events)
    return found if found is not None and found.centre == centre else None


def _is_payment(events: Sequence[Event]) -> bool:
    """Tell whether this is the stream of a payment, and not that of a terminal's end of day."""
    return bool(events) and events[0].type in (PaymentBegan.type, FeeWaived.type, TakenByHand.type)


def advance(
    connection: Connection, ident: PaymentId, decide: Decide, *, at: Micros, command: str, actor: Actor
) -> tuple[Payment | None, tuple[Payload, ...]]:
    """Decide on a payment as it now is, and append what comes of it; gives it after that, and what was appended.

    A request that was answered before appends nothing. What ``decide`` raises is raised, and nothing is stored.

    Raises:
        LogConflictError: another process appended first; decide anew in another transaction.
        PaymentDiffersError: something else than a payment has this id.
        IdempotencyMismatchError: the key of ``command`` was used for something else.
    """
    stream = stream_name(ident)
    events = statements.read(connection, stream, 0, None)
    if events and not _is_payment(events):
        raise PaymentDiffersError(row=0)
    before = replay(events)
    key = command.partition("#")[0]
    for event in events:
        if event.command.partition("#")[0] == key:
            if event.command != command:
                raise IdempotencyMismatchError
            return before, ()
    bodies = tuple(decide(before))
    if not bodies:
        return before, ()
    moment = Micros(max(at, events[-1].at)) if events else at
    new = tuple(NewEvent(moment, body.type, body.v, command, actor, encode(body)) for body in bodies)
    statements.append(connection, [Append(stream, len(events), new)])
    after = before
    for seq, body in enumerate(bodies, start=len(events) + 1):
        after = evolve(after, body, seq, moment)
    assert after is not None  # noqa: S101 - something was appended
    _project(connection, before, after)
    return after, bodies


def _project(connection: Connection, before: Payment | None, after: Payment) -> None:
    """Bring the row of a payment to where its stream now is."""
    row = {
        "centre": after.centre,
        "visit": after.visit,
        "driver": after.driver,
        "terminal": after.terminal,
        "standing": after.standing,
        "waits": after.waits,
        "opened_at": after.opened_at,
        "changed_at": after.changed_at,
        "charged_at": after.charged_at,
        "slip": after.moved_slip.upper() or None,
        "seq": after.seq,
    }
    if before is None:
        connection.execute(insert(payments).values({"id": after.id, **row}))
    else:
        connection.execute(update(payments).where(payments.c.id == after.id).values(row))
    fresh = marks(after) - marks(before)
    if fresh:
        rows = [{"payment": after.id, "centre": after.centre, "kind": kind, "value": value} for kind, value in fresh]
        connection.execute(insert(payment_marks), rows)


def of_visit(connection: Connection, centre: CentreId, visit: VisitId) -> tuple[Payment, ...]:
    return _several(connection, centre, payments.c.visit == visit)


def with_slip(
    connection: Connection, centre: CentreId, slip: str, since: Micros
) -> tuple[tuple[PaymentId, VisitId], ...]:
    """Find the payments that were taken by hand with a slip of this number, and for which visits."""
    p = payments.c
    wanted = (p.centre == centre) & (p.slip == slip.upper()) & (p.opened_at >= since)
    found = connection.execute(select(p.id, p.visit).where(wanted))
    return tuple((PaymentId(one.id), VisitId(one.visit)) for one in found)


def paid_for(connection: Connection, centre: CentreId, visit: VisitId) -> tuple[Payment, ...]:
    """Read the payments of a visit by which a card was charged and still is, the first of them first."""
    return _several(connection, centre, (payments.c.visit == visit) & payments.c.standing.in_(PAID))


def waiting(connection: Connection, centre: CentreId, stalled: Micros) -> tuple[Payment, ...]:
    """List what needs staff: by itself, or because nothing is certain of it since ``stalled``."""
    return _several(connection, centre, _waits(stalled))


def asking(connection: Connection, centre: CentreId) -> tuple[Payment, ...]:
    """List what kiosks wait for: until staff say whether they took, or gave back, the money; the oldest first."""
    unsure = (payments.c.driver == BY_HAND) & (payments.c.standing == Standing.UNDECIDED)
    return tuple(one for one in _several(connection, centre, unsure) if one.asks is not None)


def undecided(connection: Connection, centre: CentreId) -> frozenset[VisitId]:
    """Name the visits of which some payment is not certain: at a terminal now, or left behind by one."""
    p = payments.c
    found = select(p.visit).where(p.centre == centre, p.standing == Standing.UNDECIDED)
    return frozenset(connection.execute(found).scalars())


def count_waiting(connection: Connection, centre: CentreId, stalled: Micros) -> int:
    """Count what ``waiting`` lists."""
    found = select(func.count()).select_from(payments).where(payments.c.centre == centre, _waits(stalled))
    return connection.execute(found).scalar_one()


def _waits(stalled: Micros) -> ColumnElement[bool]:
    return ((payments.c.standing == Standing.UNDECIDED) & (payments.c.changed_at <= stalled)) | payments.c.waits


def by_claim(connection: Connection, centre: CentreId, number: str, since: Micros) -> tuple[Payment, ...]:
    """Find payments by the number of a claim slip, or its beginning: of the random end of their ids.

    Those that nothing was heard of after ``since`` are left out, so that the search stays small.
    """
    wanted = number.lower()
    if not wanted.isalnum() or not wanted.isascii():
        return ()
    alike = payments.c.id.like(f"%-{wanted}%") & (payments.c.changed_at >= since)
    found = _several(connection, centre, alike)
    return tuple(one for one in found if one.id.rpartition("-")[2].startswith(wanted))


def by_marks(
    connection: Connection, centre: CentreId, wanted: Iterable[tuple[Mark, str]], visits: Iterable[VisitId], most: int
) -> tuple[Payment, ...]:
    """Find payments by a slip or an amount, or as those of visits; the newest first, and no more than ``most``."""
    p, m = payments.c, payment_marks.c
    marked = select(m.payment).where(m.centre == centre, or_(*(and_(m.kind == k, m.value == v) for k, v in wanted)))
    found = select(p.id).where(p.centre == centre, or_(p.id.in_(marked), p.visit.in_(list(visits))))
    idents = connection.execute(found.order_by(p.opened_at.desc(), p.id).limit(most)).scalars().all()
    return tuple(one for one in (load(connection, centre, ident) for ident in idents) if one is not None)


def posted(connection: Connection, centre: CentreId, since: Micros, until: Micros) -> tuple[Posting, ...]:
    """Book what was heard of from ``since`` up to ``until``, by our clock: the same again however late it is asked."""
    p = payments.c
    news = select(p.id).where(p.centre == centre, p.changed_at >= since, p.opened_at < until)
    found: list[Posting] = []
    for ident in connection.execute(news.order_by(p.opened_at, p.id)).scalars().all():
        events = statements.read(connection, stream_name(ident), 0, None)
        before, after = (replay(one for one in events if one.at < moment) for moment in (since, until))
        found += postings(before, after, since)
    return tuple(found)


def _several(connection: Connection, centre: CentreId, which: ColumnElement[bool]) -> tuple[Payment, ...]:
    found = select(payments.c.id).where(payments.c.centre == centre, which)
    idents = connection.execute(found.order_by(payments.c.opened_at, payments.c.id).limit(MOST_LISTED)).scalars().all()
    return tuple(one for ident in idents if (one := load(connection, centre, ident)) is not None)


def known(payment: Payment | None, centre: CentreId) -> Payment:
    """Give the payment, where it is one of this centre.

    Raises:
        PaymentUnknownError: it is not.
    """
    if payment is None or payment.centre != centre:
        raise PaymentUnknownError
    return payment
