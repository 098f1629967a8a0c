"""What somebody, or a counter, has served on a day, by the visits of that day. Pure.

Whoever began with a party has served it at that step. What was taken back does not count.
"""

from collections.abc import Callable, Collection, Iterator

import msgspec

from queue_server.domain.values import Actor, CounterId, Micros
from queue_server.queue.past import starts_of
from queue_server.queue.state import DayState


class ServedFigures(msgspec.Struct, frozen=True):
    """How many stops were served to the end, and how long they took together (microseconds)."""

    count: int = 0
    total: int = 0

    @property
    def mean(self) -> int | None:
        """Microseconds of one of them; None where there was none."""
        return self.total // self.count if self.count else None


class _Stop(msgspec.Struct, frozen=True):
    actor: Actor
    counter: CounterId
    length: int


def served_by(state: DayState, actor: Actor) -> ServedFigures:
    """Count what somebody has served today, at whichever counters."""
    return _sum(state, lambda stop: stop.actor == actor)


def served_at(state: DayState, counters: Collection[CounterId]) -> ServedFigures:
    """Count what was served today at these counters together, by whomever."""
    return _sum(state, lambda stop: stop.counter in counters)


def first_counter(state: DayState, actor: Actor) -> CounterId | None:
    """Say at which counter somebody began with their first party of today; None where they have not yet."""
    begun = (
        (start.at, start.counter)
        for history in state.history.values()
        for start in starts_of(history)
        if start.actor == actor
    )
    return min(begun, default=(0, None))[1]


def _sum(state: DayState, counts: Callable[[_Stop], bool]) -> ServedFigures:
    lengths = [stop.length for stop in _stops(state) if counts(stop)]
    return ServedFigures(len(lengths), sum(lengths))


def _stops(state: DayState) -> Iterator[_Stop]:
    """List the stops of today that were begun and finished, with who began each."""
    for visit in state.visits.values():
        began: dict[tuple[Micros, CounterId], Actor] = {
            (start.at, start.counter): start.actor
            for start in starts_of(state.history.get(visit.id, ()))
            if start.visit == visit.id
        }
        for record in visit.records:
            length = record.served
            if record.counter is None or record.started_at is None or length is None:
                continue
            # What a day has taken over from the one before was begun in that one.
            actor = began.get((record.started_at, record.counter))
            if actor is not None:
                yield _Stop(actor, record.counter, length)
