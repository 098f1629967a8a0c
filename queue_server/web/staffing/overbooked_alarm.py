"""The alarm for managers about days with more appointments than the staffing plan has staff for."""

from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.appointments.engine import AppointmentEngine, last_day
from queue_server.appointments.overbooked import OverbookedDay, overbooked_days
from queue_server.appointments.store import taken_days
from queue_server.centre.centres import Centre, Centres
from queue_server.domain.values import HOUR, Micros
from queue_server.framework.parts import PartContext, RoomAlarm
from queue_server.framework.server import Server
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.staffing import words


async def alarms(shown: PartContext) -> tuple[RoomAlarm, ...]:
    """Return one alarm that names the days, or none if there are no such days."""
    centre, server = shown.server[Centres][shown.centre], shown.server
    found = await server.log.run(lambda connection: overbooked(server, centre, connection, shown.now))
    if not found:
        return ()
    look = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))
    _ = look.words
    named = words.some(
        _,
        [
            _(
                "%(day)s (%(count)s minutes too many)",
                day=look.clock.day(centre.rule.starts_at(day.day)),
                count=-(-day.seconds // 60),
            )
            for day in found
        ],
    )
    return (
        RoomAlarm(
            id="staffing-overbooked",
            icon="users",
            head=_.ngettext(
                "On %(count)s day more is booked than staff are planned for",
                "On %(count)s days more is booked than staff are planned for",
                len(found),
            ),
            since=Markup(),
            todo=_(
                "Plan more staff, or close hours on the page of the day: then people are told, and choose another "
                "time. %(days)s.",
                days=named,
            ),
        ),
    )


def overbooked(server: Server, centre: Centre, connection: Connection, now: Micros) -> tuple[OverbookedDay, ...]:
    """Return the overbooked days of a centre, from today to the last day that can be booked.

    Today counts from the hour that has begun, so the result stays the same for an hour.
    """
    rules = centre.setup.setup.appointments
    if rules is None:
        return ()
    engine = server[AppointmentEngine]
    taken = taken_days(connection, centre.id, centre.rule.day_at(now), last_day(centre, rules, now))
    return tuple(
        overbooked_days(((engine.day(centre, day), taken[day]) for day in sorted(taken)), Micros(now - now % HOUR))
    )
