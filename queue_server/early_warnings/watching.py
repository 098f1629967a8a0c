"""Looks ahead at each centre again and again, and keeps since when a warning lasts and who has taken it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import msgspec
from sqlalchemy import Connection

from queue_server.accounts import device_states
from queue_server.accounts.model import AccountRules
from queue_server.centre.centres import Centre, Centres
from queue_server.contract.periodic import Periodic
from queue_server.domain.service_day import following
from queue_server.domain.values import (
    MINUTE,
    SECOND,
    CentreId,
    CounterId,
    CounterState,
    DeviceId,
    Intake,
    Micros,
    StaffId,
    VisitId,
    to_micros,
)
from queue_server.early_warnings import episodes, kiosk_history, store
from queue_server.early_warnings.assignment_events import AlarmName
from queue_server.early_warnings.assignments import Taker, record
from queue_server.early_warnings.coverage_gaps import coverage_gaps
from queue_server.early_warnings.errors import WarningOverError
from queue_server.early_warnings.idle import idle_counters
from queue_server.early_warnings.kiosk_history import KioskHistory
from queue_server.early_warnings.model import EarlyWarning, Episode, SlowKiosk, UnservedWarning, name_of
from queue_server.early_warnings.outlook import ForecastBasis, expected_calls, learned_calls
from queue_server.early_warnings.promises import breaking_promises
from queue_server.early_warnings.settings import EarlyWarningRules
from queue_server.early_warnings.slow_kiosks import WINDOW, slow_kiosks
from queue_server.early_warnings.unserved import unserved
from queue_server.forecast.outlook import PlannedCounter
from queue_server.framework.server import Server
from queue_server.queue.state import Counter
from queue_server.waiting.waiting_times import WaitingTimes


class Look(msgspec.Struct, frozen=True):
    """The warnings of a moment, each with its episode where one has begun."""

    warnings: tuple[EarlyWarning, ...]
    episodes: store.Episodes

    def episode(self, warning: EarlyWarning) -> Episode | None:
        return self.episodes.get(name_of(warning))


class EarlyWarnings:
    """``task`` looks at all centres again and again."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._rules = server.settings[EarlyWarningRules]
        self._history = KioskHistory()
        self._looked: dict[CentreId, tuple[Micros, tuple[EarlyWarning, ...]]] = {}
        self.task = Periodic("early-warnings", self._rules.poll_s, self.follow)

    async def follow(self) -> None:
        known = await self._server.log.run(store.all_episodes)
        for centre in tuple(self._server[Centres].values()):
            before = known.get(centre.id, {})
            # Where nobody has come today there is nothing to see, and most of a house's centres may be closed.
            if not before and not centre.state.visits:
                continue
            now = self._server.clock()
            there = tuple(map(name_of, await self._find(centre, now)))
            if not before and not there:
                continue

            def move(
                connection: Connection, centre: Centre = centre, there: Sequence[str] = there, now: Micros = now
            ) -> None:
                store.change(connection, centre.id, lambda known: episodes.advance(known, there, now))

            await self._server.log.write(move)

    async def current(self, centre: Centre) -> Look:
        """Say what there is now; a warning that has just come has no episode yet."""
        return await self._with_episodes(centre, await self._find(centre, self._server.clock()))

    async def recent(self, centre: Centre) -> Look:
        """Say what there is, as it was found last within ``believed_ms``: pages ask after every event."""
        now = self._server.clock()
        at, found = self._looked.get(centre.id, (Micros(0), ()))
        # Behind the end, or before the beginning where the clock was set back.
        if not 0 <= now - at < self._rules.believed_ms * 1000:
            found = await self._find(centre, now)
        return await self._with_episodes(centre, found)

    def found(self, centre: Centre) -> tuple[EarlyWarning, ...]:
        """Give what this process found last; nothing where it has not looked yet."""
        return self._looked.get(centre.id, (Micros(0), ()))[1]

    async def take(self, centre: Centre, warning: str, staff: StaffId) -> Look:
        """Note that somebody sees to a warning.

        Raises:
            WarningOverError: it is not there.
        """
        now = self._server.clock()
        taker = Taker.of(centre, staff, now)
        return await self._change(centre, warning, lambda one: episodes.take(one, staff, now), taker)

    async def give_back(self, centre: Centre, warning: str, staff: StaffId) -> Look:
        """Note that whoever took a warning does not see to it after all.

        Raises:
            WarningOverError: it is not there.
        """
        now = self._server.clock()
        taker = Taker.of(centre, staff, now)
        return await self._change(centre, warning, lambda one: episodes.give_back(one, staff), taker)

    # --- the parts ---------------------------------------------------------------------------------------------------

    async def _with_episodes(self, centre: Centre, found: tuple[EarlyWarning, ...]) -> Look:
        return Look(found, await self._server.log.run(lambda connection: store.episodes(connection, centre.id)))

    async def _change(self, centre: Centre, warning: str, act: Callable[[Episode], Episode], taker: Taker) -> Look:
        now = taker.now
        found = await self._find(centre, now)
        there = tuple(map(name_of, found))

        def decide(known: store.Episodes) -> store.Episodes:
            after = episodes.advance(known, there, now)
            if warning not in after:
                raise WarningOverError
            return {**after, warning: act(after[warning])}

        def write(connection: Connection) -> store.Episodes:
            before = store.episodes(connection, centre.id).get(warning)
            after = store.change(connection, centre.id, decide)
            holder = after[warning].taken_by
            if holder != (None if before is None else before.taken_by):
                record(connection, taker, AlarmName(warning), is_taken=holder is not None)
            return after

        return Look(found, await self._server.log.write_in_turn(taker.stream, write))

    async def _find(self, centre: Centre, now: Micros) -> tuple[EarlyWarning, ...]:
        kiosks = await self._server.log.run(lambda connection: self._slow_kiosks(connection, centre, now))
        basis, planned = await self._outlook(centre)
        state, settings, ahead = centre.state, centre.settings, self._rules.ahead_min * MINUTE
        closes, idle = _closes(centre, now), tuple(_could_open(centre))

        @cache
        def calls(more: tuple[CounterId, ...]) -> Mapping[VisitId, Micros]:
            opening = [one for one in idle if one.id in more]
            if basis is not None:
                return learned_calls(basis, state, opening, now)
            return expected_calls(state, settings, opening, now, closes)

        found: tuple[EarlyWarning, ...] = (
            *map(UnservedWarning, unserved(state, settings)),
            *coverage_gaps(state, settings, planned, calls(()), now, ahead=ahead),
            *breaking_promises(state, settings, calls, idle, now, ahead=ahead),
            *idle_counters(state, settings, now, after=self._rules.idle_s * SECOND),
            *kiosks,
        )
        self._looked[centre.id] = (now, found)
        return found

    def _slow_kiosks(self, connection: Connection, centre: Centre, now: Micros) -> tuple[SlowKiosk, ...]:
        """Look at the kiosks that say that they are well, while tickets are given out for as long as is looked at."""
        state = centre.state
        is_open = any(
            to_micros(one.opens) <= now - WINDOW and now < to_micros(one.last_ticket)
            for one in centre.facts.catalogue.centre.openings
        )
        if not is_open or state.intake is not Intake.OPEN:
            return ()
        known = device_states.list_devices(connection, centre.id, now, self._server.settings[AccountRules])
        well = [DeviceId(one.id) for one in known if one.kind == "kiosk" and one.mode == "in-service" and not one.late]
        if not well:
            return ()
        before = self._history.before(connection, centre, state.day, now)
        return slow_kiosks(kiosk_history.today(state, now), before, now, well)

    async def _outlook(self, centre: Centre) -> tuple[ForecastBasis | None, tuple[PlannedCounter, ...]]:
        """Give what is known of the day ahead, and who is there when; of no plan nothing can be said to end."""
        times = self._server[WaitingTimes]
        plan, learned = await times.plan(centre), await times.learned_days(centre)
        if plan is None:
            return None, ()
        planned = plan.counters if centre.setup.setup.staffing else ()
        return None if learned is None else ForecastBasis(learned.rates, plan), planned


def _closes(centre: Centre, now: Micros) -> Micros:
    """Say when the centre closes; outside of its hours, when its day ends."""
    spans = ((to_micros(one.opens), to_micros(one.closes)) for one in centre.facts.catalogue.centre.openings)
    until = next((closes for opens, closes in spans if opens <= now < closes), None)
    return centre.rule.starts_at(following(centre.rule.day_at(now))) if until is None else until


def _could_open(centre: Centre) -> Iterator[Counter]:
    """List the counters that are set up and not open: those that pause, at which somebody is, first."""
    known = centre.state.counters
    closed = []
    for one in centre.settings.counters.values():
        there = known.get(one.id)
        if there is None or there.state is CounterState.CLOSED:
            closed.append(Counter(one.id, CounterState.CLOSED, Micros(0), skills=one.skills))
        elif there.state is CounterState.PAUSED:
            yield there
    yield from closed
