"""A day to be played: who comes, what they need of staff, and who is there. Pure; durations are microseconds."""

import msgspec

from queue_server.domain.values import Category, CounterId, Day, Micros, ServiceId
from queue_server.queue.settings import CentreSettings, Skills


class SimulatedParty(msgspec.Struct, frozen=True):
    """A party: when it comes, and what it is for.

    ``needs`` are how long it is served at each stop of its journey, in their order; ``walk`` is how long it takes from
    a call to the counter. It leaves after it has waited ``patience`` before its first call, None: never; ``notifies``:
    and says so, instead of being called in vain. ``booked_at`` makes an appointment of it.
    """

    arrives: Micros
    services: tuple[ServiceId, ...]
    needs: tuple[int, ...]
    category: Category = Category.WALK_IN
    people: int = 1
    walk: int = 0
    patience: int | None = None
    notifies: bool = False
    booked_at: Micros | None = None


class SimulatedBooking(msgspec.Struct, frozen=True):
    """An appointment that was given for the day, whether anybody comes for it or not."""

    at: Micros
    services: tuple[ServiceId, ...]
    people: int


class CounterShifts(msgspec.Struct, frozen=True):
    """A counter, and from when until when it is there; between two spans it has a break."""

    id: CounterId
    skills: Skills
    spans: tuple[tuple[Micros, Micros], ...]

    @property
    def open_time(self) -> int:
        """How long it is there in all."""
        return sum(end - start for start, end in self.spans)


class SimulatedDay(msgspec.Struct, frozen=True):
    """A day of a centre. ``grace`` and ``late`` are those of its appointments (``ProvedBooking``).

    Nobody is called after ``closes``; who is served then is served to the end. ``bookings`` are known before the day;
    nobody who plays it looks at them.
    """

    day: Day
    settings: CentreSettings
    starts_at: Micros
    closes: Micros
    counters: tuple[CounterShifts, ...]
    parties: tuple[SimulatedParty, ...]
    bookings: tuple[SimulatedBooking, ...] = ()
    grace: int = 0
    late: int = 0
