"""In any order of holding, booking, moving, cancelling, coming and changing a day, nothing is given away twice.

Two days are played as their streams would hold them: each deed is decided, its events are folded, and then every pool
is counted in every period: what is booked, held, and not given back yet is never more than there is.
"""

import random
from collections import defaultdict
from collections.abc import Callable
from functools import partial

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from queue_server.appointments import day_changes, decide
from queue_server.appointments import events as e
from queue_server.appointments.capacity import CapacityUse, StopDemand, capacity
from queue_server.appointments.decide import Booking
from queue_server.appointments.errors import AppointmentsError, HoldOverError, TimeTakenError
from queue_server.appointments.events import CODEC
from queue_server.appointments.model import TAKING, Appointment, AppointmentDay, evolve
from queue_server.domain.appointments import (
    AppointmentCode,
    AppointmentId,
    AppointmentState,
    BookedThrough,
    DayChangeId,
    DayChangeKind,
    HoldId,
)
from queue_server.domain.values import HOUR, MINUTE, Language, Micros, ServiceId, VisitId
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import Payload
from tests.queue_server.appointments.small_day import (
    BIRTH,
    BOOKABLE,
    CASH,
    DAYS,
    MIDNIGHT,
    PAPERS,
    PASSPORT,
    RULES,
    STAFFED,
    WINDOWS,
    clock,
    journey,
    wanted,
)

SERVICES: tuple[tuple[ServiceId, ...], ...] = ((BIRTH,), (PASSPORT,), (PASSPORT, BIRTH))
#: Few times, so that people get into each other's way.
TIMES = st.tuples(st.integers(0, 1), st.sampled_from([(8, 0), (8, 15), (8, 30), (11, 45), (15, 30), (15, 45)]))
POOLS = st.sampled_from([None, WINDOWS, PAPERS, CASH])


def journey_of(one: Appointment) -> tuple[StopDemand, ...]:
    return journey(one.services, one.party_size)


class Bookings(RuleBasedStateMachine):
    """All that may happen to two days, in any order and at any time before and during them."""

    def __init__(self) -> None:
        super().__init__()
        self.now = Micros(MIDNIGHT - 6 * HOUR)
        self.days: list[AppointmentDay | None] = [None, None]
        self.seqs = [0, 0]
        self.counted = 0
        #: Whose time a change took, by the change.
        self.displaced: defaultdict[str, set[str]] = defaultdict(set)

    # --- how it is played --------------------------------------------------------------------------------------------

    def new(self, kind: str) -> str:
        self.counted += 1
        return f"{kind}-{self.counted}"

    def fold(self, day: int, bodies: tuple[Payload, ...]) -> None:
        at = self.now
        for body in bodies:
            self.seqs[day] += 1
            # As it is read again: what is stored says all.
            read = CODEC.decode(body.type, body.v, encode(body))
            assert read == body
            before = self.days[day]
            self.days[day] = evolve(
                before, read, self.seqs[day], Micros(max(at, 0 if before is None else before.changed_at))
            )

    def tried(self, day: int, deed: Callable[[AppointmentDay | None], tuple[Payload, ...]]) -> bool:
        try:
            self.fold(day, deed(self.days[day]))
        except AppointmentsError:
            return False
        return True

    def some(self, pick: int, *states: AppointmentState) -> Appointment | None:
        known = [
            one for day in self.days if day is not None for one in day.appointments.values() if one.state in states
        ]
        return known[pick % len(known)] if known else None

    # --- what happens ------------------------------------------------------------------------------------------------

    @rule(minutes=st.sampled_from([0, 1, 5, 10, 30, 60, 400]))
    def time_passes(self, minutes: int) -> None:
        self.now = Micros(self.now + minutes * MINUTE)

    @rule(time=TIMES, services=st.sampled_from(SERVICES), people=st.integers(1, 4), ahead=st.booleans())
    def hold(
        self, time: tuple[int, tuple[int, int]], services: tuple[ServiceId, ...], people: int, *, ahead: bool
    ) -> None:
        day, at = time
        asked = wanted(clock(day, *at), *services, people=people, ahead=ahead)
        until = Micros(self.now + 10 * MINUTE)
        self.tried(day, lambda b: decide.hold(b, BOOKABLE[day], asked, HoldId(self.new("hold")), until, self.now))

    @rule(day=st.integers(0, 1), pick=st.integers(0, 9), other=st.booleans(), keeps=st.booleans())
    def book_what_is_held(self, day: int, pick: int, *, other: bool, keeps: bool) -> None:
        """By a hold that may have ended, for the same or for more than it was held for."""
        book = self.days[day]
        if book is None or not book.holds:
            return
        held = list(book.holds.values())[pick % len(book.holds)]
        asked = wanted(held.at, *held.services, people=held.party_size + other)
        booking = self.booking()
        is_over = held.until <= max(self.now, book.changed_at)
        booked = self.tried(
            day, lambda b: decide.book_time(b, BOOKABLE[day], asked, booking, held.id if keeps else None, self.now)
        )
        if keeps and is_over:
            assert not booked
        elif keeps and not other:
            assert booked, "what is held is theirs"

    @rule(time=TIMES, services=st.sampled_from(SERVICES), people=st.integers(1, 4))
    def book(self, time: tuple[int, tuple[int, int]], services: tuple[ServiceId, ...], people: int) -> None:
        day, at = time
        asked = wanted(clock(day, *at), *services, people=people)
        booking = self.booking()
        self.tried(day, lambda b: decide.book_time(b, BOOKABLE[day], asked, booking, None, self.now))

    @rule(time=TIMES, services=st.sampled_from(SERVICES), people=st.integers(1, 3))
    def crowd(self, time: tuple[int, tuple[int, int]], services: tuple[ServiceId, ...], people: int) -> None:
        """Book one time until it is full."""
        day, at = time
        asked = wanted(clock(day, *at), *services, people=people)
        for _ in range(12):
            deed = partial(
                decide.book_time, day=BOOKABLE[day], wanted=asked, booking=self.booking(), held=None, now=self.now
            )
            if not self.tried(day, deed):
                return

    def booking(self) -> Booking:
        ident = AppointmentId(self.new("appointment"))
        return Booking(ident, AppointmentCode("HS4K7KM2"), Language("en"), BookedThrough.PUBLIC)

    @rule(day=st.integers(0, 1), pick=st.integers(0, 9))
    def release(self, day: int, pick: int) -> None:
        book = self.days[day]
        if book is not None and book.holds:
            self.tried(day, lambda b: decide.release(b, list(book.holds)[pick % len(book.holds)], self.now))

    @rule(pick=st.integers(0, 50), time=TIMES, after=st.integers(0, 60))
    def move(self, pick: int, time: tuple[int, tuple[int, int]], after: int) -> None:
        """To another time of its day, or to the other day: one and the same commit, or none."""
        one = self.some(pick, AppointmentState.BOOKED, AppointmentState.DISPLACED)
        if one is None:
            return
        (day, at), old = time, DAYS.index(one.day)
        asked = wanted(clock(day, *at), *one.services, people=one.party_size)
        release_at = Micros(self.now + after * MINUTE)
        if day == old:
            self.tried(day, lambda b: decide.reschedule(b, BOOKABLE[day], asked, one.id, None, release_at, self.now))
            return
        try:
            out = decide.move_out(self.days[old], one.id, DAYS[day], asked.at, release_at)
            come = decide.move_in(self.days[day], BOOKABLE[day], asked, one, None, self.now)
        except (TimeTakenError, HoldOverError):
            return
        self.fold(old, out)
        self.fold(day, come)

    @rule(pick=st.integers(0, 50), after=st.integers(0, 60))
    def cancel(self, pick: int, after: int) -> None:
        one = self.some(pick, AppointmentState.BOOKED, AppointmentState.DISPLACED, AppointmentState.CANCELLED)
        if one is not None:
            release_at = Micros(self.now + after * MINUTE)
            assert self.tried(DAYS.index(one.day), lambda b: decide.cancel(b, one.id, release_at))

    @rule(pick=st.integers(0, 50))
    def come(self, pick: int) -> None:
        one = self.some(pick, AppointmentState.BOOKED)
        if one is not None:
            visit = VisitId(self.new("visit"))
            assert self.tried(DAYS.index(one.day), lambda b: decide.check_in(b, one.id, visit))

    @precondition(lambda self: self.now > clock(1, 0))
    @rule()
    def miss(self) -> None:
        self.fold(0, decide.miss(self.days[0]))

    @rule(
        day=st.integers(0, 1),
        hours=st.sampled_from([8, 8, 11, 15]),
        length=st.sampled_from([10, 60, 480]),
        pool=POOLS,
        counters=st.sampled_from([0, 0, -1, -2, 1]),
        right=st.booleans(),
    )
    def change(self, day: int, hours: int, length: int, pool: object, counters: int, *, right: bool) -> None:
        """Close an hour (no counters said) or take and add some, with the list that was shown or with another one."""
        start = clock(day, hours)
        body = e.AppointmentDayChanged(
            DayChangeId(self.new("change")),
            DayChangeKind.COUNTERS if counters else DayChangeKind.CLOSE,
            start,
            Micros(start + length * MINUTE),
            pool,  # type: ignore[arg-type]
            counters,
        )
        try:
            effects = day_changes.effects_of(self.days[day], BOOKABLE[day], body, journey_of, self.now)
        except AppointmentsError:
            return
        shown = effects.displaced if right else (*effects.displaced, "somebody-else")
        assert (
            self.tried(day, lambda b: day_changes.change_day(b, BOOKABLE[day], body, shown, journey_of, self.now))
            == right
        )
        if right:
            self.displaced[body.change].update(effects.displaced)
            book = self.days[day]
            assert book is not None
            for ident in effects.displaced:
                assert book.appointments[ident].state is AppointmentState.DISPLACED

    @rule(day=st.integers(0, 1), pick=st.integers(0, 9))
    def restore(self, day: int, pick: int) -> None:
        book = self.days[day]
        if book is not None and book.changes:
            change = book.changes[pick % len(book.changes)].id
            self.tried(day, lambda b: day_changes.restore_day(b, change, journey_of, BOOKABLE[day], self.now))

    # --- what always holds -------------------------------------------------------------------------------------------

    @invariant()
    def nothing_is_given_away_twice(self) -> None:
        for day, book in enumerate(self.days):
            if book is None:
                continue
            now = Micros(max(self.now, book.changed_at))
            taken, stays = (CapacityUse(capacity(STAFFED[day], book.changes, RULES)) for _ in range(2))
            taken.add(book.booked_loads())
            for hold in book.holds.values():
                if hold.until > now:
                    taken.add(hold.loads)
            # Whoever has come, or whose time has come, stays where a manager takes counters away from under them.
            for one in book.appointments.values():
                if one.state in TAKING and (one.at <= now or one.state is not AppointmentState.BOOKED):
                    stays.add(one.loads)
            for pool in taken.day.pools:
                for period, seconds in enumerate(pool.bookable):
                    assert taken.taken(pool.id, period) <= max(seconds, stays.taken(pool.id, period))

    @invariant()
    def everybody_is_somewhere_once(self) -> None:
        where = defaultdict(list)
        for book in self.days:
            for one in () if book is None else book.appointments.values():
                if one.state is not AppointmentState.MOVED:
                    where[one.id].append(one)
        assert all(len(found) == 1 for found in where.values())
        for (one,) in where.values():
            if one.state is AppointmentState.BOOKED:
                assert sum(load.seconds for load in one.loads) == one.seconds
                assert min(load.at for load in one.loads) == one.at


Bookings.TestCase.settings = settings(max_examples=80, stateful_step_count=60, deadline=None)
TestBookings = Bookings.TestCase


def test_a_year_of_chance_without_changes_of_the_day_never_oversells_what_comes_back() -> None:
    """Where nobody takes counters away, what was given back and is not free yet counts too."""
    chance = random.Random(14)
    play = Bookings()
    for _ in range(600):
        deed = chance.randrange(6)
        time = (chance.randrange(2), chance.choice([(8, 0), (8, 15), (9, 0), (11, 45), (15, 45)]))
        match deed:
            case 0:
                play.time_passes(chance.randrange(5))
            case 1 | 2:
                play.hold(time, chance.choice(SERVICES), chance.randrange(1, 5), ahead=False)
            case 3:
                play.book(time, chance.choice(SERVICES), chance.randrange(1, 5))
            case 4:
                play.move(chance.randrange(50), time, chance.randrange(60))
            case _:
                play.cancel(chance.randrange(50), chance.randrange(60))
        for day, book in enumerate(play.days):
            use = decide.use_of(BOOKABLE[day], book, play.now)
            for pool in use.day.pools:
                for period, seconds in enumerate(pool.bookable):
                    assert use.taken(pool.id, period) <= seconds
