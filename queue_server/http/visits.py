"""Visits: issue a ticket, look at one, cancel one."""

from datetime import UTC, datetime

from queue_server.accounts.model import Device
from queue_server.accounts.permissions import Kind
from queue_server.contract import messages as m
from queue_server.contract.client import CLOCK_HEADER
from queue_server.http import views
from queue_server.http.ask import Ask
from queue_server.http.problems import NotPermittedError, VisitUnknownError
from queue_server.queue import commands as c
from queue_server.queue.events import VisitIssued
from queue_server.values import (
    Category,
    Language,
    Micros,
    ServiceId,
    TicketCode,
    VisitId,
    new_id,
    to_micros,
)


async def issue(ask: Ask) -> m.VisitAnswer:
    """Issue a ticket, or take one that its device has made itself."""
    wanted = ask.body(m.IssueRequest)
    device = ask.identity.device
    if Kind.KIOSK in ask.principal.kinds and wanted.category is not Category.WALK_IN:
        # Priority and urgent are set by staff, and an appointment would have to be proved.
        raise NotPermittedError
    command = c.Issue(
        visit=VisitId(wanted.id or new_id()),
        services=tuple(map(ServiceId, wanted.services)),
        category=wanted.category,
        party_size=wanted.party_size,
        language=Language(wanted.language),
        device=ask.principal.device,
        series=None if device is None else device.series,
        code=None if wanted.code is None else TicketCode(wanted.code),
        issued_at=_issued_at(ask, wanted),
        last_contact=None if device is None or wanted.issued_at is None else _last_ticket(ask, device),
    )
    answer = await ask.execute(command)
    issued = next((event.body.visit for event in answer.events if isinstance(event.body, VisitIssued)), command.visit)
    view = views.visit_by_id(answer.state, issued)
    if view is None:
        raise VisitUnknownError
    return m.VisitAnswer(view, answer.cursor)


def _issued_at(ask: Ask, wanted: m.IssueRequest) -> Micros | None:
    """Tell when a ticket was issued by our clock.

    A device says with each request what its own clock shows. The ticket's age by that clock is right however wrong the
    clock is; without it the device's time has to be taken as it is.
    """
    if wanted.issued_at is None:
        return None
    issued_at = _micros(wanted.issued_at)
    told = ask.request.headers.get(CLOCK_HEADER)
    if told is None:
        return issued_at
    try:
        theirs = _micros(datetime.fromisoformat(told))
    except ValueError:
        return issued_at
    return Micros(ask.server.clock() - max(0, theirs - issued_at))


def _micros(moment: datetime) -> Micros:
    return to_micros(moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC))


def _last_ticket(ask: Ask, device: Device) -> Micros:
    """Tell until when nothing can be left to deliver: a device delivers its tickets in the order of their issue."""
    visits = ask.centre.writer.state.visits.values()
    return max((visit.issued_at for visit in visits if visit.device == device.id), default=device.created)


async def visit(ask: Ask) -> m.VisitAnswer:
    state = ask.centre.writer.state
    view = views.visit_by_id(state, VisitId(ask.path("visit")))
    if view is None:
        raise VisitUnknownError
    return m.VisitAnswer(view, views.cursor(state))


async def cancel(ask: Ask) -> m.VisitAnswer:
    visit_id = VisitId(ask.path("visit"))
    answer = await ask.execute(c.Cancel(visit_id))
    view = views.visit_by_id(answer.state, visit_id)
    if view is None:
        raise VisitUnknownError
    return m.VisitAnswer(view, answer.cursor)
