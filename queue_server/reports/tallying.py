"""How visits and their stops are counted: columns of them at once, since a year has half a million stops. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Final

from queue_server.domain.values import HOUR, MINUTE, SECOND, Micros
from queue_server.reports.durations import Durations, bins_of
from queue_server.reports.facts import StopFact, StopStanding, VisitFact, VisitOutcome
from queue_server.reports.tally import OF_STOPS, Dimension, Key, Tallies, Tally

_LAST_HOUR: Final = 47
#: ``ARRIVAL`` and ``DEPARTURE`` are counted by these.
HALF_HOUR: Final = 30 * MINUTE
_LAST_HALF_HOUR: Final = 95
_Stop = tuple[VisitFact, StopFact]
#: Dimensions in which every stop is what its visit is.
_AS_VISITS: Final = (Dimension.CATEGORY, Dimension.LANGUAGE, Dimension.SOURCE)
#: Takes what stands at some places out of a column.
_Pick = Callable[[Sequence[int]], Sequence[int]]

_VISIT_ENDS: Final = {
    "served": VisitOutcome.SERVED,
    "missed": VisitOutcome.MISSED,
    "abandoned": VisitOutcome.CANCELLED,
    "not_served": VisitOutcome.NOT_SERVED,
}
_STOP_ENDS: Final = {
    "served": StopStanding.SERVED,
    "missed": StopStanding.MISSED,
    "abandoned": StopStanding.CANCELLED,
    "not_served": StopStanding.NOT_SERVED,
    "transfers": StopStanding.TRANSFERRED,
}


def tallied(visits: Iterable[VisitFact], starts_at: Micros) -> Tallies:
    """Count visits, and their stops, of a day that began at ``starts_at`` in every tally that they belong to."""
    counted = tuple(visits)
    stops = [(visit, stop) for visit in counted for stop in visit.stops]
    found: defaultdict[tuple[Dimension, str], Tally] = defaultdict(Tally)
    of_visits = _visit_columns(counted)
    visit_keys = _visit_keys(counted, starts_at)
    for by, keys in visit_keys.items():
        for key, pick in _grouped(keys):
            of_visits.count(found[by, key], pick)
    of_stops, only_of_stops = _stop_columns(stops), _stop_visit_columns(stops)
    for by, stop_keys in _stop_keys(stops, starts_at, visit_keys).items():
        for key, pick in _grouped(stop_keys):
            of_stops.count(found[by, key], pick)
            if by in OF_STOPS:
                only_of_stops.count(found[by, key], pick)
    for by, places in _drawn(counted, starts_at).items():
        for place, times in places.items():
            found[by, place].visits += times
    for where, busy_s in _busy(stops):
        found[where].busy_s += busy_s
    # A stop at which somebody waits has no times yet: of its service nothing is counted.
    return {key: tally for key, tally in found.items() if tally != Tally()}


def _busy(stops: Iterable[_Stop]) -> Iterator[tuple[Key, int]]:
    """Give for how many seconds each call kept its counter busy: on the day, and at that counter."""
    for _, stop in stops:
        for call in stop.ended:
            yield (Dimension.DAY, ""), call.busy // SECOND
            yield (Dimension.COUNTER, call.counter), call.busy // SECOND


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


def _hours(instants: Iterable[Micros], starts_at: Micros) -> list[str]:
    """Name the hour of each instant."""
    hours = [(at - starts_at) // HOUR for at in instants]
    if hours and not 0 <= min(hours) <= max(hours) <= _LAST_HOUR:
        hours = [min(max(0, hour), _LAST_HOUR) for hour in hours]
    return list(map(_HOURS.__getitem__, hours))


_HOURS: Final = tuple(f"{hour:02}" for hour in range(_LAST_HOUR + 1))


def _visit_keys(visits: Sequence[VisitFact], starts_at: Micros) -> Mapping[Dimension, Sequence[str]]:
    """Name the tally of each visit, in each dimension of visits."""
    return {
        Dimension.DAY: [""] * len(visits),
        Dimension.HOUR: _hours([visit.issued_at for visit in visits], starts_at),
        Dimension.SERVICE: [visit.services[0] for visit in visits],
        Dimension.GOVERNMENT: [visit.stops[0].government for visit in visits],
        Dimension.CATEGORY: [visit.category._value_ for visit in visits],
        Dimension.LANGUAGE: [visit.language for visit in visits],
        Dimension.SOURCE: [visit.source._value_ for visit in visits],
    }


def _stop_keys(
    stops: Sequence[_Stop], starts_at: Micros, of_visits: Mapping[Dimension, Sequence[str]]
) -> Mapping[Dimension, Sequence[str | None]]:
    """Name the tally of each stop, in each dimension; None: it belongs to none."""
    number, visits = -1, []
    before = None
    for visit, _ in stops:
        number += visit is not before
        visits.append(number)
        before = visit
    return {
        Dimension.DAY: [""] * len(stops),
        Dimension.HOUR: _hours([stop.ready_at for _, stop in stops], starts_at),
        Dimension.SERVICE: [stop.service for _, stop in stops],
        Dimension.GOVERNMENT: [stop.government for _, stop in stops],
        **{by: list(map(of_visits[by].__getitem__, visits)) for by in _AS_VISITS},
        Dimension.STEP: [stop.step for _, stop in stops],
        Dimension.COUNTER: [stop.counter for _, stop in stops],
    }


def _drawn(visits: Sequence[VisitFact], starts_at: Micros) -> dict[Dimension, dict[str, int]]:
    """Count what is only drawn."""
    here = [visit for visit in visits if visit.arrived]
    ended_at = [visit.ended_at for visit in here if visit.outcome is not VisitOutcome.PRESENT]
    ways: Counter[str] = Counter()
    # Many go the same way.
    for way, times in Counter(map(_way, visits)).items():
        for start, end in pairwise(way):
            ways[f"{start}>{end}"] += times
    return {
        Dimension.FLOW: ways,
        Dimension.ARRIVAL: _half_hours([visit.issued_at for visit in here], starts_at),
        Dimension.DEPARTURE: _half_hours([at for at in ended_at if at is not None], starts_at),
    }


def _half_hours(instants: Iterable[Micros], starts_at: Micros) -> Counter[str]:
    found: Counter[str] = Counter()
    for number, times in Counter((at - starts_at) // HALF_HOUR for at in instants).items():
        found[f"{min(max(0, number), _LAST_HALF_HOUR):02}"] += times
    return found


def _way(visit: VisitFact) -> tuple[str, ...]:
    """Name where a visit was, from its ticket to its end."""
    way = ["=" + visit.source, *[stop.step for stop in visit.stops]]
    if visit.outcome is not VisitOutcome.PRESENT:
        way.append("=" + visit.outcome)
    return tuple(way)


def _grouped(keys: Sequence[str | None]) -> Iterator[tuple[str, _Pick]]:
    """Give each key with what takes its places out of a column."""
    different = set(keys)
    if len(different) == 1:
        (only,) = different
        return iter(() if only is None else ((only, lambda column: column),))
    groups: dict[str | None, list[int]] = {key: [] for key in different}
    for place, key in enumerate(keys):
        groups[key].append(place)
    return ((key, _pick(places)) for key, places in groups.items() if key is not None)


def _pick(places: Sequence[int]) -> _Pick:
    if len(places) == 1:
        (place,) = places
        return lambda column: (column[place],)
    return itemgetter(*places)


class _DurationColumn:
    """Durations, and the bin of each: worked out once, however often they are counted. None is in no bin."""

    _NONE: Final = -1

    def __init__(self, micros: Sequence[int | None]) -> None:
        self._seconds = [one // SECOND if one is not None and one > 0 else 0 for one in micros]
        self._bins = bins_of(self._seconds)
        for place, one in enumerate(micros):
            if one is None:
                self._bins[place] = self._NONE

    def count(self, pick: _Pick) -> Durations:
        bins = dict(Counter(picked := pick(self._bins)))
        return Durations(len(picked) - bins.pop(self._NONE, 0), sum(pick(self._seconds)), bins)


class _Columns:
    """Columns of numbers that are summed, durations that are counted, and how something ended."""

    def __init__(
        self,
        sums: Mapping[str, Sequence[int]],
        durations: Mapping[str, _DurationColumn] | None = None,
        ends: Mapping[str, str] | None = None,
        ended: Sequence[str] = (),
    ) -> None:
        # Of what has happened to nobody nothing has to be summed.
        self._sums = [(name, column) for name, column in sums.items() if any(column)]
        self._durations = {} if durations is None else durations
        for name, end in ({} if ends is None else ends).items():
            column = [one is end for one in ended]
            if any(column):
                self._sums.append((name, column))

    def count(self, tally: Tally, pick: _Pick) -> None:
        """Count what stands at some places."""
        for name, column in self._sums:
            setattr(tally, name, getattr(tally, name) + sum(pick(column)))
        for name, times in self._durations.items():
            setattr(tally, name, times.count(pick))


def _visit_columns(visits: Sequence[VisitFact]) -> _Columns:
    return _Columns(
        {
            "visits": [1] * len(visits),
            "arrived": [visit.arrived for visit in visits],
            "people": [visit.party_size if visit.arrived else 0 for visit in visits],
            "transfers": [visit.transfers for visit in visits],
            "recalls": [visit.recalls for visit in visits],
            "reprints": [visit.reprints for visit in visits],
            "settlements": [visit.settlements for visit in visits],
        },
        {
            "stays": _DurationColumn([_stay(visit) for visit in visits]),
            "first_waits": _DurationColumn([_first_wait(visit) for visit in visits]),
        },
        _VISIT_ENDS,
        [visit.outcome for visit in visits],
    )


def _stay(visit: VisitFact) -> int | None:
    if visit.outcome is not VisitOutcome.SERVED or visit.ended_at is None:
        return None
    return visit.ended_at - visit.issued_at


def _first_wait(visit: VisitFact) -> int | None:
    until = visit.stop.left_at if visit.first_called_at is None else visit.first_called_at
    return None if until is None or not visit.arrived else until - visit.issued_at


def _stop_columns(stops: Sequence[_Stop]) -> _Columns:
    """Give what is counted of stops by every dimension."""
    kept = [stop.kept for _, stop in stops]
    return _Columns(
        {
            "calls": [stop.calls for _, stop in stops],
            "judged": [one is not None for one in kept],
            "kept": [one is True for one in kept],
        },
        {
            "waits": _DurationColumn([stop.waited for _, stop in stops]),
            "waits_in_vain": _DurationColumn([stop.waited_in_vain for _, stop in stops]),
            "walks": _DurationColumn([stop.walked for _, stop in stops]),
            "services": _DurationColumn([stop.served for _, stop in stops]),
        },
    )


def _stop_visit_columns(stops: Sequence[_Stop]) -> _Columns:
    """Give what is counted of stops where these are counted, and not their visits."""
    return _Columns(
        {
            "visits": [1] * len(stops),
            "arrived": [visit.arrived for visit, _ in stops],
            "people": [visit.party_size if visit.arrived else 0 for visit, _ in stops],
            "recalls": [stop.recalls for _, stop in stops],
        },
        {},
        _STOP_ENDS,
        [stop.outcome for _, stop in stops],
    )
