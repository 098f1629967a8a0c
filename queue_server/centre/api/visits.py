"""Visits: issue a ticket, look at one, and what staff do to one wherever they are."""

from datetime import UTC, datetime

from msgspec.structs import replace
from sqlalchemy import Connection

from queue_server import ticket_token
from queue_server.accounts import device_store
from queue_server.accounts.copies import check_not_copied
from queue_server.accounts.errors import DeviceCopiedError, SeriesExhaustedError
from queue_server.accounts.identities import known
from queue_server.accounts.model import EnrolledDevice
from queue_server.accounts.tokens import ticket_key
from queue_server.centre import views
from queue_server.centre.errors import CheckInRefusedError, RefusedError, VisitUnknownError
from queue_server.centre.issuing import Issuing
from queue_server.centre.refusals import refused, refused_as
from queue_server.centre.submit import centre_of, done_before, execute
from queue_server.contract.base import People
from queue_server.contract.client import CLOCK_HEADER
from queue_server.contract.visits import (
    AheadAnswer,
    ChangeVisitRequest,
    IssueRequest,
    MergeRequest,
    ReclassifyRequest,
    VisitAnswer,
)
from queue_server.domain.tariff import Headcount
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import (
    BandId,
    Category,
    CentreId,
    DeviceId,
    Language,
    Micros,
    ServiceId,
    TicketCode,
    VisitId,
    VisitState,
    new_id,
    to_micros,
)
from queue_server.eventlog.port import StreamMovedError
from queue_server.framework.permissions import PrincipalKind
from queue_server.framework.problems import NotPermittedError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.framework.server import Server
from queue_server.queue import commands as c
from queue_server.queue import itinerary
from queue_server.queue.events import VisitIssued
from queue_server.queue.refusals import RefusalCode
from queue_server.vault.keys import Keys
from queue_server.writer import CentreContendedError, CommandResult, Rows

#: How often a booking is looked at anew that others change at the same moment.
_PROOFS = 3


@refuses(DeviceCopiedError, SeriesExhaustedError, VisitUnknownError, CheckInRefusedError, refused(c.IssueTicket))
async def issue(ask: RequestContext) -> VisitAnswer:
    """Issue a ticket, or take one that its device has made itself."""
    wanted = ask.body(IssueRequest)
    _check_category(ask, wanted)
    issued = issued_at(ask, wanted)
    await check_not_copied(ask, issued)
    device = known(ask.identity).device
    origin, series = await _origin(ask)
    command = c.IssueTicket(
        visit=VisitId(wanted.id or new_id()),
        services=tuple(map(ServiceId, wanted.services)),
        category=wanted.category,
        party_size=wanted.party_size,
        language=Language(wanted.language),
        device=origin,
        series=series,
        code=None if wanted.code is None else TicketCode(wanted.code),
        issued_at=issued,
        last_contact=None if device is None or wanted.issued_at is None else _last_ticket(ask, device),
        asks_priority=wanted.asks_priority,
        people=_headcounts(wanted.people),
    )
    answer = await _issued(ask, command, wanted)
    visit = next((event.body.visit for event in answer.events if isinstance(event.body, VisitIssued)), command.visit)
    if device is not None and wanted.id is not None:
        for work in ask.server[Issuing].after:
            await work(ask, visit)
    return await _foreseen(ask, _answer(answer, visit))


async def _foreseen(ask: RequestContext, answer: VisitAnswer) -> VisitAnswer:
    """Say with a visit how long it waits, where that can be said."""
    foresee = ask.server[Issuing].foresee_visit
    if foresee is None or answer.visit.state is not VisitState.WAITING:
        return answer
    return replace(answer, visit=replace(answer.visit, wait=await foresee(ask, answer.visit.id)))


async def _issued(ask: RequestContext, command: c.IssueTicket, wanted: IssueRequest) -> CommandResult:
    """Issue the ticket; of an appointment as its booking stands in the commit, and is noted to have come in it.

    Raises:
        CentreContendedError: the booking was changed again and again meanwhile.
    """
    prove, rows = ask.server[Issuing].prove, _rows(ask, command.visit, wanted)
    if wanted.appointment is None or prove is None or await done_before(ask):
        return await execute(ask, command, rows)
    for left in reversed(range(_PROOFS)):
        proof = await prove(ask, command.visit, wanted)
        if proof is None:
            break
        try:
            return await execute(ask, replace(command, booking=proof.booking), _together(rows, proof.rows))
        except StreamMovedError as error:
            if not left:
                raise CentreContendedError from error
    return await execute(ask, command, rows)


def _together(rows: Rows | None, more: Rows) -> Rows:
    def put(connection: Connection) -> None:
        for one in (rows, more):
            if one is not None:
                one(connection)

    return put


def _rows(ask: RequestContext, visit: VisitId, wanted: IssueRequest) -> Rows | None:
    """Make what other rooms store with a ticket."""
    made = [rows for make in ask.server[Issuing].rows if (rows := make(ask, visit, wanted)) is not None]
    if not made:
        return None

    def put(connection: Connection) -> None:
        for rows in made:
            rows(connection)

    return put


def _check_category(ask: RequestContext, wanted: IssueRequest) -> None:
    """Refuse what this client cannot say: an appointment has to be proved, priority and urgent are set by staff.

    Raises:
        NotPermittedError: it is not for this client, or somebody who prints no tickets brings a code.
    """
    if ask.principal.staff is not None:
        permitted = wanted.category is not Category.APPOINTMENT and wanted.code is None and wanted.issued_at is None
    else:
        permitted = PrincipalKind.KIOSK not in ask.principal.kinds or wanted.category is Category.WALK_IN
    if not permitted:
        raise NotPermittedError


async def _origin(ask: RequestContext) -> tuple[DeviceId | None, Series | None]:
    """Tell where a ticket comes from, and of which series it is: a device's own, or that of the reception."""
    device = known(ask.identity).device
    if device is not None:
        return device.id, device.series
    return await desk_series(ask.server, centre_of(ask).id)


async def desk_series(server: Server, centre: CentreId) -> tuple[DeviceId, Series]:
    """Name the series of the reception, of which whoever has no device of their own is given a number.

    Raises:
        SeriesExhaustedError: the centre has no series left.
    """
    log, now = server.log, server.clock()
    desks = await log.run(lambda connection: device_store.reception_series(connection, centre))
    if desks is None:
        desks = await log.write(lambda connection: device_store.assign_reception_series(connection, centre, now))
    return desks.device, desks.series


def issued_at(ask: RequestContext, wanted: IssueRequest) -> Micros | None:
    """Tell when a ticket was issued by our clock.

    A device says with each request what its own clock shows. The ticket's age by that clock is right however wrong the
    clock is; without it the device's time has to be taken as it is.
    """
    if wanted.issued_at is None:
        return None
    said = _micros(wanted.issued_at)
    told = ask.request.headers.get(CLOCK_HEADER)
    if told is None:
        return said
    try:
        theirs = _micros(datetime.fromisoformat(told))
    except ValueError:
        return said
    return Micros(ask.server.clock() - max(0, theirs - said))


def _micros(moment: datetime) -> Micros:
    return to_micros(moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC))


def _last_ticket(ask: RequestContext, device: EnrolledDevice) -> Micros:
    """Tell until when nothing can be left to deliver: a device delivers its tickets in the order of their issue."""
    return centre_of(ask).writer.state.last_tickets.get(device.id, device.created)


@refuses(VisitUnknownError)
async def ticket(ask: RequestContext) -> VisitAnswer:
    """Find the visit that a token was made for; a right id with another mark is no ticket.

    Raises:
        VisitUnknownError: there is none today, or the mark is not that of the device that issued it.
    """
    token, visits = ask.path("ticket"), centre_of(ask).writer.state.visits
    ident = ticket_token.visit_of(token)
    held = None if ident is None else visits.get(ident)
    if held is None or held.device is None:
        raise VisitUnknownError
    keys = (ticket_key(key, held.device) for key in ask.server[Keys].rings["tickets"])
    if not any(ticket_token.proves(token, key) for key in keys):
        raise VisitUnknownError
    seen: set[VisitId] = set()
    while held.merged_into is not None and held.id not in seen:
        seen.add(held.id)
        held = visits[held.merged_into]
    return await _foreseen(ask, _shown(ask, held.id))


@refuses(VisitUnknownError)
async def visit(ask: RequestContext) -> VisitAnswer:
    return await _foreseen(ask, _shown(ask, VisitId(ask.path("visit"))))


def _shown(ask: RequestContext, ident: VisitId) -> VisitAnswer:
    state = centre_of(ask).writer.state
    view = views.visit_by_id(state, ident)
    if view is None:
        raise VisitUnknownError
    plate = None if view.counter is None else views.counter_view(state, centre_of(ask).facts, view.counter).name
    return VisitAnswer(view, views.cursor(state), plate)


@refuses(refused_as(RefusalCode.SERVICE_UNKNOWN))
async def ahead(ask: RequestContext) -> AheadAnswer:
    """Say it of a walk-in whose fee is paid: who pays at a kiosk asks, before the ticket is on paper and here."""
    stops = itinerary.stops_of(ServiceId(ask.path("service")), Category.WALK_IN, centre_of(ask).settings)
    if stops is None:
        raise RefusedError(RefusalCode.SERVICE_UNKNOWN, {"service": ask.path("service")})
    desks = centre_of(ask).settings.cash_desks
    first = next((stop for stop in stops if stop.step not in desks), stops[0])
    before = views.before_next(centre_of(ask).writer.state, first, ask.server.clock())
    foresee = ask.server[Issuing].foresee_service
    return AheadAnswer(before, None if foresee is None else await foresee(ask, ServiceId(ask.path("service"))))


@refuses(VisitUnknownError, refused(c.CountPaper))
async def count_paper(ask: RequestContext) -> VisitAnswer:
    """Take the word of whoever printed it; a device prints tickets that it issued itself, and no others.

    Raises:
        NotPermittedError: another device, or the reception, issued it.
    """
    if PrincipalKind.KIOSK in ask.principal.kinds:
        writer = centre_of(ask).writer
        if _visit(ask) not in writer.state.visits:
            # It may have come to another server a moment ago.
            await writer.catch_up()
        known = writer.state.visits.get(_visit(ask))
        if known is not None and known.device != ask.principal.device:
            raise NotPermittedError
    return _answer(await execute(ask, c.CountPaper(_visit(ask))), _visit(ask))


@refuses(VisitUnknownError, refused(c.Cancel))
async def cancel(ask: RequestContext) -> VisitAnswer:
    return _answer(await execute(ask, c.Cancel(_visit(ask))), _visit(ask))


@refuses(VisitUnknownError, refused(c.Reinstate))
async def reinstate(ask: RequestContext) -> VisitAnswer:
    return _answer(await execute(ask, c.Reinstate(_visit(ask))), _visit(ask))


@refuses(VisitUnknownError, refused(c.Resume))
async def resume(ask: RequestContext) -> VisitAnswer:
    return _answer(await execute(ask, c.Resume(_visit(ask), ask.principal.counter)), _visit(ask))


@refuses(VisitUnknownError, refused(c.Reclassify))
async def reclassify(ask: RequestContext) -> VisitAnswer:
    category = ask.body(ReclassifyRequest).category
    visit = centre_of(ask).writer.state.visits.get(_visit(ask))
    has_one = visit is not None and (visit.category is Category.APPOINTMENT or visit.appointment is not None)
    if ask.principal.staff is not None and category is Category.APPOINTMENT and not has_one:
        # An appointment would have to be proved.
        raise NotPermittedError
    return _answer(await execute(ask, c.Reclassify(_visit(ask), category)), _visit(ask))


@refuses(VisitUnknownError, refused(c.ChangeVisit))
async def change(ask: RequestContext) -> VisitAnswer:
    wanted = ask.body(ChangeVisitRequest)
    command = c.ChangeVisit(
        visit=_visit(ask),
        services=None if wanted.services is None else tuple(map(ServiceId, wanted.services)),
        party_size=wanted.party_size,
        people=_headcounts(wanted.people) or None,
        only=None if wanted.only is None else ServiceId(wanted.only),
        language=None if wanted.language is None else Language(wanted.language),
    )
    return _answer(await execute(ask, command), command.visit)


@refuses(VisitUnknownError, refused(c.Merge))
async def merge(ask: RequestContext) -> VisitAnswer:
    """Let a party go on with another ticket; the answer is the ticket that it goes on with."""
    into = VisitId(ask.body(MergeRequest).into)
    return _answer(await execute(ask, c.Merge(_visit(ask), into)), into)


def _headcounts(party: tuple[People, ...]) -> tuple[Headcount, ...]:
    return tuple(Headcount(BandId(one.band), one.count) for one in party)


def _visit(ask: RequestContext) -> VisitId:
    return VisitId(ask.path("visit"))


def _answer(answer: CommandResult, visit_id: VisitId) -> VisitAnswer:
    view = views.visit_by_id(answer.state, visit_id)
    if view is None:
        raise VisitUnknownError
    return VisitAnswer(view, answer.cursor)
