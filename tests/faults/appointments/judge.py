"""Judges the streams of days by replaying them: from the words of the issue, with nothing of the engine in it."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from tests.faults.judge import Row

#: A pool, and when a period of it begins.
Period = tuple[str, int]
#: Events of which a request may leave several: a change of a day, and a move between two.
_WITH_OTHERS = frozenset(
    {
        "appointment-day-opened",
        "appointment-day-changed",
        "appointment-day-restored",
        "appointment-displaced",
        "appointment-reassigned",
        "hold-released",
    }
)
_MOVE = ["appointment-moved-in", "appointment-moved-out"]


class Held(NamedTuple):
    loads: Counter[Period]
    until: int


@dataclass
class BookingJudge:
    """``bookable`` is what there is of each day; ``faults`` says in words what must never happen.

    ``times`` are those that an appointment ever had, ``booked`` where it is booked at the end.
    """

    bookable: Mapping[str, Mapping[Period, int]]
    faults: list[str] = field(default_factory=list)
    keys: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    codes: dict[str, str] = field(default_factory=dict)
    times: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    cancelled: set[str] = field(default_factory=set)
    booked: dict[str, str] = field(default_factory=dict)

    def read(self, rows: Iterable[Row]) -> None:
        """Take the rows of all days, stream by stream in their order."""
        for stream, events in groupby(rows, key=lambda row: row.stream):
            self._replay(stream, list(events))
        for key, caused in self.keys.items():
            kinds = sorted(row.type for row in caused if row.type not in _WITH_OTHERS)
            if len(kinds) > 1 and kinds != _MOVE:
                self.faults.append(f"{key} was carried out twice: {caused}")

    def _replay(self, stream: str, rows: list[Row]) -> None:
        day = _Day()
        if [row.seq for row in rows] != list(range(1, len(rows) + 1)):
            self.faults.append(f"{stream}: there is a gap")
        for _, caused in groupby(rows, key=lambda row: row.command):
            for row in caused:
                if row.key is not None:
                    self.keys[row.key].append(row)
                self._happens(day, row, json.loads(row.payload))
            self._count(stream, day, row)
        for ident in day.taking:
            if ident in self.booked:
                self.faults.append(f"{ident} is at {stream} and at {self.booked[ident]}")
            self.booked[ident] = stream

    def _happens(self, day: "_Day", row: Row, body: dict[str, Any]) -> None:
        day.at = row.at
        day.held.pop(body.get("hold") or "", None)
        ident, loads = body.get("appointment", ""), _loads(body)
        match row.type:
            case "time-held":
                day.held[body["hold"]] = Held(loads, body["until"])
            case "appointment-booked":
                if ident in self.codes:
                    self.faults.append(f"{ident} is booked twice")
                self.codes[ident] = body["code"]
                day.taking[ident] = loads
            case "appointment-moved-in" | "appointment-rescheduled" | "appointment-reassigned":
                day.taking[ident] = loads
            case "appointment-moved-out" | "appointment-displaced" | "appointment-cancelled":
                day.taking.pop(ident, None)
        if row.type == "appointment-cancelled":
            self.cancelled.add(ident)
        if ident and "at" in body:
            self.times[ident].add(body["at"])

    def _count(self, stream: str, day: "_Day", row: Row) -> None:
        held = (one.loads for one in day.held.values() if one.until > day.at)
        taken: Counter[Period] = sum((*day.taking.values(), *held), Counter())
        there = self.bookable[stream.rpartition("/")[2]]
        over = {period: seconds for period, seconds in taken.items() if seconds > there.get(period, 0)}
        if over:
            self.faults.append(f"{stream} {row.seq} {row.type}: oversold {over}")


@dataclass
class _Day:
    """What is taken of a day: by appointments, and by what is held."""

    at: int = 0
    taking: dict[str, Counter[Period]] = field(default_factory=dict)
    held: dict[str, Held] = field(default_factory=dict)


def _loads(body: dict[str, Any]) -> Counter[Period]:
    loads: Counter[Period] = Counter()
    for load in body.get("loads", ()):
        loads[load["pool"], load["at"]] += load["seconds"]
    return loads
