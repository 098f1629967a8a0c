"""Statements of the ends of terminals' days: synchronous, on a ``Connection``."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, and_, func, or_, select

from queue_server.accounts.tables import devices
from queue_server.domain.values import HOUR, Actor, CentreId, DeviceId, Micros, StaffId
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.codec import encode
from queue_server.eventlog.projection import Projection, Row
from queue_server.framework.paging import ListPosition, PageRequest
from queue_server.payments import store
from queue_server.payments.errors import (
    ReconciliationAheadError,
    ReconciliationDiffersError,
    ReconciliationUnknownError,
    TerminalElsewhereError,
)
from queue_server.payments.model import Payment
from queue_server.payments.reconciliation import (
    CODEC,
    Reconciliation,
    ReconciliationAcknowledged,
    TerminalReconciled,
    differences,
    evolve,
)
from queue_server.payments.tables import reconciliations

#: So far ahead of the server's clock may the clock of a device be that tells an end of day.
MAX_AHEAD: Final = 24 * HOUR


def _rows(reconciliation: Reconciliation) -> Mapping[str, Sequence[Row]]:
    closed = reconciliation.closed
    row = {
        "id": closed.reconciliation,
        "centre": closed.centre,
        "driver": closed.driver,
        "terminal": closed.terminal,
        "device": closed.device,
        "closed_at": closed.closed_at,
        "at": reconciliation.at,
        "alarms": reconciliation.alarms,
        "folded": encode(reconciliation),
    }
    return {reconciliations.name: (row,)}


_DECODER: Final = msgspec.json.Decoder(Reconciliation)

RECONCILIATIONS: Final = Aggregate(
    "reconciliation", CODEC, evolve, Projection("reconciliations", 1, {reconciliations: "id"}, _rows)
)


def close(
    connection: Connection, told: TerminalReconciled, *, at: Micros, command: str, actor: Actor
) -> Reconciliation:
    """Take an end of day, and find out where it differs from the journals. The same again changes nothing.

    Raises:
        LogConflictError: another process was first; do it anew in another transaction.
        ReconciliationDiffersError: something else was told under this id.
        ReconciliationAheadError: it is dated more than ``MAX_AHEAD`` ahead.
        TerminalElsewhereError: the terminal belongs to another device.
    """

    def decide(before: Reconciliation | None) -> tuple[TerminalReconciled, ...]:
        if before is None:
            return (_compared(connection, told, at),)
        if _reported(before.closed) != _reported(told):
            raise ReconciliationDiffersError
        return ()

    done = RECONCILIATIONS.advance(connection, told.reconciliation, decide, at=at, command=command, actor=actor)
    return _known(done.after, told.centre)


def _compared(connection: Connection, told: TerminalReconciled, at: Micros) -> TerminalReconciled:
    """Add to what was told when the day began, and where it differs from the journals."""
    if told.closed_at > at + MAX_AHEAD:
        raise ReconciliationAheadError
    since = _closed_before(connection, told)
    during = _payments(connection, told, since)
    owner = _owner(connection, told, during)
    if owner is not None and owner != told.device:
        raise TerminalElsewhereError(device=owner)
    # A terminal's day does not end before it is told, whatever the clock of its device says.
    until = min(told.closed_at, at)
    return msgspec.structs.replace(told, since=since, differences=differences(told.totals, during, since, until))


def see(
    connection: Connection, centre: CentreId, ident: str, staff: StaffId, *, at: Micros, command: str
) -> Reconciliation:
    """Say that a manager has looked into the differences; again, or where there are none, nothing changes.

    Raises:
        LogConflictError: another process was first; do it anew in another transaction.
        ReconciliationUnknownError: this centre has no such end of day.
    """

    def decide(before: Reconciliation | None) -> tuple[ReconciliationAcknowledged, ...]:
        found = _known(before, centre)
        return (ReconciliationAcknowledged(found.closed.reconciliation, staff),) if found.alarms else ()

    actor = Actor(f"staff/{staff}")
    return _known(RECONCILIATIONS.advance(connection, ident, decide, at=at, command=command, actor=actor).after, centre)


def load(connection: Connection, centre: CentreId, ident: str) -> Reconciliation:
    """Read an end of day.

    Raises:
        ReconciliationUnknownError: this centre has no such one.
    """
    return _known(RECONCILIATIONS.load(connection, ident), centre)


def listed(
    connection: Connection, centre: CentreId, wanted: PageRequest, *, alarms: bool
) -> tuple[tuple[Reconciliation, ...], str | None]:
    """List a piece of the ends of day, the newest first, and where it goes on; ``alarms``: no others than those."""
    t = reconciliations.c
    found = select(t.at, t.id, t.folded).where(t.centre == centre)
    if alarms:
        found = found.where(t.alarms)
    if wanted.after is not None:
        at, ident = wanted.after.at, wanted.after.id
        found = found.where(or_(t.at < at, and_(t.at == at, t.id > ident)))
    rows = connection.execute(found.order_by(t.at.desc(), t.id).limit(wanted.limit + 1)).all()
    piece, following = wanted.piece(rows, lambda row: ListPosition(row.at, row.id))
    return tuple(_DECODER.decode(row.folded) for row in piece), following


def count_alarms(connection: Connection, centre: CentreId) -> int:
    """Count the ends of day whose differences nobody has looked into."""
    t = reconciliations.c
    found = select(func.count()).select_from(reconciliations).where(t.centre == centre, t.alarms)
    return connection.execute(found).scalar_one()


def alarms_by_centre(connection: Connection) -> dict[CentreId, int]:
    """Count what ``count_alarms`` counts, for all centres that have any."""
    t = reconciliations.c
    found = select(t.centre, func.count()).where(t.alarms).group_by(t.centre)
    return {centre: number for centre, number in connection.execute(found)}  # noqa: C416 - rows are no tuples


def alarming(connection: Connection, centre: CentreId, most: int) -> tuple[Reconciliation, ...]:
    """List ends of day with differences that nobody has looked into, the newest first, and no more than ``most``."""
    t = reconciliations.c
    found = select(t.folded).where(t.centre == centre, t.alarms).order_by(t.at.desc(), t.id).limit(most)
    return tuple(map(_DECODER.decode, connection.execute(found).scalars()))


def _closed_before(connection: Connection, told: TerminalReconciled) -> Micros:
    """Tell when the same terminal was closed before this, 0 where it never was."""
    t = reconciliations.c
    same = [t.centre == told.centre, t.driver == told.driver, t.terminal == told.terminal]
    if not told.terminal:
        same.append(t.device == told.device)
    found = select(t.closed_at, t.at).where(*same, t.closed_at < told.closed_at).order_by(t.closed_at.desc()).limit(1)
    before = connection.execute(found).one_or_none()
    return Micros(0 if before is None else min(before.closed_at, before.at))


def _owner(connection: Connection, told: TerminalReconciled, during: tuple[Payment, ...]) -> DeviceId | None:
    """Name the device to which a terminal belongs, None where it is free.

    It belongs to whoever ended its day last, else to whoever first took a payment with it, until that one is revoked.
    A terminal without a name is always its device's own.
    """
    if not told.terminal:
        return None
    t = reconciliations.c
    last = (
        select(t.device)
        .where(t.centre == told.centre, t.driver == told.driver, t.terminal == told.terminal)
        .order_by(t.at.desc(), t.id.desc())
        .limit(1)
    )
    closed = connection.execute(last).scalars().all()
    users = list(dict.fromkeys((*closed, *(one.device for one in during))))
    there = select(devices.c.id).where(devices.c.id.in_(users), devices.c.revoked_at.is_(None))
    active = set(connection.execute(there).scalars())
    return next((DeviceId(one) for one in users if one in active), None)


def _payments(connection: Connection, told: TerminalReconciled, since: Micros) -> tuple[Payment, ...]:
    """Read the payments of a terminal that may have moved money in the period; one without a name is its device's."""
    found = store.at_terminal(connection, told.centre, told.driver, told.terminal, Micros(since - store.APART))
    return tuple(one for one in found if told.terminal or one.device == told.device)


def _reported(closed: TerminalReconciled) -> tuple[object, ...]:
    """What the device told, without what was found out here; the device may have been enrolled anew."""
    return (closed.centre, closed.driver, closed.terminal, closed.closed_at, closed.totals)


def _known(reconciliation: Reconciliation | None, centre: CentreId) -> Reconciliation:
    if reconciliation is None or reconciliation.closed.centre != centre:
        raise ReconciliationUnknownError
    return reconciliation
