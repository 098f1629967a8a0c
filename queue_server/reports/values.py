"""The rows of a day, each as its values in the order of the columns of its table (``tables``). Pure.

A year has a million of them: making a mapping of each takes longer than writing it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

from queue_server.domain.values import SECOND, CounterId
from queue_server.reports.day_facts import DayFacts
from queue_server.reports.durations import packed
from queue_server.reports.facts import CounterSpan, VisitFact
from queue_server.reports.tables import report_counters, report_days, report_stops, report_tallies, report_visits
from queue_server.reports.tally import COUNTS, DURATIONS, Tallies

type Values = tuple[Any, ...]
_COUNTS_OF: Final = attrgetter(*COUNTS)
_DURATIONS_OF: Final = attrgetter(*DURATIONS)


def values_of(facts: DayFacts, visits: Collection[VisitFact], tallies: Tallies) -> Mapping[str, Sequence[Values]]:
    """Give the rows of some visits and tallies of a day, and those of the day itself, by the names of their tables."""
    book = facts.book
    centre, _, day = book.rpartition("/")
    return {
        report_days.name: ((book, centre, day, facts.starts_at, facts.seq),),
        report_visits.name: [_visit(book, centre, day, one) for one in visits],
        report_stops.name: [row for one in visits for row in _stops(book, centre, day, one)],
        report_counters.name: list(_counters(book, centre, day, facts.spans)),
        report_tallies.name: list(_tallies(book, centre, day, tallies)),
    }


def _visit(book: str, centre: str, day: str, one: VisitFact) -> Values:
    return (
        book,
        one.id,
        centre,
        day,
        one.category._value_,
        one.language,
        one.source._value_,
        one.services[0],
        list(one.services),
        one.stops[0].government,
        one.party_size,
        one.arrived,
        one.issued_at,
        one.booked_at,
        one.first_called_at,
        one.ended_at,
        one.outcome._value_,
        len(one.stops),
        one.recalls,
        one.reprints,
        one.transfers,
        one.settlements,
    )


def _stops(book: str, centre: str, day: str, visit: VisitFact) -> Iterator[Values]:
    category, source = visit.category._value_, visit.source._value_
    for number, one in enumerate(visit.stops):
        waited, walked, served = one.waited, one.walked, one.served
        yield (
            book,
            visit.id,
            number,
            centre,
            day,
            one.step,
            one.service,
            one.government,
            category,
            visit.language,
            source,
            one.counter,
            one.outcome._value_,
            one.ready_at,
            one.due,
            one.called_at,
            one.started_at,
            one.finished_at,
            one.calls,
            None if waited is None else waited // SECOND,
            None if walked is None else walked // SECOND,
            None if served is None else served // SECOND,
            one.kept,
        )


def _counters(book: str, centre: str, day: str, spans: Iterable[CounterSpan]) -> Iterator[Values]:
    seen: Counter[CounterId] = Counter()
    for one in spans:
        reason = None if one.reason is None else one.reason.value
        yield book, one.counter, seen[one.counter], centre, day, one.state.value, reason, one.start, one.end
        seen[one.counter] += 1


def _tallies(book: str, centre: str, day: str, tallies: Tallies) -> Iterator[Values]:
    for (dimension, key), tally in tallies.items():
        durations = _DURATIONS_OF(tally)
        sums = (one.total_s for one in durations)
        bins = (packed(one.bins) for one in durations)
        yield (book, dimension.value, key, centre, day, *_COUNTS_OF(tally), *sums, *bins)
