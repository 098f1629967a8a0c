"""A small day to book: three pools, quarters of an hour from eight to four, an hour's break at noon."""

from collections.abc import Iterable

from queue_server.appointments.capacity import (
    CapacityRules,
    CapacityUse,
    Load,
    StaffedDay,
    StaffedPool,
    StaffedSpan,
    StopDemand,
)
from queue_server.appointments.decide import BookableDay, WantedTime
from queue_server.domain.appointments import PoolId
from queue_server.domain.values import HOUR, MINUTE, CentreId, Day, GovernmentId, Micros, ServiceId, StepId

CENTRE = CentreId("harbour")
DAYS = (Day("2026-11-30"), Day("2026-12-01"))
PERIOD = 15 * MINUTE
#: Midnight of the first day; the second one begins 24 hours later.
MIDNIGHT = Micros(1_795_996_800_000_000)
RULES = CapacityRules(period_s=900, work_percent=85, walk_in_percent=40)
WINDOWS, PAPERS, CASH = PoolId("windows"), PoolId("papers"), PoolId("cash")
UTO = GovernmentId("UTO")
PASSPORT, BIRTH = ServiceId("uto-passport"), ServiceId("uto-birth")
DOCUMENTS, PAYMENT, SUBMISSION = StepId("documents"), StepId("payment"), StepId("submission")
#: Minutes of a counter at each step, and of each further person of a party.
MINUTES = {DOCUMENTS: (10, 5), PAYMENT: (4, 1), SUBMISSION: (5, 3)}
STEPS = {PASSPORT: (DOCUMENTS, PAYMENT, SUBMISSION), BIRTH: (DOCUMENTS,)}
PROMISE_S = 600


def clock(day: int, hours: int, minutes: int = 0) -> Micros:
    """Give an instant of the first or second day."""
    return Micros(MIDNIGHT + (24 * day + hours) * HOUR + minutes * MINUTE)


def staffed(day: int) -> StaffedDay:
    """Give the day as the set-up has it: two counters for all, one for papers alone, a cash desk in the morning."""
    morning, afternoon = (clock(day, 8), clock(day, 12)), (clock(day, 13), clock(day, 16))
    periods = tuple(
        (Micros(start), Micros(start + PERIOD))
        for opens, closes in (morning, afternoon)
        for start in range(opens, closes, PERIOD)
    )
    pools = (
        StaffedPool(WINDOWS, (StaffedSpan(*morning, 2), StaffedSpan(*afternoon, 2))),
        StaffedPool(PAPERS, (StaffedSpan(*morning, 1),), steps=(DOCUMENTS, SUBMISSION)),
        StaffedPool(CASH, (StaffedSpan(morning[0], clock(day, 10), 1),), steps=(PAYMENT,)),
    )
    return StaffedDay(DAYS[day], periods, pools)


STAFFED = (staffed(0), staffed(1))
BOOKABLE = tuple(BookableDay(CENTRE, one, RULES) for one in STAFFED)


def journey(services: Iterable[ServiceId], people: int = 1) -> tuple[StopDemand, ...]:
    """Line up what a party needs of staff."""
    return tuple(
        StopDemand(step, service, UTO, 60 * (MINUTES[step][0] + (people - 1) * MINUTES[step][1]), PROMISE_S)
        for service in services
        for step in STEPS[service]
    )


def wanted(
    at: Micros, *services: ServiceId, people: int = 1, earliest: Micros = MIDNIGHT, ahead: bool = False
) -> WantedTime:
    """Say what somebody wants a time for; without services it is a birth to register."""
    named = services or (BIRTH,)
    stops = journey(named, people)
    return WantedTime(
        at=at,
        services=named,
        party_size=people,
        people=(),
        stops=stops,
        seconds=sum(stop.seconds for stop in stops),
        remote=None,
        earliest=earliest,
        latest=Micros(MIDNIGHT + 30 * 24 * HOUR),
        ahead=ahead,
    )


def free(use: CapacityUse) -> list[list[int]]:
    """List what is left of each pool in each period."""
    return [
        [seconds - use.taken(pool.id, period) for period, seconds in enumerate(pool.bookable)] for pool in use.day.pools
    ]


def total(loads: Iterable[Load]) -> int:
    return sum(load.seconds for load in loads)
