"""The order of 1,000 random visits against ``docs/who-is-next.md``: the model below is written from that page alone.

Visits come with and without an appointment, early, in time and late; staff set priority and urgent with the ticket and
after it; visits go on to further steps with what they are owed, are put aside, missed, and come back.
"""

import random
from collections.abc import Iterator
from typing import Final

import pytest
from msgspec.structs import replace

from queue_server.domain.appointments import AppointmentId
from queue_server.domain.values import (
    MINUTE,
    SECOND,
    Category,
    CounterId,
    GovernmentId,
    Micros,
    ParkReason,
    ServiceId,
    StepId,
    VisitId,
)
from queue_server.queue import commands as c
from queue_server.queue.proved_booking import ProvedBooking
from queue_server.queue.settings import CounterSettings, ServiceSettings, Skills, StepSettings
from tests.queue_server.queue.centre import SETTINGS, Play

WALK_IN, BOOKED, PRIORITY, URGENT = Category.WALK_IN, Category.APPOINTMENT, Category.PRIORITY, Category.URGENT
GRACE, LATE = 10 * MINUTE, 30 * MINUTE
#: Promises in minutes by service and step: of walk-ins, appointments, priority and urgent. Not all shrink that way.
PROMISES: Final[dict[str, dict[str, tuple[int, int, int, int]]]] = {
    "passport": {"reception": (20, 5, 10, 8), "documents": (30, 10, 15, 5), "photo": (15, 15, 20, 10)},
    "visa": {"documents": (45, 10, 15, 20)},
    "birth": {"reception": (20, 10, 5, 5), "documents": (25, 20, 10, 15)},
}
GOVERNMENTS = {"passport": "UTO", "visa": "XAL", "birth": "XAL"}
#: What each counter takes: steps and governments, any where none is named.
COUNTERS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "1": ((), ()),
    "2": (("documents",), ()),
    "3": ((), ("UTO",)),
    "4": (("reception", "photo"), ()),
}


class Guest:
    """A visit as the page tells of it."""

    def __init__(self, seq: int, service: str, arrived: int, booked: int | None, category: Category) -> None:
        self.seq, self.service, self.arrived, self.category = seq, service, arrived, category
        in_time = booked is not None and arrived <= booked + LATE
        self.own = BOOKED if in_time else WALK_IN
        #: Whoever is raised keeps the promise of the appointment with which they came, however late that was.
        self.without = WALK_IN if booked is None else BOOKED
        #: The booked time counts for whoever comes before it or within the grace.
        self.booked = booked if in_time and booked is not None and arrived <= booked + GRACE else None
        self.stop, self.owed, self.owed_next, self.called_before = 0, 0, 0, False
        self.state = "waiting"
        self.due = self.place = 0
        self.counts_from = arrived
        self.judge()

    @property
    def step(self) -> str:
        return list(PROMISES[self.service])[self.stop]

    def promised(self, category: Category) -> int:
        return PROMISES[self.service][self.step][(WALK_IN, BOOKED, PRIORITY, URGENT).index(category)] * MINUTE

    @property
    def raised(self) -> bool:
        return self.category in {PRIORITY, URGENT}

    def judge(self) -> None:
        """Say when it is due: what it counts from, and the promise, less what it is owed."""
        shorter = self.promised(self.own)
        if self.raised:
            shorter = min(self.promised(self.without), self.promised(self.category))
        if self.called_before:
            self.due = self.counts_from + shorter - self.owed
        elif self.booked is None:
            self.counts_from, self.due = self.arrived, self.arrived + shorter
        else:
            self.counts_from, self.due = self.booked, self.booked + shorter
            if self.raised and self.arrived + self.promised(self.category) < self.due:
                self.counts_from, self.due = self.arrived, self.arrived + self.promised(self.category)
        self.place = self.due

    @property
    def key(self) -> tuple[bool, int, int]:
        return self.category is not URGENT, self.place, self.seq

    def fits(self, counter: str) -> bool:
        steps, governments = COUNTERS[counter]
        return (not steps or self.step in steps) and (not governments or GOVERNMENTS[self.service] in governments)


class Hall:
    """Plays the same on the engine and on the model, and compares each call."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        services = {
            ServiceId(service): ServiceSettings(
                ServiceId(service),
                GovernmentId(GOVERNMENTS[service]),
                tuple(
                    StepSettings(StepId(step), dict(zip((WALK_IN, BOOKED, PRIORITY, URGENT), minutes, strict=True)))
                    for step, minutes in steps.items()
                ),
            )
            for service, steps in PROMISES.items()
        }
        counters = {CounterId(one): CounterSettings(CounterId(one)) for one in COUNTERS}
        self.play = Play(replace(SETTINGS, services=services, counters=counters, cash_desks=())).open_day()
        for one, (steps, governments) in COUNTERS.items():
            skills = Skills(steps=tuple(map(StepId, steps)), governments=tuple(map(GovernmentId, governments)))
            self.play.open(CounterId(one), skills=skills)
        self.guests: dict[VisitId, Guest] = {}
        self.at: dict[str, Guest | None] = dict.fromkeys(COUNTERS)
        self.calls = 0

    def waiting(self) -> Iterator[Guest]:
        return (one for one in self.guests.values() if one.state == "waiting")

    def come(self) -> None:
        service, now = self.draw.choice(list(PROMISES)), self.play.now
        booked = now + self.draw.randint(-50, 40) * MINUTE if self.draw.random() < 0.4 else None
        booking = None
        if booked is not None:
            booking = ProvedBooking(AppointmentId(f"a{len(self.guests)}"), Micros(booked), GRACE, LATE)
        raised = self.draw.choice((PRIORITY, URGENT)) if self.draw.random() < 0.15 else None
        category = raised or (WALK_IN if booking is None else BOOKED)
        ident = self.play.issue_for(ServiceId(service), category=category, booking=booking)
        guest = Guest(len(self.guests), service, now, booked, category)
        if guest.own is WALK_IN and category is BOOKED:
            guest.category = WALK_IN
        self.guests[ident] = guest

    def call(self, counter: str) -> None:
        able = [one for one in self.waiting() if one.fits(counter)]
        wanted = min(able, key=lambda one: one.key, default=None)
        called = self.play.call(CounterId(counter))
        assert (None if called is None else self.guests[called]) is wanted, (called, self.calls)
        if wanted is None or called is None:
            return
        self.calls += 1
        assert self.play.visit(called).due == wanted.due
        # Time that was made good at one step is not owed at the next.
        wanted.owed_next = max(0, self.play.now - wanted.due)
        wanted.state, wanted.called_before = "called", True
        self.at[counter] = wanted

    def leave(self, counter: str, guest: Guest) -> None:
        """Finish, put aside, or say that nobody came."""
        ident, chance, self.at[counter] = CounterId(counter), self.draw.random(), None
        if chance < 0.07:
            self.play.do(c.Park(ident, ParkReason.DOCUMENT))
            guest.state = "aside"
        elif chance < 0.1:
            self.play.wait(4 * MINUTE)
            self.play.do(c.Recall(ident))
            self.play.do(c.Missed(ident))
            guest.state = "missed"
        else:
            self.play.serve(ident)
            self.go_on(guest)

    def go_on(self, guest: Guest) -> None:
        if guest.stop + 1 == len(PROMISES[guest.service]):
            guest.state = "done"
            return
        guest.stop, guest.state, guest.owed = guest.stop + 1, "waiting", guest.owed_next
        guest.counts_from = self.play.now
        guest.judge()

    def come_back(self, ident: VisitId, guest: Guest) -> None:
        """It keeps its due time, and stands behind the first that waits at its step if it would stand before it."""
        here = [one for one in self.waiting() if one.step == guest.step]
        first = min(here, key=lambda one: one.key, default=None)
        self.play.do(c.Resume(ident) if guest.state == "aside" else c.Reinstate(ident))
        guest.place, guest.state = guest.due, "waiting"
        if first is not None and (first.category is URGENT) is (guest.category is URGENT) and guest.key < first.key:
            guest.place = first.place + 1

    def raise_one(self) -> None:
        """Set priority or urgent, or take it back, for somebody who waits."""
        ident, guest = self.draw.choice([(ident, one) for ident, one in self.guests.items() if one.state == "waiting"])
        category = self.draw.choice([one for one in (PRIORITY, URGENT, guest.own) if one is not guest.category])
        counts_from, due, place = guest.counts_from, guest.due, guest.place
        self.play.do(c.Reclassify(ident, category))
        guest.category = category
        guest.judge()
        if guest.raised and guest.due > due:
            # Neither priority nor urgent gives its holder a later due time.
            guest.counts_from, guest.due = counts_from, due
        # An act that does not change the due time does not change the place either.
        guest.place = place if guest.due == due else guest.due

    def go(self, visits: int) -> None:
        while len(self.guests) < visits or any(self.at.values()) or any(self.waiting()):
            self.play.wait(self.draw.randint(1, 9 * SECOND))
            crowd, chance = sum(1 for _ in self.waiting()), self.draw.random()
            aside = [(ident, one) for ident, one in self.guests.items() if one.state in {"aside", "missed"}]
            counter = self.draw.choice(list(COUNTERS))
            guest = self.at[counter]
            if len(self.guests) < visits and chance < (0.5 if crowd < 60 else 0.05):
                self.come()
            elif crowd and chance < 0.56:
                self.raise_one()
            elif aside and chance < 0.62:
                self.come_back(*self.draw.choice(aside))
            elif guest is None:
                self.call(counter)
            else:
                self.leave(counter, guest)


@pytest.mark.parametrize("seed", [1, 20_261_207])
def test_a_thousand_visits_are_called_in_the_documented_order(seed: int) -> None:
    hall = Hall(seed)
    hall.go(1_000)
    assert len(hall.guests) == 1_000
    assert hall.calls > 1_900
