"""Statements of notes, messages and breaks of staff: synchronous, on a ``Connection``. Texts lie in the vault.

Whoever writes the same again under the same name has written it once.
"""

from collections.abc import Collection
from typing import Final

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select

from queue_server.domain.values import Actor, CentreId, Micros, StaffId, new_id
from queue_server.team.tables import staff_breaks, staff_message_reads, staff_messages, staff_notes
from queue_server.team.teams import TeamId
from queue_server.vault.model import RowKind
from queue_server.vault.store import NewRow, Vault


class Owner(msgspec.Struct, frozen=True):
    """Whose it is, at which centre; ``now``, and ``ends_at``, when their service day is over."""

    centre: CentreId
    staff: StaffId
    now: Micros
    ends_at: Micros

    @property
    def actor(self) -> Actor:
        return Actor(f"staff/{self.staff}")


class NewStaffText(msgspec.Struct, frozen=True):
    """A note or a message as it is written; ``team`` as of ``StaffMessage``."""

    id: str
    text: str
    team: TeamId | None
    kind: RowKind = RowKind.STAFF_MESSAGE

    def __repr__(self) -> str:
        return f"NewStaffText({self.id!r}, ...)"


class StaffMessage(msgspec.Struct, frozen=True):
    """A message without what it says; ``team`` None: for all at counters."""

    id: str
    sender: StaffId
    team: TeamId | None
    at: Micros


class MessageRead(msgspec.Struct, frozen=True):
    message: str
    staff: StaffId
    at: Micros


#: Each page of a counter asks for it with each event of its centre, so it is not put together anew.
_LIVING: Final = (
    select(*(staff_messages.c[name] for name in StaffMessage.__struct_fields__))
    .where(staff_messages.c.centre == bindparam("here"), staff_messages.c.ends_at > bindparam("now"))
    .order_by(staff_messages.c.at, staff_messages.c.id)
)


def write_note(vault: Vault, connection: Connection, owner: Owner, text: str) -> None:
    """Put what somebody notes in place of what they had noted; nothing clears it."""
    mine = (staff_notes.c.centre == owner.centre, staff_notes.c.staff == owner.staff)
    for row in connection.execute(select(staff_notes.c.id).where(*mine).with_for_update()).scalars().all():
        vault.end_row(connection, row, actor=owner.actor, now=owner.now)
    connection.execute(delete(staff_notes).where(*mine))
    if text:
        new = NewStaffText(new_id(), text, None, RowKind.STAFF_NOTE)
        _seal(vault, connection, owner, new)
        stored = {"id": new.id, "centre": owner.centre, "staff": owner.staff}
        connection.execute(insert(staff_notes), stored | {"at": owner.now, "ends_at": owner.ends_at})


def note_of(connection: Connection, centre: CentreId, staff: StaffId, now: Micros) -> str | None:
    """Name the row of the vault with what somebody has noted today."""
    mine = (staff_notes.c.centre == centre, staff_notes.c.staff == staff, staff_notes.c.ends_at > now)
    return connection.execute(select(staff_notes.c.id).where(*mine)).scalar()


def send(vault: Vault, connection: Connection, owner: Owner, new: NewStaffText) -> None:
    """Store a message under the name that its page has given it: sent twice, it is one."""
    known = select(staff_messages.c.id).where(staff_messages.c.id == new.id)
    if connection.execute(known).first() is not None:
        return
    _seal(vault, connection, owner, new)
    stored = {"id": new.id, "centre": owner.centre, "sender": owner.staff, "team": new.team}
    connection.execute(insert(staff_messages), stored | {"at": owner.now, "ends_at": owner.ends_at})


def take_back(vault: Vault, connection: Connection, owner: Owner, ident: str) -> None:
    """Shred a message of a centre, and forget who has read it; one that is gone already stays gone."""
    of_centre = (staff_messages.c.id == ident, staff_messages.c.centre == owner.centre)
    if connection.execute(delete(staff_messages).where(*of_centre)).rowcount:
        connection.execute(delete(staff_message_reads).where(staff_message_reads.c.message == ident))
        vault.end_row(connection, ident, actor=owner.actor, now=owner.now)


def messages(connection: Connection, centre: CentreId, now: Micros) -> tuple[StaffMessage, ...]:
    """List the messages of today, the oldest first."""
    return tuple(StaffMessage(*row) for row in connection.execute(_LIVING, {"here": centre, "now": now}))


def reads(connection: Connection, idents: Collection[str]) -> tuple[MessageRead, ...]:
    """List who has read these messages, the first first."""
    read = staff_message_reads.c
    found = select(read.message, read.staff, read.at).where(read.message.in_(idents)).order_by(read.at, read.staff)
    return tuple(MessageRead(*row) for row in connection.execute(found))


def confirm(connection: Connection, owner: Owner, ident: str) -> None:
    """Write down that somebody has read a message; one that is gone, or that they have read before, changes nothing."""
    message, read = staff_messages.c, staff_message_reads.c
    # Held, so that whoever takes the message back waits, and forgets this too.
    living = (message.id == ident, message.centre == owner.centre, message.ends_at > owner.now)
    if connection.execute(select(message.id).where(*living).with_for_update()).first() is None:
        return
    before = select(read.message).where(read.message == ident, read.staff == owner.staff)
    if connection.execute(before).first() is None:
        stored = {"message": ident, "staff": owner.staff, "at": owner.now, "ends_at": owner.ends_at}
        connection.execute(insert(staff_message_reads), stored)


def say_of_break(connection: Connection, owner: Owner, starts_at: Micros, *, is_taken: bool) -> None:
    """Write down what somebody said of a planned break; the last word counts."""
    said = staff_breaks.c
    one = (said.centre == owner.centre, said.staff == owner.staff, said.starts_at == starts_at)
    connection.execute(delete(staff_breaks).where(*one))
    stored = {"centre": owner.centre, "staff": owner.staff, "starts_at": starts_at, "is_taken": is_taken}
    connection.execute(insert(staff_breaks), stored | {"at": owner.now, "ends_at": owner.ends_at})


def said_of_breaks(connection: Connection, centre: CentreId, staff: StaffId, now: Micros) -> dict[Micros, bool]:
    """Say of which breaks of today somebody has said something, by their start: whether they have taken it."""
    said = staff_breaks.c
    mine = (said.centre == centre, said.staff == staff, said.ends_at > now)
    return {
        row.starts_at: row.is_taken for row in connection.execute(select(said.starts_at, said.is_taken).where(*mine))
    }


def _seal(vault: Vault, connection: Connection, owner: Owner, new: NewStaffText) -> None:
    row = NewRow(new.id, new.kind, owner.centre, new.text, owner.now, owner.actor, owner.ends_at)
    vault.put(connection, row)
