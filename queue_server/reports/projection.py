"""The rows of a day: one pure function of its facts. It follows the day's stream after the commits, not in them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, select

from queue_server.domain.values import VisitId
from queue_server.eventlog import statements
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.port import Event
from queue_server.eventlog.projection import Projection, Row, TableChange
from queue_server.queue.events import CODEC, Undone
from queue_server.reports.day_facts import RULES, DayFacts
from queue_server.reports.facts import VisitFact
from queue_server.reports.folding import fold
from queue_server.reports.tables import TABLES, report_days
from queue_server.reports.tally import Tallies
from queue_server.reports.values import Values, values_of

#: Events that change no fact are not even decoded.
_WITHOUT_RULE: Final = frozenset(kind.type for kind in CODEC.kinds.values() if kind not in RULES)
#: Days that are read at once where all are: one has thousands of events.
_AT_ONCE: Final = 4


#: The columns of each table, in their order: that in which values are given.
_COLUMNS: Final = {str(table.name): tuple(table.columns.keys()) for table in TABLES}


def _rows(facts: DayFacts) -> Mapping[str, Sequence[Row]]:
    return _rows_of(facts, facts.visits.values(), facts.tallies())


def _values(facts: DayFacts) -> Mapping[str, Sequence[Values]]:
    return values_of(facts, facts.visits.values(), facts.tallies())


def _rows_of(facts: DayFacts, visits: Collection[VisitFact], tallies: Tallies) -> Mapping[str, Sequence[Row]]:
    return {
        name: [dict(zip(_COLUMNS[name], one, strict=True)) for one in values]
        for name, values in values_of(facts, visits, tallies).items()
    }


def reached(connection: Connection, books: Sequence[str]) -> dict[str, int]:
    """Tell up to which event each of these days is shown."""
    known = report_days.c
    found = connection.execute(select(known.book, known.seq).where(known.book.in_(books)))
    return {row.book: row.seq for row in found}


class DayAggregate(Aggregate[DayFacts]):
    """A day knows its name from its stream: its events do not say it."""

    def replay(self, events: Iterable[Event], facts: DayFacts | None = None) -> DayFacts | None:
        """Fold a stream, or what comes after ``facts``, which are changed.

        Raises:
            UnknownEventError: a newer release wrote it.
        """
        listed = tuple(events)
        told = [(one.seq, one.at, one.type, one.v, one.actor, one.payload) for one in listed]
        return self._fold(listed[0].stream, told, facts) if listed else facts

    def replay_several(
        self, connection: Connection, names: Sequence[str], until: Mapping[str, int] | None = None
    ) -> Iterator[DayFacts | None]:
        """Fold days, one after the other: half a million events are not made objects that nobody else looks at."""
        for name in names:
            told = statements.read_told(connection, name)
            yield self.replay_told(name, told if until is None else told[: until.get(name, 0)])

    def replay_told(self, stream: str, told: Sequence[statements.Told]) -> DayFacts | None:
        """Fold what a day said to facts that are shown, but do not go on: what is taken back later is not in them."""
        return self._fold(stream, told, DayFacts(self._undone(told))) if told else None

    def _undone(self, told: Sequence[statements.Told]) -> set[VisitId]:
        """Name the visits of which something is taken back."""
        undone = [one for one in told if one[2] == Undone.type]
        bodies = [self.codec.decode(kind, v, payload) for _, _, kind, v, _, payload in undone]
        return {body.visit for body in bodies if isinstance(body, Undone)}

    def _fold(self, stream: str, told: Sequence[statements.Told], facts: DayFacts | None) -> DayFacts | None:
        decode, found = self.codec.decode, facts or DayFacts()
        for seq, at, kind, v, actor, payload in told:
            if kind not in _WITHOUT_RULE:
                body = decode(kind, v, payload)
                found.actor = actor
                RULES[type(body)](found, body, seq, at)
        if not told:
            return facts
        found.seq, found.book = told[-1][0], stream.removeprefix(self.prefix)
        return found


class ReportProjection(Projection[DayFacts]):
    """Of the hundreds of visits of a day it looks only at those to which something has happened."""

    def changes(self, before: DayFacts | None, after: DayFacts) -> list[TableChange]:
        known = {} if before is None else before.visits
        fresh = [one for ident, one in after.visits.items() if known.get(ident) is not one]
        gone = [one for ident, one in known.items() if after.visits.get(ident) is not one]
        counted: Tallies = {}
        if before is not None:
            after.count_from(before, gone, fresh)
            counted = before.tallies()
        tallies = after.tallies()
        new = _rows_of(after, fresh, _others(tallies, counted))
        old: Mapping[str, Sequence[Row]] = {}
        if before is not None:
            old = _rows_of(before, gone, _others(counted, tallies))
        return self.differences(old, new)


def _others(some: Tallies, than: Tallies) -> Tallies:
    return {key: tally for key, tally in some.items() if than.get(key) is not tally}


PROJECTION: Final = ReportProjection(
    "reports",
    5,
    dict.fromkeys(TABLES, "book"),
    _rows,
    reached,
    _AT_ONCE,
    _values,
)
DAYS: Final = DayAggregate("queue", CODEC, fold, PROJECTION)
