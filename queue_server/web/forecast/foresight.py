"""Looks at the hours ahead for managers: one moment of a centre, and what would come of other plans at that moment.

A moment stays for some seconds, so that what is compared is compared at the same one. Everything is worked out in a
thread; nobody who calls the next waits for it.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from queue_server.centre.centres import Centre
from queue_server.domain.values import MINUTE, SECOND, CentreId, Micros
from queue_server.forecast.advice import StaffingAdvice, advise
from queue_server.forecast.futures import DayOutlook, outlook
from queue_server.forecast.outlook import DayPlan, Forecaster
from queue_server.forecast.what_if import PlanChange, changed
from queue_server.queue.state import DayState
from queue_server.waiting.waiting_times import WaitingTimes

#: Nobody should wait for a call as long as that.
TOO_LONG: Final = 60 * MINUTE
#: How long a moment stays, and advice.
_FRESH: Final = 20 * SECOND
_HELD: Final = 120 * SECOND
_ADVISED: Final = 60 * SECOND
#: Plans of a moment whose outlook is remembered.
_REMEMBERED: Final = 64


class ForeseenMoment(msgspec.Struct, frozen=True):
    """A centre at ``base.now``, and what is to be expected of its ``plan``; other plans are asked of ``forecaster``."""

    state: DayState
    plan: DayPlan
    forecaster: Forecaster
    base: DayOutlook
    #: What was asked of this moment already: a counter that is let go, or dragged back, and a plan that lies beside.
    asked: dict[tuple[PlanChange, ...], DayOutlook] = msgspec.field(default_factory=dict)


class Foresight:
    """Looks ahead for centres of this process, from the loop alone."""

    def __init__(self, times: WaitingTimes, clock: Callable[[], Micros]) -> None:
        self._times = times
        self._clock = clock
        self._moments: dict[CentreId, ForeseenMoment] = {}
        self._advice: dict[CentreId, tuple[Micros, tuple[StaffingAdvice, ...]]] = {}
        self._turn = asyncio.Lock()

    async def moment(self, centre: Centre) -> ForeseenMoment | None:
        """Look at a centre; None where nothing was learned of it yet, or where it is closed."""
        async with self._turn:
            known, now = self._moments.get(centre.id), self._clock()
            if known is not None and known.state.day == centre.state.day and 0 <= now - known.base.now < _FRESH:
                return known
            learned, plan = await self._times.learned_days(centre), await self._times.plan(centre)
            if learned is None or plan is None or now >= plan.closes:
                return None
            state, forecaster = centre.state, Forecaster(learned.rates, plan)
            base = await asyncio.to_thread(outlook, forecaster, state, now, plan.closes, limit=TOO_LONG)
            found = self._moments[centre.id] = ForeseenMoment(state, plan, forecaster, base)
            return found

    async def held_moment(self, centre: Centre) -> ForeseenMoment | None:
        """Give the moment that somebody looks at who drags a counter: a newer one would come between their hand's."""
        known, now = self._moments.get(centre.id), self._clock()
        if known is not None and known.state.day == centre.state.day and 0 <= now - known.base.now < _HELD:
            return known
        return await self.moment(centre)

    async def is_known(self, centre: Centre) -> bool:
        """Tell whether anything was learned of a centre."""
        return await self._times.learned_days(centre) is not None

    @staticmethod
    async def foresee(moment: ForeseenMoment, changes: Sequence[PlanChange]) -> DayOutlook:
        """Say what would come of the plan with changes."""
        base, wanted = moment.base, tuple(changes)
        found = moment.asked.get(wanted)
        if found is None:
            found = await asyncio.to_thread(
                outlook,
                moment.forecaster.with_plan(changed(moment.plan, wanted)),
                moment.state,
                base.now,
                base.closes,
                limit=base.limit,
            )
            if len(moment.asked) >= _REMEMBERED:
                moment.asked.clear()
            moment.asked[wanted] = found
        return found

    async def advice(self, centre: CentreId, moment: ForeseenMoment) -> tuple[StaffingAdvice, ...]:
        """Say what to do; worked out once in a minute."""
        async with self._turn:
            known = self._advice.get(centre)
            if known is None or not 0 <= moment.base.now - known[0] < _ADVISED:
                found = await asyncio.to_thread(
                    advise, moment.forecaster.with_plan, moment.plan, moment.state, moment.base
                )
                known = self._advice[centre] = moment.base.now, found
            return known[1]
