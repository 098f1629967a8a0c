"""What managers set and the engine reads while it decides; whatever decides a place is copied into the event."""

from collections.abc import Iterable

import msgspec

from queue_server.domain.tariff import Tariff
from queue_server.domain.values import (
    MINUTE,
    Category,
    CentreId,
    CounterId,
    GovernmentId,
    Language,
    ServiceId,
    StepId,
)

#: Minutes within which a visit of a category should be called.
Promises = dict[Category, int]

#: Minutes of more time that somebody may ask for at once.
MORE_TIME_MIN = (10, 20, 30)

#: Where a centre has said nothing else; urgent visits come first whatever they are promised.
DEFAULT_PROMISES: Promises = {
    Category.APPOINTMENT: 10,
    Category.PRIORITY: 15,
    Category.WALK_IN: 45,
    Category.URGENT: 0,
}


class StepSettings(msgspec.Struct, frozen=True):
    """``minutes`` of a counter that one person takes there, and ``extra_minutes`` each further one of their party."""

    step: StepId
    promises: Promises
    minutes: int = 10
    extra_minutes: int = 10


class ServiceSettings(msgspec.Struct, frozen=True):
    """A service as the engine sees it: its government and its journey of one to five steps."""

    id: ServiceId
    government: GovernmentId
    steps: tuple[StepSettings, ...]


class Skills(msgspec.Struct, frozen=True):
    """What a counter can take; an empty tuple means any.

    Languages are a preference, never a filter, unless the centre says so.
    """

    steps: tuple[StepId, ...] = ()
    """Steps that the counter takes."""
    services: tuple[ServiceId, ...] = ()
    """Services that the counter takes."""
    governments: tuple[GovernmentId, ...] = ()
    """Governments for which the counter works (ISO 3166-1 alpha-3)."""
    languages: tuple[Language, ...] = ()
    """Languages that are spoken at the counter (BCP 47)."""


class CounterSettings(msgspec.Struct, frozen=True):
    id: CounterId
    skills: Skills = Skills()


class CentreSettings(msgspec.Struct, frozen=True):
    """One version of a centre's set-up. Durations are microseconds.

    ``version`` counts up with every change. ``round_the_clock``: what still waits at the end of the day is carried
    over instead of ending as not served. ``language_filters``: a counter takes only visits in its languages.
    ``language_room``: how long each visit is taken to need where another one is called before it because its language
    is spoken at the counter; 0: no language goes first. ``transfer_hold``: how long a visit transferred to a counter is
    hidden from the others. ``more_time_times``: how often one visit may step back. ``cash_desks``:
    steps where people pay what their service costs.
    ``tariff``: what that is.
    """

    centre: CentreId
    version: int
    services: dict[ServiceId, ServiceSettings]
    counters: dict[CounterId, CounterSettings]
    cash_desks: tuple[StepId, ...] = ()
    undo_window: int = 2 * MINUTE
    missed_after: int = 4 * MINUTE
    missed_min_calls: int = 2
    transfer_hold: int = 10 * MINUTE
    round_the_clock: bool = False
    language_filters: bool = False
    language_room: int = 10 * MINUTE
    more_time_times: int = 2
    max_party: int = 20
    tariff: Tariff = Tariff()

    def governments(self, services: Iterable[ServiceId]) -> tuple[GovernmentId, ...]:
        """Name the governments that services are done for; of one that is not set up nobody knows it."""
        known = (self.services.get(service) for service in services)
        return tuple(dict.fromkeys(service.government for service in known if service is not None))
