"""Statements of payments: synchronous, on a ``Connection``. The stream is the truth, the table finds it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from queue_server.domain.values import (
    HOUR,
    CentreId,
    DriverScheme,
    Micros,
    PaymentId,
    PaymentStanding,
    TerminalId,
    VisitId,
)
from queue_server.eventlog import statements
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.codec import encode
from queue_server.eventlog.projection import Projection, Row
from queue_server.framework.paging import ListPosition, PageRequest
from queue_server.payments.errors import PaymentUnknownError
from queue_server.payments.events import CODEC
from queue_server.payments.evolve import evolve
from queue_server.payments.model import Payment
from queue_server.payments.movements import Posting, postings
from queue_server.payments.search_marks import SearchMark, marks
from queue_server.payments.tables import payment_bookings, payment_marks, payments

#: Standings in which a card was charged, and nothing has come back yet.
PAID: Final = frozenset({PaymentStanding.CHARGED, PaymentStanding.RETURNING})

#: No device's clock is further from ours; what moved after a moment was told of after it, but for this.
APART: Final = 7 * 24 * HOUR

#: A kiosk left it to staff to take, or to give back.
_UNSURE: Final = payments.c.attended & (payments.c.standing == PaymentStanding.UNDECIDED)

#: Lists that are asked for over the network are no longer than this; the oldest come first.
MAX_LISTED = 500


def _rows(payment: Payment) -> Mapping[str, Sequence[Row]]:
    row = {
        "id": payment.id,
        "centre": payment.centre,
        "visit": payment.visit,
        "driver": payment.driver,
        "terminal": payment.terminal,
        "attended": payment.attended,
        "standing": payment.standing,
        "waits": payment.waits,
        "opened_at": payment.opened_at,
        "changed_at": payment.changed_at,
        "charged_at": payment.charged_at,
        "slip": payment.moved_slip.upper() or None,
        "seq": payment.seq,
        "folded": encode(payment),
    }
    found = [
        {"payment": payment.id, "centre": payment.centre, "kind": kind, "value": value}
        for kind, value in sorted(marks(payment))
    ]
    bookings = [
        {
            "payment": payment.id,
            "number": number,
            "centre": payment.centre,
            "visit": payment.visit,
            "kind": one.kind,
            "means": payment.means,
            "services": " ".join(payment.services),
            "governments": " ".join(sorted(set(payment.governments))),
            "currency": payment.currency,
            "amount": one.amount,
            "waived": one.waived,
            "moved_at": one.at,
            "booked_at": one.booked_at,
            "revoked_at": one.revoked_at,
            "revised": any(other.revoked_at is not None for other in payment.bookings),
        }
        for number, one in enumerate(payment.bookings)
    ]
    return {payments.name: (row,), payment_marks.name: found, payment_bookings.name: bookings}


_DECODER: Final = msgspec.json.Decoder(Payment)

_TABLES: Final = {payments: "id", payment_marks: "payment", payment_bookings: "payment"}
PAYMENTS: Final = Aggregate("payment", CODEC, evolve, Projection("payments", 3, _TABLES, _rows))


def load(connection: Connection, centre: CentreId, ident: str) -> Payment | None:
    """Read a payment of this centre; one of another is none."""
    found = PAYMENTS.load(connection, ident)
    return found if found is not None and found.centre == centre else None


def of_visit(connection: Connection, centre: CentreId, visit: VisitId) -> tuple[Payment, ...]:
    return _several(connection, centre, payments.c.visit == visit)


_PAID_VISITS: Final = select(payments.c.visit).where(payments.c.visit.in_(bindparam("visits", expanding=True)))


def paid_visits(connection: Connection, visits: Sequence[VisitId]) -> frozenset[VisitId]:
    """Tell for which of these visits there are payments, whatever came of them."""
    return frozenset(map(VisitId, connection.execute(_PAID_VISITS, {"visits": visits}).scalars()))


def with_ids(connection: Connection, idents: Sequence[str]) -> tuple[Payment, ...]:
    """Read payments by their ids, in the order of these."""
    p = payments.c
    found = {row.id: row.folded for row in connection.execute(select(p.id, p.folded).where(p.id.in_(idents)))}
    return tuple(_DECODER.decode(found[one]) for one in idents if one in found)


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


def waiting(connection: Connection, centre: CentreId, stalled: Micros, most: int) -> tuple[Payment, ...]:
    """List what needs staff: by itself, or because nothing is certain of it since ``stalled``; the first ``most``."""
    return _several(connection, centre, _waits(stalled), most)


def asking(connection: Connection, centre: CentreId) -> tuple[Payment, ...]:
    """List what kiosks wait for: until staff say whether they took, or gave back, the money; the oldest first."""
    return tuple(one for one in _several(connection, centre, _UNSURE) if one.pending_confirmation is not None)


def needing(connection: Connection, centre: CentreId) -> tuple[Payment, ...]:
    """List what may need staff whatever the time is; the oldest first."""
    return _several(connection, centre, payments.c.waits | _UNSURE)


def undecided(connection: Connection, centre: CentreId) -> frozenset[VisitId]:
    """Name the visits of which some payment is not certain: at a terminal now, or left behind by one."""
    p = payments.c
    found = select(p.visit).where(p.centre == centre, p.standing == PaymentStanding.UNDECIDED)
    return frozenset(connection.execute(found).scalars())


def count_waiting(connection: Connection, centre: CentreId, stalled: Micros) -> int:
    """Count what ``waiting`` lists."""
    found = select(func.count()).select_from(payments).where(payments.c.centre == centre, _waits(stalled))
    return connection.execute(found).scalar_one()


def waiting_by_centre(connection: Connection, stalled: Micros) -> dict[CentreId, int]:
    """Count what ``waiting`` lists, for all centres that have any."""
    p = payments.c
    found = select(p.centre, func.count()).where(_waits(stalled)).group_by(p.centre)
    return {centre: number for centre, number in connection.execute(found)}  # noqa: C416 - rows are no tuples


def _waits(stalled: Micros) -> ColumnElement[bool]:
    return ((payments.c.standing == PaymentStanding.UNDECIDED) & (payments.c.changed_at <= stalled)) | payments.c.waits


def listed(
    connection: Connection, centre: CentreId, wanted: PageRequest, *which: ColumnElement[bool]
) -> tuple[tuple[Payment, ...], str | None]:
    """List a piece of the payments that ``which`` allows, in the order in which they began, and where it goes on."""
    p = payments.c
    found = select(p.opened_at, p.id, p.folded).where(p.centre == centre, *which)
    if wanted.after is not None:
        at, ident = wanted.after.at, wanted.after.id
        found = found.where(or_(p.opened_at > at, and_(p.opened_at == at, p.id > ident)))
    rows = connection.execute(found.order_by(p.opened_at, p.id).limit(wanted.limit + 1)).all()
    piece, following = wanted.piece(rows, lambda row: ListPosition(row.opened_at, row.id))
    return tuple(_DECODER.decode(row.folded) for row in piece), following


def needs_staff(stalled: Micros) -> ColumnElement[bool]:
    """Choose what ``waiting`` and ``asking`` list."""
    return _waits(stalled) | _UNSURE


def by_claim(connection: Connection, centre: CentreId, number: str, since: Micros, most: int) -> tuple[Payment, ...]:
    """Find payments by the number of a claim slip, or its beginning: of the random end of their ids.

    Those that nothing was heard of after ``since`` are left out, so that the search stays small; no more than ``most``.
    """
    wanted = number.lower()
    if not wanted.isalnum() or not wanted.isascii():
        return ()
    alike = payments.c.id.like(f"%-{wanted}%") & (payments.c.changed_at >= since)
    found = _several(connection, centre, alike, most)
    return tuple(one for one in found if one.id.rpartition("-")[2].startswith(wanted))


def by_marks(
    connection: Connection,
    centre: CentreId,
    wanted: Iterable[tuple[SearchMark, str]],
    visits: Iterable[VisitId],
    most: int,
) -> tuple[Payment, ...]:
    """Find payments by a slip or an amount, or as those of visits; the newest first, and no more than ``most``."""
    p, m = payments.c, payment_marks.c
    marked = select(m.payment).where(m.centre == centre, or_(*(and_(m.kind == k, m.value == v) for k, v in wanted)))
    found = select(p.folded).where(p.centre == centre, or_(p.id.in_(marked), p.visit.in_(list(visits))))
    return _read(connection, found.order_by(p.opened_at.desc(), p.id).limit(most))


def posted(connection: Connection, centre: CentreId, since: Micros, until: Micros) -> tuple[Posting, ...]:
    """Book what was heard of from ``since`` up to ``until``, by our clock: the same again however late it is asked."""
    p = payments.c
    news = select(p.id).where(p.centre == centre, p.changed_at >= since, p.opened_at < until)
    idents = connection.execute(news.order_by(p.opened_at, p.id)).scalars().all()
    found: list[Posting] = []
    for events in statements.read_several(connection, map(PAYMENTS.stream, idents)):
        before, after = (PAYMENTS.replay(one for one in events if one.at < moment) for moment in (since, until))
        found += postings(before, after, since)
    return tuple(found)


def at_terminal(
    connection: Connection, centre: CentreId, driver: DriverScheme, terminal: TerminalId, since: Micros
) -> tuple[Payment, ...]:
    """Read the payments of a terminal of which something was heard since a moment; all of them, the first first."""
    p = payments.c
    found = select(p.folded).where(p.centre == centre, p.terminal == terminal, p.driver == driver)
    return _read(connection, found.where(p.changed_at >= since).order_by(p.opened_at, p.id))


def _several(
    connection: Connection, centre: CentreId, which: ColumnElement[bool], most: int = MAX_LISTED
) -> tuple[Payment, ...]:
    found = select(payments.c.folded).where(payments.c.centre == centre, which)
    return _read(connection, found.order_by(payments.c.opened_at, payments.c.id).limit(most))


def _read(connection: Connection, found: Select[bytes]) -> tuple[Payment, ...]:
    return tuple(map(_DECODER.decode, connection.execute(found).scalars()))


def known(payment: Payment | None, centre: CentreId) -> Payment:
    """Give the payment, where it is one of this centre.

    Raises:
        PaymentUnknownError: it is not.
    """
    if payment is None or payment.centre != centre:
        raise PaymentUnknownError
    return payment
