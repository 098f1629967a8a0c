"""What managers are told of their staffing plan: services that can be booked, and of which no time can be given."""

from markupsafe import Markup

from queue_server.appointments.engine import AppointmentEngine, days_between, last_day
from queue_server.appointments.staffing_gaps import StaffingGap, staffing_gaps
from queue_server.centre.centres import Centre, Centres
from queue_server.domain.values import Micros
from queue_server.framework.parts import PartContext, RoomAlarm
from queue_server.framework.server import Server
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.staffing import words
from queue_server.web.view_context import name_in


async def alarms(shown: PartContext) -> tuple[RoomAlarm, ...]:
    """Tell of them in one alarm, as long as they are."""
    centre, server = shown.server[Centres][shown.centre], shown.server
    # The days are counted once for each version of the set-up, aside from whoever waits for an answer.
    gaps = await server.log.run(lambda _: _gaps(server, centre, shown.now))
    if not gaps:
        return ()
    look = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))
    _, steps = look.words, {one.id: one.name for one in centre.setup.setup.steps}
    named = words.some(
        _,
        [
            _(
                "%(service)s (%(government)s): %(step)s",
                service=look.service_name(gap.service),
                government=look.government_name(look.services[gap.service].government),
                step=name_in(steps[gap.step], look.reader.language, gap.step),
            )
            for gap in gaps
        ],
    )
    return (
        RoomAlarm(
            id="staffing-gaps",
            icon="users",
            head=_.ngettext(
                "%(count)s service can be booked, but nobody is planned for one of its stops",
                "%(count)s services can be booked, but nobody is planned for one of their stops",
                len(gaps),
            ),
            since=Markup(),
            todo=_(
                "No time is shown to people for it. Plan somebody for the stop, or let it not be booked: %(services)s.",
                services=named,
            ),
        ),
    )


def _gaps(server: Server, centre: Centre, now: Micros) -> tuple[StaffingGap, ...]:
    rules = centre.setup.setup.appointments
    if rules is None:
        return ()
    engine = server[AppointmentEngine]
    days = days_between(centre.rule.day_at(now), last_day(centre, rules, now))
    return staffing_gaps(centre.setup.setup, centre.settings, (engine.day(centre, day).staffed for day in days))
