"""Reads what the page of appointments shows: free times, what is held, an appointment, and who is expected."""

import re
from typing import Final

from aiohttp import web
from msgspec.structs import replace
from sqlalchemy import Connection

from queue_server.accounts.model import Session
from queue_server.accounts.permissions import of_session
from queue_server.appointments import check_in, people, store
from queue_server.appointments.booking import by_token
from queue_server.appointments.days import shown
from queue_server.appointments.engine import AppointmentEngine
from queue_server.appointments.errors import AppointmentsNotOfferedError
from queue_server.appointments.model import StoredAppointment
from queue_server.appointments.offers import days_from, free_times
from queue_server.catalogue.model import day_rule
from queue_server.centre.centres import Centre, Centres
from queue_server.contract.appointments import AppointmentView, BookableDayView
from queue_server.contract.base import People
from queue_server.domain.appointments import AppointmentState, BookedThrough, read_code, read_link
from queue_server.domain.values import MINUTE, Actor, Micros, VisitId
from queue_server.framework.permissions import allowed
from queue_server.framework.server import SERVER, Server
from queue_server.queue.state import Visit
from queue_server.vault.store import Vault
from queue_server.web.appointments.desk_query import MAX_FOUND, DeskQuery
from queue_server.web.appointments.desk_view import DeskView
from queue_server.web.booking.choice import BookingChoice, bookable, max_people
from queue_server.web.booking.contact_ways import ways
from queue_server.web.booking.public_booker import party_of
from queue_server.web.page_context import DESK
from queue_server.web.permissions import RECEPTION_PAGE
from queue_server.web.site import choose_language
from queue_server.web.view_context import PageReader

#: Days that are seen at a glance.
_DAYS: Final = 28
#: A time as people type it: 10, 10:30, 9.15, 9h15.
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.h](\d{0,2}))?", re.ASCII)


async def desk_view(request: web.Request, session: Session, asked: DeskQuery) -> DeskView:
    """Read all that the page shows of what was asked for."""
    desk, server = request.app[DESK], request.app[SERVER]
    centre, look = server[Centres].find(session.centre), desk.view(request, session)
    setup = centre.setup.setup
    visit = look.state.visits.get(VisitId(asked.visit)) if asked.visit else None
    if visit is not None and not asked.choice.services:
        asked = _as(visit, asked, centre)
    one = await _appointment(server, centre, asked.appointment)
    free, refusal = await _free(server, session, centre, asked, one)

    def person(language: str) -> PageReader:
        chosen = choose_language((language, *look.known.catalogue.centre.languages))
        return desk.reader(chosen, look.known.catalogue.centre.zone)

    return DeskView(
        look=look,
        setup=setup,
        rules=setup.appointments,
        asked=asked,
        visit=visit,
        one=one,
        free=free,
        refusal=refusal,
        held_until=await _held_until(server, centre, asked),
        listed=await _listed(server, centre, asked),
        ways=ways(server),
        receives=allowed(of_session(session), RECEPTION_PAGE, centre=session.centre),
        back="/reception" if session.counter is None else "/counter",
        person=person,
    )


def _as(visit: Visit, asked: DeskQuery, centre: Centre) -> DeskQuery:
    """Ask for what a visit came for, as far as appointments are given for it."""
    setup = centre.setup.setup
    given = {one.id for one in bookable(setup)}
    bands = {one.id for one in setup.bands}
    people = tuple(People(one.band, one.count) for one in visit.people if one.band in bands)
    size = min(visit.party_size, max_people(setup))
    if setup.bands and sum(one.count for one in people) != size:
        people = (People(setup.bands[0].id, size),)
    services = tuple(dict.fromkeys(one for one in visit.services if one in given))
    return replace(asked, choice=BookingChoice(services, size, people), language=asked.language or visit.language)


async def _appointment(server: Server, centre: Centre, ident: str) -> AppointmentView | None:
    if not ident:
        return None
    row = await server.log.run(lambda connection: store.by_id(connection, ident))
    return None if row is None or row.centre != centre.id else shown(server, centre, (row,))[0]


async def _free(
    server: Server, session: Session, centre: Centre, asked: DeskQuery, one: AppointmentView | None
) -> tuple[tuple[BookableDayView, ...] | None, str]:
    """Find what is free for what is asked for, or why nothing can be; None where nothing is asked for."""
    choice = asked.choice
    if asked.moving and one is not None:
        choice = BookingChoice(one.services, one.party_size, one.people)
    if (one is not None and not asked.moving) or not choice.services or not choice.party_size:
        return None, ""
    through = BookedThrough.RECEPTION if session.counter is None else BookedThrough.COUNTER
    first = centre.rule.day_at(server.clock())
    without = one.id if one is not None else None
    try:
        found = await free_times(server, centre, party_of(choice), first, days_from(first, _DAYS), through, without)
    except AppointmentsNotOfferedError as refused:
        return (), refused.code
    return found.days, ""


async def _held_until(server: Server, centre: Centre, asked: DeskQuery) -> Micros | None:
    """Say until when what the address names is held; None where it is not, or not any more."""
    if not asked.hold or asked.at is None:
        return None
    at, now = Micros(asked.at), server.clock()
    rule = day_rule(centre.setup.setup)
    if not 0 <= at <= now + 366 * 24 * 60 * MINUTE:
        return None

    def read(connection: Connection) -> Micros | None:
        book = server[AppointmentEngine].books.read(connection, centre.id, rule.day_at(at)).book
        found = None if book is None else book.hold(asked.hold, now)
        return None if found is None or found.at != at else found.until

    return await server.log.run(read)


async def _listed(server: Server, centre: Centre, asked: DeskQuery) -> tuple[AppointmentView, ...]:
    """Read those that were found; else those of today for whom nobody has come yet, as long as they count."""
    now, rules = server.clock(), centre.setup.setup.appointments
    today = centre.rule.day_at(now)

    def read(connection: Connection) -> tuple[StoredAppointment, ...]:
        if asked.found:
            found = (store.by_id(connection, ident) for ident in asked.found)
            return tuple(one for one in found if one is not None and one.centre == centre.id)
        late = 0 if rules is None else rules.late_min * MINUTE
        return tuple(
            one
            for one in store.of_day(connection, centre.id, today)
            if one.state is AppointmentState.BOOKED and one.at + late >= now
        )

    return shown(server, centre, await server.log.run(read))


# --- what somebody typed or scanned ----------------------------------------------------------------------------------


async def find(server: Server, centre: Centre, text: str, actor: Actor) -> tuple[StoredAppointment, ...]:
    """Find appointments of this centre by what was typed or scanned: link, code, document, or a time of today.

    Wrong codes are not counted as at a kiosk: whoever may ask sees who is booked anyway. The one that is most likely
    meant comes first. Who looked for a document is recorded.
    """
    token = read_link(text)
    if token is not None:
        known = await by_token(server, token)
        return () if known is None or known[1].id != centre.id else (known[0],)
    code, now = read_code(text), server.clock()
    today = centre.rule.day_at(now)

    def read(connection: Connection) -> tuple[StoredAppointment, ...]:
        known = store.by_id(connection, text.strip().lower())
        if known is not None:
            return (known,) if known.centre == centre.id else ()
        time = _TIME.fullmatch(text.strip())
        if time is not None:
            of_day = store.of_day(connection, centre.id, today)
            return tuple(
                one for one, view in zip(of_day, shown(server, centre, of_day), strict=True) if _at(view, time)
            )
        found = () if code is None else store.by_code(connection, centre.id, code)
        return found or people.by_document(server[Vault], connection, centre.id, text, actor, now)

    found = [one for one in await server.log.write(read) if one.state is not AppointmentState.MOVED]
    first = check_in.meant(found, today)
    return tuple(sorted(found, key=lambda one: (one is not first, one.at)))[:MAX_FOUND]


def _at(one: AppointmentView, time: re.Match[str]) -> bool:
    """Tell whether an appointment is at a time, of which the minutes may be left out or begun."""
    hour, minute = one.clock.split(":")
    return int(hour) == int(time[1]) and minute.startswith(time[2] or "")
