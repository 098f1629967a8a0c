"""What may be done with a day's appointments, at the edges of each rule."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from queue_server.appointments import day_changes, decide
from queue_server.appointments import events as e
from queue_server.appointments.capacity import Load, StopDemand
from queue_server.appointments.decide import Booking
from queue_server.appointments.errors import (
    AppointmentStateError,
    AppointmentUnknownError,
    DayChangeConcernsError,
    DayChangeInvalidError,
    HoldOverError,
    TimeNotOfferedError,
    TimeTakenError,
)
from queue_server.appointments.model import Appointment, AppointmentDay, evolve
from queue_server.domain.appointments import (
    AppointmentId,
    AppointmentState,
    BookedThrough,
    DayChangeId,
    DayChangeKind,
    HoldId,
    PoolId,
    draw_code,
)
from queue_server.domain.values import HOUR, MINUTE, Language, Micros, VisitId
from queue_server.eventlog.payload import Payload, UnknownEventError
from tests.queue_server.appointments.small_day import (
    BOOKABLE,
    CASH,
    CENTRE,
    DAYS,
    MIDNIGHT,
    PAPERS,
    PASSPORT,
    WINDOWS,
    clock,
    journey,
    wanted,
)

EARLY = Micros(MIDNIGHT - HOUR)
HELD_UNTIL = Micros(EARLY + 10 * MINUTE)
FIRST = clock(0, 8)


class Played:
    """A day to which things happen."""

    def __init__(self) -> None:
        self.book: AppointmentDay | None = None
        self.seq = 0

    def __call__(self, bodies: tuple[Payload, ...], at: Micros = EARLY) -> tuple[Payload, ...]:
        for body in bodies:
            self.seq += 1
            self.book = evolve(self.book, body, self.seq, at)
        return bodies

    def state(self, ident: str) -> AppointmentState:
        assert self.book is not None
        return self.book.appointments[AppointmentId(ident)].state

    def book_at(self, ident: str, at: Micros, *, people: int = 1, held: str | None = None, now: Micros = EARLY) -> None:
        asked = wanted(at, people=people)
        self(decide.book_time(self.book, BOOKABLE[0], asked, booking(ident), held, now), now)

    def fill(self, at: Micros) -> int:
        """Book a time until it is full; gives how many found a place."""
        for number in range(100):
            try:
                self.book_at(f"{at}-{number}", at)
            except TimeTakenError:
                return number
        raise AssertionError("it is never full")


def booking(ident: str) -> Booking:
    return Booking(AppointmentId(ident), draw_code(), Language("en"), BookedThrough.PUBLIC)


def journey_of(one: Appointment) -> tuple[StopDemand, ...]:
    return journey(one.services, one.party_size)


@pytest.fixture
def day() -> Played:
    return Played()


def test_the_first_event_says_of_which_day_it_is(day: Played) -> None:
    done = day(decide.hold(None, BOOKABLE[0], wanted(FIRST), HoldId("h"), HELD_UNTIL, EARLY))
    assert done[0] == e.AppointmentDayOpened(CENTRE, DAYS[0])
    assert len(day(decide.hold(day.book, BOOKABLE[0], wanted(FIRST), HoldId("i"), HELD_UNTIL, EARLY))) == 1
    with pytest.raises(UnknownEventError):
        evolve(None, e.HoldReleased(HoldId("h")), 1, EARLY)
    with pytest.raises(UnknownEventError):
        evolve(day.book, e.AppointmentMissed(AppointmentId("nobody")), 9, EARLY)


def test_what_is_held_is_taken_until_the_very_instant(day: Played) -> None:
    hold = decide.hold(None, BOOKABLE[0], wanted(FIRST), HoldId("h"), HELD_UNTIL, EARLY)
    day(hold)
    day.fill(FIRST)
    last = Micros(HELD_UNTIL - 1)
    with pytest.raises(TimeTakenError):
        decide.book_time(day.book, BOOKABLE[0], wanted(FIRST), booking("a"), None, last)
    assert decide.book_time(day.book, BOOKABLE[0], wanted(FIRST), booking("a"), "h", last)
    with pytest.raises(HoldOverError):
        decide.book_time(day.book, BOOKABLE[0], wanted(FIRST), booking("a"), "h", HELD_UNTIL)
    day.book_at("b", FIRST, now=HELD_UNTIL)


def test_what_is_held_is_theirs_whatever_happens_beside_it(day: Played) -> None:
    day(decide.hold(None, BOOKABLE[0], wanted(FIRST), HoldId("h"), HELD_UNTIL, EARLY))
    assert day.fill(FIRST) > 0
    day.book_at("mine", FIRST, held="h")
    assert day.book is not None
    assert not day.book.holds
    with pytest.raises(HoldOverError):
        day.book_at("again", FIRST, held="h")


def test_a_hold_for_fewer_people_ends_with_a_booking_for_more(day: Played) -> None:
    day(decide.hold(None, BOOKABLE[0], wanted(FIRST), HoldId("h"), HELD_UNTIL, EARLY))
    day.book_at("family", FIRST, people=2, held="h")
    assert day.book is not None
    assert not day.book.holds
    assert sum(load.seconds for load in day.book.appointments[AppointmentId("family")].loads) == 900


def test_released_twice_is_released_once(day: Played) -> None:
    day(decide.hold(None, BOOKABLE[0], wanted(FIRST), HoldId("h"), HELD_UNTIL, EARLY))
    assert day(decide.release(day.book, "h", EARLY)) == (e.HoldReleased(HoldId("h")),)
    assert decide.release(day.book, "h", EARLY) == ()
    assert decide.release(None, "h", EARLY) == ()


def test_a_family_of_four_has_one_place_or_none(day: Played) -> None:
    at = clock(0, 15, 30)
    day.book_at("one", at)
    before = day.book
    # They need one counter for 25 minutes: what two counters have left is not enough for them, and nothing is taken.
    with pytest.raises(TimeTakenError):
        day.book_at("family", at, people=4)
    assert day.book is before
    day.book_at("two", at)


@pytest.mark.parametrize(("at", "fits"), [(-1, False), (0, True), (1, False)])
def test_the_earliest_and_the_latest_time_are_among_those(at: int, *, fits: bool) -> None:
    early = replace(wanted(FIRST), earliest=Micros(FIRST + at), latest=Micros(FIRST + at))
    late = replace(wanted(FIRST), latest=Micros(FIRST + at))
    for asked, is_free in ((early, fits), (late, at >= 0)):
        if is_free:
            assert decide.hold(None, BOOKABLE[0], asked, HoldId("h"), HELD_UNTIL, EARLY)
        else:
            with pytest.raises(TimeNotOfferedError):
                decide.hold(None, BOOKABLE[0], asked, HoldId("h"), HELD_UNTIL, EARLY)


def test_a_time_that_is_none_is_not_offered() -> None:
    with pytest.raises(TimeNotOfferedError):
        decide.hold(None, BOOKABLE[0], wanted(clock(0, 8, 7)), HoldId("h"), HELD_UNTIL, EARLY)


def test_what_is_cancelled_comes_back_at_its_instant_and_to_the_waiting_list_before(day: Played) -> None:
    count = day.fill(FIRST)
    assert count >= 2
    release_at = Micros(EARLY + 37 * MINUTE)
    day(decide.cancel(day.book, f"{FIRST}-0", release_at))
    assert decide.cancel(day.book, f"{FIRST}-0", release_at) == ()
    before = Micros(release_at - 1)
    with pytest.raises(TimeTakenError):
        decide.book_time(day.book, BOOKABLE[0], wanted(FIRST), booking("a"), None, before)
    assert decide.book_time(day.book, BOOKABLE[0], wanted(FIRST, ahead=True), booking("a"), None, before)
    assert decide.book_time(day.book, BOOKABLE[0], wanted(FIRST), booking("a"), None, release_at)


def test_a_clock_that_went_back_gives_nothing_back(day: Played) -> None:
    """What was decided later is not decided again by a server whose clock is behind."""
    day(decide.hold(None, BOOKABLE[0], wanted(FIRST), HoldId("h"), HELD_UNTIL, EARLY))
    day.book_at("a", clock(0, 9), now=HELD_UNTIL)
    with pytest.raises(HoldOverError):
        decide.book_time(day.book, BOOKABLE[0], wanted(FIRST), booking("b"), "h", EARLY)


def test_within_a_day_a_party_may_stand_on_its_own_place(day: Played) -> None:
    at = clock(0, 15, 15)
    day.book_at("family", at, people=2)
    day.fill(at)
    day.fill(clock(0, 15, 30))
    day.fill(clock(0, 15, 45))
    release_at = Micros(EARLY + MINUTE)
    moved = decide.reschedule(day.book, BOOKABLE[0], wanted(clock(0, 15), people=2), "family", None, release_at, EARLY)
    day(moved)
    assert day.book is not None
    one = day.book.appointments[AppointmentId("family")]
    assert (one.at, one.revision, one.state) == (clock(0, 15), 1, AppointmentState.BOOKED)
    # To where it is already: nothing happens, and nothing is counted.
    again = wanted(clock(0, 15), people=2)
    assert decide.reschedule(day.book, BOOKABLE[0], again, "family", None, release_at, EARLY) == ()


def test_to_another_day_it_goes_whole(day: Played) -> None:
    day.book_at("one", FIRST)
    assert day.book is not None
    known = day.book.appointments[AppointmentId("one")]
    asked = wanted(clock(1, 9))
    (out,) = decide.move_out(day.book, "one", DAYS[1], asked.at, HELD_UNTIL)
    opened, come = decide.move_in(None, BOOKABLE[1], asked, known, None, EARLY)
    day((out,))
    other = evolve(evolve(None, opened, 1, EARLY), come, 2, EARLY)
    assert day.state("one") is AppointmentState.MOVED
    moved = other.appointments[AppointmentId("one")]
    assert (moved.code, moved.at, moved.revision, moved.booked_at) == (known.code, clock(1, 9), 1, EARLY)
    with pytest.raises(AppointmentStateError):
        decide.move_out(day.book, "one", DAYS[1], asked.at, HELD_UNTIL)


@pytest.mark.parametrize("end", ["came", "missed", "cancelled"])
def test_what_is_over_is_neither_moved_nor_cancelled_nor_come_to(day: Played, end: str) -> None:
    day.book_at("one", FIRST)
    done: dict[str, Callable[[], tuple[Payload, ...]]] = {
        "came": lambda: decide.check_in(day.book, "one", VisitId("v")),
        "missed": lambda: decide.miss(day.book),
        "cancelled": lambda: decide.cancel(day.book, "one", HELD_UNTIL),
    }
    assert day(done[end]())
    with pytest.raises(AppointmentStateError):
        decide.move_out(day.book, "one", DAYS[1], clock(1, 9), HELD_UNTIL)
    with pytest.raises(AppointmentStateError):
        decide.check_in(day.book, "one", VisitId("w"))
    assert decide.miss(day.book) == ()
    if end != "cancelled":
        with pytest.raises(AppointmentStateError):
            decide.cancel(day.book, "one", HELD_UNTIL)


def test_of_nobody_nothing_is_decided(day: Played) -> None:
    day.book_at("one", FIRST)
    for book in (None, day.book):
        with pytest.raises(AppointmentUnknownError):
            decide.cancel(book, "other", HELD_UNTIL)
        with pytest.raises(AppointmentUnknownError):
            decide.check_in(book, "other", VisitId("v"))
    assert decide.miss(None) == ()


# --- changes of the day ----------------------------------------------------------------------------------------------


def change(
    start: Micros, end: Micros, pool: PoolId | None = None, kind: DayChangeKind = DayChangeKind.CLOSE, counters: int = 0
) -> e.AppointmentDayChanged:
    return e.AppointmentDayChanged(DayChangeId("c"), kind, start, end, pool, counters)


def changed(day: Played, body: e.AppointmentDayChanged, now: Micros = EARLY) -> tuple[Payload, ...]:
    shown = day_changes.effects_of(day.book, BOOKABLE[0], body, journey_of, now).displaced
    return day(day_changes.change_day(day.book, BOOKABLE[0], body, shown, journey_of, now), now)


def test_others_serve_whom_they_can_and_nobody_has_to_be_told(day: Played) -> None:
    day.book_at("one", FIRST)
    assert day.book is not None
    assert {load.pool for load in day.book.appointments[AppointmentId("one")].loads} == {PAPERS}
    done = changed(day, change(FIRST, clock(0, 12), PAPERS))
    assert done[1:] == (e.AppointmentReassigned(AppointmentId("one"), (Load(WINDOWS, FIRST, 600),)),)
    assert day.state("one") is AppointmentState.BOOKED


def test_who_booked_first_keeps_their_time(day: Played) -> None:
    booked = {"first": clock(0, 14), "second": clock(0, 14), "third": clock(0, 14, 15)}
    for minute, (ident, at) in enumerate(booked.items()):
        day.book_at(ident, at, now=Micros(EARLY + minute * MINUTE))
    fewer = change(clock(0, 13), clock(0, 16), WINDOWS, DayChangeKind.COUNTERS, -1)
    changed(day, fewer, Micros(EARLY + HOUR))
    # One counter is left: it serves whoever was first at two, and a quarter of an hour later there is time again.
    assert [day.state(ident).value for ident in booked] == ["booked", "displaced", "booked"]
    assert day.book is not None
    assert day.book.appointments[AppointmentId("second")].loads == ()
    # They have lost nothing but the time, and can choose another one.
    assert decide.move_out(day.book, "second", DAYS[1], clock(1, 9), HELD_UNTIL)


def test_a_change_counts_for_those_alone_who_were_shown(day: Played) -> None:
    day.book_at("one", clock(0, 14))
    closed = change(clock(0, 13), clock(0, 16))
    for shown in ((), ("other",), ("one", "other")):
        with pytest.raises(DayChangeConcernsError):
            day_changes.change_day(day.book, BOOKABLE[0], closed, shown, journey_of, EARLY)
    assert day_changes.change_day(day.book, BOOKABLE[0], closed, ("one",), journey_of, EARLY)


def test_whoever_has_come_stays_and_what_is_held_ends(day: Played) -> None:
    at = clock(0, 14)
    day.book_at("here", at)
    day(decide.check_in(day.book, "here", VisitId("v")))
    day(decide.hold(day.book, BOOKABLE[0], wanted(at), HoldId("h"), HELD_UNTIL, EARLY))
    done = changed(day, change(clock(0, 13), clock(0, 16)))
    assert done[1:] == (e.HoldReleased(HoldId("h")),)
    assert day.state("here") is AppointmentState.CHECKED_IN


def test_a_change_is_taken_back_and_added_counters_only_while_nobody_needs_them(day: Played) -> None:
    at = clock(0, 14)
    closed = change(clock(0, 13), clock(0, 16))
    changed(day, closed)
    with pytest.raises(TimeTakenError):
        day.book_at("one", at)
    day(day_changes.restore_day(day.book, "c", journey_of, BOOKABLE[0], EARLY))
    assert day_changes.restore_day(day.book, "c", journey_of, BOOKABLE[0], EARLY) == ()
    assert day_changes.restore_day(None, "c", journey_of, BOOKABLE[0], EARLY) == ()
    changed(day, change(clock(0, 13), clock(0, 16), WINDOWS, DayChangeKind.COUNTERS, 1))
    day.fill(at)
    with pytest.raises(DayChangeConcernsError):
        day_changes.restore_day(day.book, "c", journey_of, BOOKABLE[0], EARLY)


@pytest.mark.parametrize(
    "wrong",
    [
        change(clock(0, 10), clock(0, 10)),
        change(clock(0, 10), clock(0, 9)),
        change(clock(0, 10), clock(0, 11), PoolId("no-such-pool")),
        change(clock(0, 12), clock(0, 13)),
        change(clock(1, 10), clock(1, 11)),
        change(clock(0, 10), clock(0, 11), WINDOWS, DayChangeKind.COUNTERS, 0),
        change(clock(0, 10), clock(0, 11), WINDOWS, DayChangeKind.CLOSE, 1),
        change(clock(0, 10), clock(0, 11), None, DayChangeKind.COUNTERS, 1),
    ],
)
def test_a_change_that_is_none_is_refused(wrong: e.AppointmentDayChanged) -> None:
    with pytest.raises(DayChangeInvalidError):
        day_changes.effects_of(None, BOOKABLE[0], wrong, journey_of, EARLY)


def test_a_journey_of_several_stops_loses_its_time_with_any_of_them(day: Played) -> None:
    asked = wanted(FIRST, PASSPORT)
    day(decide.book_time(None, BOOKABLE[0], asked, booking("one"), None, EARLY))
    closes_cash = change(FIRST, clock(0, 10), CASH)
    # The windows take fees too, so another counter serves them.
    assert day_changes.effects_of(day.book, BOOKABLE[0], closes_cash, journey_of, EARLY).displaced == ()
    assert day_changes.effects_of(day.book, BOOKABLE[0], closes_cash, lambda _: None, EARLY).displaced == ("one",)
