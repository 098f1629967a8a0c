"""Rows that were shown bit by bit are those of the whole, whatever happened, wherever it was cut.

Days go on here as they do round the clock: visits come over from the day before, a day that was ended by mistake is
reopened and the one after it left, and opened once more.
"""

from collections.abc import Mapping
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import create_engine

from queue_server.domain.values import (
    MINUTE,
    Actor,
    Category,
    CounterId,
    Day,
    Hex,
    KeyId,
    NoteId,
    PauseReason,
    ServiceId,
    SettlementId,
    StaffId,
    VisitId,
)
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import Event
from queue_server.eventlog.projection import keyed
from queue_server.eventlog.rebuild import _keyed, _stored
from queue_server.queue import commands as c
from queue_server.queue.day import carried
from queue_server.queue.refusals import Refusal
from queue_server.queue.reopen import as_before
from queue_server.reports.day_facts import DayFacts
from queue_server.reports.projection import DAYS, PROJECTION
from queue_server.reports.tables import report_days
from queue_server.tables import metadata
from tests.queue_server.queue.centre import (
    ANY,
    CENTRE,
    COUNTERS,
    DAY,
    PASSPORT,
    RECORD,
    ROUND_THE_CLOCK,
    STAFF,
    VISA,
    Play,
    booking,
    ticket,
)
from tests.queue_server.queue.test_machine import acts, counters, numbers, services

NEXT = Day("2026-11-26")
_BOTH = (STAFF, StaffId("staff-2"))


def events_of(play: Play) -> list[Event]:
    """Give the events of a day as they are stored; tickets are taken at a kiosk and at the reception in turn."""
    stream = DAYS.stream(f"{CENTRE}/{play.state.day}")
    actors = Actor("device/kiosk-1"), Actor("staff/staff-1")
    return [
        Event(stream, one.seq, one.at, one.type, one.v, "test", actors[one.seq % 2], encode(one.body), b"", one.seq)
        for one in play.events
    ]


class ShownBitByBit(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.engine = create_engine("sqlite://")
        self.connection = self.engine.connect()
        metadata.create_all(self.connection, tables=list(PROJECTION.tables))
        self.shown: dict[Day, DayFacts] = {}
        self.days: dict[Day, Play] = {}
        self.issued = 0

    @initialize()
    def open_day(self) -> None:
        """Begin a day round the clock, with people who wait."""
        self.play = Play(ROUND_THE_CLOCK).open_day()
        self.days[DAY] = self.play
        self.play.open(*COUNTERS)
        for service in (PASSPORT, VISA, RECORD):
            self.issue((service,), Category.WALK_IN, 1, None)

    def command(self, command: c.Command) -> tuple[Payload, ...] | Refusal:
        """Do it; what holds for each command is looked at elsewhere."""
        decision = self.play.ask(command)
        for body in () if isinstance(decision, Refusal) else decision:
            self.play.append(body)
        return decision

    def visit(self, number: int) -> VisitId:
        known = sorted(self.play.state.visits)
        return known[number % len(known)] if known else VisitId("nobody")

    @rule(
        services=services,
        category=st.sampled_from(Category),
        party=st.integers(1, 9),
        early=st.integers(-45, 120) | st.none(),
    )
    def issue(self, services: tuple[ServiceId, ...], category: Category, party: int, early: int | None) -> None:
        """Issue a ticket under an id that no other day has."""
        self.issued += 1
        booked = None if early is None else booking(self.play.now + early * MINUTE, f"appointment-{self.issued}")
        more: dict[str, Any] = {"category": category, "party_size": party, "booking": booked}
        self.command(ticket(VisitId(f"v{self.issued:03}"), *services, **more))

    @rule(counter=counters, act=acts)
    def act(self, counter: CounterId, act: c.Command) -> None:
        """Call somebody where nobody is, and do something at the same counter or at another."""
        self.command(c.CallNext(counter))
        self.command(act)

    @rule(counter=counters)
    def serve(self, counter: CounterId) -> None:
        for verb in (c.CallNext, c.StartServing, c.Finish):
            self.command(verb(counter))

    @rule(counter=counters)
    def wait_in_vain(self, counter: CounterId) -> None:
        self.command(c.Recall(counter))
        self.play.wait(self.play.settings.missed_after)
        self.command(c.Missed(counter))

    @rule(counter=counters, verb=st.sampled_from((c.UndoCommand, c.UndoCommand, c.HandBack, c.CloseCounter)))
    def take_back(self, counter: CounterId, verb: type[c.UndoCommand | c.HandBack | c.CloseCounter]) -> None:
        self.command(verb(counter))

    @rule(counter=counters, reason=st.none() | st.sampled_from(PauseReason))
    def stand(self, counter: CounterId, reason: PauseReason | None) -> None:
        self.command(c.OpenCounter(counter, STAFF, ANY) if reason is None else c.PauseCounter(counter, reason))

    @rule(number=numbers, other=numbers)
    def change(self, number: int, other: int) -> None:
        """Change a visit in one of the ways that need no counter."""
        visit, into = self.visit(number), self.visit(other)
        known = self.play.state.visits.get(visit)
        ways: tuple[c.Command, ...] = (
            c.Cancel(visit),
            c.Resume(visit, None),
            c.Reinstate(visit),
            c.Reinstate(visit),
            c.StepBack(visit, 10),
            c.SayOnTheWay(visit),
            c.Merge(visit, into),
            c.Reclassify(visit, tuple(Category)[other % len(Category)]),
            c.ChangeVisit(visit, (PASSPORT, RECORD)[: 1 + other % 2], 1 + other % 9),
            c.AddNote(visit, NoteId(f"n{other}")),
            c.CountPaper(visit),
            c.NameSettlement(
                visit, SettlementId(f"p-{self.play.state.seq}"), () if known is None else known.items[: 1 + other % 2]
            ),
        )
        self.command(ways[(number + other) % len(ways)])

    @rule(micros=st.integers(0, 30 * MINUTE) | st.just(0))
    def wait(self, micros: int) -> None:
        self.play.wait(micros)

    @rule()
    def change_the_day(self) -> None:
        """End the day with whoever is there, and go on in the next; the next after that one is not needed."""
        if self.play.state.day != DAY:
            return
        first = self.play
        self.before_the_end = first.state.copy()
        self.command(c.SettleDay(DAY))
        assert self.command(c.CloseDay(DAY, (), KeyId("key"), Hex("00")))
        second = self.days.setdefault(NEXT, Play(ROUND_THE_CLOCK, NEXT))
        second.now = first.now
        second.open_after(first, carried(first.state, first.now, round_the_clock=True))
        self.play = second
        second.open(*(one for one in COUNTERS if one not in second.state.counters))

    @rule()
    def go_back(self) -> None:
        """Find that the first day was ended by mistake: whoever is in the second goes on in it."""
        if self.play.state.day == DAY:
            return
        first, second = self.days[DAY], self.play
        visits, counters = as_before(first.state, self.before_the_end, second.state)
        assert self.command(c.AbandonDay(NEXT, *_BOTH))
        self.play, first.now = first, second.now
        assert self.command(c.ReopenDay(DAY, *_BOTH, visits, counters))

    @rule(remembers=st.booleans(), behind=st.integers(0, 3))
    def show(self, *, remembers: bool, behind: int) -> None:
        """Show each day as far as it has gone, or a little less; a server that has just begun knows nothing of it."""
        for day, play in self.days.items():
            events = events_of(play)
            before = self.shown.get(day)
            shown = 0 if before is None else before.seq
            if shown and not remembers:
                before = DAYS.replay(events[:shown])
            tail = events[shown : max(shown, len(events) - behind)]
            after = DayFacts() if before is None else before.copy()
            DAYS.replay(tail, after)
            if tail:
                PROJECTION.show(self.connection, before, after)
                self.shown[day] = after
            self.check(day, events)

    def check(self, day: Day, events: list[Event]) -> None:
        """Compare with what the same events come to when they are read at once."""
        known = self.shown.get(day)
        told = [(one.seq, one.at, one.type, one.v, one.actor, one.payload) for one in events]
        whole = None if known is None else DAYS.replay_told(events[0].stream, told[: known.seq])
        rows: Mapping[str, Any] = {} if whole is None else PROJECTION.rows(whole)
        for table in PROJECTION.tables:
            stored = _keyed(table, _stored(self.connection, table, table.c.day == day))
            assert stored == keyed(table, rows.get(table.name, ()))

    def teardown(self) -> None:
        if hasattr(self, "play"):
            self.show(remembers=True, behind=0)
            assert self.connection.execute(report_days.select()).all()
        self.connection.close()
        self.engine.dispose()


TestShownBitByBit = ShownBitByBit.TestCase
TestShownBitByBit.settings = settings(max_examples=40, stateful_step_count=40)
