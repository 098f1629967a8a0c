"""Days from a file of arrivals and service times (CSV, UTF-8); ``docs/simulation.md`` describes its columns. Pure."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from queue_server.catalogue.model import Setup
from queue_server.domain.values import MINUTE, Category, Day, Micros, ServiceId, to_micros
from queue_server.simulation.arrivals import mean_minutes
from queue_server.simulation.errors import ArrivalsInvalidError
from queue_server.simulation.model import SimulatedDay, SimulatedParty
from queue_server.simulation.staffing import staffed_centre

COLUMNS: Final = ("day", "arrived", "services", "category", "people", "booked", "minutes", "walk_s", "patience_min")
_NEEDED: Final = frozenset({"day", "arrived", "services"})
#: Characters of a file, and days in it.
MAX_LENGTH: Final = 50_000_000
MAX_DAYS: Final = 400

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,6})?", re.ASCII)
_MAX_MINUTES: Final = 1440


def days_of(text: str, setup: Setup) -> tuple[SimulatedDay, ...]:
    """Read the days of a file, in their order, with the counters that the staffing plan has on them.

    Raises:
        ArrivalsInvalidError: with ``line``, ``column`` and what is wrong there.
        NobodyServesError: nobody is there on a day.
    """
    if len(text) > MAX_LENGTH:
        raise ArrivalsInvalidError(line=0, column="", reason=f"longer than {MAX_LENGTH} characters")
    found: dict[Day, list[SimulatedParty]] = defaultdict(list)
    for line, row in _rows(text):
        reader = _RowReader(setup, line, row)
        day = reader.day()
        found[day].append(reader.party(day))
        if len(found) > MAX_DAYS:
            raise ArrivalsInvalidError(line=line, column="day", reason=f"more than {MAX_DAYS} days")
    return tuple(
        replace(staffed_centre(setup, day).empty, parties=tuple(sorted(parties, key=lambda one: one.arrives)))
        for day, parties in sorted(found.items())
    )


def _rows(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = next(reader, [])
        if len(set(names)) != len(names) or not _NEEDED <= set(names) <= set(COLUMNS):
            raise ArrivalsInvalidError(line=1, column="", reason=f"columns are {', '.join(COLUMNS)}")
        for row in reader:
            if not row:
                continue
            if len(row) != len(names):
                raise ArrivalsInvalidError(line=reader.line_num, column="", reason=f"{len(row)} of {len(names)} cells")
            yield reader.line_num, dict(zip(names, row, strict=True))
    except csv.Error as error:
        raise ArrivalsInvalidError(line=reader.line_num, column="", reason=str(error)) from error


class _RowReader:
    """Reads one line; a cell that is empty says nothing."""

    def __init__(self, setup: Setup, line: int, row: Mapping[str, str]) -> None:
        self._setup = setup
        self._line = line
        self._row = row
        self._zone = ZoneInfo(setup.centre.zone)

    def _wrong(self, column: str, reason: str) -> ArrivalsInvalidError:
        return ArrivalsInvalidError(line=self._line, column=column, reason=reason)

    def _cell(self, column: str) -> str:
        return self._row.get(column, "").strip()

    def day(self) -> Day:
        cell = self._cell("day")
        try:
            found = date.fromisoformat(cell)
        except ValueError as error:
            raise self._wrong("day", "YYYY-MM-DD") from error
        if found.isoformat() != cell or not date(1970, 1, 2) < found < date(9999, 12, 30):
            raise self._wrong("day", "YYYY-MM-DD")
        return Day(cell)

    def party(self, day: Day) -> SimulatedParty:
        arrives = self._clock("arrived", day)
        if arrives is None:
            raise self._wrong("arrived", "HH:MM or HH:MM:SS")
        known = {one.id for one in self._setup.services}
        services = tuple(ServiceId(one) for one in self._cell("services").split("+"))
        if not known.issuperset(services) or len(set(services)) != len(services):
            raise self._wrong("services", "services of the catalogue, joined by +")
        people = self._number("people", "1")
        if people != int(people) or not 1 <= people <= self._setup.rules.max_party:
            raise self._wrong("people", f"1 to {self._setup.rules.max_party}")
        booked = self._clock("booked", day)
        patience = self._cell("patience_min")
        return SimulatedParty(
            arrives=arrives,
            services=services,
            needs=self._needs(services, int(people)),
            category=self._category(booked=booked is not None),
            people=int(people),
            walk=round(self._number("walk_s", "40") * MINUTE / 60),
            patience=round(self._number("patience_min", "") * MINUTE) if patience else None,
            booked_at=booked,
        )

    def _category(self, *, booked: bool) -> Category:
        cell = self._cell("category") or (Category.APPOINTMENT if booked else Category.WALK_IN)
        try:
            category = Category(cell)
        except ValueError as error:
            raise self._wrong("category", ", ".join(Category)) from error
        if category is Category.APPOINTMENT and not booked:
            raise self._wrong("booked", "the time of the appointment")
        return category

    def _needs(self, services: tuple[ServiceId, ...], people: int) -> tuple[int, ...]:
        """Read the minutes at each stop; those of the catalogue where nothing is said."""
        usual = mean_minutes(self._setup, services, people)
        if not self._cell("minutes"):
            return tuple(one * MINUTE for one in usual)
        cells = self._cell("minutes").split("+")
        if len(cells) != len(usual):
            raise self._wrong("minutes", f"{len(usual)} numbers, one a stop, joined by +")
        return tuple(round(self._minutes("minutes", cell) * MINUTE) for cell in cells)

    def _number(self, column: str, usual: str) -> float:
        return self._minutes(column, self._cell(column) or usual)

    def _minutes(self, column: str, cell: str) -> float:
        if not _NUMBER.fullmatch(cell) or float(cell) > _MAX_MINUTES:
            raise self._wrong(column, f"a number from 0 to {_MAX_MINUTES}")
        return float(cell)

    def _clock(self, column: str, day: Day) -> Micros | None:
        """Read a time of the wall clock on the date of the day; one that is shown twice counts the first time."""
        cell = self._cell(column)
        if not cell:
            return None
        read = _CLOCK.fullmatch(cell)
        if read is None:
            raise self._wrong(column, "HH:MM or HH:MM:SS")
        since = timedelta(hours=int(read[1]), minutes=int(read[2]), seconds=int(read[3] or 0))
        midnight = datetime.combine(date.fromisoformat(day), datetime.min.time(), self._zone)
        return to_micros(midnight + since)
