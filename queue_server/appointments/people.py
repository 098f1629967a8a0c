"""What is kept of whoever booked: in the vault, for the appointment alone, and gone with its day.

The number of the document and each address are kept so that they are found, for the limits of a document and of a
contact, and to check in by a document. How somebody is written to is kept as all contacts are (``notices.contacts``).
"""

from typing import Final
from uuid import UUID, uuid5

import msgspec
from sqlalchemy import Connection

from queue_server.appointments import store
from queue_server.appointments.errors import BookingLimitError
from queue_server.appointments.model import StoredAppointment
from queue_server.catalogue.appointments import AppointmentRules
from queue_server.database.serialising import serialise
from queue_server.domain.appointments import AppointmentDocumentId, AppointmentId
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import Actor, CentreId, Micros, StreamName
from queue_server.notices import contacts
from queue_server.notices.contact import ContactDetails
from queue_server.notices.contacts import ContactGiven
from queue_server.vault.errors import PersonShreddedError, RowUnknownError
from queue_server.vault.model import ReadPurpose, RowKind, end_of, normalised
from queue_server.vault.store import NewRow, Vault

#: Kinds of what is found, by how their rows are named.
_FOUND: Final = {
    "document": RowKind.APPOINTMENT_DOCUMENT,
    "email": RowKind.APPOINTMENT_CONTACT,
    "telephone": RowKind.APPOINTMENT_CONTACT,
}


class PersonGiven(msgspec.Struct, frozen=True):
    """What somebody said of themselves; never printed."""

    document: str | None = None
    contact: ContactDetails | None = None

    def __repr__(self) -> str:
        return "PersonGiven(...)"

    def found_by(self) -> dict[str, str]:
        """Give what is looked for, by how its row is named."""
        contact = self.contact
        said = {
            "document": None if self.document is None else normalised(self.document),
            "email": None if contact is None else contact.email,
            "telephone": None if contact is None else contact.telephone,
        }
        return {name: value for name, value in said.items() if value}


def subject_of(ident: AppointmentId) -> StreamName:
    """Name that for which a contact is given."""
    return StreamName(f"appointment/{ident}")


def document_of(ident: AppointmentId) -> AppointmentDocumentId:
    """Name the row of the vault with the document of an appointment."""
    return AppointmentDocumentId(_row(ident, "document"))


def _row(ident: AppointmentId, name: str) -> str:
    return str(uuid5(UUID(ident), name))


def check_limits(  # noqa: PLR0917 - whatever they depend on
    vault: Vault, connection: Connection, centre: CentreId, given: PersonGiven, rules: AppointmentRules, now: Micros
) -> None:
    """Check that a document and a contact have not more appointments ahead than a centre gives them.

    Raises:
        BookingLimitError: they have as many already.
    """
    found = given.found_by()
    # Those who come with the same document at the same moment are counted one after the other.
    serialise(connection, "appointment", (f"{centre}|{value}" for value in found.values()))
    for name, value in found.items():
        most = rules.document_bookings if name == "document" else rules.contact_bookings
        if vault.count(connection, centre, _FOUND[name], value, now) >= most:
            raise BookingLimitError(most=most)


def store_person(  # noqa: PLR0917 - whatever is stored of it
    vault: Vault,
    connection: Connection,
    one: StoredAppointment,
    given: PersonGiven,
    rule: DayRule,
    contact_days: int,
    actor: Actor,
    at: Micros,
) -> None:
    """Store what somebody said of themselves, with the appointment."""
    day_ends = end_of(rule, one.day, 1)
    for name, value in given.found_by().items():
        row = NewRow(_row(one.id, name), _FOUND[name], one.centre, value, at, actor, day_ends, findable=True)
        vault.put(connection, row)
    if given.contact is not None:
        known = ContactGiven(
            subject=subject_of(one.id),
            centre=one.centre,
            actor=actor,
            at=at,
            ends_at=end_of(rule, one.day, contact_days),
            application=None,
            visit=None,
        )
        contacts.store(vault, connection, known, given.contact)


def read_person(vault: Vault, connection: Connection, one: StoredAppointment, actor: Actor, now: Micros) -> PersonGiven:
    """Read what is kept of whoever booked; that is recorded."""
    document = None
    if one.document is not None:
        try:
            opened = vault.get(connection, one.document, purpose=ReadPurpose.APPOINTMENT, actor=actor, now=now)
            document = opened.text
        except (RowUnknownError, PersonShreddedError):
            document = None
    return PersonGiven(document, contacts.read(vault, connection, subject_of(one.id), actor=actor, now=now))


def carry_person(  # noqa: PLR0917 - whatever is stored of it
    vault: Vault,
    connection: Connection,
    one: StoredAppointment,
    rule: DayRule,
    contact_days: int,
    actor: Actor,
    at: Micros,
) -> None:
    """Keep what is known of somebody as long as their appointment's new day needs it."""
    given = read_person(vault, connection, one, actor, at)
    drop_person(vault, connection, one.id, actor, at)
    store_person(vault, connection, one, given, rule, contact_days, actor, at)


def drop_person(vault: Vault, connection: Connection, ident: AppointmentId, actor: Actor, at: Micros) -> None:
    """Shred what is looked for of an appointment: it counts for nobody any more. How they are told stays a while."""
    for name in _FOUND:
        vault.end_row(connection, _row(ident, name), actor=actor, now=at)


def by_document(  # noqa: PLR0917 - whatever it depends on
    vault: Vault, connection: Connection, centre: CentreId, number: str, actor: Actor, now: Micros
) -> tuple[StoredAppointment, ...]:
    """Find the appointments that were made with a document, the earliest first; who looked is recorded."""
    bare = normalised(number)
    if not bare:
        return ()
    kind = RowKind.APPOINTMENT_DOCUMENT
    heads = vault.matching(connection, centre, kind, bare, actor=actor, now=now)
    return store.of_documents(connection, centre, (head.id for head in heads))
