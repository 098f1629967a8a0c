"""Going on with a day that was ended by mistake, while servers may be at work on it: they read on and follow.

``ConsularError``
    ``WriterError``
        ``DayNotReopenableError``   ``reason`` says why this day cannot go on
"""

from queue_server.database.failures import LogConflictError
from queue_server.domain.values import Actor, CentreId, Day, Micros, StaffId
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import Append, EventLog, NewEvent
from queue_server.queue import commands as c
from queue_server.queue.evolve import evolve
from queue_server.queue.refusals import Refusal
from queue_server.queue.reopen import abandon_day, as_before, reopen_day
from queue_server.queue.state import DayState
from queue_server.writer.days import Days, StoredDay, day_event
from queue_server.writer.errors import WriterError

#: Servers append to the day that is left meanwhile: the one that commits first wins, and the other looks again.
_TRIES = 50


class DayNotReopenableError(WriterError):
    """Only the day before the one that goes on can be reopened, once it was ended."""

    code = "day-not-reopenable"


async def reopen(
    log: EventLog, centre: CentreId, day: Day, *, asked_by: StaffId, confirmed_by: StaffId, now: Micros
) -> int:
    """Reopen ``day`` and leave the one after it until it comes; returns how many visits go on.

    Raises:
        DayNotReopenableError: it is not the day that was ended last.
        LogConflictError: servers were faster each time.
    """
    for _ in range(_TRIES):
        days = await Days.load(log, centre)
        ended, wrong = days.get(day), days.current
        if ended is None or not ended.state.closed:
            raise DayNotReopenableError(centre=centre, day=day, reason="not-ended")
        between = [stored for stored in days if day < stored.day and stored is not wrong and stored.state.opened]
        if wrong is None or wrong.day <= day or between:
            raise DayNotReopenableError(centre=centre, day=day, reason="not-the-last")
        visits, counters = as_before(ended.state, await _before_the_end(log, ended), wrong.state)
        goes_on = reopen_day(ended.state, c.ReopenDay(day, asked_by, confirmed_by, visits, counters))
        left = abandon_day(wrong.state, c.AbandonDay(wrong.day, asked_by, confirmed_by))
        if isinstance(goes_on, Refusal) or isinstance(left, Refusal):
            raise DayNotReopenableError(centre=centre, day=day, reason="not-the-last")
        actor = Actor(f"staff/{asked_by}")
        try:
            await log.commit([_append(ended, goes_on, actor, now), _append(wrong, left, actor, now)])
        except LogConflictError:
            continue
        return len(visits)
    raise LogConflictError


async def _before_the_end(log: EventLog, ended: StoredDay) -> DayState:
    """Give the day as it was before its end was settled."""
    events = [day_event(event) for event in await log.read(ended.stream)]
    settling = f"settle-day:{ended.state.centre}:{ended.day}"
    # A day may have been ended before and gone on: the last end counts.
    closings = [index for index, event in enumerate(events) if event.type == "day-closed"]
    first = closings[-1]
    while first and events[first - 1].command.partition("#")[0] == settling:
        first -= 1
    state = DayState(ended.state.centre, ended.day)
    for event in events[:first]:
        evolve(state, event)
    return state


def _append(stored: StoredDay, bodies: tuple[Payload, ...], actor: Actor, now: Micros) -> Append:
    # The time of the day that goes on is that of now, though its last events may be of a clock that was ahead.
    command = f"reopen-day:{stored.state.centre}:{stored.day}:{stored.head.seq}"
    new = tuple(NewEvent(now, body.type, body.v, command, actor, encode(body)) for body in bodies)
    return Append(stored.stream, stored.head, new)
