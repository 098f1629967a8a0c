"""How visits and their stops are counted: columns of them at once, since a year has half a million stops. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from queue_server.domain.values import HOUR, MINUTE, SECOND, Micros
from queue_server.reports.durations import Durations, durations_of
from queue_server.reports.facts import StopFact, StopStanding, VisitFact, VisitOutcome
from queue_server.reports.tally import OF_STOPS, Dimension, Tallies, Tally

_LAST_HOUR: Final = 47
#: ``ARRIVAL`` and ``DEPARTURE`` are counted by these.
HALF_HOUR: Final = 30 * MINUTE
_LAST_HALF_HOUR: Final = 95
_Stop = tuple[VisitFact, StopFact]

_VISIT_ENDS: Final = (
    ("served", VisitOutcome.SERVED),
    ("missed", VisitOutcome.MISSED),
    ("abandoned", VisitOutcome.CANCELLED),
    ("not_served", VisitOutcome.NOT_SERVED),
)
_STOP_ENDS: Final = (
    ("served", StopStanding.SERVED),
    ("missed", StopStanding.MISSED),
    ("abandoned", StopStanding.CANCELLED),
    ("not_served", StopStanding.NOT_SERVED),
    ("transfers", StopStanding.TRANSFERRED),
)


def tallied(visits: Iterable[VisitFact], starts_at: Micros) -> Tallies:
    """Count visits, and their stops, of a day that began at ``starts_at`` in every tally that they belong to."""
    counted = tuple(visits)
    stops = [(visit, stop) for visit in counted for stop in visit.stops]
    found: defaultdict[tuple[Dimension, str], Tally] = defaultdict(Tally)
    for by, key_of in _VISIT_KEYS.items():
        for key, some in _grouped(counted, [key_of(visit, starts_at) for visit in counted]):
            _count_visits(found[by, key], some)
    columns = _StopColumns(stops)
    for by, key_of_stop in _STOP_KEYS.items():
        keys = [key_of_stop(visit, stop, starts_at) for visit, stop in stops]
        for key, numbers in _grouped(range(len(stops)), keys):
            tally = found[by, key]
            columns.count(tally, numbers)
            if by in OF_STOPS:
                _count_stops(tally, [stops[number] for number in numbers])
    for by, places in _drawn(counted, starts_at).items():
        for place, times in Counter(places).items():
            found[by, place].visits += times
    # A stop at which somebody waits has no times yet: of its service nothing is counted.
    return {key: tally for key, tally in found.items() if tally != Tally()}


def moved(before: Tallies, gone: Iterable[VisitFact], fresh: Iterable[VisitFact], starts_at: Micros) -> Tallies:
    """Count visits ``fresh`` too and those ``gone`` no more; what neither is in stays the same object."""
    less, more = tallied(gone, starts_at), tallied(fresh, starts_at)
    after = before.copy()
    for key in {*less, *more}:
        tally = Tally()
        for tallies, times in ((before, 1), (less, -1), (more, 1)):
            if key in tallies:
                tally.merge(tallies[key], times)
        if tally == Tally():
            after.pop(key, None)
        elif tally != before.get(key):
            after[key] = tally
    return after


def _hour(at: Micros, starts_at: Micros) -> str:
    return f"{min(max(0, at - starts_at) // HOUR, _LAST_HOUR):02}"


_VISIT_KEYS: Final[dict[Dimension, Callable[[VisitFact, Micros], str]]] = {
    Dimension.DAY: lambda _visit, _starts_at: "",
    Dimension.HOUR: lambda visit, starts_at: _hour(visit.issued_at, starts_at),
    Dimension.SERVICE: lambda visit, _starts_at: visit.services[0],
    Dimension.GOVERNMENT: lambda visit, _starts_at: visit.stops[0].government,
    Dimension.CATEGORY: lambda visit, _starts_at: visit.category.value,
    Dimension.LANGUAGE: lambda visit, _starts_at: visit.language,
    Dimension.SOURCE: lambda visit, _starts_at: visit.source.value,
}
#: None: it belongs to no tally of this dimension.
_STOP_KEYS: Final[dict[Dimension, Callable[[VisitFact, StopFact, Micros], str | None]]] = {
    Dimension.DAY: lambda _visit, _stop, _starts_at: "",
    Dimension.HOUR: lambda _visit, stop, starts_at: _hour(stop.ready_at, starts_at),
    Dimension.SERVICE: lambda _visit, stop, _starts_at: stop.service,
    Dimension.GOVERNMENT: lambda _visit, stop, _starts_at: stop.government,
    Dimension.CATEGORY: lambda visit, _stop, _starts_at: visit.category.value,
    Dimension.LANGUAGE: lambda visit, _stop, _starts_at: visit.language,
    Dimension.SOURCE: lambda visit, _stop, _starts_at: visit.source.value,
    Dimension.STEP: lambda _visit, stop, _starts_at: stop.step,
    Dimension.COUNTER: lambda _visit, stop, _starts_at: stop.counter,
}


def _drawn(visits: Sequence[VisitFact], starts_at: Micros) -> dict[Dimension, list[str]]:
    """Give the keys of what is only drawn, one each time that it happened."""
    here = [visit for visit in visits if visit.arrived]
    return {
        Dimension.FLOW: [flow for visit in visits for flow in _flows(visit)],
        Dimension.ARRIVAL: [_half_hour(visit.issued_at, starts_at) for visit in here],
        Dimension.DEPARTURE: [
            _half_hour(visit.ended_at, starts_at)
            for visit in here
            if visit.outcome is not VisitOutcome.PRESENT and visit.ended_at is not None
        ],
    }


def _half_hour(at: Micros, starts_at: Micros) -> str:
    return f"{min(max(0, at - starts_at) // HALF_HOUR, _LAST_HALF_HOUR):02}"


def _flows(visit: VisitFact) -> list[str]:
    """Name the ways between steps that a visit has gone, from its ticket to its end."""
    places = [f"={visit.source.value}", *(stop.step for stop in visit.stops)]
    if visit.outcome is not VisitOutcome.PRESENT:
        places.append(f"={visit.outcome.value}")
    return [f"{start}>{end}" for start, end in pairwise(places)]


def _grouped[T](of: Sequence[T], keys: Sequence[str | None]) -> Iterator[tuple[str, list[T]]]:
    groups: defaultdict[str | None, list[T]] = defaultdict(list)
    for one, key in zip(of, keys, strict=True):
        groups[key].append(one)
    return ((key, some) for key, some in groups.items() if key is not None)


def _count_visits(tally: Tally, visits: Sequence[VisitFact]) -> None:
    tally.visits += len(visits)
    arrived = [visit.party_size for visit in visits if visit.arrived]
    tally.arrived += len(arrived)
    tally.people += sum(arrived)
    tally.transfers += sum([visit.transfers for visit in visits])
    tally.recalls += sum([visit.recalls for visit in visits])
    tally.settlements += sum([visit.settlements for visit in visits])
    ends = [visit.outcome for visit in visits]
    for name, end in _VISIT_ENDS:
        setattr(tally, name, ends.count(end))
    tally.stays = durations_of(
        [
            max(0, visit.ended_at - visit.issued_at) // SECOND
            for visit in visits
            if visit.outcome is VisitOutcome.SERVED and visit.ended_at is not None
        ]
    )
    tally.first_waits = durations_of(
        [
            max(0, called_at - visit.issued_at) // SECOND
            for visit in visits
            if visit.arrived and (called_at := visit.first_called_at) is not None
        ]
    )


def _count_stops(tally: Tally, stops: Sequence[_Stop]) -> None:
    tally.visits += len(stops)
    arrived = [visit.party_size for visit, _ in stops if visit.arrived]
    tally.arrived += len(arrived)
    tally.people += sum(arrived)
    tally.recalls += sum([stop.recalls for _, stop in stops])
    ends = [stop.outcome for _, stop in stops]
    for name, end in _STOP_ENDS:
        setattr(tally, name, ends.count(end))


class _StopColumns:
    """What is counted of stops by every dimension, worked out once: a column each, None where it is not known."""

    def __init__(self, stops: Sequence[_Stop]) -> None:
        self._calls = [stop.calls for _, stop in stops]
        self._kept = [stop.kept for _, stop in stops]
        self._waits = [_seconds(stop.waited) for _, stop in stops]
        self._walks = [_seconds(stop.walked) for _, stop in stops]
        self._services = [_seconds(stop.served) for _, stop in stops]

    def count(self, tally: Tally, numbers: Sequence[int]) -> None:
        """Count the stops of these numbers."""
        tally.calls += sum([self._calls[number] for number in numbers])
        kept = [one for number in numbers if (one := self._kept[number]) is not None]
        tally.judged += len(kept)
        tally.kept += sum(kept)
        tally.waits = _durations(self._waits, numbers)
        tally.walks = _durations(self._walks, numbers)
        tally.services = _durations(self._services, numbers)


def _seconds(micros: int | None) -> int | None:
    return None if micros is None else max(0, micros) // SECOND


def _durations(column: Sequence[int | None], numbers: Sequence[int]) -> Durations:
    return durations_of([one for number in numbers if (one := column[number]) is not None])
