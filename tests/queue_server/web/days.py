"""Days of a centre for tests and pictures: made by the engine itself from commands, at made-up times."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from queue_server.catalogue import model, store, toml, views
from queue_server.centre.views import Facts, Plate, facts
from queue_server.domain.appointments import AppointmentId
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import (
    MINUTE,
    Actor,
    Category,
    CentreId,
    CounterId,
    Day,
    DeviceId,
    HelpId,
    HelpKind,
    HelpSubject,
    Language,
    Micros,
    ServiceId,
    TicketCode,
    VisitId,
    to_micros,
)
from queue_server.queue import commands as c
from queue_server.queue.decide import decide
from queue_server.queue.events import DayEvent
from queue_server.queue.evolve import evolve
from queue_server.queue.proved_booking import ProvedBooking
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import DayState

KIOSK = DeviceId("kiosk-2")
ME = CounterId("3")


def at(clock: str) -> Micros:
    """Turn ``HH:MM[:SS]`` on the day of the pictures, in the demo centre's zone, into an instant."""
    parts = [int(part) for part in clock.split(":")]
    hours, minutes, seconds = (*parts, 0)[:3]
    return to_micros(datetime(2026, 11, 24, hours, minutes, seconds, tzinfo=ZoneInfo("Europe/Brussels")))


@cache
def setup() -> tuple[CentreSettings, Facts]:
    stored = model.Stored(toml.parse(store.demo_catalogues()[0]), 1)
    answer = views.services_answer(stored, datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    plates = tuple(Plate(one.id, one.name, one.direction, views.skills(one)) for one in stored.setup.counters)
    return model.settings(stored), facts(answer, plates, {KIOSK: "Kiosk 2, entrance"})


class Centre:
    """A centre's day, changed by commands only."""

    def __init__(self) -> None:
        self.settings, self.facts = setup()
        self.state = DayState(CentreId("demo"), Day("2026-11-24"))
        self.do("04:00", c.OpenDay(day=Day("2026-11-24"), starts_at=at("04:00")))
        self.numbers = 0

    def do(self, clock: str, command: c.Command) -> DayState:
        now = max(at(clock), self.state.at)
        decided = decide(self.state, command, self.settings, Micros(now))
        assert not isinstance(decided, Refusal), decided
        for body in decided:
            event = DayEvent(self.state.seq + 1, Micros(now), body.type, 1, "test", Actor("system"), body)
            evolve(self.state, event)
        return self.state

    def issue(
        self,
        clock: str,
        code: str,
        service: str,
        category: Category = Category.WALK_IN,
        *,
        party: int = 1,
        language: str = "en",
        booked: str = "",
    ) -> VisitId:
        self.numbers += 1
        visit = VisitId(f"01890000-0000-7000-8000-{self.numbers:012}")
        # Who has an appointment is there at its time, where no other is said.
        booked_at = at(booked or clock)
        booking = ProvedBooking(AppointmentId(f"appointment-{self.numbers}"), booked_at, 10 * MINUTE, 30 * MINUTE)
        self.do(
            clock,
            c.IssueTicket(
                visit=visit,
                services=(ServiceId(service),),
                category=category,
                party_size=party,
                language=Language(language),
                device=DeviceId("kiosk-2"),
                series=Series(code[0], 1, 999),
                code=TicketCode(code),
                booking=booking if category is Category.APPOINTMENT else None,
            ),
        )
        return visit

    def open(self, clock: str, counter: str = ME) -> None:
        skills = self.settings.counters[CounterId(counter)].skills
        self.do(clock, c.OpenCounter(CounterId(counter), None, skills))

    def call_next(self, clock: str, counter: str = ME) -> VisitId:
        self.do(clock, c.CallNext(CounterId(counter)))
        visit = self.state.counters[CounterId(counter)].visit
        assert visit is not None
        return visit

    def help(self, clock: str, kind: HelpKind, language: str | None = None, about: HelpSubject | None = None) -> HelpId:
        call = HelpId(f"help-{kind}-{clock}")
        spoken = None if language is None else Language(language)
        self.do(clock, c.CallHelp(call, kind, KIOSK, once=True, language=spoken, about=about))
        return call


def later(clock: str, seconds: float) -> Micros:
    return Micros(at(clock) + int(timedelta(seconds=seconds) / timedelta(microseconds=1)))
