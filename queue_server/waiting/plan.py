"""Who will be at the counters, as it looks at a moment: the staffing plan, corrected by who is there. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from queue_server.appointments.capacity import DayChange, StaffedDay, StaffedPool, StaffedSpan, changed_pool
from queue_server.appointments.staffing import staffed_day
from queue_server.catalogue.appointments import AppointmentRules
from queue_server.catalogue.model import Setup
from queue_server.domain.service_day import following
from queue_server.domain.values import MINUTE, CounterId, CounterState, Day, Micros
from queue_server.forecast.outlook import DayPlan, ExpectedBooking, PlannedCounter
from queue_server.forecast.rates import PlannedMinutes
from queue_server.queue.settings import CentreSettings, Skills
from queue_server.queue.state import Counter, DayState

#: A counter of the plan that is still not there so long after its beginning is not there until its next one.
_ABSENT: Final = 15 * MINUTE


class DayFrame(msgspec.Struct, frozen=True):
    """What the set-up says of a day: opening, last ticket, closing, and who is planned; the same all day long.

    ``ends``: people who still wait at ``closes`` are sent home; where the centre works round the clock they are not.
    """

    opens: Micros
    last_ticket: Micros
    closes: Micros
    ends: bool
    pools: tuple[StaffedPool, ...]


def day_frame(setup: Setup, day: Day, changes: Iterable[DayChange] = ()) -> DayFrame | None:
    """Read the set-up for a day, as managers changed its staffing; None where the centre is closed on it.

    Reads zones and holidays from files.
    """
    rules = setup.appointments or AppointmentRules()
    plan = _changed(staffed_day(setup, rules, day), tuple(changes))
    if not plan.periods:
        return None
    last_ticket = Micros(max(plan.begins, plan.ends - setup.rules.last_ticket_min * MINUTE))
    if not setup.rules.round_the_clock:
        return DayFrame(plan.begins, last_ticket, plan.ends, ends=True, pools=plan.pools)
    # Whoever waits at the end of the day goes on waiting in the next one.
    later = staffed_day(setup, rules, following(day))
    spans = {pool.id: pool.spans for pool in later.pools}
    pools = tuple(
        msgspec.structs.replace(pool, spans=tuple(_joined((*pool.spans, *spans.get(pool.id, ())))))
        for pool in plan.pools
    )
    closes = max(plan.ends, later.ends)
    return DayFrame(plan.begins, closes, closes, ends=False, pools=pools)


def _changed(plan: StaffedDay, changes: tuple[DayChange, ...]) -> StaffedDay:
    return msgspec.structs.replace(plan, pools=tuple(changed_pool(one, changes) for one in plan.pools))


def _joined(spans: Sequence[StaffedSpan]) -> Iterator[StaffedSpan]:
    """Make one of spans of as many counters that meet: nobody leaves in between."""
    last: StaffedSpan | None = None
    for span in sorted(spans, key=lambda one: one.start):
        if last is not None and span.start <= last.end and span.counters == last.counters:
            last = StaffedSpan(last.start, Micros(max(last.end, span.end)), last.counters)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def day_plan(  # noqa: PLR0917 - all that is known of a day
    frame: DayFrame,
    settings: CentreSettings,
    state: DayState,
    planned: PlannedMinutes,
    bookings: tuple[ExpectedBooking, ...] | None,
    showing: float,
    now: Micros,
) -> DayPlan:
    """Say what is known of a day ahead at a moment of it."""
    counters = tuple(planned_counters(frame, state, now))
    return DayPlan(settings, counters, frame.last_ticket, frame.closes, planned, bookings=bookings, showing=showing)


def planned_counters(frame: DayFrame, state: DayState, now: Micros) -> Iterator[PlannedCounter]:
    """Name who will be there, and when.

    A counter that is there counts as one of the pool of the plan that is most like it, and comes and goes with that;
    beyond the plan, or without one, it stays until the centre closes. Who is planned and has not come is expected
    for a while.
    """
    present = [one for one in state.counters.values() if one.state is not CounterState.CLOSED]
    for pool in sorted(frame.pools, key=_breadth):
        spans = _joined(pool.spans)
        ahead = [(span.start, span.end, span.counters) for span in spans if span.end > now]
        most = max((count for _, _, count in ahead), default=0)
        # Who pauses now is one of those whom the plan has at their break now.
        at_work = bool(ahead) and ahead[0][0] <= now
        fitting = (one for one in present if _fits(one, pool))
        mine = sorted(fitting, key=lambda one: ((one.state is CounterState.OPEN) is not at_work, one.id))[:most]
        for counter in mine:
            present.remove(counter)
        for number in range(most):
            own: list[tuple[Micros, Micros]] = []
            for start, end, count in ahead:
                if number < count and own and own[-1][1] == start:
                    own[-1] = own[-1][0], end
                elif number < count:
                    own.append((start, end))
            if number < len(mine):
                there = own if _goes(mine[number], pool, now) else _there(mine[number], own, now, frame)
                yield PlannedCounter(mine[number].id, mine[number].skills, tuple(there))
                continue
            coming = tuple((start, end) for start, end in own if start > now - _ABSENT)
            skills = Skills(pool.steps, pool.services, pool.governments)
            yield PlannedCounter(CounterId(f"plan/{pool.id}/{number}"), skills, coming)
    for counter in present:
        yield PlannedCounter(counter.id, counter.skills, ((now, frame.closes),))


def _goes(counter: Counter, pool: StaffedPool, now: Micros) -> bool:
    """Tell whether a counter goes as soon as whom it has is served: by the plan it would just have gone."""
    return counter.visit is not None and any(now - _ABSENT < span.end <= now for span in pool.spans)


def _there(
    counter: Counter, spans: Sequence[tuple[Micros, Micros]], now: Micros, frame: DayFrame
) -> tuple[tuple[Micros, Micros], ...]:
    """Say when a counter is there that is there now: one that works through its break stays until it has its next."""
    if counter.state is CounterState.OPEN and (not spans or spans[0][0] > now):
        return ((now, spans[0][0] if spans else frame.closes), *spans)
    return tuple(spans) or ((now, frame.closes),)


def _breadth(pool: StaffedPool) -> tuple[int, int, int]:
    """Sort those who can do little first: a counter for anything is nobody's own."""
    any_of = 1_000
    return len(pool.steps) or any_of, len(pool.services) or any_of, len(pool.governments) or any_of


def _fits(counter: Counter, pool: StaffedPool) -> bool:
    """Tell whether a counter does what a pool is for: the same steps, services and governments, or fewer of them."""
    skills = counter.skills
    pairs = ((skills.steps, pool.steps), (skills.services, pool.services), (skills.governments, pool.governments))
    return all(not theirs or (own and set(own) <= set(theirs)) for own, theirs in pairs)
