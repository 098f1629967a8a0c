"""How somebody is told, in the vault: given for an application, or for an item that is of none, and gone with it."""

import msgspec
from sqlalchemy import Connection, delete, insert, select

from queue_server.applications.store import APPLICATIONS
from queue_server.custody.model import Item
from queue_server.custody.store import ITEMS
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import Actor, ApplicationId, CentreId, Micros, StreamName, VisitId, new_id
from queue_server.notices.contact import ContactDetails
from queue_server.notices.tables import contacts
from queue_server.notices.values import NoticeChannel
from queue_server.vault.errors import PersonShreddedError, RowUnknownError
from queue_server.vault.model import PURPOSES, RowKind, end_of
from queue_server.vault.store import NewRow, Vault


class KnownContact(msgspec.Struct, frozen=True):
    """That somebody said how they are told, without the address; ``id`` is that of the row of the vault."""

    id: str
    centre: CentreId
    subject: StreamName
    language: str
    has_email: bool
    has_telephone: bool
    at: Micros
    ends_at: Micros

    @property
    def channels(self) -> tuple[NoticeChannel, ...]:
        ways = ((NoticeChannel.EMAIL, self.has_email), (NoticeChannel.SMS, self.has_telephone))
        return tuple(channel for channel, given in ways if given)


class ContactGiven(msgspec.Struct, frozen=True):
    """What is stored of a contact beside what was typed: for what, at which visit, by whom, when, and until when."""

    subject: StreamName
    centre: CentreId
    actor: Actor
    at: Micros
    ends_at: Micros
    application: ApplicationId | None
    visit: VisitId | None


def subject_of(item: Item) -> StreamName:
    """Name that for which a contact is given: one for all items of an application."""
    if item.application is not None:
        return StreamName(APPLICATIONS.stream(item.application))
    return StreamName(ITEMS.stream(item.id))


def given_for(item: Item, rule: DayRule, days: int, *, actor: Actor, at: Micros) -> ContactGiven:
    """Say what is stored of a contact that is given for an item."""
    ends_at = end_of(rule, rule.day_at(at), days)
    return ContactGiven(subject_of(item), item.centre, actor, at, ends_at, item.application, item.visit)


def find(connection: Connection, subject: StreamName) -> KnownContact | None:
    """Find out whether somebody said how they are told of what is in a stream."""
    c = contacts.c
    columns = [c[name] for name in KnownContact.__struct_fields__]
    row = connection.execute(select(*columns).where(c.subject == subject)).mappings().one_or_none()
    # The names of columns are no plain strings, which msgspec wants.
    return None if row is None else msgspec.convert({str(key): value for key, value in row.items()}, KnownContact)


def subjects(connection: Connection, centre: CentreId) -> frozenset[StreamName]:
    """List for what at a centre somebody said how they are told."""
    found = select(contacts.c.subject).where(contacts.c.centre == centre)
    return frozenset(StreamName(subject) for subject in connection.execute(found).scalars())


def store(vault: Vault, connection: Connection, given: ContactGiven, details: ContactDetails) -> None:
    """Store how somebody is told, in place of what they had said before; nothing where they want not to be."""
    drop(vault, connection, given.subject, actor=given.actor, now=given.at)
    if not details.channels:
        return
    ident = new_id()
    row = NewRow(
        id=ident,
        kind=RowKind.CONTACT,
        centre=given.centre,
        text=msgspec.json.encode(details, order="sorted").decode(),
        at=given.at,
        actor=given.actor,
        ends_at=given.ends_at,
        visit=given.visit,
        application=given.application,
    )
    vault.put(connection, row)
    known = KnownContact(
        id=ident,
        centre=given.centre,
        subject=given.subject,
        language=details.language,
        has_email=details.email is not None,
        has_telephone=details.telephone is not None,
        at=given.at,
        ends_at=given.ends_at,
    )
    connection.execute(insert(contacts).values(msgspec.to_builtins(known)))


def drop(vault: Vault, connection: Connection, subject: StreamName, *, actor: Actor, now: Micros) -> None:
    """Shred how somebody is told: what they were to be told of is no longer here."""
    known = find(connection, subject)
    if known is not None:
        vault.end_row(connection, known.id, actor=actor, now=now)
        connection.execute(delete(contacts).where(contacts.c.id == known.id))


def read(
    vault: Vault, connection: Connection, subject: StreamName, *, actor: Actor, now: Micros
) -> ContactDetails | None:
    """Read how somebody is told, and record who did; None where it is not known any more."""
    known = find(connection, subject)
    if known is None:
        return None
    try:
        opened = vault.get(connection, known.id, purpose=PURPOSES[RowKind.CONTACT], actor=actor, now=now)
    except (PersonShreddedError, RowUnknownError):
        return None
    return msgspec.json.decode(opened.text, type=ContactDetails)
