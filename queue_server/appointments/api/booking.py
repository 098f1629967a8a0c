"""Routes at which times are found, held and booked, and appointments moved and cancelled."""

from datetime import date, datetime
from typing import Final

from queue_server.appointments import booking, offers, store
from queue_server.appointments.booking import Booker
from queue_server.appointments.engine import BookedParty
from queue_server.appointments.errors import (
    AppointmentsNotOfferedError,
    AppointmentStateError,
    AppointmentUnknownError,
    BookingLimitError,
    HoldOverError,
    ServiceClosedTodayError,
    TelephoneNeededError,
    TimeNotOfferedError,
    TimeTakenError,
    TooLateToChangeError,
)
from queue_server.appointments.link import token_of
from queue_server.appointments.model import StoredAppointment
from queue_server.appointments.people import PersonGiven
from queue_server.appointments.views import appointment_view
from queue_server.centre.submit import centre_of
from queue_server.contract import appointments as m
from queue_server.contract.base import Party
from queue_server.domain.appointments import BookedThrough
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import BandId, Day, Language, Micros, ServiceId, to_datetime, to_micros
from queue_server.framework.paging import QueryInvalidError
from queue_server.framework.permissions import INTEGRATIONS, PrincipalKind
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.notices.contact import read_contact
from queue_server.notices.errors import ContactInvalidError

_MAX_SERVICES: Final = 5
_MAX_PARTY: Final = 20
_DAYS: Final = 28


def booker_of(ask: RequestContext) -> Booker:
    """Say who asks, as what they book."""
    return Booker(ask.server, centre_of(ask), ask.actor, ask.command, through_of(ask))


def through_of(ask: RequestContext) -> BookedThrough:
    """Say by whom somebody books who asks."""
    kinds = ask.principal.kinds
    if PrincipalKind.KIOSK in kinds:
        return BookedThrough.KIOSK
    if kinds & (INTEGRATIONS | {PrincipalKind.INTEGRATION_BOOKING}):
        return BookedThrough.INTEGRATION
    return BookedThrough.COUNTER if ask.principal.counter is not None else BookedThrough.RECEPTION


def party_of(services: tuple[str, ...], size: int, people: Party) -> BookedParty:
    counted = tuple(Headcount(BandId(one.band), one.count) for one in people)
    return BookedParty(tuple(map(ServiceId, services)), sum(one.count for one in counted) or size, counted)


def instant(at: datetime) -> Micros:
    """Read an instant of a body.

    Raises:
        BodyInvalidError: it does not say its offset.
    """
    if at.tzinfo is None:
        raise BodyInvalidError("Expected an offset - at `$.at`")
    return to_micros(at)


@refuses(AppointmentsNotOfferedError, QueryInvalidError)
async def times(ask: RequestContext) -> m.FreeTimesAnswer:
    """List free times, for so many days from the first on."""
    query, centre = ask.request.query, centre_of(ask)
    services = tuple(query.getall("service", []))
    if not 1 <= len(services) <= _MAX_SERVICES:
        raise QueryInvalidError(name="service")
    size = _number(query.get("people", "1"), "people", _MAX_PARTY)
    count = _number(query.get("days", str(_DAYS)), "days", offers.MAX_DAYS)
    first = day_of(query.get("from", centre.rule.day_at(ask.server.clock())), "from")
    days = offers.days_from(first, count)
    party = party_of(services, size, ())
    return await offers.free_times(
        ask.server, centre, party, first, days, through_of(ask), query.get("instead_of") or None
    )


def _number(said: str, name: str, most: int) -> int:
    """Read a number from 1 on.

    Raises:
        QueryInvalidError: it is none, or more than the most.
    """
    if not (said.isascii() and said.isdigit() and len(said) <= len(str(most)) and 1 <= int(said) <= most):
        raise QueryInvalidError(name=name)
    return int(said)


def day_of(said: str, name: str) -> Day:
    """Read a day.

    Raises:
        QueryInvalidError: it is none.
    """
    try:
        read = date.fromisoformat(said)
    except ValueError as error:
        raise QueryInvalidError(name=name) from error
    if read.isoformat() != said or not date(2000, 1, 1) <= read <= date(9000, 1, 1):
        raise QueryInvalidError(name=name)
    return Day(said)


@refuses(AppointmentsNotOfferedError, TimeNotOfferedError, ServiceClosedTodayError, TimeTakenError, HoldOverError)
async def hold(ask: RequestContext) -> m.TimeHoldAnswer:
    wanted = ask.body(m.HoldTimeRequest)
    party = party_of(wanted.services, wanted.party_size, wanted.people)
    held = await booking.hold(booker_of(ask), party, instant(wanted.at))
    return m.TimeHoldAnswer(m.TimeHoldView(held.id, to_datetime(held.at), to_datetime(held.until)))


@refuses()
async def release(ask: RequestContext) -> m.HoldReleasedAnswer:
    """Let go what is held, whatever has become of it."""
    wanted = ask.body(m.ReleaseHoldRequest)
    booker = booker_of(ask)
    await booking.release(booker, booker.centre.rule.day_at(instant(wanted.at)), ask.path("hold"))
    return m.HoldReleasedAnswer()


@refuses(
    AppointmentsNotOfferedError,
    TimeNotOfferedError,
    TimeTakenError,
    HoldOverError,
    ServiceClosedTodayError,
    BookingLimitError,
    ContactInvalidError,
    TelephoneNeededError,
)
async def book(ask: RequestContext) -> m.AppointmentAnswer:
    wanted = ask.body(m.BookAppointmentRequest)
    given = PersonGiven(wanted.document, None if wanted.contact is None else read_contact(wanted.contact))
    party = party_of(wanted.services, wanted.party_size, wanted.people)
    language = Language(wanted.language)
    done = await booking.book(booker_of(ask), party, instant(wanted.at), language, wanted.hold, given)
    return answer(ask, done)


@refuses(AppointmentUnknownError)
async def appointment(ask: RequestContext) -> m.AppointmentAnswer:
    centre, ident = centre_of(ask).id, ask.path("appointment")
    row = await ask.server.log.run(lambda connection: store.by_id(connection, ident))
    if row is None or row.centre != centre:
        raise AppointmentUnknownError
    return answer(ask, row)


@refuses(
    AppointmentUnknownError,
    AppointmentStateError,
    TooLateToChangeError,
    AppointmentsNotOfferedError,
    TimeNotOfferedError,
    TimeTakenError,
    HoldOverError,
    ServiceClosedTodayError,
)
async def move(ask: RequestContext) -> m.AppointmentAnswer:
    wanted = ask.body(m.MoveAppointmentRequest)
    done = await booking.move(booker_of(ask), ask.path("appointment"), instant(wanted.at), wanted.hold)
    return answer(ask, done)


@refuses(AppointmentUnknownError, AppointmentStateError, TooLateToChangeError)
async def cancel(ask: RequestContext) -> m.AppointmentAnswer:
    return answer(ask, await booking.cancel(booker_of(ask), ask.path("appointment")))


def answer(ask: RequestContext, one: StoredAppointment) -> m.AppointmentAnswer:
    centre = centre_of(ask)
    view = appointment_view(one, centre.rule.zone, centre.setup.setup.appointments, ask.server.clock())
    return m.AppointmentAnswer(view, token_of(ask.server, one.id))
