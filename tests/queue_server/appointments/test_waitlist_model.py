"""The waiting list as pure decisions: in order, nothing twice, and never more than a day has."""

from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.appointments import waitlist_events as e
from queue_server.appointments import waitlist_model as model
from queue_server.appointments.capacity import CapacityUse, capacity
from queue_server.appointments.decide import release
from queue_server.appointments.errors import OfferOverError, TimeTakenError
from queue_server.appointments.model import AppointmentDay
from queue_server.appointments.model import evolve as day_after
from queue_server.appointments.waitlist_model import WaitlistEntry, evolve, fits, hold_offered
from queue_server.domain.appointments import AppointmentId, HoldId, WaitlistId, WaitlistState
from queue_server.domain.values import MINUTE, Day, Language, Micros
from tests.queue_server.appointments.small_day import BOOKABLE, CENTRE, DAYS, PASSPORT, RULES, STAFFED, clock, wanted

UTC = ZoneInfo("UTC")
NOW = clock(0, 6)


def joined(number: int, earliest: int = 0, latest: int = 1_440) -> WaitlistEntry:
    body = e.WaitlistJoined(
        entry=WaitlistId(str(UUID(int=number + 1))),
        centre=CENTRE,
        services=(PASSPORT,),
        party_size=1,
        people=(),
        language=Language("en"),
        first_day=DAYS[0],
        last_day=DAYS[1],
        earliest_min=earliest,
        latest_min=latest,
    )
    return evolve(None, body, 1, Micros(NOW + number))


def offered(entry: WaitlistEntry, at: Micros, until: Micros) -> WaitlistEntry:
    body = e.WaitlistOffered(entry.id, entry.next_hold, DAYS[0], at, until, Micros(until + 30 * MINUTE))
    (made,) = model.offer(entry, body)
    return evolve(entry, made, entry.seq + 1, NOW)


def test_an_offer_is_taken_back_at_its_end_and_not_before_and_never_made_twice() -> None:
    until = Micros(NOW + 30 * MINUTE)
    one = offered(joined(0), clock(0, 9), until)
    hold = one.offers[0].hold
    assert one.offer(Micros(until - 1)) is not None
    assert one.offer(until) is None
    assert model.lapse(one, hold, Micros(until - 1)) == ()
    (lapsed,) = model.lapse(one, hold, until)
    with pytest.raises(OfferOverError):
        model.offer(one, e.WaitlistOffered(one.id, HoldId("x"), DAYS[0], clock(0, 10), until, until))
    waits = evolve(one, lapsed, 3, until)
    assert (waits.state, waits.offer(until)) == (WaitlistState.WAITING, None)
    assert not fits(waits, clock(0, 9), UTC)
    assert fits(waits, clock(0, 10), UTC)
    assert waits.next_hold != hold
    # Once more it comes to nothing.
    assert model.lapse(waits, hold, until) == ()


def test_whoever_left_is_offered_nothing_and_their_day_ends_once() -> None:
    one = joined(0)
    (left,) = model.leave(one)
    gone = evolve(one, left, 2, NOW)
    assert model.leave(gone) == model.end(gone, Day("2027-01-01")) == ()
    assert not fits(gone, clock(0, 9), UTC)
    assert model.end(one, DAYS[1]) == ()
    assert len(model.end(one, Day("2026-12-02"))) == 1


def test_who_waits_or_is_offered_a_place_is_served_once_and_nobody_else_is() -> None:
    appointment = AppointmentId(str(UUID(int=99)))
    waits = joined(0)
    held = offered(waits, clock(0, 9), Micros(NOW + 30 * MINUTE))
    for before in (waits, held):
        (served,) = model.serve(before, appointment)
        after = evolve(before, served, before.seq + 1, NOW)
        assert model.serve(after, appointment) == ()
    (left,) = model.leave(waits)
    assert model.serve(evolve(waits, left, 2, NOW), appointment) == ()
    assert model.serve(None, appointment) == ()


@given(earliest=st.integers(0, 1_440), latest=st.integers(0, 1_440), minute=st.integers(0, 1_439))
def test_only_times_at_which_they_can_come_fit(earliest: int, latest: int, minute: int) -> None:
    at = Micros(clock(0, 0) + minute * MINUTE)
    assert fits(joined(0, earliest, latest), at, UTC) is (earliest <= minute <= latest)


@given(steps=st.lists(st.tuples(st.integers(0, 27), st.integers(0, 40), st.booleans()), max_size=60))
@settings(max_examples=60, deadline=None)
def test_a_day_is_never_given_away_twice_whatever_lapses(steps: list[tuple[int, int, bool]]) -> None:
    """Places are offered, lapse, and are offered on, while time passes: what is held always fits the day."""
    book: AppointmentDay | None = None
    now, lapsed, number = NOW, list[HoldId](), 0
    for period, minutes, lets_go in steps:
        now = Micros(now + minutes * MINUTE // 10)
        at = STAFFED[0].periods[period][0]
        ident, number = HoldId(str(UUID(int=number + 1))), number + 1
        before = set() if book is None else {one for one in lapsed if book.hold(one, now)}
        try:
            bodies = hold_offered(
                book, BOOKABLE[0], wanted(at, PASSPORT), list(lapsed), ident, Micros(now + 60 * MINUTE), now
            )
        except TimeTakenError:
            bodies = release(book, lapsed[0], now) if lets_go and lapsed and book is not None else ()
            before = set()
        for body in bodies:
            book = day_after(book, body, 1 if book is None else book.seq + 1, now)
        if book is not None:
            use = CapacityUse(capacity(STAFFED[0], (), RULES))
            use.add(load for hold in book.holds.values() if hold.until > now for load in hold.loads)
            for pool in use.day.pools:
                for index, most in enumerate(pool.bookable):
                    assert use.taken(pool.id, index) <= most
            if before:
                # Of what others did not take, no more is let go than is needed: what is held now is there.
                assert book.hold(ident, now) is not None
            if lets_go:
                lapsed.append(ident)
