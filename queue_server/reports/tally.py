"""What visits and their stops come to, by what they were: by service, by hour, and so on. Pure.

A tally is sums of whole numbers and nothing else: tallies of days add up to those of a year, and a visit to which
something has happened is taken away as it was and counted as it is.
"""

from enum import StrEnum
from typing import Final

import msgspec

from queue_server.reports.durations import Durations


class Dimension(StrEnum):
    """By what is counted.

    ``DAY`` counts everything; the key of its tallies is empty. Keys of ``HOUR`` are whole hours since the service day
    began, ``00`` to ``47``. Keys of ``FLOW`` are ``from>to``: steps, ``=<source>`` before the first, and ``=<outcome>``
    after the last. ``STEP`` and ``COUNTER`` count stops where the others count visits. ``ARRIVAL`` and ``DEPARTURE``
    count who came and whose visit ended in each half hour since the service day began, ``00`` to ``95``: of those who
    came on this day, so that one less the other is who is here.
    """

    DAY = "day"
    HOUR = "hour"
    SERVICE = "service"
    GOVERNMENT = "government"
    STEP = "step"
    COUNTER = "counter"
    CATEGORY = "category"
    LANGUAGE = "language"
    SOURCE = "source"
    FLOW = "flow"
    ARRIVAL = "arrival"
    DEPARTURE = "departure"


Key = tuple[Dimension, str]
#: Dimensions whose tallies count stops instead of visits.
OF_STOPS: Final = frozenset({Dimension.STEP, Dimension.COUNTER})
#: Dimensions of which only ``visits`` is counted: they draw something, and are no row of a table of figures.
DRAWN: Final = frozenset({Dimension.FLOW, Dimension.ARRIVAL, Dimension.DEPARTURE})


class Tally(msgspec.Struct):
    """``visits`` were counted (stops, at a step or a counter); ``arrived`` of them came on this day.

    ``people`` are those of the ones that arrived. ``served``, ``missed``, ``abandoned`` (cancelled) and ``not_served``
    (the day ended) are how they ended. ``calls`` are all calls as the next. Of ``judged`` stops ``kept`` were called
    within their promise; a visit that left without a call was not. ``reprints`` are papers of a ticket beyond its first
    one, ``settlements`` are of fees. ``busy_s`` is for how many seconds counters had somebody, called or served; it is
    counted by day and by counter alone.
    ``waits``, ``walks`` and ``services`` are those of stops: until the call, or until the visit left without one, which
    ``waits_in_vain`` counts by itself. ``stays`` are those of visits that were served, from ticket to end,
    ``first_waits`` those from the ticket to the first call, or to the end without one, of visits that came on this day;
    who was called before the time of their booking has not waited.
    """

    visits: int = 0
    arrived: int = 0
    people: int = 0
    served: int = 0
    missed: int = 0
    abandoned: int = 0
    not_served: int = 0
    calls: int = 0
    judged: int = 0
    kept: int = 0
    transfers: int = 0
    recalls: int = 0
    reprints: int = 0
    settlements: int = 0
    busy_s: int = 0
    waits: Durations = msgspec.field(default_factory=Durations)
    waits_in_vain: Durations = msgspec.field(default_factory=Durations)
    walks: Durations = msgspec.field(default_factory=Durations)
    services: Durations = msgspec.field(default_factory=Durations)
    stays: Durations = msgspec.field(default_factory=Durations)
    first_waits: Durations = msgspec.field(default_factory=Durations)

    def merge(self, other: "Tally", times: int = 1) -> None:
        """Count all of the other too; ``times`` -1 takes away what was counted."""
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name) * times)
        for name in DURATIONS:
            getattr(self, name).merge(getattr(other, name), times)


COUNTS: Final = (
    "visits",
    "arrived",
    "people",
    "served",
    "missed",
    "abandoned",
    "not_served",
    "calls",
    "judged",
    "kept",
    "transfers",
    "recalls",
    "reprints",
    "settlements",
    "busy_s",
)
DURATIONS: Final = ("waits", "waits_in_vain", "walks", "services", "stays", "first_waits")

Tallies = dict[Key, Tally]
