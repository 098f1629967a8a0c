"""A made-up centre: seven services of one to three steps, four counters, and ways to play a day on the pure engine."""

from typing import Any

from msgspec.structs import replace

from queue_server.domain.appointments import AppointmentId
from queue_server.domain.tariff import Headcount
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import (
    HOUR,
    MINUTE,
    Actor,
    Category,
    CentreId,
    CounterId,
    Day,
    DeviceId,
    GovernmentId,
    Hex,
    Language,
    Micros,
    ServiceId,
    StaffId,
    StepId,
    TicketCode,
    VisitId,
)
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import Payload
from queue_server.queue import commands as c
from queue_server.queue.day import Carried
from queue_server.queue.decide import decide
from queue_server.queue.events import DayEvent, decode
from queue_server.queue.evolve import evolve
from queue_server.queue.proved_booking import ProvedBooking
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CentreSettings, CounterSettings, ServiceSettings, Skills, StepSettings
from queue_server.queue.state import DayState, Visit

DAY = Day("2026-11-25")
#: 2026-11-25T04:00:00Z, where the day starts.
START = Micros(1_795_579_200_000_000)
CENTRE = CentreId("harbour")
SERIES = Series("B", 1, 999)
KIOSK = DeviceId("kiosk-1")
STAFF = StaffId("staff-1")
ANY = Skills()
PASSPORT, VISA, BIRTH = ServiceId("passport"), ServiceId("visa"), ServiceId("birth")
#: They stop at the cash desk: on the way, first, last, and nowhere else.
PERMIT, RECORD, COPY, STAMP = ServiceId("permit"), ServiceId("record"), ServiceId("copy"), ServiceId("stamp")
CASH_DESK = StepId("cash-desk")
COUNTERS = tuple(CounterId(f"counter-{number}") for number in range(1, 5))
ONE, TWO, THREE, FOUR = COUNTERS
DOCUMENTS_ONLY = Skills(steps=(StepId("documents"),))
ARABIC = Skills(languages=(Language("ar"),))
UTOPIA_ONLY = Skills(governments=(GovernmentId("UTO"),))


def _step(name: str, **promises: int) -> StepSettings:
    return StepSettings(StepId(name), {Category(key.replace("_", "-")): value for key, value in promises.items()})


def _service(service: ServiceId, government: str, *steps: StepSettings) -> ServiceSettings:
    return ServiceSettings(service, GovernmentId(government), steps)


SETTINGS = CentreSettings(
    centre=CENTRE,
    version=1,
    services={
        PASSPORT: _service(
            PASSPORT,
            "UTO",
            _step("reception", walk_in=20, appointment=5, priority=10),
            _step("documents", walk_in=30, appointment=10, priority=15),
            _step("biometrics", walk_in=15, appointment=15, priority=15),
        ),
        VISA: _service(VISA, "XAL", _step("documents", walk_in=45, appointment=10, priority=15)),
        BIRTH: _service(BIRTH, "XAL", _step("reception", walk_in=20), _step("submission", walk_in=25)),
        PERMIT: _service(
            PERMIT, "UTO", _step("documents", walk_in=30), _step(CASH_DESK, walk_in=15), _step("submission", walk_in=25)
        ),
        RECORD: _service(RECORD, "XAL", _step(CASH_DESK, walk_in=15), _step("submission", walk_in=20)),
        COPY: _service(COPY, "XAL", _step("documents", walk_in=25), _step(CASH_DESK, walk_in=10)),
        STAMP: _service(STAMP, "XAL", _step(CASH_DESK, walk_in=15)),
    },
    counters={counter: CounterSettings(counter) for counter in COUNTERS},
    cash_desks=(CASH_DESK,),
)
ROUND_THE_CLOCK = replace(SETTINGS, round_the_clock=True)


class Play:
    """A day played on the pure engine; every event goes through its stored bytes on its way."""

    def __init__(self, settings: CentreSettings = SETTINGS, day: Day = DAY) -> None:
        self.settings = settings
        self.state = DayState(CENTRE, day)
        self.now = START
        self.events: list[DayEvent] = []
        self._issued = 0

    def open_day(self) -> "Play":
        self.do(c.OpenDay(self.state.day, START))
        self.now = Micros(START + 5 * HOUR)
        return self

    def open_after(self, before: "Play", over: Carried) -> None:
        """Open the day with what the day before carried over."""
        head = before.state.day, before.state.seq, Hex("0d" * 32)
        self.do(c.OpenDay(self.state.day, self.now, *head, over.visits, over.counters, over.helps, over.notices))

    def wait(self, micros: int) -> None:
        self.now = Micros(self.now + micros)

    def ask(self, command: c.Command) -> tuple[Payload, ...] | Refusal:
        """Decide without doing it."""
        return decide(self.state, command, self.settings, self.now)

    def do(self, command: c.Command) -> tuple[Payload, ...]:
        decision = self.ask(command)
        assert isinstance(decision, tuple), decision
        for body in decision:
            self.append(body)
        return decision

    def append(self, body: Payload) -> DayEvent:
        stored = decode(body.type, body.v, encode(body))
        event = DayEvent(self.state.seq + 1, self.now, body.type, body.v, "test", Actor("system"), stored)
        evolve(self.state, event)
        self.events.append(event)
        return event

    def code_of(self, command: c.Command) -> str:
        """Ask for something that is refused, and give the refusal's code."""
        decision = self.ask(command)
        assert isinstance(decision, Refusal), decision
        return decision.code

    def open(self, *counters: CounterId, skills: Skills = ANY) -> None:
        for counter in counters:
            self.do(c.OpenCounter(counter, STAFF, skills))

    def issue(
        self,
        service: ServiceId = VISA,
        category: Category = Category.WALK_IN,
        language: str = "en",
        code: str | None = None,
        **more: Any,
    ) -> VisitId:
        """Issue a ticket and give the visit's id (v1, v2 ...)."""
        return self.issue_for(service, category=category, language=language, code=code, **more)

    def issue_for(self, *services: ServiceId, **more: Any) -> VisitId:
        """Issue a ticket for several services; an appointment is for now, where no other booking is given."""
        self._issued += 1
        visit = VisitId(f"v{self._issued}")
        if more.get("category") is Category.APPOINTMENT:
            more.setdefault("booking", booking(self.now))
        self.do(ticket(visit, *services, **more))
        return visit

    def call(self, counter: CounterId = ONE) -> VisitId | None:
        """Call the next and give its id."""
        events = self.do(c.CallNext(counter))
        return self.state.counters[counter].visit if events else None

    def serve(self, counter: CounterId = ONE) -> None:
        """Start and finish whom the counter has called."""
        self.do(c.StartServing(counter))
        self.do(c.Finish(counter))

    def visit(self, visit: VisitId) -> Visit:
        return self.state.visits[visit]


def booking(at: int, ident: str = "appointment-1") -> ProvedBooking:
    """Make a booking that counts from its time for 10 minutes after it, and counts at all for 30."""
    return ProvedBooking(AppointmentId(ident), Micros(at), 10 * MINUTE, 30 * MINUTE)


def ticket(
    visit: VisitId,
    *services: ServiceId,
    category: Category = Category.WALK_IN,
    language: str = "en",
    code: str | None = None,
    party_size: int = 1,
    asks_priority: bool = False,
    people: tuple[Headcount, ...] = (),
    booking: ProvedBooking | None = None,
) -> c.IssueTicket:
    return c.IssueTicket(
        visit=visit,
        services=services or (VISA,),
        category=category,
        party_size=party_size,
        language=Language(language),
        device=KIOSK,
        people=people,
        series=SERIES,
        code=None if code is None else TicketCode(code),
        asks_priority=asks_priority,
        booking=booking,
    )
