"""The facts of one day, and the rules by which events change them: one small function an event, found by its payload.

The same rules count a day that is read whole and a day that goes on, so that both come to the same.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any, Final

from queue_server.domain.values import CounterId, Micros, VisitId
from queue_server.eventlog.payload import Payload
from queue_server.queue.reducers import MAX_EARLIER
from queue_server.reports.facts import CounterSpan, VisitFact
from queue_server.reports.tally import Tallies
from queue_server.reports.tallying import moved, tallied

#: What was known of a visit before an event, by the number of the event.
type Earlier = tuple[tuple[int, VisitFact], ...]


class DayFacts:
    """The facts of one day up to event ``seq``; changed by ``fold`` only. ``starts_at``: the instant of its start.

    ``book`` is the name of its stream without its kind, which its events do not say; ``actor`` caused the last one.

    ``undone`` are the visits of which something is taken back; None, where nobody knows what will be, and where others
    look at visits as they were. Else what was known of all but those is not kept in ``earlier``, and a visit is changed
    where it is: that is most of what a day takes.
    """

    __slots__ = ("_tallies", "actor", "book", "counters", "earlier", "open", "seq", "starts_at", "undone", "visits")

    def __init__(self, undone: Collection[VisitId] | None = None) -> None:
        self.actor = self.book = ""
        self.undone = undone
        self._tallies: Tallies | None = None
        self.clear()

    def clear(self) -> None:
        """Become a day in which nothing has happened."""
        self.seq = 0
        self.starts_at = Micros(0)
        self.visits: dict[VisitId, VisitFact] = {}
        self.counters: tuple[CounterSpan, ...] = ()
        self.open: dict[CounterId, CounterSpan] = {}
        self.earlier: dict[VisitId, Earlier] = {}

    def copy(self) -> "DayFacts":
        """Copy the mappings, share what is in them."""
        other = DayFacts(self.undone)
        other.book, other.seq, other.starts_at, other.counters = self.book, self.seq, self.starts_at, self.counters
        other.visits, other.open, other.earlier = self.visits.copy(), self.open.copy(), self.earlier.copy()
        return other

    def acting(self, ident: VisitId, seq: int) -> VisitFact:
        """Give a visit to be changed by what a counter did in event ``seq``, which it may take back."""
        visit = self.visits[ident]
        if self.undone is None or ident in self.undone:
            self.earlier[ident] = (*self.earlier.get(ident, ())[-MAX_EARLIER:], (seq, visit))
            visit = self.visits[ident] = visit.copy()
        return visit

    def changing(self, ident: VisitId) -> VisitFact:
        """Give a visit to be changed by what nobody can take back, nor what was before it."""
        self.earlier.pop(ident, None)
        visit = self.visits[ident]
        if self.undone is None:
            visit = self.visits[ident] = visit.copy()
        return visit

    def tallies(self) -> Tallies:
        """Count the whole day, once: it is asked for where all that happens to it was folded."""
        if self._tallies is None:
            self._tallies = tallied(self.visits.values(), self.starts_at)
        return self._tallies

    def count_from(self, before: "DayFacts", gone: Iterable[VisitFact], fresh: Iterable[VisitFact]) -> None:
        """Count the day from what it was: visits ``gone`` as they were, and as they are now ``fresh``."""
        if before.starts_at == self.starts_at:
            self._tallies = moved(before.tallies(), gone, fresh, self.starts_at)

    @property
    def spans(self) -> tuple[CounterSpan, ...]:
        """Every span of every counter, those that go on last."""
        return (*self.counters, *self.open.values())


RULES: Final[dict[type[Payload], Callable[[DayFacts, Any, int, Micros], None]]] = {}


def on[P: Payload](kind: type[P]) -> Callable[[Callable[[DayFacts, P, int, Micros], None]], None]:
    def register(function: Callable[[DayFacts, P, int, Micros], None]) -> None:
        RULES[kind] = function

    return register
