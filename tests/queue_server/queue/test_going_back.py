"""What holds of a day holds of one that was ended by mistake and reopened, whatever happened in the day after it."""

from typing import Any, ClassVar

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import initialize, rule

from queue_server.domain.values import (
    MINUTE,
    Category,
    CounterId,
    CounterState,
    Day,
    Hex,
    KeyId,
    PauseReason,
    ServiceId,
    StaffId,
    VisitId,
    VisitState,
)
from queue_server.queue import commands as c
from queue_server.queue.day import carried
from queue_server.queue.evolve import evolve
from queue_server.queue.reopen import as_before
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState
from tests.queue_server.queue.centre import (
    CENTRE,
    COUNTERS,
    DAY,
    PASSPORT,
    RECORD,
    ROUND_THE_CLOCK,
    SETTINGS,
    STAFF,
    VISA,
    Play,
    booking,
    ticket,
)
from tests.queue_server.queue.digest import plain
from tests.queue_server.queue.test_machine import Engine
from tests.queue_server.queue.test_machine import services as some_services

NEXT = Day("2026-11-26")
_BOTH = (STAFF, StaffId("staff-2"))


def _staffed(state: DayState) -> dict[CounterId, CounterState]:
    return {one.id: one.state for one in state.counters.values() if one.state is not CounterState.CLOSED}


class RoundTheClock(Engine):
    """Days that go on in the next one; ``Ended`` has those that end."""

    centre: ClassVar[CentreSettings] = ROUND_THE_CLOCK

    @initialize()
    def open_day(self) -> None:
        """Begin with open counters and people who wait."""
        self.play = Play(self.centre).open_day()
        self.days = {DAY: self.play}
        self.issued = 0
        self.play.open(*COUNTERS)
        for service in (PASSPORT, VISA, RECORD):
            self.issue((service,), Category.WALK_IN, 1, "en", asks=True)

    @rule(
        services=some_services,
        category=st.sampled_from(Category),
        party=st.integers(1, 9),
        language=st.sampled_from(("en", "ar")),
        asks=st.booleans(),
        early=st.integers(-45, 120) | st.none(),
    )
    def issue(
        self,
        services: tuple[ServiceId, ...],
        category: Category,
        party: int,
        language: str,
        *,
        asks: bool,
        early: int | None = None,
    ) -> None:
        """Issue a ticket under an id that no other day has."""
        self.issued += 1
        booked = None if early is None else booking(self.play.now + early * MINUTE, f"appointment-{self.issued}")
        more: dict[str, Any] = {"category": category, "party_size": party, "language": language, "asks_priority": asks}
        self.command(ticket(VisitId(f"v{self.issued:03}"), *services, booking=booked, **more))

    @rule()
    def change_the_day(self) -> None:
        """End the day with whoever is there, and go on in the next; the one after that is not needed."""
        if self.play.state.day != DAY:
            return
        first = self.play
        self.before_the_end = first.state.copy()
        first.do(c.SettleDay(DAY))
        first.do(c.CloseDay(DAY, (), KeyId("key"), Hex("00")))
        over = carried(first.state, first.now, round_the_clock=self.centre.round_the_clock)
        second = self.days.setdefault(NEXT, Play(self.centre, NEXT))
        second.now = first.now
        second.open_after(first, over)
        second.open(*(one for one in COUNTERS if one not in second.state.counters))
        self.play = second

    @rule()
    def go_back(self) -> None:
        """Find that the first day was ended by mistake: whoever is in the second goes on in it."""
        if self.play.state.day == DAY:
            return
        first, second = self.days[DAY], self.play
        here, stood = set(second.state.visits), _staffed(second.state)
        visits, counters = as_before(first.state, self.before_the_end, second.state)
        second.do(c.AbandonDay(NEXT, *_BOTH))
        self.play, first.now = first, second.now
        first.do(c.ReopenDay(DAY, *_BOTH, visits, counters))
        assert here <= set(first.state.visits), "nobody is lost"
        assert _staffed(first.state) == stood, "counters stay as they were left"

    def teardown(self) -> None:
        for day, play in getattr(self, "days", {}).items():
            replayed = DayState(CENTRE, day)
            for event in play.events:
                evolve(replayed, event)
            assert plain(replayed) == plain(play.state), "replay equals live state"


class Ended(RoundTheClock):
    centre = SETTINGS


TestRoundTheClock, TestEnded = RoundTheClock.TestCase, Ended.TestCase
TestRoundTheClock.settings = TestEnded.settings = settings(max_examples=60, stateful_step_count=40)


@pytest.mark.parametrize("meanwhile", [c.PauseCounter(COUNTERS[0], PauseReason.BREAK), c.CloseCounter(COUNTERS[0])])
def test_nobody_stands_at_a_counter_that_was_left_meanwhile(meanwhile: c.Command) -> None:
    """Whoever had been called there waits again, in the same place."""
    days = Ended()
    days.open_day()
    days.play.do(c.CallNext(COUNTERS[0]))
    called = days.play.visit(VisitId("v001"))
    days.change_the_day()
    days.play.do(meanwhile)
    days.go_back()
    days.laws_hold()
    visit = days.play.visit(called.id)
    assert (visit.state, visit.key[:2], visit.counter) == (VisitState.WAITING, called.key[:2], None)
