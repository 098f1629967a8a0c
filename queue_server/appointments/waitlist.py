"""The waiting list: join it, take what is offered, leave. Offering is in ``waitlist_offering``."""

from dataclasses import replace
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec
from sqlalchemy import Connection

from queue_server.appointments import booking, people, waitlist_model, waitlist_store
from queue_server.appointments.booking import Booker
from queue_server.appointments.engine import BookedParty, last_day, needs_telephone, rules_of
from queue_server.appointments.errors import OfferOverError, WaitlistInvalidError
from queue_server.appointments.model import StoredAppointment
from queue_server.appointments.people import PersonGiven
from queue_server.appointments.settings import AppointmentSettings
from queue_server.appointments.waitlist_events import WaitlistJoined
from queue_server.appointments.waitlist_model import MAX_MINUTE, WaitlistEntry
from queue_server.appointments.waitlist_store import WAITLIST
from queue_server.domain.appointments import WaitlistId
from queue_server.domain.values import Day, Language, StreamName
from queue_server.eventlog.aggregate import append
from queue_server.notices import contacts
from queue_server.notices.contact import ContactDetails
from queue_server.notices.contacts import ContactGiven
from queue_server.vault.model import RowKind, end_of
from queue_server.vault.store import NewRow, Vault

#: How their addresses are named in the vault.
_FOUND: Final = ("email", "telephone")


class AcceptableDays(msgspec.Struct, frozen=True):
    """When somebody can come: on which days, and between which minutes of a day by the clock of the centre."""

    first_day: Day
    last_day: Day
    earliest_min: int = 0
    latest_min: int = MAX_MINUTE


def waitlist_subject(ident: WaitlistId) -> StreamName:
    """Name that for which a contact is given."""
    return StreamName(WAITLIST.stream(ident))


async def join(
    booker: Booker, party: BookedParty, when: AcceptableDays, language: Language, contact: ContactDetails
) -> WaitlistEntry:
    """Wait for a place; the same command waits once. Each who waits counts as a booking of their contact.

    Raises:
        AppointmentsNotOfferedError: no appointment is given for that.
        WaitlistInvalidError: on none of these days can be booked, or they cannot be told.
        BookingLimitError: there are as many with this contact as there may be.
    """
    centre, server = booker.centre, booker.server
    rules, rule = rules_of(centre), centre.rule
    if needs_telephone(centre, party) and contact.telephone is None:
        raise WaitlistInvalidError
    ident = WaitlistId(booker.named("waitlist"))

    def work(connection: Connection) -> WaitlistEntry:
        now = server.clock()
        today = rule.day_at(now)
        first = max(when.first_day, today)
        last = min(when.last_day, last_day(centre, rules, now))
        is_some_time = 0 <= when.earliest_min <= when.latest_min <= MAX_MINUTE
        if first > last or not is_some_time or not contact.channels:
            raise WaitlistInvalidError
        joined = WaitlistJoined(
            entry=ident,
            centre=centre.id,
            services=party.services,
            party_size=party.size,
            people=party.people,
            language=language,
            first_day=first,
            last_day=last,
            earliest_min=when.earliest_min,
            latest_min=when.latest_min,
        )
        drafted = WAITLIST.draft(
            connection,
            ident,
            lambda before: waitlist_model.join(before, joined),
            at=now,
            command=booker.command,
            actor=booker.actor,
        )
        if drafted.new:
            given = PersonGiven(contact=contact)
            people.check_limits(server[Vault], connection, centre.id, given, rules, now)
            _store_contact(booker, connection, joined, given, now)
            append(connection, drafted)
        return _entry(drafted.after)

    return await server.log.write_in_turn(WAITLIST.stream(ident), work)


async def take(booker: Booker, ident: WaitlistId, document: str | None = None) -> StoredAppointment:
    """Book what is offered; whoever does so twice has the one appointment.

    Raises:
        OfferOverError: nothing is held for them any more.
        BookingLimitError: there are as many with this document as there may be.
    """
    server = booker.server

    def look(connection: Connection) -> WaitlistEntry:
        return _entry(waitlist_store.by_id(connection, ident))

    entry = await server.log.run(look)
    offer = entry.offer(server.clock())
    if entry.appointment is not None:
        return await server.log.run(lambda connection: booking.here(booker, connection, str(entry.appointment)))
    if offer is None:
        raise OfferOverError

    def clear(connection: Connection) -> ContactDetails | None:
        now = server.clock()
        # They wait no more, so that what they book is not one too many.
        for name in _FOUND:
            server[Vault].end_row(connection, _row(ident, name), actor=booker.actor, now=now)
        return contacts.read(server[Vault], connection, waitlist_subject(ident), actor=booker.actor, now=now)

    contact = await server.log.write(clear)
    named = replace(booker, command=f"waitlist/{offer.hold}")
    party = BookedParty(entry.services, entry.party_size, entry.people)
    return await booking.book(named, party, offer.at, entry.language, offer.hold, PersonGiven(document, contact))


async def decline(booker: Booker, ident: WaitlistId) -> WaitlistEntry:
    """Let what is offered go to the next, and wait on."""

    def decided(before: WaitlistEntry | None) -> Any:
        offer = None if before is None else before.offer(booker.server.clock())
        return () if offer is None else waitlist_model.lapse(before, offer.hold)

    return await _advance(booker, ident, decided)


async def leave(booker: Booker, ident: WaitlistId) -> WaitlistEntry:
    """Wait no more; how they are told is shredded."""

    def after(connection: Connection) -> None:
        drop_contact(booker, connection, ident)

    return await _advance(booker, ident, waitlist_model.leave, after)


def drop_contact(booker: Booker, connection: Connection, ident: WaitlistId) -> None:
    """Shred how somebody who waits no more is told."""
    vault, now = booker.server[Vault], booker.server.clock()
    contacts.drop(vault, connection, waitlist_subject(ident), actor=booker.actor, now=now)
    for name in _FOUND:
        vault.end_row(connection, _row(ident, name), actor=booker.actor, now=now)


async def _advance(booker: Booker, ident: WaitlistId, decided: Any, after: Any = None) -> WaitlistEntry:
    def work(connection: Connection) -> WaitlistEntry:
        now = booker.server.clock()
        done = WAITLIST.advance(connection, ident, decided, at=now, command=booker.command, actor=booker.actor)
        if after is not None:
            after(connection)
        return _entry(done.after)

    return await booker.server.log.write_in_turn(WAITLIST.stream(ident), work)


def _entry(found: WaitlistEntry | None) -> WaitlistEntry:
    if found is None:
        raise OfferOverError
    return found


def _row(ident: WaitlistId, name: str) -> str:
    return str(uuid5(UUID(ident), name))


def _store_contact(
    booker: Booker, connection: Connection, joined: WaitlistJoined, given: PersonGiven, now: Any
) -> None:
    vault, rule = booker.server[Vault], booker.centre.rule
    for name, value in given.found_by().items():
        ends = end_of(rule, joined.last_day, 1)
        row = NewRow(
            _row(joined.entry, name),
            RowKind.APPOINTMENT_CONTACT,
            joined.centre,
            value,
            now,
            booker.actor,
            ends,
            findable=True,
        )
        vault.put(connection, row)
    days = booker.server.settings[AppointmentSettings].contact_days
    known = ContactGiven(
        subject=waitlist_subject(joined.entry),
        centre=joined.centre,
        actor=booker.actor,
        at=now,
        ends_at=end_of(rule, joined.last_day, days),
        application=None,
        visit=None,
    )
    if given.contact is not None:
        contacts.store(vault, connection, known, given.contact)
