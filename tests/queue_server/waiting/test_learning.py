"""A centre learns from its own days, each judged by those before it, and says from then on how long people wait."""

import asyncio
from pathlib import Path

from msgspec.structs import replace

from queue_server.centre.centres import Centres
from queue_server.domain.values import MINUTE, VisitId, VisitState
from queue_server.forecast.estimate import HiddenWait, WaitRange
from queue_server.queue.events import VisitCalled
from queue_server.waiting import store
from queue_server.waiting.learner import Learner
from queue_server.waiting.learning import MIN_DAYS
from queue_server.waiting.waiting_times import WaitingTimes
from queue_server.web.forecast.foresight import Foresight
from tests.queue_server.house import DEMO, House
from tests.queue_server.simulation.town import PAPERS
from tests.queue_server.waiting.past import DAYS, NOW, TODAY, TOWN, again, events_of, town


async def test_a_centre_learns_from_its_days_and_says_how_long_people_wait(data: Path) -> None:
    async with town(data) as here:
        await here.server[Learner].learn()
        times, centre = here.server[WaitingTimes], here.server[Centres][TOWN]
        days = await times.judged(TOWN, 100)
        assert [one.day for one in days] == list(DAYS)
        assert [bool(one.judged) for one in days] == [number >= MIN_DAYS for number in range(len(DAYS))]
        outlook = await times.outlook(centre)
        assert outlook is not None
        waiting = {one.id for one in centre.state.visits.values() if one.state is VisitState.WAITING}
        assert waiting
        assert outlook.visits.keys() == waiting
        told = {ident: one for ident, one in outlook.visits.items() if isinstance(one, WaitRange)}
        assert len(told) > 0.8 * len(waiting)
        called: dict[VisitId, int] = {}
        for event in events_of(TODAY):
            if isinstance(event.body, VisitCalled) and event.at >= NOW:
                called.setdefault(event.body.visit, event.at)
        came = [
            (one, (called[ident] - NOW))
            for ident, one in told.items()
            if ident in called and centre.state.visits[ident].booked_at is None
        ]
        held = [one.low - MINUTE <= waited <= one.high + MINUTE for one, waited in came]
        assert sum(held) >= 0.6 * len(held), came
        assert isinstance(outlook.steps[PAPERS], WaitRange)
        assert all(isinstance(one, WaitRange) for one in outlook.services.values())
        # Two managers who look ahead at once look at one moment.
        ahead = here.server[Foresight]
        one_moment, other_moment = await asyncio.gather(ahead.moment(centre), ahead.moment(centre))
        assert one_moment is not None
        assert one_moment is other_moment
        # Shared by all who ask, and asked anew by another plan.
        assert await times.outlook(centre) is outlook
        plan = await times.plan(centre)
        assert plan is not None
        alone = await times.outlook(centre, replace(plan, counters=plan.counters[:1]))
        assert alone is not None
        assert sum(one is None for one in alone.calls.values()) > sum(one is None for one in outlook.calls.values())
        assert {alone.visits[one] for one in waiting if alone.calls[one] is None} <= {
            HiddenWait.NOT_BEFORE_CLOSING,
            HiddenWait.NOBODY_SERVES,
        }
    # What was learned is there after a restart.
    async with again(data) as here:
        learned = await here.server.log.run(lambda connection: store.known_days(connection, TOWN))
        assert learned == DAYS
        assert await here.server[WaitingTimes].outlook(here.server[Centres][TOWN]) == outlook


async def test_before_a_day_was_learned_from_nothing_is_said_of_what_nobody_serves(here: House) -> None:
    centre = here.server[Centres][DEMO]
    outlook = await here.server[WaitingTimes].outlook(centre)
    assert outlook is not None
    assert set(outlook.services.values()) == {HiddenWait.NOBODY_SERVES}, "no counter is open and none is planned"
    assert await here.server[WaitingTimes].learned_days(centre) is None
