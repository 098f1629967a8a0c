"""Routes of a day: who is booked, what it holds, and what managers change of it."""

from queue_server.appointments import days
from queue_server.appointments.api.booking import booker_of, day_of
from queue_server.appointments.errors import (
    AppointmentsNotOfferedError,
    DayChangeConcernsError,
    DayChangeInvalidError,
)
from queue_server.centre.submit import centre_of
from queue_server.contract import appointments as m
from queue_server.domain.values import Day
from queue_server.framework.paging import QueryInvalidError
from queue_server.framework.problems import NotFoundError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext


def _day(ask: RequestContext) -> Day:
    """Read the day of a path.

    Raises:
        NotFoundError: it is none.
    """
    try:
        return day_of(ask.path("service_day"), "day")
    except QueryInvalidError as error:
        raise NotFoundError from error


@refuses(QueryInvalidError)
async def appointments(ask: RequestContext) -> m.AppointmentsAnswer:
    """List the appointments of a day; of today where none is named."""
    centre = centre_of(ask)
    day = day_of(ask.request.query.get("day", centre.rule.day_at(ask.server.clock())), "day")
    return m.AppointmentsAnswer(await days.appointments_of(ask.server, centre, day))


@refuses(AppointmentsNotOfferedError)
async def of_day(ask: RequestContext) -> m.AppointmentDayAnswer:
    return await days.of_day(ask.server, centre_of(ask), _day(ask))


@refuses(AppointmentsNotOfferedError, DayChangeInvalidError)
async def preview(ask: RequestContext) -> m.DayChangePreviewAnswer:
    """Find out whom a change would concern."""
    return await days.preview(ask.server, centre_of(ask), _day(ask), ask.body(m.ChangeDayRequest))


@refuses(AppointmentsNotOfferedError, DayChangeInvalidError, DayChangeConcernsError)
async def change(ask: RequestContext) -> m.DayChangeAnswer:
    return await days.change(booker_of(ask), _day(ask), ask.body(m.ChangeDayRequest))


@refuses(AppointmentsNotOfferedError, DayChangeConcernsError)
async def restore(ask: RequestContext) -> m.AppointmentDayAnswer:
    return await days.restore(booker_of(ask), _day(ask), ask.path("day_change"))
