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
    ClosingAheadError,
    ClosingDiffersError,
    ClosingUnknownError,
    TerminalElsewhereError,
)
from queue_server.payments.model import Payment
from queue_server.payments.settlement import CODEC, ClosingSeen, EndOfDay, TerminalClosed, differences, evolve
from queue_server.payments.tables import terminal_closings

#: So far ahead of the server's clock may the clock of a device be that tells an end of day.
MAX_AHEAD: Final = 24 * HOUR


def _rows(closing: EndOfDay) -> Mapping[str, Sequence[Row]]:
    closed = closing.closed
    row = {
        "id": closed.closing,
        "centre": closed.centre,
        "driver": closed.driver,
        "terminal": closed.terminal,
        "device": closed.device,
        "closed_at": closed.closed_at,
        "at": closing.at,
        "alarms": closing.alarms,
        "folded": encode(closing),
    }
    return {terminal_closings.name: (row,)}


_DECODER: Final = msgspec.json.Decoder(EndOfDay)

CLOSINGS: Final = Aggregate("closing", CODEC, evolve, Projection("closings", 1, {terminal_closings: "id"}, _rows))


def close(connection: Connection, told: TerminalClosed, *, at: Micros, command: str, actor: Actor) -> EndOfDay:
    """Take an end of day, and find out where it differs from the journals. The same again changes nothing.

    Raises:
        LogConflictError: another process was first; do it anew in another transaction.
        ClosingDiffersError: something else was told under this id.
        ClosingAheadError: it is dated more than ``MAX_AHEAD`` ahead.
        TerminalElsewhereError: the terminal belongs to another device.
    """

    def decide(before: EndOfDay | None) -> tuple[TerminalClosed, ...]:
        if before is None:
            return (_compared(connection, told, at),)
        if _reported(before.closed) != _reported(told):
            raise ClosingDiffersError
        return ()

    done = CLOSINGS.advance(connection, told.closing, decide, at=at, command=command, actor=actor)
    return _known(done.after, told.centre)


def _compared(connection: Connection, told: TerminalClosed, at: Micros) -> TerminalClosed:
    """Add to what was told when the day began, and where it differs from the journals."""
    if told.closed_at > at + MAX_AHEAD:
        raise ClosingAheadError
    since = _closed_before(connection, told)
    during = _payments(connection, told, since)
    owner = _owner(connection, told, during)
    if owner is not None and owner != told.device:
        raise TerminalElsewhereError(device=owner)
    # A terminal's day does not end before it is told, whatever the clock of its device says.
    until = min(told.closed_at, at)
    return msgspec.structs.replace(told, since=since, differences=differences(told.totals, during, since, until))


def see(connection: Connection, centre: CentreId, ident: str, staff: StaffId, *, at: Micros, command: str) -> EndOfDay:
    """Say that a manager has looked into the differences; again, or where there are none, nothing changes.

    Raises:
        LogConflictError: another process was first; do it anew in another transaction.
        ClosingUnknownError: this centre has no such end of day.
    """

    def decide(before: EndOfDay | None) -> tuple[ClosingSeen, ...]:
        found = _known(before, centre)
        return (ClosingSeen(found.closed.closing, staff),) if found.alarms else ()

    actor = Actor(f"staff/{staff}")
    return _known(CLOSINGS.advance(connection, ident, decide, at=at, command=command, actor=actor).after, centre)


def load(connection: Connection, centre: CentreId, ident: str) -> EndOfDay:
    """Read an end of day.

    Raises:
        ClosingUnknownError: this centre has no such one.
    """
    return _known(CLOSINGS.load(connection, ident), centre)


def listed(
    connection: Connection, centre: CentreId, wanted: PageRequest, *, alarms: bool
) -> tuple[tuple[EndOfDay, ...], str | None]:
    """List a piece of the ends of day, the newest first, and where it goes on; ``alarms``: no others than those."""
    t = terminal_closings.c
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
    t = terminal_closings.c
    found = select(func.count()).select_from(terminal_closings).where(t.centre == centre, t.alarms)
    return connection.execute(found).scalar_one()


def alarming(connection: Connection, centre: CentreId, most: int) -> tuple[EndOfDay, ...]:
    """List ends of day with differences that nobody has looked into, the newest first, and no more than ``most``."""
    t = terminal_closings.c
    found = select(t.folded).where(t.centre == centre, t.alarms).order_by(t.at.desc(), t.id).limit(most)
    return tuple(map(_DECODER.decode, connection.execute(found).scalars()))


def _closed_before(connection: Connection, told: TerminalClosed) -> Micros:
    """Tell when the same terminal was closed before this, 0 where it never was."""
    t = terminal_closings.c
    same = [t.centre == told.centre, t.driver == told.driver, t.terminal == told.terminal]
    if not told.terminal:
        same.append(t.device == told.device)
    found = select(t.closed_at, t.at).where(*same, t.closed_at < told.closed_at).order_by(t.closed_at.desc()).limit(1)
    before = connection.execute(found).one_or_none()
    return Micros(0 if before is None else min(before.closed_at, before.at))


def _owner(connection: Connection, told: TerminalClosed, during: tuple[Payment, ...]) -> DeviceId | None:
    """Name the device to which a terminal belongs, None where it is free.

    It belongs to whoever ended its day last, else to whoever first took a payment with it, until that one is revoked.
    A terminal without a name is always its device's own.
    """
    if not told.terminal:
        return None
    t = terminal_closings.c
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


def _payments(connection: Connection, told: TerminalClosed, since: Micros) -> tuple[Payment, ...]:
    """Read the payments of a terminal that may have moved money in the period; one without a name is its device's."""
    found = store.at_terminal(connection, told.centre, told.driver, told.terminal, Micros(since - store.APART))
    return tuple(one for one in found if told.terminal or one.device == told.device)


def _reported(closed: TerminalClosed) -> tuple[object, ...]:
    """What the device told, without what was found out here; the device may have been enrolled anew."""
    return (closed.centre, closed.driver, closed.terminal, closed.closed_at, closed.totals)


def _known(closing: EndOfDay | None, centre: CentreId) -> EndOfDay:
    if closing is None or closing.closed.centre != centre:
        raise ClosingUnknownError
    return closing
