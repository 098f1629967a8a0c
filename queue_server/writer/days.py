"""The last days of a centre as this process knows them: committed states, ends of streams, what commands came to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from queue_server.domain.values import CentreId, Day, VisitId
from queue_server.eventlog.port import Event, EventLog, Head
from queue_server.queue.events import DayEvent, decode
from queue_server.queue.evolve import evolve
from queue_server.queue.past import Past
from queue_server.queue.state import DayState
from queue_server.writer.snapshots import Snapshots

#: Today's stream and the two before: where a repeated command is looked for.
KEPT = 3

#: A whole day is read page by page, so that other centres get their turn on the loop.
_PAGE = 1_000


def stream_name(centre: CentreId, day: Day) -> str:
    return f"queue/{centre}/{day}"


@dataclass(frozen=True, slots=True)
class Done:
    """What a command came to."""

    day: Day
    fingerprint: str
    events: tuple[DayEvent, ...]
    repeated: bool = False


def day_event(event: Event) -> DayEvent:
    """Decode a stored event.

    Raises:
        UnknownEventError: a newer release wrote it.
    """
    body = decode(event.type, event.v, event.payload)
    return DayEvent(event.seq, event.at, event.type, event.v, event.command, event.actor, body)


class StoredDay:
    """One day's stream up to its last committed event that is known here. ``state`` is replaced, never changed."""

    def __init__(self, centre: CentreId, day: Day) -> None:
        self.day = day
        self.stream = stream_name(centre, day)
        self.state = DayState(centre, day)
        self.head = Head(0, b"")
        self.commands: dict[str, Done] = {}
        # What was read from a snapshot: the events up to it are not in ``commands``.
        self.past: Past | None = None

    def find(self, key: str) -> Done | None:
        """Find what a command came to."""
        done = self.commands.get(key)
        if done is None and self.past is not None and (events := self.past.of_command(key)):
            done = self.commands[key] = Done(self.day, events[-1].command.partition("#")[2], events)
        return done

    def adopt(self, state: DayState, stored: Sequence[Event], events: Sequence[DayEvent]) -> None:
        """Take over what was just committed; ``state`` already holds ``events``."""
        self.state = state
        self.head = Head(stored[-1].seq, stored[-1].hash)
        for event in events:
            key, _, fingerprint = event.command.partition("#")
            before = self.find(key)
            earlier = () if before is None else before.events
            self.commands[key] = Done(self.day, fingerprint, (*earlier, event))

    def learn(self, stored: Sequence[Event]) -> None:
        """Take over what others have appended."""
        state = self.state.copy()
        events = [day_event(event) for event in stored]
        for event in events:
            evolve(state, event)
        self.adopt(state, stored, events)

    async def read_tail(self, log: EventLog) -> list[Event]:
        """Read what others have appended and return it."""
        tail: list[Event] = []
        while True:
            page = await log.read(self.stream, after=self.head.seq, limit=_PAGE)
            if page:
                self.learn(page)
                tail += page
            if len(page) < _PAGE:
                return tail


def _by_day(stored: StoredDay) -> Day:
    return stored.day


class Days:
    """The last ``KEPT`` days that have a stream, in their order."""

    def __init__(self, centre: CentreId) -> None:
        self.centre = centre
        self._days: list[StoredDay] = []

    @classmethod
    async def load(cls, log: EventLog, centre: CentreId, snapshots: Snapshots | None = None) -> "Days":
        days = cls(centre)
        prefix = stream_name(centre, Day(""))
        for end in (await log.streams(prefix))[-KEPT:]:
            day = StoredDay(centre, Day(end.stream.removeprefix(prefix)))
            restored = None if snapshots is None else await snapshots.load(centre, day.day, day.stream)
            if restored is not None:
                day.state, day.head, day.past = restored
            await day.read_tail(log)
            days.add(day)
        return days

    def add(self, day: StoredDay) -> None:
        """Keep a day that is entered; one that was left before it came is entered again."""
        self._days = sorted(({one.day: one for one in self._days} | {day.day: day}).values(), key=_by_day)[-KEPT:]

    def __iter__(self) -> Iterator[StoredDay]:
        return iter(self._days)

    @property
    def current(self) -> StoredDay | None:
        """Give the day that goes on, or went on last: one that was left before it came is not open."""
        return next((stored for stored in reversed(self._days) if stored.state.opened), None)

    def get(self, day: Day) -> StoredDay | None:
        return next((stored for stored in self._days if stored.day == day), None)

    def find(self, key: str) -> Done | None:
        """Find what a command came to, newest day first."""
        found = (stored.find(key) for stored in reversed(self._days))
        return next((done for done in found if done is not None), None)

    def holding(self, visit: VisitId) -> StoredDay | None:
        """Find the newest day that knows a visit."""
        return next((stored for stored in reversed(self._days) if visit in stored.state.visits), None)
