"""Days that have been, as rows: made up from a seed, for pages that show weeks and years."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, insert

from queue_server.domain.service_day import DayRule
from queue_server.domain.values import HOUR, MINUTE, SECOND, CentreId, Day
from queue_server.reports.tables import report_days, report_stops, report_visits

type Rows = dict[str, list[dict[str, Any]]]

#: How many come in each hour from the start of the service day, at a centre that opens at 8.
HOURS = {4: 30, 5: 46, 6: 40, 7: 34, 8: 20, 9: 24, 10: 18, 11: 8}
SERVICES = ("uto-passport-renewal", "uto-first-passport", "xal-visa")


class Busyness(msgspec.Struct, frozen=True):
    """``share`` of the usual number come, and wait ``times`` as long."""

    share: float = 1
    times: float = 1


USUAL = Busyness()


def day_rows(centre: CentreId, day: date, rule: DayRule, chance: random.Random, busy: Busyness = USUAL) -> Rows:
    """Make up one day: who came, where they waited, and how it ended."""
    starts_at, book = rule.starts_at(Day(day.isoformat())), f"{centre}/{day}"
    place = {"book": book, "centre": centre, "day": day.isoformat()}
    rows: Rows = {"days": [{**place, "starts_at": starts_at, "seq": 1}], "visits": [], "stops": []}
    for hour, usual in HOURS.items():
        for _ in range(round(usual * busy.share * chance.uniform(0.8, 1.2))):
            issued = starts_at + hour * HOUR + chance.randrange(HOUR)
            _add_visit(rows, place, issued, _wait_min(hour, chance, busy), chance)
    return rows


def _wait_min(hour: int, chance: random.Random, busy: Busyness) -> float:
    return busy.times * chance.expovariate(1 / (4 + 3 * max(0, 4 - abs(hour - 6))))


def _route(chance: random.Random) -> Iterator[str]:
    yield "reception"
    yield "documents"
    if chance.random() < 0.6:
        yield "biometrics"
    if chance.random() < 0.15:
        # Somebody whose photo was no good goes back.
        yield "documents"
    if chance.random() < 0.8:
        yield "payment"


def _add_visit(rows: Rows, place: dict[str, Any], issued: int, wait_min: float, chance: random.Random) -> None:
    visit, at = f"{chance.getrandbits(128):032x}", issued
    source = chance.choices(["kiosk", "reception", "booking"], [6, 1, 3])[0]
    service = chance.choice(SERVICES)
    common = {
        "service": service,
        "government": service[:3].upper(),
        "category": "walk-in",
        "language": "en",
        "source": source,
    }
    route = list(_route(chance))
    gone = chance.randrange(len(route)) if chance.random() < 0.06 else None
    first_called = None
    for number, step in enumerate(route):
        waited = round(wait_min * chance.uniform(0.6, 1.4) * 60)
        stop = {**place, **common, "visit": visit, "number": number, "step": step, "counter": "1", "calls": 1}
        stop |= {"ready_at": at, "due": at + 30 * MINUTE, "called_at": None, "started_at": None, "finished_at": None}
        stop |= {"waited_s": None, "walked_s": None, "served_s": None, "kept": None, "outcome": "cancelled"}
        if number == gone:
            rows["stops"].append({**stop, "calls": 0, "counter": None})
            break
        called = at + waited * SECOND
        first_called = first_called or called
        served = round(chance.uniform(2, 12) * 60)
        at = called + 30 * SECOND + served * SECOND
        stop |= {"called_at": called, "started_at": called + 30 * SECOND, "finished_at": at, "outcome": "served"}
        stop |= {"waited_s": waited, "walked_s": 30, "served_s": served, "kept": waited <= 30 * 60}
        rows["stops"].append(stop)
    rows["visits"].append(
        {
            **place,
            **common,
            "visit": visit,
            "services": [service],
            "party_size": chance.choice([1, 1, 1, 2, 4]),
            "arrived": True,
            "issued_at": issued,
            "booked_at": None,
            "first_called_at": first_called,
            "ended_at": at if gone is None else at + 20 * MINUTE,
            "outcome": "served" if gone is None else "cancelled",
            "stops": len(route) if gone is None else gone + 1,
            "recalls": 0,
            "transfers": 0,
            "settlements": 0,
        }
    )


def plant(connection: Connection, *found: Rows) -> None:
    """Store what was made up; ``found`` has days that are not there yet."""
    for table, name in ((report_days, "days"), (report_visits, "visits"), (report_stops, "stops")):
        rows = [row for one in found for row in one[name]]
        if rows:
            connection.execute(insert(table), rows)


def days_before(today: date, count: int, *, closed: tuple[int, ...] = (5, 6)) -> Iterator[date]:
    """List the days before today on which a centre was open, the last first."""
    return (day for number in range(1, count + 1) if (day := today - timedelta(days=number)).weekday() not in closed)
