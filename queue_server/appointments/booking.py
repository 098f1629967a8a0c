"""Hold, book, move and cancel: what the API, pages and other rooms do with appointments, each in one commit.

A command is named by whoever gives it (``<key>#<fingerprint>``): the same command comes to the same, on whichever
server and however often it comes, and what was answered is found again in the day's stream.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import Connection

from queue_server.appointments import decide, people, store
from queue_server.appointments.decide import Booking
from queue_server.appointments.engine import AT_DESKS, AppointmentEngine, BookedParty, needs_telephone, rules_of
from queue_server.appointments.errors import (
    AppointmentUnknownError,
    HoldOverError,
    TelephoneNeededError,
    TooLateToChangeError,
)
from queue_server.appointments.followers import AppointmentChanges, AppointmentFollowers
from queue_server.appointments.link import proved
from queue_server.appointments.model import AppointmentDay, StoredAppointment, TimeHold
from queue_server.appointments.people import PersonGiven
from queue_server.appointments.settings import AppointmentSettings
from queue_server.appointments.store import DAYS, book_of
from queue_server.centre.centres import Centre, Centres
from queue_server.domain.appointments import (
    AppointmentId,
    AppointmentState,
    BookedThrough,
    HoldId,
    draw_code,
)
from queue_server.domain.values import MINUTE, SECOND, Actor, Day, Language, Micros, VisitId
from queue_server.eventlog.aggregate import PendingAppend, append
from queue_server.eventlog.port import IdempotencyMismatchError
from queue_server.framework.server import Server
from queue_server.vault.store import Vault

#: The name space of what commands begin (RFC 9562, 5.5).
_COMMANDS: Final = UUID("0d6b7a52-3f0e-5c1d-8b3a-92f9c9b0e514")


@dataclass(frozen=True, slots=True)
class Booker:
    """Who gives a command, and at which centre. ``command`` is ``<key>#<fingerprint>``, or the key alone."""

    server: Server
    centre: Centre
    actor: Actor
    command: str
    through: BookedThrough

    @property
    def key(self) -> str:
        return self.command.partition("#")[0]

    def named(self, kind: str) -> str:
        """Name what this command begins: the same command names the same."""
        return str(uuid5(_COMMANDS, f"{kind}/{self.centre.id}/{self.actor}/{self.key}"))


# --- have a time -----------------------------------------------------------------------------------------------------


async def hold(booker: Booker, party: BookedParty, at: Micros) -> TimeHold:
    """Hold a time while somebody types.

    Raises:
        AppointmentsNotOfferedError: no appointment is given for that.
        TimeNotOfferedError, TimeTakenError: it is no time that can be had.
        HoldOverError: this very command held it, and that is over.
        IdempotencyMismatchError: the key was used for something else.
    """
    day, ident = booker.centre.rule.day_at(at), HoldId(booker.named("hold"))

    def work(connection: Connection) -> TimeHold:
        now, engine = booker.server.clock(), booker.server[AppointmentEngine]
        until = Micros(now + rules_of(booker.centre).hold_min * MINUTE)

        def decided(book: AppointmentDay | None) -> decide.Decided:
            wanted = engine.wanted(connection, booker.centre, party, at, booker.through, now)
            return decide.hold(book, engine.day(booker.centre, day), wanted, ident, until, now)

        drafted = _draft(booker, connection, day, decided, now)
        append(connection, drafted)
        held = None if drafted.after is None else drafted.after.hold(ident, now)
        if held is None:
            raise HoldOverError
        return held

    return await _in_turn(booker, day, work)


async def release(booker: Booker, day: Day, ident: str) -> None:
    """Let go what is held on a day; nothing where it is not any more."""

    def work(connection: Connection) -> None:
        now = booker.server.clock()
        append(connection, _draft(booker, connection, day, lambda book: decide.release(book, ident, now), now))

    await _in_turn(booker, day, work)


async def book(  # noqa: PLR0917 - a booking in all its parts
    booker: Booker,
    party: BookedParty,
    at: Micros,
    language: Language,
    held: str | None = None,
    given: PersonGiven | None = None,
) -> StoredAppointment:
    """Book a time, held or not. Who has booked as often as the centre lets them is refused, but not at a desk.

    Raises:
        AppointmentsNotOfferedError: no appointment is given for that.
        HoldOverError: what was held is free for others.
        TimeNotOfferedError, TimeTakenError: it is no time that can be had.
        BookingLimitError: there are as many with this document or contact as there may be.
        TelephoneNeededError: they are called, and gave no number.
        IdempotencyMismatchError: the key was used for something else.
    """
    day, ident = booker.centre.rule.day_at(at), AppointmentId(booker.named("appointment"))
    person = given or PersonGiven()

    def work(connection: Connection) -> StoredAppointment:
        known = store.by_id(connection, ident)
        if known is not None and is_repeated(booker, connection, (known.day, day)):
            return known
        if needs_telephone(booker.centre, party) and (person.contact is None or person.contact.telephone is None):
            raise TelephoneNeededError
        now, engine = booker.server.clock(), booker.server[AppointmentEngine]
        document = people.document_of(ident) if "document" in person.found_by() else None
        booking = Booking(ident, draw_code(), language, booker.through, document)

        def decided(day_book: AppointmentDay | None) -> decide.Decided:
            wanted = engine.wanted(connection, booker.centre, party, at, booker.through, now)
            return decide.book_time(day_book, engine.day(booker.centre, day), wanted, booking, held, now)

        drafted = _draft(booker, connection, day, decided, now)
        if booker.through not in AT_DESKS:
            rules = rules_of(booker.centre)
            people.check_limits(booker.server[Vault], connection, booker.centre.id, person, rules, now)
        one = _after(drafted, ident)
        # Before what follows from it: whoever said how is written to.
        people.store_person(booker.server[Vault], connection, one, person, *_kept(booker), booker.actor, now)
        store_days(booker.server, connection, booker.centre, (drafted,), now, booker.command, booker.actor)
        return one

    return await _in_turn(booker, day, work)


# --- change it -------------------------------------------------------------------------------------------------------


async def move(booker: Booker, ident: str, at: Micros, held: str | None = None) -> StoredAppointment:
    """Move an appointment to another time, of its day or of another: both in one commit. Code and link stay.

    Raises:
        AppointmentUnknownError, AppointmentStateError: it cannot be moved.
        TooLateToChangeError: its time is too near, and nobody at a desk does it.
        AppointmentsNotOfferedError, HoldOverError, TimeNotOfferedError, TimeTakenError: as ``book``.
    """
    day = booker.centre.rule.day_at(at)

    def work(connection: Connection) -> StoredAppointment:
        row = here(booker, connection, ident)
        if is_repeated(booker, connection, (row.day, day)):
            return row
        now, engine, centre = booker.server.clock(), booker.server[AppointmentEngine], booker.centre
        rules = rules_of(centre)
        is_late = row.state is AppointmentState.BOOKED and row.at - rules.change_until_min * MINUTE <= now
        if is_late and booker.through not in AT_DESKS:
            raise TooLateToChangeError
        release_at = _release_at(rules.release_within_min, now)
        party = BookedParty(row.services, row.party_size, row.people)
        wanted = engine.wanted(connection, centre, party, at, booker.through, now)
        bookable = engine.day(centre, day)
        drafts: tuple[PendingAppend[AppointmentDay], ...]
        if row.day == day:
            drafts = (
                _draft(
                    booker,
                    connection,
                    day,
                    lambda b: decide.reschedule(b, bookable, wanted, row.id, held, release_at, now),
                    now,
                ),
            )
        else:
            moved = decide.movable(engine.books.read(connection, centre.id, row.day).book, row.id)
            leaves = _draft(booker, connection, row.day, lambda b: decide.move_out(b, row.id, day, at, release_at), now)
            comes = _draft(
                booker, connection, day, lambda b: decide.move_in(b, bookable, wanted, moved, held, now), now
            )
            drafts = (leaves, comes)
        store_days(booker.server, connection, centre, drafts, now, booker.command, booker.actor)
        after = _after(drafts[-1], row.id)
        if row.day != day:
            people.carry_person(booker.server[Vault], connection, after, *_kept(booker), booker.actor, now)
        return after

    return await _in_turn(booker, day, work)


async def cancel(booker: Booker, ident: str) -> StoredAppointment:
    """Cancel an appointment, up to its time: its place is for others. What is cancelled stays so.

    Raises:
        AppointmentUnknownError, AppointmentStateError: it cannot be cancelled.
        TooLateToChangeError: its time has come, and nobody at a desk does it.
    """
    day = (await booker.server.log.run(lambda connection: here(booker, connection, ident))).day

    def work(connection: Connection) -> StoredAppointment:
        row = here(booker, connection, ident)
        now = booker.server.clock()
        if row.at <= now and row.state is AppointmentState.BOOKED and booker.through not in AT_DESKS:
            raise TooLateToChangeError
        rules = booker.centre.setup.setup.appointments
        release_at = _release_at(0 if rules is None else rules.release_within_min, now)
        drafted = _draft(booker, connection, row.day, lambda b: decide.cancel(b, row.id, release_at), now)
        store_days(booker.server, connection, booker.centre, (drafted,), now, booker.command, booker.actor)
        if drafted.new:
            people.drop_person(booker.server[Vault], connection, row.id, booker.actor, now)
        return _after(drafted, row.id)

    return await _in_turn(booker, day, work)


def check_in(connection: Connection, booker: Booker, ident: str, visit: VisitId) -> StoredAppointment:
    """Note that they came, as a visit: for the commit of its ticket. The same visit comes once.

    Raises:
        AppointmentUnknownError, AppointmentStateError: nobody can come for it now.
    """
    row, now = here(booker, connection, ident), booker.server.clock()
    if row.visit == visit:
        return row
    drafted = _draft(booker, connection, row.day, lambda b: decide.check_in(b, row.id, visit), now)
    store_days(booker.server, connection, booker.centre, (drafted,), now, booker.command, booker.actor)
    return _after(drafted, row.id)


# --- find it ---------------------------------------------------------------------------------------------------------


def here(booker: Booker, connection: Connection, ident: str) -> StoredAppointment:
    """Find an appointment of the booker's centre.

    Raises:
        AppointmentUnknownError: there is none.
    """
    row = store.by_id(connection, ident)
    if row is None or row.centre != booker.centre.id:
        raise AppointmentUnknownError
    return row


async def by_token(server: Server, token: str) -> tuple[StoredAppointment, Centre] | None:
    """Find an appointment, and its centre, by what stands in its link; None where nobody here made that."""
    ident = proved(server, token)
    row = None if ident is None else await server.log.run(lambda connection: store.by_id(connection, ident))
    if row is None or row.centre not in server[Centres]:
        return None
    return row, server[Centres][row.centre]


# --- what is used above ----------------------------------------------------------------------------------------------


def is_repeated(booker: Booker, connection: Connection, days: Iterable[Day]) -> bool:
    """Tell whether this command was given before, on one of these days.

    Raises:
        IdempotencyMismatchError: its key was, for something else.
    """
    books = booker.server[AppointmentEngine].books
    for day in days:
        known = books.read(connection, booker.centre.id, day).commands.get(booker.key)
        if known is not None:
            if known != booker.command:
                raise IdempotencyMismatchError
            return True
    return False


def store_days(  # noqa: PLR0917 - what is stored in all its parts
    server: Server,
    connection: Connection,
    centre: Centre,
    days: tuple[PendingAppend[AppointmentDay], ...],
    at: Micros,
    command: str,
    actor: Actor,
) -> None:
    """Store what was decided on days, and what follows from it in other rooms; together."""
    changed = tuple(one for one in days if one.new)
    if not changed:
        return
    changes = AppointmentChanges(connection, centre.id, changed, at, command, actor)
    more: list[PendingAppend[Any]] = [one for follow in server[AppointmentFollowers].changed for one in follow(changes)]
    append(connection, *changed, *more)


def _draft(
    booker: Booker, connection: Connection, day: Day, decided: Any, now: Micros
) -> PendingAppend[AppointmentDay]:
    books = booker.server[AppointmentEngine].books
    return books.draft(connection, booker.centre.id, day, decided, at=now, command=booker.command, actor=booker.actor)


async def _in_turn[T](booker: Booker, day: Day, work: Any) -> T:
    return await booker.server.log.write_in_turn(DAYS.stream(book_of(booker.centre.id, day)), work)


def _after(drafted: PendingAppend[AppointmentDay], ident: AppointmentId) -> StoredAppointment:
    one = None if drafted.after is None else drafted.after.appointments.get(ident)
    if one is None:
        raise AppointmentUnknownError
    return one


def _kept(booker: Booker) -> tuple[Any, int]:
    return booker.centre.rule, booker.server.settings[AppointmentSettings].contact_days


def _release_at(within_min: int, now: Micros) -> Micros:
    """Draw when what is given back is free again: nobody can wait for it."""
    return Micros(now + secrets.randbelow(within_min * 60 + 1) * SECOND)
