"""The rows of a day: one pure function of its facts. It follows the day's stream after the commits, not in them."""

from collections import Counter as Tally
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, select

from queue_server.domain.values import SECOND, CounterId
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.port import Event
from queue_server.eventlog.projection import Projection, Row, change, keyed
from queue_server.queue.events import CODEC
from queue_server.reports.day_facts import RULES, DayFacts
from queue_server.reports.facts import CounterSpan, VisitFact
from queue_server.reports.folding import fold
from queue_server.reports.tables import (
    TABLES,
    report_counters,
    report_days,
    report_stops,
    report_tallies,
    report_visits,
)
from queue_server.reports.tally import Tallies
from queue_server.reports.tally_rows import row_of

#: Events that change no fact are not even decoded.
_WITHOUT_RULE: Final = frozenset(kind.type for kind in CODEC.kinds.values() if kind not in RULES)
#: Days that are read at once where all are: one has thousands of events.
_AT_ONCE: Final = 4


def _rows(facts: DayFacts) -> Mapping[str, Sequence[Row]]:
    return _rows_of(facts, facts.visits.values(), facts.tallies())


def _rows_of(facts: DayFacts, visits: Collection[VisitFact], tallies: Tallies) -> Mapping[str, Sequence[Row]]:
    centre, _, day = facts.book.rpartition("/")
    place = {"book": facts.book, "centre": centre, "day": day}
    return {
        report_days.name: ({**place, "starts_at": facts.starts_at, "seq": facts.seq},),
        report_visits.name: [_visit_row(place, one) for one in visits],
        report_stops.name: [row for one in visits for row in _stop_rows(place, one)],
        report_counters.name: list(_counter_rows(place, facts.spans)),
        report_tallies.name: [{**place, **row_of(key, tally)} for key, tally in tallies.items()],
    }


def _visit_row(place: Row, one: VisitFact) -> Row:
    return {
        **place,
        "visit": one.id,
        "category": one.category.value,
        "language": one.language,
        "source": one.source.value,
        "service": one.services[0],
        "services": list(one.services),
        "government": one.stops[0].government,
        "party_size": one.party_size,
        "arrived": one.arrived,
        "issued_at": one.issued_at,
        "booked_at": one.booked_at,
        "first_called_at": one.first_called_at,
        "ended_at": one.ended_at,
        "outcome": one.outcome.value,
        "stops": len(one.stops),
        "recalls": one.recalls,
        "transfers": one.transfers,
        "settlements": one.settlements,
    }


def _stop_rows(place: Row, visit: VisitFact) -> Iterator[Row]:
    of_visit = {
        **place,
        "visit": visit.id,
        "category": visit.category.value,
        "language": visit.language,
        "source": visit.source.value,
    }
    for number, one in enumerate(visit.stops):
        yield {
            **of_visit,
            "number": number,
            "step": one.step,
            "service": one.service,
            "government": one.government,
            "counter": one.counter,
            "outcome": one.outcome.value,
            "ready_at": one.ready_at,
            "due": one.due,
            "called_at": one.called_at,
            "started_at": one.started_at,
            "finished_at": one.finished_at,
            "calls": one.calls,
            "waited_s": _seconds(one.waited),
            "walked_s": _seconds(one.walked),
            "served_s": _seconds(one.served),
            "kept": one.kept,
        }


def _counter_rows(place: Row, spans: Iterable[CounterSpan]) -> Iterator[Row]:
    seen: Tally[CounterId] = Tally()
    for one in spans:
        yield {
            **place,
            "counter": one.counter,
            "number": seen[one.counter],
            "state": one.state.value,
            "reason": None if one.reason is None else one.reason.value,
            "start": one.start,
            "end": one.end,
        }
        seen[one.counter] += 1


def _seconds(micros: int | None) -> int | None:
    return None if micros is None else micros // SECOND


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
        decode, last, found = self.codec.decode, None, facts or DayFacts()
        for last in events:
            if last.type in _WITHOUT_RULE:
                continue
            body = decode(last.type, last.v, last.payload)
            found.actor = last.actor
            RULES[type(body)](found, body, last.seq, last.at)
        if last is None:
            return facts
        found.seq, found.book = last.seq, last.stream.removeprefix(self.prefix)
        return found


class ReportProjection(Projection[DayFacts]):
    """Of the hundreds of visits of a day it looks only at those to which something has happened."""

    def show(self, connection: Connection, before: DayFacts | None, after: DayFacts) -> None:
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
        for table in self.tables:
            change(connection, table, keyed(table, old.get(table.name, ())), keyed(table, new[table.name]))


def _others(some: Tallies, than: Tallies) -> Tallies:
    return {key: tally for key, tally in some.items() if than.get(key) is not tally}


PROJECTION: Final = ReportProjection(
    "reports",
    3,
    dict.fromkeys(TABLES, "book"),
    _rows,
    reached,
    _AT_ONCE,
)
DAYS: Final = DayAggregate("queue", CODEC, fold, PROJECTION)
