"""Offers free places to those who wait, whoever came first before the others. Idempotent, on any number of servers.

What was given back waits for everybody until its moment of release, and is theirs before; so is what was offered to
somebody else who did not take it. A place is held on its day, noted of who waits, and told, in one commit: the fence of
the day keeps two servers from giving it twice, and that of who waits from offering them two.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection

from queue_server.appointments import waitlist_model, waitlist_store
from queue_server.appointments.booking import Booker
from queue_server.appointments.engine import (
    AppointmentEngine,
    BookedParty,
    between,
    expected,
    is_closed,
    journey_of_party,
    last_day,
)
from queue_server.appointments.errors import AppointmentsNotOfferedError
from queue_server.appointments.events import AppointmentBooked
from queue_server.appointments.followers import AppointmentChanges
from queue_server.appointments.settings import AppointmentSettings
from queue_server.appointments.store import DAYS, book_of
from queue_server.appointments.waitlist import drop_contact, waitlist_subject
from queue_server.appointments.waitlist_events import WaitlistOffered
from queue_server.appointments.waitlist_model import WaitlistEntry, days_of, fits, hold_offered, use_ahead
from queue_server.appointments.waitlist_store import WAITLIST
from queue_server.catalogue.appointments import AppointmentRules
from queue_server.centre.centres import Centre, Centres
from queue_server.contract.periodic import Periodic
from queue_server.domain.appointments import BookedThrough, HoldId, WaitlistState
from queue_server.domain.values import MINUTE, SECOND, Actor, CentreId, Day, Micros
from queue_server.eventlog.aggregate import PendingAppend, append
from queue_server.framework.server import Server
from queue_server.notices.queueing import NotificationOccasion, queue_occasion
from queue_server.notices.values import NotificationKind

_ACTOR: Final = Actor("system")
#: Nobody is offered what they could hardly take.
_MIN_OFFER: Final = 15 * MINUTE


class FoundPlace(msgspec.Struct, frozen=True):
    """A place for somebody who waits; ``lapsed`` is what others did not take of that day."""

    entry: WaitlistEntry
    at: Micros
    lapsed: tuple[HoldId, ...]


class WaitlistOffers:
    """Offers what is free; ``task`` does it again and again."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._settings = server.settings[AppointmentSettings]
        self.task = Periodic("appointments-waitlist", self._settings.waitlist_s, self.offer, at_once=True)

    async def offer(self) -> None:
        """Take back what was not taken in time, end what is over, and offer what is free."""
        # One look for all centres: a house has hundreds, and each look is a look at the database.
        centres = dict(self._server[Centres])
        for offered in (await self._in_state(centres, WaitlistState.OFFERED)).values():
            for one in offered:
                for held in one.offers:
                    if held.is_open and held.until <= self._server.clock():
                        await self._lapse(one, held.hold)
        waiting_at = await self._in_state(centres, WaitlistState.WAITING)
        for ident, waiting in waiting_at.items():
            if waiting:
                await self._offer_at(centres[ident], waiting)

    async def _offer_at(self, centre: Centre, waiting: list[WaitlistEntry]) -> None:
        now = self._server.clock()
        today, rules = centre.rule.day_at(now), centre.setup.setup.appointments
        for one in waiting:
            if one.last_day < today:
                await self._end(centre, one, today)
        if rules is not None:
            for day in days_of(waiting, today, last_day(centre, rules, now)):
                while await self._offer_one(centre, rules, day):
                    pass

    async def _in_state(
        self, centres: Mapping[CentreId, Centre], state: WaitlistState
    ) -> dict[CentreId, list[WaitlistEntry]]:
        return await self._server.log.run(
            lambda connection: waitlist_store.of_centres(connection, centres.keys(), state)
        )

    async def _lapse(self, one: WaitlistEntry, hold: HoldId) -> None:
        def work(connection: Connection) -> None:
            now = self._server.clock()
            WAITLIST.advance(
                connection,
                one.id,
                lambda before: waitlist_model.lapse(before, hold, now),
                at=now,
                command=f"lapse/{hold}",
                actor=_ACTOR,
            )

        await self._server.log.write_in_turn(WAITLIST.stream(one.id), work)

    async def _end(self, centre: Centre, one: WaitlistEntry, today: Day) -> None:
        command = f"end/{one.id}"

        def work(connection: Connection) -> None:
            now = self._server.clock()
            WAITLIST.advance(
                connection,
                one.id,
                lambda before: waitlist_model.end(before, today),
                at=now,
                command=command,
                actor=_ACTOR,
            )
            drop_contact(Booker(self._server, centre, _ACTOR, command, BookedThrough.PUBLIC), connection, one.id)

        await self._server.log.write_in_turn(WAITLIST.stream(one.id), work)

    async def _offer_one(self, centre: Centre, rules: AppointmentRules, day: Day) -> bool:
        """Offer one place of a day; tells whether there was one."""
        # Most often nothing is free: that is found out without keeping anybody waiting who writes.
        if await self._server.log.run(lambda connection: self._find(connection, centre, rules, day)) is None:
            return False

        def work(connection: Connection) -> bool:
            found = self._find(connection, centre, rules, day)
            if found is None:
                return False
            self._store(connection, centre, rules, day, found)
            return True

        return await self._server.log.write_in_turn(DAYS.stream(book_of(centre.id, day)), work)

    def _find(self, connection: Connection, centre: Centre, rules: AppointmentRules, day: Day) -> FoundPlace | None:
        """Find a place of a day for the first of those who wait whom any fits."""
        now, engine = self._server.clock(), self._server[AppointmentEngine]
        waiting = waitlist_store.in_state(connection, centre.id, WaitlistState.WAITING)
        lapsed = waitlist_store.lapsed_holds(connection, centre.id, day, now)
        book, bookable = engine.books.read(connection, centre.id, day).book, engine.day(centre, day)
        seen, zone = engine.shares(connection, centre, now), ZoneInfo(centre.rule.zone)
        earliest, latest = between(centre, rules, BookedThrough.PUBLIC, now)
        known: dict[tuple[Any, ...], list[Micros]] = {}
        for entry in waiting:
            if not entry.first_day <= day <= entry.last_day:
                continue
            party = BookedParty(entry.services, entry.party_size, entry.people)
            if is_closed(centre, party, day):
                continue
            key = (party.services, party.size)
            if key not in known:
                try:
                    whole = journey_of_party(centre, party)
                except AppointmentsNotOfferedError:
                    # The centre gives none for that any more.
                    known[key] = []
                else:
                    use = use_ahead(book, bookable, lapsed, now)
                    times = use.times(
                        lambda at, whole=whole: expected(centre, rules, whole, seen, at),  # type: ignore[misc]
                        Micros(earliest + _MIN_OFFER),
                        latest,
                    )
                    known[key] = list(times)
            at = next((one for one in known[key] if fits(entry, one, zone)), None)
            if at is not None:
                return FoundPlace(entry, at, lapsed)
        return None

    def _store(
        self, connection: Connection, centre: Centre, rules: AppointmentRules, day: Day, found: FoundPlace
    ) -> None:
        now, engine, entry = self._server.clock(), self._server[AppointmentEngine], found.entry
        until = Micros(min(now + self._settings.offer_min * MINUTE, found.at - rules.lead_min * MINUTE))
        held_until = Micros(until + secrets.randbelow(rules.release_within_min * 60 + 1) * SECOND)
        hold, command = entry.next_hold, f"offer/{entry.id}/{len(entry.offers)}"
        party = BookedParty(entry.services, entry.party_size, entry.people)
        wanted = engine.wanted(connection, centre, party, found.at, BookedThrough.PUBLIC, now, ahead=True)
        bookable = engine.day(centre, day)
        named: dict[str, Any] = {"at": now, "command": command, "actor": _ACTOR}
        held = engine.books.draft(
            connection,
            centre.id,
            day,
            lambda book: hold_offered(book, bookable, wanted, found.lapsed, hold, held_until, now),
            **named,
        )
        offered = WaitlistOffered(entry.id, hold, day, found.at, until, held_until)
        noted = WAITLIST.draft(connection, entry.id, lambda before: waitlist_model.offer(before, offered), **named)
        subject = waitlist_subject(entry.id)
        told = queue_occasion(
            self._server.settings,
            connection,
            NotificationOccasion(centre.id, NotificationKind.APPOINTMENT_OFFERED, subject, subject, len(entry.offers)),
            **named,
        )
        append(connection, held, noted, *told)


class WaitlistFollower:
    """Notes that somebody who waited has booked what was held for them, in the commit of the booking."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __call__(self, changes: AppointmentChanges) -> Sequence[PendingAppend[Any]]:
        drafted: list[PendingAppend[Any]] = []
        for body in (body for day in changes.days for body in day.bodies):
            if not isinstance(body, AppointmentBooked) or body.hold is None:
                continue
            entry = waitlist_store.by_hold(changes.connection, body.hold)
            if entry is None:
                continue
            drafted.append(
                WAITLIST.draft(
                    changes.connection,
                    entry.id,
                    lambda before, ident=body.appointment: waitlist_model.serve(before, ident),  # type: ignore[misc]
                    at=changes.at,
                    command=changes.command,
                    actor=changes.actor,
                )
            )
            centre = self._server[Centres][changes.centre]
            drop_contact(
                Booker(self._server, centre, changes.actor, changes.command, BookedThrough.PUBLIC),
                changes.connection,
                entry.id,
            )
        return drafted
