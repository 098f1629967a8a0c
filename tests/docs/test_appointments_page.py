"""What ``docs/appointments.md`` counts by hand is what the capacity of a day comes to."""

import math
import re
from pathlib import Path
from typing import Final

import msgspec

from queue_server.appointments import day_changes
from queue_server.appointments.capacity import (
    CapacityRules,
    CapacityUse,
    Load,
    StaffedDay,
    StaffedPool,
    StaffedSpan,
    StopDemand,
    capacity,
)
from queue_server.appointments.decide import BookableDay
from queue_server.appointments.events import AppointmentDayChanged
from queue_server.appointments.model import Appointment, AppointmentDay
from queue_server.appointments.staffing import PartyJourney
from queue_server.domain.appointments import (
    CODE_LENGTH,
    AppointmentCode,
    AppointmentId,
    AppointmentState,
    BookedThrough,
    DayChangeId,
    DayChangeKind,
    PoolId,
)
from queue_server.domain.typed_codes import CODE_SIGNS
from queue_server.domain.values import (
    MINUTE,
    CentreId,
    Day,
    GovernmentId,
    Language,
    Micros,
    ServiceId,
    StepId,
)

PAGE: Final = (Path(__file__).parents[2] / "docs/appointments.md").read_text("utf-8")
NINE: Final = 9 * 60 * MINUTE
PERIODS: Final = tuple(
    (Micros(NINE + number * 15 * MINUTE), Micros(NINE + (number + 1) * 15 * MINUTE)) for number in range(4)
)
CLOCKS: Final = ("09:00", "09:15", "09:30", "09:45")
PAPERS: Final = PoolId("papers")
RULES: Final = CapacityRules(period_s=900, work_percent=85, walk_in_percent=40)
DAY: Final = StaffedDay(
    Day("2026-12-01"),
    PERIODS,
    (StaffedPool(PAPERS, (StaffedSpan(PERIODS[0][0], PERIODS[-1][1], 2),), steps=(StepId("documents"),)),),
)


def rows(head: str) -> list[list[str]]:
    """Read the table of the page whose first line begins with ``head``."""
    table = PAGE[PAGE.index(head) :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def demand(people: int) -> StopDemand:
    seconds = 60 * (10 + 5 * (people - 1))
    return StopDemand(StepId("documents"), ServiceId("renewal"), GovernmentId("UTO"), seconds, 10 * 60)


def spread(loads: tuple[Load, ...]) -> list[str]:
    taken = {load.at: load.seconds for load in loads}
    return [str(taken.get(start, 0)) for start, _ in PERIODS]


def booked() -> dict[str, Appointment]:
    """Book as the page says, and compare what each party takes."""
    use = CapacityUse(capacity(DAY, (), RULES))
    found = {}
    for number, (party, people, clock, seconds, *taken) in enumerate(rows("| party | people |")):
        stop, at = demand(int(people)), PERIODS[CLOCKS.index(clock)][0]
        assert str(stop.seconds) == seconds
        loads = use.place((stop,), at)
        if taken[0] == "refused":
            assert loads is None, party
            continue
        assert loads is not None, party
        assert spread(loads) == taken, party
        use.add(loads)
        found[party] = Appointment(
            id=AppointmentId(party),
            centre=CentreId("harbour"),
            day=DAY.day,
            code=AppointmentCode("HS4K7KM2"),
            state=AppointmentState.BOOKED,
            at=at,
            services=(ServiceId("renewal"),),
            party_size=int(people),
            people=(),
            language=Language("en"),
            through=BookedThrough.PUBLIC,
            seconds=stop.seconds,
            remote=None,
            document=None,
            loads=loads,
            booked_at=Micros(number),
            changed_at=Micros(number),
            revision=0,
        )
    return found


def test_what_is_for_bookings_is_what_the_page_says() -> None:
    (pool,) = capacity(DAY, (), RULES).pools
    assert set(pool.bookable) == {918}
    assert "85 % \N{MULTIPLICATION SIGN} 60 % = **918**" in PAGE
    assert f"One counter's share is {RULES.share_of(900)}" in PAGE


def test_every_party_takes_what_the_page_says() -> None:
    assert sorted(booked()) == ["A", "B", "C", "D"]


def test_a_change_concerns_whom_the_page_says() -> None:
    appointments = booked()
    book = AppointmentDay(CentreId("harbour"), DAY.day, Micros(4), 4, {one.id: one for one in appointments.values()})
    change = AppointmentDayChanged(DayChangeId("c"), DayChangeKind.COUNTERS, PERIODS[1][0], PERIODS[-1][1], PAPERS, -1)
    day = BookableDay(CentreId("harbour"), DAY, RULES)
    effects = day_changes.effects_of(book, day, change, lambda one: (demand(one.party_size),), Micros(8 * 60 * MINUTE))
    after = {one.id: one.loads for one in appointments.values()} | dict(effects.reassigned)
    for party, keeps, *taken in rows("| party | keeps"):
        assert (AppointmentId(party) not in effects.displaced) == (keeps == "yes"), party
        if keeps == "yes":
            assert spread(after[AppointmentId(party)]) == taken, party


def test_codes_are_as_many_as_the_page_says() -> None:
    codes = len(CODE_SIGNS) ** CODE_LENGTH
    assert f"{CODE_LENGTH} signs of {len(CODE_SIGNS)}" in PAGE
    assert f"28^8 = {codes:,} of them, {math.log2(codes):.1f} bits" in PAGE
    tries = codes // 2_000
    assert f"one of {tries:,} tries" in PAGE
    assert f"needs {tries * 10 / (365.25 * 24 * 3600):.0f} years" in PAGE


def test_overbooking_is_bounded_as_the_page_says() -> None:
    (least,) = re.findall(r"takes (\d+) at least \(600 ÷ 1\.15", PAGE)
    (fifth,) = re.findall(r"a fifth less would be (\d+)", PAGE)
    journey = PartyJourney((demand(1),), None)
    assert msgspec.structs.astuple(journey.expected(20, 15)[0])[3] == int(least)
    assert journey.expected(20, 100)[0].seconds == int(fifth)
