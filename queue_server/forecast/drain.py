"""How a queue drains: everybody served in the product's order, for as long as it usually takes. Pure.

Each counter takes the next that it can serve, walks and serves for the mean time, and is free again; who has a further
step waits for that. No chance is in it (a fluid that comes in whole visits), so it gives the middle of what may
happen; how far reality goes from that is learned apart (``errors``). Instants and durations are microseconds.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush

import msgspec

from queue_server.domain.values import MINUTE, CounterId, GovernmentId, Micros, ServiceId, StepId, VisitId
from queue_server.queue import order

#: What a counter must be able to do for a stop.
type StopKind = tuple[StepId, ServiceId, GovernmentId]


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
    ``waits_from`` is from when its wait is counted, ``people`` how many they are; ``stays`` is what chance has drawn
    for whether it leaves with a word, and without one; None: as all do in the mean.
    """

    __slots__ = (
        *("called_at", "people", "place", "ready_at", "seq", "since", "stays", "stops", "urgent", "visit"),
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
        self.stays: tuple[float, float] | None = None


class CounterOutlook:
    """A counter from now on: free at ``free_at``, there within ``spans``, in order."""

    __slots__ = ("free_at", "id", "spans", "takes")

    def __init__(
        self, ident: CounterId, takes: Container[StopKind], spans: Sequence[tuple[Micros, Micros]], free_at: Micros
    ) -> None:
        self.id = ident
        self.takes = takes
        self.spans = spans
        self.free_at = free_at


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
        # (when, in which order at the same time, who).
        self._events: list[tuple[int, int, QueuedParty | CounterOutlook]] = []
        self._number = 0
        self._waiting: dict[StopKind, list[tuple[bool, int, int, int, QueuedParty]]] = {}
        self._idle: list[CounterOutlook] = []
        for party in parties:
            self._number += 1
            self._events.append((party.ready_at, self._number, party))
        for counter in counters:
            self._number += 1
            self._events.append((counter.free_at, self._number, counter))
        heapify(self._events)

    def run(self, target: VisitId | None = None) -> None:
        """Play on; stops as soon as ``target`` is called."""
        events, until, calls = self._events, self._until, self.first_calls
        while events and events[0][0] < until:
            at, _, one = heappop(events)
            if isinstance(one, CounterOutlook):
                self._free(one, Micros(at))
            else:
                self._ready(one, Micros(at))
            if target is not None and target in calls:
                return

    def go_on(self, until: Micros) -> None:
        """Play on until a later instant."""
        self._until = until
        self.run()

    def waiting(self) -> Iterator[tuple[QueuedParty, float]]:
        """Give who waits when it ends, and how likely they are still waited for: they have not said that they leave."""
        for queue in self._waiting.values():
            for entry in queue:
                yield entry[-1], sum(self._there(entry[-1], self._until))

    @property
    def unserved(self) -> float:
        """Count who waits, or is served and would go on, without those who will have said that they leave."""
        waiting = sum(weight for _, weight in self.waiting())
        # Who is expected later has not come until then.
        going_on = (one for _, _, one in self._events if isinstance(one, QueuedParty))
        return waiting + sum(one.weight for one in going_on if one.visit is not None or one.called_at is not None)

    def _there(self, party: QueuedParty, at: Micros) -> tuple[float, float]:
        """Say how likely somebody who is in the queue now is called and there, and how likely is called in vain."""
        if party.since is None:
            return party.weight, 0.0
        patience, drawn = self._patience, party.stays
        # Neither share grows back: who stays as long as anybody, and longer than all who go silently, is there.
        if drawn is not None and drawn[0] < patience.staying[-1] and drawn[1] >= patience.gone[-1]:
            return party.weight, 0.0
        waited = at - party.since
        before = patience.at(patience.staying, party.ready_at - party.since)
        stay = patience.at(patience.staying, waited) / before if before else 0.0
        gone = patience.at(patience.gone, waited)
        if drawn is not None:
            stay, gone = float(drawn[0] < stay), float(drawn[1] < gone)
        return party.weight * stay * (1 - gone), party.weight * stay * gone

    def _push(self, at: int, one: QueuedParty | CounterOutlook) -> None:
        self._number += 1
        heappush(self._events, (at, self._number, one))

    def _ready(self, party: QueuedParty, at: Micros) -> None:
        kind = party.stops[0].kind
        for counter in tuple(self._idle):
            if kind in counter.takes:
                self._idle.remove(counter)
                if self._is_there(counter, at):
                    self._call(counter, party, at)
                    return
        self._number += 1
        entry = (not party.urgent, party.place, party.seq, self._number, party)
        heappush(self._waiting.setdefault(kind, []), entry)

    def _is_there(self, counter: CounterOutlook, at: Micros) -> bool:
        """Tell whether a counter is there; where it is not, it is free when its next span begins, if there is one."""
        spans = counter.spans
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
        best: list[tuple[bool, int, int, int, QueuedParty]] | None = None
        for kind, queue in self._waiting.items():
            if queue and kind in counter.takes and (best is None or queue[0] < best[0]):
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
