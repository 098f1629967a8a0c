"""How long people wait, for whoever asks: one look ahead for a centre and a moment, shared by all.

Nobody who calls the next waits for it: it is made when a page or a screen asks, in a thread, from a state that does not
change any more.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from typing import Final

import msgspec
from sqlalchemy import Connection

from queue_server.appointments.capacity import DayChange
from queue_server.catalogue.model import Stored
from queue_server.centre.centres import Centre
from queue_server.domain.values import SECOND, CentreId, Day, Micros, VisitId
from queue_server.eventlog.port import EventLog
from queue_server.forecast.errors import LearnedErrors
from queue_server.forecast.outlook import DayPlan, ExpectedBooking
from queue_server.forecast.rates import PlannedMinutes
from queue_server.simulation.judge import planned_minutes
from queue_server.waiting import store
from queue_server.waiting.learning import TaughtRates, WaitingDay, errors_of
from queue_server.waiting.outlook import LearnedDays, Outlook, nothing_learned, outlook_of
from queue_server.waiting.plan import DayFrame, day_frame, day_plan
from queue_server.waiting.settings import WaitingSettings

#: Where nothing has happened, time alone makes a look ahead old.
_STILL: Final = 30 * SECOND
#: How often it is asked who has booked for today, and what was changed of its staffing.
_PLANNED: Final = 10 * SECOND


class _Taught(msgspec.Struct, frozen=True):
    """What is kept of a centre's days in this process; no rates where it has none yet."""

    rates: TaughtRates | None
    errors: LearnedErrors


class _Frame(msgspec.Struct, frozen=True):
    """What the set-up says of a day; ``of`` names its version, the day, and how that was changed."""

    of: tuple[int, Day, tuple[DayChange, ...]]
    frame: DayFrame | None
    planned: PlannedMinutes


class _Planned(msgspec.Struct, frozen=True):
    """What managers and parties have said of a day ahead, as it was read at ``at``."""

    day: Day
    at: Micros
    bookings: tuple[ExpectedBooking, ...] | None
    changes: tuple[DayChange, ...]


class _Known(msgspec.Struct, frozen=True):
    day: Day
    seq: int
    outlook: Outlook | None


class WaitingTimes:
    """Looks ahead for centres of this process. Everything may be asked at any time, from the loop alone."""

    def __init__(self, log: EventLog, settings: WaitingSettings, clock: Callable[[], Micros]) -> None:
        self._log = log
        self._settings = settings
        self._clock = clock
        self._taught: dict[CentreId, _Taught] = {}
        self._frames: dict[CentreId, _Frame] = {}
        self._planned: dict[CentreId, _Planned] = {}
        self._known: dict[CentreId, _Known] = {}
        self._turns: defaultdict[CentreId, asyncio.Lock] = defaultdict(asyncio.Lock)

    def learned(self, centre: CentreId) -> None:
        """Note that more is known of a centre's days than before: it is read when it is asked for."""
        self._taught.pop(centre, None)
        self._known.pop(centre, None)

    def newest(self, centre: Centre) -> Outlook | None:
        """Give the last look ahead of a centre's day; None where there is none. It may be some seconds old."""
        known = self._known.get(centre.id)
        return known.outlook if known is not None and known.day == centre.state.day else None

    async def outlook(
        self, centre: Centre, plan: DayPlan | None = None, *, visit: VisitId | None = None
    ) -> Outlook | None:
        """Look ahead, or by another plan, as if that were made now; None where nothing can be said.

        Nothing can be said outside of opening hours. Before a day was learned from, the catalogue's minutes count.
        ``visit`` is one of whom it is asked: what was shared before they came says nothing of them.
        """
        if plan is not None:
            return await self._compute(centre, plan)
        if self._is_fresh(centre, visit):
            return self.newest(centre)
        async with self._turns[centre.id]:
            if not self._is_fresh(centre, visit):
                state = centre.state
                outlook = await self._compute(centre, None)
                self._known[centre.id] = _Known(state.day, state.seq, outlook)
            return self.newest(centre)

    async def plan(self, centre: Centre) -> DayPlan | None:
        """Say who will be there today, as it looks now; None where the centre is closed."""
        frame = await self._frame(centre)
        now = self._clock()
        if frame.frame is None or not frame.frame.opens <= now < frame.frame.closes:
            return None
        bookings = (await self._said(centre)).bookings
        taught = await self._teaching(centre.id)
        showing = 1.0 if taught.rates is None or taught.rates.showing is None else taught.rates.showing
        return day_plan(frame.frame, centre.settings, centre.state, frame.planned, bookings, showing, now)

    async def learned_days(self, centre: Centre) -> LearnedDays | None:
        """Give what the centre's days have taught; None where that is nothing yet."""
        taught, frame = await self._teaching(centre.id), await self._frame(centre)
        if taught.rates is None or not taught.rates.rates.days:
            return None
        return LearnedDays(taught.rates.rates, taught.errors, frame.planned, taught.rates.showing)

    async def judged(self, centre: CentreId, days: int) -> tuple[WaitingDay, ...]:
        """Read how forecasts went on the last days that are over, in their order."""
        return await self._log.run(lambda connection: store.read(connection, centre, days))

    # --- the parts ---------------------------------------------------------------------------------------------------

    def _is_fresh(self, centre: Centre, visit: VisitId | None = None) -> bool:
        known, state, now = self._known.get(centre.id), centre.state, self._clock()
        if known is None or known.day != state.day:
            return False
        if known.outlook is not None and visit is not None and visit not in known.outlook.visits:
            return known.seq == state.seq
        made = known.outlook.at if known.outlook is not None else Micros(0)
        return now - made < (_STILL if known.seq == state.seq else self._settings.fresh_ms * 1_000)

    async def _compute(self, centre: Centre, plan: DayPlan | None) -> Outlook | None:
        learned = await self.learned_days(centre)
        today = await self.plan(centre) if plan is None else plan
        if today is None:
            return None
        frame, state, now = await self._frame(centre), centre.state, self._clock()
        if learned is None:
            learned = nothing_learned(frame.planned)
        ends = frame.frame is None or frame.frame.ends
        return await asyncio.to_thread(outlook_of, learned, today, state, now, ends=ends)

    async def _frame(self, centre: Centre) -> _Frame:
        stored, day = centre.setup, centre.state.day
        known, changes = self._frames.get(centre.id), (await self._said(centre)).changes
        if known is None or known.of != (stored.version, day, changes):
            known = self._frames[centre.id] = await asyncio.to_thread(_framed, stored, day, changes)
        return known

    async def _said(self, centre: Centre) -> _Planned:
        known, day, now = self._planned.get(centre.id), centre.state.day, self._clock()
        if known is None or known.day != day or now - known.at >= _PLANNED:

            def read(connection: Connection) -> _Planned:
                booked, changed = store.bookings(connection, centre.id, day), store.changes(connection, centre.id, day)
                return _Planned(day, now, booked, changed)

            known = self._planned[centre.id] = await self._log.run(read)
        return known

    async def _teaching(self, centre: CentreId) -> _Taught:
        known = self._taught.get(centre)
        if known is None:
            days = await self._log.run(lambda connection: store.read(connection, centre, self._settings.judged_days))
            errors = await asyncio.to_thread(errors_of, days)
            known = self._taught[centre] = _Taught(days[-1].taught if days else None, errors)
        return known


def _framed(stored: Stored, day: Day, changes: tuple[DayChange, ...]) -> _Frame:
    frame = day_frame(stored.setup, day, changes)
    return _Frame((stored.version, day, changes), frame, planned_minutes(stored.setup))
