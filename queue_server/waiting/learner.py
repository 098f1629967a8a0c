"""Learns from each day of a centre once it is over: off the loop, and a day at a time, so that nobody waits for it.

What was learned is kept, so that a server that begins anew has it. Two servers that learn the same come to the same.
"""

import asyncio
from collections.abc import Callable
from typing import Final

import msgspec

from queue_server.catalogue.model import Stored
from queue_server.centre.centres import Centre, Centres
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import CentreId, Day
from queue_server.eventlog.port import Event, EventLog
from queue_server.forecast.judging import JudgedStop
from queue_server.forecast.outlook import ExpectedBooking
from queue_server.queue.state import DayState
from queue_server.simulation.judge import planned_minutes
from queue_server.waiting import store
from queue_server.waiting.learning import (
    MIN_DAYS,
    JudgedBy,
    PastDay,
    WaitingDay,
    errors_of,
    judge,
    replay,
    teach,
)
from queue_server.waiting.plan import day_frame
from queue_server.waiting.settings import WaitingSettings
from queue_server.writer.days import day_event, stream_name

#: A whole day is read page by page, so that others get their turn at the database.
_PAGE: Final = 1_000


class Learner:
    """``task`` looks again and again whether days have ended.

    Args:
        learned: is told of a centre of which more is known now.
    """

    def __init__(
        self, log: EventLog, centres: Centres, settings: WaitingSettings, learned: Callable[[CentreId], None]
    ) -> None:
        self._log = log
        self._centres = centres
        self._settings = settings
        self._learned = learned
        self._newest: dict[CentreId, Day] = {}
        self._turn = asyncio.Lock()
        self.task = Periodic("waiting", settings.learn_s, self.learn, at_once=True)

    async def learn(self) -> None:
        """Learn what has not been learned of each centre."""
        async with self._turn:
            for centre in tuple(self._centres.values()):
                await self._learn(centre)

    async def _learn(self, centre: Centre) -> None:
        prefix = stream_name(centre.id, Day(""))
        over = sorted(
            day
            for head in await self._log.streams(prefix)
            if (day := Day(head.stream.removeprefix(prefix))) < centre.state.day
        )
        window = over[-self._settings.days :]
        known = await self._log.run(lambda connection: store.known_days(connection, centre.id))
        if window and window[-1] not in known:
            await self._learn_days(centre, window, set(known))
            known = await self._log.run(lambda connection: store.known_days(connection, centre.id))
        if known and self._newest.get(centre.id) != known[-1]:
            # Here, or on another server.
            self._newest[centre.id] = known[-1]
            self._learned(centre.id)

    async def _learn_days(self, centre: Centre, window: list[Day], known: set[Day]) -> None:
        """Go through the days in their order: judge what is new by what was before it, and learn from all of them."""
        stored, log, keep = centre.setup, self._log, self._settings.judged_days
        days: list[PastDay] = []
        before = await log.run(lambda connection: store.read(connection, centre.id, keep))
        for day in window:
            events = await self._events(centre.id, day)
            bookings = await log.run(lambda connection, day=day: store.bookings(connection, centre.id, day))  # type: ignore[misc]
            state = await asyncio.to_thread(_replayed, centre.id, day, events)
            if state.visits:
                days.append(PastDay(state, bookings))
            if day in known:
                continue
            earlier = tuple(one for one in before if one.day < day)
            work = _Evening(stored, day, tuple(days), earlier, bookings, self._settings.asked)
            found = await asyncio.to_thread(work.judged, events)
            before = (*before, found)
            await log.write(lambda connection, found=found: store.put(connection, centre.id, found, keep))  # type: ignore[misc]

    async def _events(self, centre: CentreId, day: Day) -> list[Event]:
        found: list[Event] = []
        while True:
            page = await self._log.read(stream_name(centre, day), found[-1].seq if found else 0, _PAGE)
            found += page
            if len(page) < _PAGE:
                return found


def _replayed(centre: CentreId, day: Day, events: list[Event]) -> DayState:
    return replay(centre, day, map(day_event, events))


class _Evening(msgspec.Struct, frozen=True):
    """A day that is over, as the last of ``days``, and what was judged ``earlier``."""

    stored: Stored
    day: Day
    days: tuple[PastDay, ...]
    earlier: tuple[WaitingDay, ...]
    bookings: tuple[ExpectedBooking, ...] | None
    asked: int

    def judged(self, events: list[Event]) -> WaitingDay:
        """Judge the day by those before it, and learn from all of them."""
        planned = planned_minutes(self.stored.setup)
        before = tuple(one for one in self.days if one.state.day < self.day)
        frame = day_frame(self.stored.setup, self.day)
        judged: tuple[JudgedStop, ...] = ()
        if frame is not None and len(before) >= MIN_DAYS:
            by = JudgedBy(self.stored, frame, planned, teach(before, planned), errors_of(self.earlier))
            judged = judge(by, [day_event(one) for one in events], self.day, self.bookings, self.asked)
        return WaitingDay(self.day, teach(self.days, planned), judged)
