"""How a queue drains: everybody served in the product's order, for as long as it usually takes. Pure.

Each counter takes the next that it can serve, walks and serves for the mean time, and is free again; who has a further
step waits for that. No chance is in it (a fluid that comes in whole visits), so it gives the middle of what may
happen; how far reality goes from that is learned apart (``errors``). Instants and durations are microseconds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from math import inf
from operator import attrgetter, neg

import msgspec

from queue_server.domain.values import MINUTE, CounterId, GovernmentId, Micros, ServiceId, StepId, VisitId
from queue_server.queue import order

#: What a counter must be able to do for a stop.
type StopKind = tuple[StepId, ServiceId, GovernmentId]
#: A heap of who waits: not urgent, place, seq of issue, in which order they were ready, who.
type StopQueue = list[tuple[bool, int, int, int, QueuedParty]]


class ExpectedStop:
    """A stop that is still ahead; ``promise`` in minutes, ``need`` with the way to the counter."""

    __slots__ = ("kind", "need", "promise")

    def __init__(self, kind: StopKind, promise: int, need: int) -> None:
        self.kind = kind
        self.promise = promise
        self.need = need


class QueuedParty:
    """Somebody who waits, is served or is expected: ready at ``ready_at`` for the first of ``stops``.

    ``place`` is what the order is made by there, ``seq`` that of its issue. ``visit`` is None of whoever has not come.
    ``since`` is when it came, where it may still leave: before its first call. ``weight`` is how likely it comes.
    ``waits_from`` is from when its wait is counted, ``people`` how many they are; ``leaves`` is when chance has it
    leave with a word, and without one (``LeavingRates.drawn``); None: as all do in the mean.
    """

    __slots__ = (
        *("called_at", "leaves", "people", "place", "ready_at", "seq", "since", "stops", "urgent", "visit"),
        *("waits_from", "weight"),
    )

    def __init__(
        self,
        visit: VisitId | None,
        ready_at: Micros,
        stops: Sequence[ExpectedStop],
        *,
        place: int,
        seq: int,
        urgent: bool = False,
        since: Micros | None = None,
        weight: float = 1.0,
    ) -> None:
        self.visit = visit
        self.ready_at = ready_at
        self.stops = stops
        self.place = place
        self.seq = seq
        self.urgent = urgent
        self.since = since
        self.weight = weight
        self.called_at: Micros | None = None
        self.waits_from = ready_at
        self.people = 1.0
        self.leaves: tuple[float, float] | None = None

    def copy(self) -> "QueuedParty":
        """Give another like it: what is played changes a party, and leaves its stops as they are."""
        other = QueuedParty.__new__(QueuedParty)
        other.visit, other.ready_at, other.stops = self.visit, self.ready_at, self.stops
        other.place, other.seq, other.urgent = self.place, self.seq, self.urgent
        other.since, other.weight, other.called_at = self.since, self.weight, self.called_at
        other.waits_from, other.people, other.leaves = self.waits_from, self.people, self.leaves
        return other


class CounterOutlook:
    """A counter from now on: free at ``free_at``, there within ``spans``, in order.

    Counters that take the same are of one ``group``, and look at the same ``queues``: a drain gives them.
    """

    __slots__ = ("free_at", "group", "id", "queues", "spans", "takes")

    def __init__(
        self, ident: CounterId, takes: Container[StopKind], spans: Sequence[tuple[Micros, Micros]], free_at: Micros
    ) -> None:
        self.id = ident
        self.takes = takes
        self.spans = spans
        self.free_at = free_at
        self.group = 0
        self.queues: list[StopQueue] = []


class LeavingRates(msgspec.Struct, frozen=True):
    """How people leave who wait for their first call, by how many times ``step`` they have waited.

    ``staying`` is the share that has not said that it leaves; of those ``gone`` have left without a word: they are
    called in vain, and given up after ``missed_after``.
    """

    staying: tuple[float, ...] = (1.0,)
    gone: tuple[float, ...] = (0.0,)
    step: int = MINUTE
    missed_after: int = 0

    def at(self, shares: tuple[float, ...], waited: int) -> float:
        """Read a share after so long; of who waits longer than anybody did it is as of the longest."""
        return shares[min(len(shares) - 1, max(0, waited) // self.step)]

    def drawn(self, since: Micros, ready_at: Micros, stays: tuple[float, float]) -> tuple[float, float]:
        """Say when somebody leaves with a word, and without one, of whom chance has drawn both; infinite: never.

        They came at ``since``, and are still there at ``ready_at``. Neither share grows back, so each is one instant.
        """
        still = stays[0] * self.at(self.staying, ready_at - since)
        first = bisect_left(self.staying, -still, key=neg), bisect_right(self.gone, stays[1])
        ends = len(self.staying), len(self.gone)
        found = [since + at * self.step if at < end else inf for at, end in zip(first, ends, strict=True)]
        return found[0], found[1]


class Drain:
    """Plays what is expected until an instant, or until one visit is called.

    ``first_calls`` are when those who wait now, or are served and go on, are called next; ``unserved`` how many still
    have a stop ahead when it ends. ``patience`` says how many leave before their first call. As nobody knows who does,
    each takes the time that it takes in the mean when called.
    """

    def __init__(
        self,
        counters: Iterable[CounterOutlook],
        parties: Iterable[QueuedParty],
        until: Micros,
        *,
        patience: LeavingRates | None = None,
    ) -> None:
        self._patience = LeavingRates() if patience is None else patience
        self.first_calls: dict[VisitId, Micros] = {}
        self._until = until
        self._number = 0
        # Whoever is ready at once or later, the last first; they come before whatever else happens at that instant.
        self._coming = sorted(parties, key=_ready_at)
        self._coming.reverse()
        # (when, in which order at the same time, who): counters that are free, and who goes on to a further stop.
        self._events: list[tuple[int, int, QueuedParty | CounterOutlook]] = []
        self._idle: list[CounterOutlook] = []
        # Stops that the same counters take are waited for in one queue: ``_queues`` and those counters' groups by kind.
        self._queues: dict[StopKind, tuple[StopQueue, Container[int]]] = {}
        self._of_groups: dict[frozenset[int], StopQueue] = {}
        self._groups: list[tuple[Container[StopKind], list[StopQueue]]] = []
        groups: dict[int, int] = {}
        for counter in counters:
            self._number += 1
            self._events.append((counter.free_at, self._number, counter))
            counter.group = groups.setdefault(id(counter.takes), len(groups))
            if counter.group == len(self._groups):
                self._groups.append((counter.takes, []))
            counter.queues = self._groups[counter.group][1]
        heapify(self._events)

    def run(self, target: VisitId | None = None) -> None:
        """Play on; stops as soon as ``target`` is called."""
        events, coming, until, calls = self._events, self._coming, self._until, self.first_calls
        while True:
            if coming and (not events or coming[-1].ready_at <= events[0][0]):
                if coming[-1].ready_at >= until:
                    return
                party = coming.pop()
                self._ready(party, party.ready_at)
            elif events and events[0][0] < until:
                at, _, one = heappop(events)
                if isinstance(one, CounterOutlook):
                    self._free(one, Micros(at))
                else:
                    self._ready(one, Micros(at))
            else:
                return
            if target is not None and target in calls:
                return

    def go_on(self, until: Micros) -> None:
        """Play on until a later instant."""
        self._until = until
        self.run()

    def waiting(self) -> Iterator[tuple[QueuedParty, float]]:
        """Give who waits when it ends, and how likely they are still waited for: they have not said that they leave."""
        for queue in self._of_groups.values():
            for entry in queue:
                yield entry[-1], sum(self._there(entry[-1], self._until))

    @property
    def unserved(self) -> float:
        """Count who waits, or is served and would go on, without those who will have said that they leave."""
        waiting = sum(weight for _, weight in self.waiting())
        # Who is expected later has not come until then.
        going_on = (one for _, _, one in self._events if isinstance(one, QueuedParty))
        ahead = (one for one in (*self._coming, *going_on) if one.visit is not None or one.called_at is not None)
        return waiting + sum(one.weight for one in ahead)

    def _there(self, party: QueuedParty, at: Micros) -> tuple[float, float]:
        """Say how likely somebody who is in the queue now is called and there, and how likely is called in vain."""
        if party.since is None:
            return party.weight, 0.0
        if party.leaves is not None:
            if at >= party.leaves[0]:
                return 0.0, 0.0
            return (party.weight, 0.0) if at < party.leaves[1] else (0.0, party.weight)
        patience = self._patience
        waited = at - party.since
        before = patience.at(patience.staying, party.ready_at - party.since)
        stay = patience.at(patience.staying, waited) / before if before else 0.0
        gone = patience.at(patience.gone, waited)
        return party.weight * stay * (1 - gone), party.weight * stay * gone

    def _push(self, at: int, one: QueuedParty | CounterOutlook) -> None:
        self._number += 1
        heappush(self._events, (at, self._number, one))

    def _queue(self, kind: StopKind) -> tuple[StopQueue, Container[int]]:
        """Give where a stop is waited for, and the groups of counters that take it."""
        takers = frozenset(group for group, (takes, _) in enumerate(self._groups) if kind in takes)
        queue = self._of_groups.get(takers)
        if queue is None:
            queue = self._of_groups[takers] = []
            for group in takers:
                self._groups[group][1].append(queue)
        self._queues[kind] = queue, takers
        return queue, takers

    def _ready(self, party: QueuedParty, at: Micros) -> None:
        kind = party.stops[0].kind
        queue, takers = self._queues.get(kind) or self._queue(kind)
        if self._idle:
            for counter in tuple(self._idle):
                if counter.group in takers:
                    self._idle.remove(counter)
                    if self._is_there(counter, at):
                        self._call(counter, party, at)
                        return
        self._number += 1
        heappush(queue, (not party.urgent, party.place, party.seq, self._number, party))

    def _is_there(self, counter: CounterOutlook, at: Micros) -> bool:
        """Tell whether a counter is there; where it is not, it is free when its next span begins, if there is one."""
        spans = counter.spans
        if spans and spans[0][0] <= at < spans[0][1]:
            return True
        while spans and spans[0][1] <= at:
            spans = spans[1:]
        counter.spans = spans
        if not spans:
            return False
        if spans[0][0] > at:
            self._push(spans[0][0], counter)
            return False
        return True

    def _free(self, counter: CounterOutlook, at: Micros) -> None:
        if not self._is_there(counter, at):
            return
        best: StopQueue | None = None
        for queue in counter.queues:
            if queue and (best is None or queue[0] < best[0]):
                best = queue
        if best is None:
            self._idle.append(counter)
            return
        self._call(counter, heappop(best)[-1], at)

    def _call(self, counter: CounterOutlook, party: QueuedParty, at: Micros) -> None:
        if party.visit is not None and party.called_at is None:
            self.first_calls[party.visit] = at
        party.called_at = at
        there, in_vain = self._there(party, at)
        if there:
            self._watch(party, at)
        finished = Micros(at + round(party.stops[0].need * there + self._patience.missed_after * in_vain))
        party.since = None
        if len(party.stops) > 1 and there:
            late = max(0, at - party.place)
            party.stops = party.stops[1:]
            party.place = order.due(finished, party.stops[0].promise, late)
            # Before its counter is free: it may be the next whom that one calls.
            party.ready_at = party.waits_from = finished
            self._push(finished, party)
        self._push(finished, counter)

    def _watch(self, party: QueuedParty, at: Micros) -> None:
        """Note that somebody who is there is called; a drain that is looked at closer does."""


_ready_at: Callable[[QueuedParty], int] = attrgetter("ready_at")
