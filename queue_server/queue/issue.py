"""Issuing a ticket: whose code, which stops, counted from when."""

from queue_server.domain import ticket_codes
from queue_server.domain.tariff import ANYONE, Headcount, of_party, size
from queue_server.domain.values import Category, Micros, TicketCode
from queue_server.eventlog.payload import Payload
from queue_server.queue import codes, itinerary, order
from queue_server.queue import events as e
from queue_server.queue.commands import IssueTicket
from queue_server.queue.raising import WaitStart, sooner
from queue_server.queue.refusals import Refusal, RefusalCode, refuse
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState, StepPlan


def issue(
    state: DayState, command: IssueTicket, settings: CentreSettings, now: Micros
) -> tuple[Payload, ...] | Refusal:
    """Decide a ticket.

    A visit that is known already is not issued again, whatever key it comes with. A ticket that brings its code may be
    on paper: it is taken even for a service that has been dropped meanwhile. One of a day that is over is taken into
    the record and ends as not served, because nobody waits any more.
    """
    if command.visit in state.visits:
        return ()
    printed = command.code is not None
    if state.closed and not printed:
        return refuse(RefusalCode.DAY_CLOSED, day=state.day)
    day = state.day if command.day is None else command.day
    arrived = arrival(command, state.starts_at if day == state.day else Micros(0), now)
    category = _category(command, arrived)
    if isinstance(category, Refusal):
        return category
    line_up = itinerary.line_up_printed if printed else itinerary.line_up
    services = tuple(dict.fromkeys(command.services))
    steps = line_up(services, category, settings, booked=command.booking is not None)
    if isinstance(steps, Refusal):
        return steps
    start = _start(command, category, steps, arrived, settings)
    people = settings.tariff.counted(command.people or (Headcount(ANYONE, command.party_size),))
    party = size(people)
    if not printed and not 1 <= party <= settings.max_party:
        return refuse(RefusalCode.PARTY_SIZE, most=settings.max_party)
    code = _code(state, command, today=day == state.day)
    if isinstance(code, Refusal):
        return code
    issued = e.VisitIssued(
        visit=command.visit,
        code=code,
        day=day,
        category=category,
        services=services,
        steps=start.steps,
        party_size=party,
        language=command.language,
        device=command.device,
        issued_at=arrived,
        counts_from=start.counts_from,
        promise=start.promise,
        due=order.due(start.counts_from, start.promise),
        asks_priority=command.asks_priority and category not in (Category.PRIORITY, Category.URGENT),
        people=people,
        items=of_party(services, people),
        appointment=None if command.booking is None else command.booking.appointment,
        booked_at=None if command.booking is None else command.booking.at,
    )
    if state.closed or (day != state.day and not settings.round_the_clock):
        return issued, e.VisitNotServed(command.visit, None)
    return (issued,)


def arrival(command: IssueTicket, starts_at: Micros, now: Micros) -> Micros:
    """Clamp the device's time to [its last contact, now], and to the day; a device never heard of counts from now."""
    if command.issued_at is None or command.last_contact is None:
        return now
    return Micros(min(now, max(command.issued_at, command.last_contact, starts_at)))


def _category(command: IssueTicket, arrived: Micros) -> Category | Refusal:
    """Return the category in which a visit waits: staff set priority and urgent, a booking proves an appointment."""
    booking = command.booking
    if booking is None and command.category is Category.APPOINTMENT:
        if command.code is None:
            return refuse(RefusalCode.APPOINTMENT_UNPROVED, visit=command.visit)
        return Category.WALK_IN
    if booking is None or command.category in itinerary.RAISED:
        return command.category
    return Category.WALK_IN if arrived > booking.at + booking.late else Category.APPOINTMENT


def _start(
    command: IssueTicket, category: Category, steps: tuple[StepPlan, ...], arrived: Micros, settings: CentreSettings
) -> WaitStart:
    """Return from when a visit counts.

    An appointment counts from its time, also for whoever is early: nobody goes before others by coming sooner. Priority
    and urgent count from the arrival where the visit is due earlier by that.
    """
    booking = command.booking
    in_time = booking is not None and arrived <= booking.at + booking.grace
    if booking is None or not in_time or category is Category.WALK_IN:
        return WaitStart(steps, arrived, steps[0].promise)
    if category is Category.APPOINTMENT:
        return WaitStart(steps, booking.at, steps[0].promise)
    priority = itinerary.promise_at(steps[0].step, steps[0].service, category, settings)
    return sooner(steps, 0, arrived, booking.at, priority)


def _code(state: DayState, command: IssueTicket, *, today: bool) -> TicketCode | Refusal:
    code, series = command.code, command.series
    if code is None:
        if series is None:
            return refuse(RefusalCode.SERIES_MISSING)
        return codes.following(state, series)
    if ticket_codes.parse(code) is None:
        return refuse(RefusalCode.CODE_INVALID)
    if series is not None and not ticket_codes.owns(series, code):
        return refuse(RefusalCode.CODE_NOT_IN_SERIES, code=code)
    if today and code in state.codes:
        return refuse(RefusalCode.CODE_TAKEN, code=code)
    return code
