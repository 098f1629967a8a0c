"""A centre's service day of today as a busy centre leaves it, decided by the engine and stored in the real log."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from itertools import batched, count, islice
from typing import Final

from sqlalchemy import URL, Connection

from installer.benchmark.centre import CENTRE
from queue_server.catalogue import model, store
from queue_server.database import Database, open_database
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import (
    CODE_LETTERS,
    HOUR,
    Actor,
    Category,
    CentreId,
    CounterId,
    DeviceId,
    Language,
    Micros,
    ServiceId,
    StaffId,
    VisitId,
    new_id,
    now_micros,
)
from queue_server.eventlog import statements
from queue_server.eventlog.codec import encode
from queue_server.eventlog.port import Append, Head, NewEvent
from queue_server.queue import commands as c
from queue_server.queue.decide import decide
from queue_server.queue.events import DayEvent
from queue_server.queue.evolve import evolve
from queue_server.queue.refusals import Refusal
from queue_server.queue.settings import CentreSettings, Skills
from queue_server.queue.state import DayState

#: Visits that wait when the day is as long as it should be, and counters that serve.
WAITING: Final = 64
_COUNTERS: Final = 32
#: A letter has 9,999 codes.
_A_SERIES: Final = 9_000
_AT_ONCE: Final = 5_000


async def store_day(url: URL, length: int, last: int, between: Callable[[], Awaitable[None]]) -> str:
    """Store a day of so many events as today of the hot centre, which is set up already; gives its stream.

    ``between`` is done before the ``last`` of them are stored.
    """
    async with open_database(url) as database:
        stored = await database.run(lambda connection: store.load(connection, CentreId(CENTRE)))
        assert stored is not None
        now = now_micros()
        rule, settings = model.day_rule(stored.setup), model.settings(stored)
        day = rule.day_at(now)
        stream = f"queue/{CENTRE}/{day}"
        # Spread over the hours of a day, the last of them just now.
        played = _BusyDay(DayState(settings.centre, day), settings, now, 8 * HOUR // length)
        events = played.events(rule.starts_at(day), length)
        head = await _append(database, stream, Head(0, b""), islice(events, length - last))
        await between()
        await _append(database, stream, head, events)
    return stream


async def _append(database: Database, stream: str, head: Head, events: Iterable[NewEvent]) -> Head:
    for some in batched(events, _AT_ONCE, strict=False):

        def append(connection: Connection, some: tuple[NewEvent, ...] = some, head: Head = head) -> Head:
            last = statements.append(connection, [Append(stream, head, some)])[-1]
            return Head(last.seq, last.hash)

        head = await database.write(append)
    return head


class _BusyDay:
    """Decides one command after the other; ``events`` gives what they come to, the last of them at ``ends``."""

    def __init__(self, state: DayState, settings: CentreSettings, ends: Micros, apart: int) -> None:
        self._state, self._settings, self._ends, self._apart = state, settings, ends, apart
        self._visits = count()
        self._staff = [StaffId(new_id()) for _ in range(_COUNTERS)]
        self._kiosk = DeviceId(new_id())

    def events(self, starts_at: Micros, length: int) -> Iterator[NewEvent]:
        """Open the day and every counter, let visits come, and serve them step by step while others come."""
        self._now = Micros(self._ends - length * self._apart)
        yield from self._do(c.OpenDay(self._state.day, starts_at), Actor("system"))
        counters = [CounterId(str(number + 1)) for number in range(_COUNTERS)]
        for counter, staff in zip(counters, self._staff, strict=True):
            yield from self._do(c.OpenCounter(counter, staff, Skills()), Actor(f"staff/{staff}"))
        for _ in range(WAITING):
            yield from self._issue()
        while True:
            for counter, staff in zip(counters, self._staff, strict=True):
                if len(self._state.waiting) < WAITING:
                    yield from self._issue()
                for command in (c.CallNext(counter), c.StartServing(counter), c.Finish(counter)):
                    yield from self._do(command, Actor(f"staff/{staff}"))
                    if self._state.seq >= length:
                        return

    def _issue(self) -> Iterator[NewEvent]:
        number = next(self._visits)
        series = Series(CODE_LETTERS[number // _A_SERIES % len(CODE_LETTERS)], 1, 999)
        ticket = c.IssueTicket(
            VisitId(new_id()), (ServiceId("uto-birth"),), Category.WALK_IN, 1, Language("en"), self._kiosk, series
        )
        return self._do(ticket, Actor(f"device/{self._kiosk}"))

    def _do(self, command: c.Command, actor: Actor) -> Iterator[NewEvent]:
        self._now = Micros(self._now + self._apart)
        decision = decide(self._state, command, self._settings, self._now)
        if isinstance(decision, Refusal):
            raise TypeError(decision)
        name = f"{new_id()}#{new_id()[-12:]}0000"
        for body in decision:
            event = DayEvent(self._state.seq + 1, self._now, body.type, body.v, name, actor, body)
            evolve(self._state, event)
            yield NewEvent(self._now, body.type, body.v, name, actor, encode(body))
