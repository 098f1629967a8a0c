"""Reads the days of a centre that are over from the log."""

from queue_server.catalogue.appointments import AppointmentRules
from queue_server.catalogue.model import Stored, settings
from queue_server.database import Database
from queue_server.domain.values import MINUTE, CentreId, Day
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.queue.events import DayEvent
from queue_server.queue.evolve import evolve
from queue_server.queue.state import DayState
from queue_server.simulation.errors import NoPastDaysError
from queue_server.simulation.model import SimulatedDay
from queue_server.simulation.past import past_day
from queue_server.writer.days import day_event, stream_name


async def past_days(database: Database, stored: Stored, count: int) -> tuple[SimulatedDay, ...]:
    """Read the last ``count`` days that are closed and on which somebody came, in their order.

    Raises:
        NoPastDaysError: there is none.
        UnknownEventError: a newer release wrote one of their events.
    """
    log, centre = SqlEventLog(database), stored.setup.centre.id
    prefix = stream_name(centre, Day(""))
    names = sorted((head.stream for head in await log.streams(prefix)), reverse=True)
    rules = stored.setup.appointments or AppointmentRules()
    found: list[SimulatedDay] = []
    for name in names:
        if len(found) == count:
            break
        state, events = await _read(log, centre, Day(name.removeprefix(prefix)))
        if not state.closed:
            continue
        grace, late = rules.grace_min * MINUTE, rules.late_min * MINUTE
        day = past_day(stored.setup, settings(stored), state, events, grace=grace, late=late)
        if day.parties and day.counters:
            found.append(day)
    if not found:
        raise NoPastDaysError(centre=centre)
    return tuple(reversed(found))


async def _read(log: SqlEventLog, centre: CentreId, day: Day) -> tuple[DayState, list[DayEvent]]:
    state = DayState(centre, day)
    events = [day_event(event) for event in await log.read(stream_name(centre, day))]
    for event in events:
        evolve(state, event)
    return state, events
