"""What an appointment is worth now: asked at a kiosk or a desk, and nothing changes by it."""

from collections.abc import Sequence

import structlog
from sqlalchemy import Connection

from queue_server.accounts import delays
from queue_server.accounts.delays import Delay
from queue_server.accounts.errors import TooManyTriesError
from queue_server.appointments import check_in, people, store
from queue_server.appointments.admission import ticket_of
from queue_server.appointments.engine import rules_of
from queue_server.appointments.errors import AppointmentsNotOfferedError
from queue_server.appointments.link import proved
from queue_server.appointments.model import StoredAppointment
from queue_server.appointments.settings import AppointmentSettings
from queue_server.appointments.views import clock_of, date_of
from queue_server.centre import views
from queue_server.centre.centres import Centres
from queue_server.centre.submit import centre_of
from queue_server.contract import appointments as m
from queue_server.contract.base import People
from queue_server.contract.documents import FOR_APPOINTMENT, ReadingNotOpenedError, from_text, unseal
from queue_server.domain.appointments import ADMITS, AppointmentState, CheckInVerdict, read_code
from queue_server.domain.values import Category, DeviceId, to_datetime
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.queue import itinerary
from queue_server.vault.keys import Keys
from queue_server.vault.opening import open_sealed
from queue_server.vault.store import Vault

_log = structlog.get_logger(__name__)

#: With these nobody is told anything of the appointment itself.
_HIDES = frozenset({CheckInVerdict.UNKNOWN, CheckInVerdict.OTHER_CENTRE, CheckInVerdict.WRONG_PERSON})


@refuses(TooManyTriesError, AppointmentsNotOfferedError)
async def check(ask: RequestContext) -> m.CheckAppointmentAnswer:
    """Say what an appointment is worth now.

    A code is looked for at this centre alone: one that never was and one of another centre have the same answer. A link
    proves whose it is, so that it says at which centre.

    Raises:
        TooManyTriesError: so many codes were wrong at this device that this one is not looked at.
    """
    wanted = ask.body(m.CheckAppointmentRequest)
    if (wanted.token is not None and wanted.code is not None) or (wanted.document is None) != (wanted.id is None):
        raise BodyInvalidError("Expected `token` or `code`, and `id` with `document` - at `$`")
    if wanted.token is None and wanted.code is None and wanted.document is None:
        raise BodyInvalidError("Expected `token`, `code` or `document` - at `$`")
    centre = centre_of(ask)
    rules_of(centre)
    numbers = _numbers(ask, wanted)
    today = centre.rule.day_at(ask.server.clock())
    if wanted.token is not None:
        one = await _by_token(ask, wanted.token)
    elif wanted.code is not None:
        one = await _by_code(ask, wanted.code)
    else:
        one = check_in.meant(await _of_documents(ask, numbers), today)
    is_shown = None
    if wanted.document is not None and one is not None and (wanted.token is not None or wanted.code is not None):
        is_shown = any(each.id == one.id for each in await _of_documents(ask, numbers))
    return await _answer(
        ask, one, by_code=wanted.code is not None, is_shown=is_shown or (wanted.code or wanted.token) is None
    )


async def _by_token(ask: RequestContext, token: str) -> StoredAppointment | None:
    ident = proved(ask.server, token)
    if ident is None:
        return None
    return await ask.server.log.run(lambda connection: store.by_id(connection, ident))


async def _by_code(ask: RequestContext, typed: str) -> StoredAppointment | None:
    """Look for a code; wrong ones are counted before they are looked at, and a right one is taken back."""
    server, centre, rules = ask.server, centre_of(ask), ask.server.settings[AppointmentSettings]
    device = ask.principal.device or DeviceId(ask.principal.staff or "")
    delay = Delay("appointment-code", device, rules.code_tries, rules.code_longest_delay_s, rules.code_window_s)
    wait = await server.log.write(lambda connection: delays.count(connection, (delay,), server.clock()))
    if wait:
        raise TooManyTriesError(retry_after_s=wait)
    code, today = read_code(typed), centre.rule.day_at(server.clock())
    if code is None:
        return None

    def look(connection: Connection) -> StoredAppointment | None:
        found = check_in.meant(store.by_code(connection, centre.id, code), today)
        if found is not None:
            delays.refund(connection, delay)
        return found

    return await server.log.write(look)


def _numbers(ask: RequestContext, wanted: m.CheckAppointmentRequest) -> tuple[str, ...]:
    """Open what a kiosk sealed; what cannot be opened proves nothing."""
    document, ident = wanted.document, wanted.id
    if document is None or ident is None:
        return ()
    try:
        reading = open_sealed(ask.server[Keys], lambda key: unseal(from_text(document), ident, key, FOR_APPOINTMENT))
    except ReadingNotOpenedError as error:
        _log.warning("appointment-reading-dropped", code=error.code, device=ask.principal.device)
        return ()
    return (reading.number,)


async def _of_documents(ask: RequestContext, numbers: Sequence[str]) -> tuple[StoredAppointment, ...]:
    server, centre, now = ask.server, centre_of(ask).id, ask.server.clock()

    def look(connection: Connection) -> tuple[StoredAppointment, ...]:
        return tuple(
            found
            for number in numbers
            for found in people.by_document(server[Vault], connection, centre, number, ask.actor, now)
        )

    return await server.log.write(look)


async def _answer(
    ask: RequestContext, one: StoredAppointment | None, *, by_code: bool, is_shown: bool
) -> m.CheckAppointmentAnswer:
    """Say it; ``is_shown``: its own document is here. By a code alone nothing is said of who came already."""
    centre, now = centre_of(ask), ask.server.clock()
    rules = rules_of(centre)
    verdict = check_in.verdict(one, centre.id, centre.rule.day_at(now), now, rules)
    asks = one is not None and one.document is not None and rules.confirm_document and verdict in ADMITS
    if one is None or verdict is CheckInVerdict.UNKNOWN:
        return m.CheckAppointmentAnswer(CheckInVerdict.UNKNOWN)
    if verdict is CheckInVerdict.OTHER_CENTRE:
        return _elsewhere(ask, one)
    if asks and not is_shown and ask.body(m.CheckAppointmentRequest).document is not None:
        verdict = CheckInVerdict.WRONG_PERSON
    found = check_in.times(one.at, rules)
    return m.CheckAppointmentAnswer(
        verdict=verdict,
        at=to_datetime(one.at),
        clock=clock_of(one.at, centre.rule.zone),
        date=date_of(one.at, centre.rule.zone),
        day=one.day,
        opens_at=to_datetime(found.opens_at),
        counts_until=to_datetime(found.counts_until),
        centre=centre.id,
        appointment=None
        if verdict in _HIDES
        else m.CheckedAppointmentView(
            id=one.id,
            services=one.services,
            party_size=one.party_size,
            language=one.language,
            needs_document=asks and not is_shown,
            visit=one.visit,
            people=tuple(People(each.band, each.count) for each in one.people),
        ),
        ticket=None if by_code else await ticket_of(ask, one),  # type: ignore[arg-type] # a code of a ticket
        ahead=None if verdict in ADMITS or one.state is AppointmentState.CHECKED_IN else _ahead(ask, one),
    )


def _elsewhere(ask: RequestContext, one: StoredAppointment) -> m.CheckAppointmentAnswer:
    """Say at which other centre it is, and where that is."""
    there = ask.server[Centres].get(one.centre)
    if there is None:
        return m.CheckAppointmentAnswer(CheckInVerdict.OTHER_CENTRE, day=one.day)
    view = there.facts.catalogue.centre
    return m.CheckAppointmentAnswer(
        verdict=CheckInVerdict.OTHER_CENTRE,
        at=to_datetime(one.at),
        clock=clock_of(one.at, there.rule.zone),
        date=date_of(one.at, there.rule.zone),
        day=one.day,
        centre=there.id,
        centre_name=view.name,
        address=view.address,
    )


def _ahead(ask: RequestContext, one: StoredAppointment) -> int | None:
    centre = centre_of(ask)
    stops = itinerary.stops_of(one.services[0], Category.WALK_IN, centre.settings)
    return None if not stops else views.before_next(centre.writer.state, stops[0], ask.server.clock())
