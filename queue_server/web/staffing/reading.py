"""What the page of a day's staffing reads: the day, its bookings, and whom a change would concern."""

from queue_server.appointments import days
from queue_server.appointments.errors import AppointmentsNotOfferedError, DayChangeInvalidError
from queue_server.centre.centres import Centre, Centres
from queue_server.contract.appointments import AppointmentDayAnswer, AppointmentView
from queue_server.domain.appointments import PoolId
from queue_server.domain.values import CentreId, Day
from queue_server.framework.server import Server
from queue_server.web.staffing.day_query import ChangeQuery, DayQuery
from queue_server.web.staffing.staffing_view import StaffingView
from queue_server.web.view_context import StaffView


async def staffing_view(server: Server, look: StaffView, asked: DayQuery, ident: CentreId) -> StaffingView:
    """Look at the day that is asked for; today where none is."""
    centre = server[Centres][ident]
    day = centre.rule.day_at(look.now) if asked.day is None else Day(asked.day.isoformat())
    try:
        answer, offers = await days.of_day(server, centre, day), True
    except AppointmentsNotOfferedError:
        answer, offers = AppointmentDayAnswer(day, 0, 0, (), ()), False
    return StaffingView(
        look=look,
        names={PoolId(pool.id): pool.name for pool in centre.setup.setup.staffing},
        day=answer,
        booked=await days.appointments_of(server, centre, day),
        asked=asked,
        concerned=None if asked.change is None else await _concerned(server, centre, day, asked.change),
        offers=offers,
        api=f"/api/v1/centres/{ident}/appointments/days/{day}",
    )


async def _concerned(
    server: Server, centre: Centre, day: Day, change: ChangeQuery
) -> tuple[AppointmentView, ...] | None:
    """Name those who would lose their time; None where the change makes no sense."""
    try:
        return (await days.preview(server, centre, day, change.request())).concerns
    except (AppointmentsNotOfferedError, DayChangeInvalidError):
        return None
